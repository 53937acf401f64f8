"""How a claim holds: what stands above and beside its trigger, from the word itself up to the sentence.

The nearest word decides between planned, expected and proposed; a denial or an ending always shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.extract.arguments import Trigger
from kg.lexicon import Lexicon
from kg.model import Modality

_MODALS = {
    "will": Modality.PLANNED, "shall": Modality.PLANNED, "'ll": Modality.PLANNED, "wo": Modality.PLANNED,
    "may": Modality.EXPECTED, "might": Modality.EXPECTED, "could": Modality.EXPECTED,
    "would": Modality.PROPOSED, "should": Modality.PROPOSED, "must": Modality.PROPOSED, "ought": Modality.PROPOSED,
}  # fmt: skip
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "none"})
_PERHAPS = frozenset({"possibly", "perhaps", "likely", "potentially", "probably"})
_PARTICLES = frozenset(
    {"for", "on", "to", "of", "from", "in", "about", "against", "toward", "towards", "out", "over"}
)
_PROMISING = frozenset(
    {"plan", "schedule", "promise", "pledge", "intend", "prepare", "vow", "budget", "earmark"}
)
# What these verbs bring about lies ahead where it is a deed ('approved a sale'), and not where it is a paper.
_CLEARING = frozenset(
    {"approve", "authorise", "authorize", "clear", "announce", "agree", "greenlight", "sanction", "allocate"}
)
_DEEDS = frozenset(
    {"ArmsTransfer", "Aid", "Deployment", "JointExercise", "Visit", "Establishment", "CapabilityDevelopment"}
)
_BELOW = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "acl", "prep", "oprd", "attr", "acomp", "nsubjpass", "dative"}
)
_UNREAL = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_TALKS = frozenset({"talk", "negotiation", "discussion"})
_LONE = frozenset(
    {"discuss", "talk", "like", "press", "negotiate", "debate", "study", "push", "open", "need", "examine"}
)
_ANNOUNCING = frozenset({"confirm", "announce", "mean", "clear", "set", "approve", "agree", "decide"})
_GUESSING = frozenset({"believe", "suspect", "fear", "estimate", "reckon"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality; `reason` is set where no claim should be made: `hypothetical`, `purpose`.

    `future` tells that 'will' or its like made it planned, `conditional` that 'would' made it proposed.
    """

    modality: Modality
    reason: str | None = None
    future: bool = False
    conditional: bool = False


@dataclass(slots=True)
class _Seen:
    """What the words heard so far say together."""

    found: Modality | None = None
    denied: bool = False
    ended: bool = False
    future: bool = False
    conditional: bool = False

    def hear(self, told: Modality, would: bool) -> None:
        """Takes what stands beside a word; `would` tells whether the word has that auxiliary."""
        self.future |= told is Modality.PLANNED
        self.conditional |= told is Modality.PROPOSED and self.found is None and would
        self._take(told)

    def heed(self, above: Modality) -> None:
        """Takes what a governor says: it overrules a 'would' below it, which may only tell back a 'will'."""
        if self.conditional and above in _UNREAL:
            self.found = above
        self._take(above)

    def _take(self, told: Modality) -> None:
        if told is Modality.DENIED:
            self.denied = not self.denied
        elif told is Modality.ENDED:
            self.ended = True
            if self.found is Modality.PLANNED and not self.future:
                self.found = None  # 'the planned meeting was cancelled'
        elif told in _UNREAL and self.found is None:
            self.found = told
        elif told is Modality.EXPECTED and self.future:
            self.found = told  # 'will probably attack'


def mood(trigger: Trigger, lexicon: Lexicon, sets: Modality | None = None, evokes: str = "") -> Mood:
    """The mood of what a trigger tells.

    `sets` is what its frame says by itself, `evokes` the class of the event.
    """
    seen = _Seen()
    last = trigger.token
    for token, governs in _upwards(trigger):
        nominal = token == trigger.token and not trigger.verbal
        for told in _beside(token, None if token == last else last, lexicon, nominal):
            seen.hear(told, _would(token))
        if governs and (above := _governor(token, last, lexicon, evokes)):
            seen.heed(above)
        if _hypothetical(token):
            return Mood(seen.found or Modality.PROPOSED, "hypothetical")
        last = token
    if seen.found is None and not seen.denied and (purpose := _purpose(trigger)) is not None:
        papers = lexicon.words["deal"] | lexicon.words["agreement"]
        if purpose.dep_ == "acl" and purpose.head.lemma_.lower() in papers:
            return Mood(Modality.PLANNED)  # what a contract is for is what its sides are to do
        return Mood(Modality.PROPOSED, "purpose")
    return Mood(_settled(seen, sets), None, seen.future, seen.conditional)


def _settled(seen: _Seen, sets: Modality | None) -> Modality:
    ended = seen.ended or sets is Modality.ENDED
    if seen.denied:
        return Modality.ACTUAL if ended else Modality.DENIED  # what has not ended goes on
    return seen.found or (Modality.ENDED if ended else sets or Modality.ACTUAL)


def _upwards(trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The trigger, the verb that carries it, and the words that govern them, as far as their word reaches.

    With each word: whether it governs what is below it (and does not merely share its clause).
    """
    at = trigger.token
    yield at, False
    if trigger.host is not None and trigger.host in syntax.ancestors(at):
        for between in syntax.ancestors(at):
            if between == trigger.host:
                break
            yield between, between.pos_ == "NOUN"
        at = trigger.host
        yield at, True
    elif trigger.host is not None:
        yield trigger.host, True
    for _ in range(8):
        head, label = at.head, at.dep_
        if head == at:
            return
        if label in _BELOW and not _stops(at, head, label):
            yield head, True
        elif label == "conj" and not _apart(at, head):
            yield head, False
        elif label in {"nsubj", "nsubjpass"} and at == trigger.token and syntax.is_verb(head):
            yield head, False
            yield from ((c, True) for c in head.children if c.dep_ in {"acomp", "oprd"})
        else:
            return
        at = head


def _stops(at: Token, head: Token, label: str) -> bool:
    """Whether what is above says nothing of what is below: it is quoted, named, or merely goes along."""
    if label == "ccomp" and head.i > at.i and head.lemma_ in {"say", "tell", "add"}:
        return True
    if label in {"dobj", "pobj", "nsubjpass", "attr"} and at.pos_ in {"PROPN", "PRON"}:
        return True
    if label == "acl" and at.tag_ in {"VBN", "VBG"}:
        return True
    return label in {"pobj", "pcomp"} and head.lower_ not in _PARTICLES


def _apart(at: Token, head: Token) -> bool:
    """Whether a coordinated verb stands by itself: it has a subject or auxiliaries of its own, or another tense."""
    if any(c.dep_ in syntax.SUBJECTS for c in at.children):
        return True
    if at.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ != "to" for c in at.children):
        return True
    return at.tag_ in {"VBD", "VBZ", "VBP"} and head.tag_ in {"VB", "VBN", "VBG"}


def _beside(token: Token, below: Token | None, lexicon: Lexicon, nominal: bool) -> Iterator[Modality]:
    """What auxiliaries, negation, adverbs and adjectives beside a word say; `below` has been heard already."""
    for child in token.children:
        low, label = child.lower_, child.dep_
        if label == "aux" and low in _MODALS:
            yield _MODALS[low]
        if label == "neg" or (low in _NEGATIVE and label in {"det", "advmod", "preconj", "cc"}):
            longer = any(c.lower_ == "longer" for c in [*token.children, *child.children])
            yield Modality.ENDED if longer else Modality.DENIED
        if nominal:
            yield from _described(child, lexicon)
        elif label in {"nsubj", "nsubjpass", "dobj", "attr"} and child != below and _is_none(child):
            yield Modality.DENIED
        if label == "advmod" and low in _PERHAPS:
            yield Modality.EXPECTED
    if _lies_ahead(token):
        yield Modality.PLANNED


def _described(child: Token, lexicon: Lexicon) -> Iterator[Modality]:
    """What a word before a noun of doing says: 'planned talks', 'possible sale'."""
    if child.dep_ in {"amod", "compound", "nmod"}:
        if child.lower_ in lexicon.words["future"]:
            yield Modality.PLANNED
        elif child.lower_ in lexicon.words["tentative"]:
            yield Modality.PROPOSED


def _lies_ahead(token: Token) -> bool:
    """Whether a verb is told as to come without a modal: 'is going to send', 'is to send'."""
    if token.lemma_ == "go" and token.tag_ == "VBG" and syntax.children(token, "xcomp"):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_ == "be" and syntax.is_infinitive(token)


@dataclass(frozen=True, slots=True)
class _Governed:
    """A governor, the word below it, the class of event told, and whether that is named by a noun."""

    token: Token
    below: Token
    evokes: str
    named: bool


def _governor(token: Token, below: Token, lexicon: Lexicon, evokes: str) -> Modality | None:
    """What a word says of what stands under it, where it governs it in this construction."""
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "AUX"}:
        return None
    above = lexicon.governors.get(token.lemma_.lower()) or lexicon.governors.get(token.lower_)
    if above is None or above is Modality.ACTUAL:
        return above
    site = _Governed(token, below, evokes, _is_named(below))
    if above is Modality.PLANNED and _plans_nothing(site):
        return None
    if token.pos_ == "NOUN" and token.lemma_ in _TALKS:
        return Modality.PROPOSED if below.lower_ in {"on", "over", "about", "for"} else None
    idle = _IDLE.get(above)
    return None if idle is not None and idle(site) else above


def _is_named(below: Token) -> bool:
    """Whether what is governed is told by a noun, alone or behind a preposition."""
    return below.pos_ in {"NOUN", "PROPN"} or (below.pos_ == "ADP" and bool(syntax.children(below, "pobj")))


def _plans_nothing(site: _Governed) -> bool:
    """A verb that plans what is done, said of a paper ('approved a plan') or of what is known ('announced that')."""
    verb = site.token
    if verb.pos_ != "VERB":
        return False
    promised = verb.lemma_ in _PROMISING or (verb.lemma_ in _CLEARING and site.evokes in _DEEDS)
    return (site.named and not promised) or (site.below.dep_ == "ccomp" and verb.lemma_ in _ANNOUNCING)


def _proposes_nothing(site: _Governed) -> bool:
    """A word that proposes only a clause: 'discussed cooperation' does not propose it."""
    return site.token.lemma_ in _LONE and (site.named or site.token.pos_ in {"VERB", "NOUN"})


def _rules_nothing_out(site: _Governed) -> bool:
    """The verb 'rule' without its particle."""
    return site.token.lemma_ == "rule" and all(c.lower_ != "out" for c in site.token.children)


def _ends_nothing(site: _Governed) -> bool:
    """A verb of ending, above what is not its object."""
    return site.below.dep_ in {"nsubj", "prep", "pobj"} and site.token.pos_ == "VERB"


# Where a governor of a modality does not govern after all.
_IDLE: Mapping[Modality, Callable[[_Governed], bool]] = {
    Modality.PROPOSED: _proposes_nothing,
    Modality.EXPECTED: lambda site: site.token.lemma_ in _GUESSING,  # they tell what is, though not for sure
    Modality.DENIED: _rules_nothing_out,
    Modality.ENDED: _ends_nothing,
}


def _is_none(token: Token) -> bool:
    """Whether a noun phrase says that there is none: 'nobody', 'no troops', 'neither side'."""
    return token.lower_ in _NOBODY or any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in token.children
    )


def _would(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "would" for c in token.children)


def _hypothetical(token: Token) -> bool:
    """Whether a verb is a condition: 'if Japan joins'."""
    return token.dep_ == "advcl" and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in {"if", "unless"} for c in token.children
    )


def _purpose(trigger: Trigger) -> Token | None:
    """The infinitive that only says what something is for, where no governor makes it a plan."""
    token = syntax.first_conjunct(trigger.host or trigger.token)
    only = token.tag_ == "VB" and syntax.is_infinitive(token) and token.dep_ in {"advcl", "acl", "relcl"}
    return token if only else None
