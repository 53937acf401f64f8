"""How a claim holds: what stands above and beside its trigger, from the word itself up to the sentence.

The nearest word decides between planned, expected and proposed; a denial or an ending always shows.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_PARTICLES = frozenset({"for", "on", "to", "of", "from", "in", "about", "against", "toward", "towards", "out", "over"})
_PROMISING = frozenset({"plan", "schedule", "promise", "pledge", "intend", "prepare", "vow", "budget", "earmark"})
# What these verbs bring about lies ahead where it is a deed ('approved a sale'), and not where it is a paper.
_CLEARING = frozenset(
    {"approve", "authorise", "authorize", "clear", "announce", "greenlight", "sanction", "allocate"}
)
_DEEDS = frozenset(
    {"ArmsTransfer", "Aid", "Deployment", "JointExercise", "Visit", "Establishment", "CapabilityDevelopment"}
)
_BELOW = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "acl", "prep", "oprd", "attr", "acomp", "nsubjpass", "dative"}
)
_UNREAL = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_TALKS = {"talk", "negotiation", "discussion"}
_LONE = {"discuss", "talk", "like", "press", "negotiate", "debate", "study", "push", "open", "need", "examine"}
_ANNOUNCING = {"confirm", "announce", "mean", "clear", "set", "approve", "agree", "decide"}


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
    found: Modality | None = None
    denied: bool = False
    ended: bool = False
    future: bool = False
    conditional: bool = False

    def take(self, told: Modality, nearest_wins: bool = True) -> None:
        if told is Modality.DENIED:
            self.denied = not self.denied
        elif told is Modality.ENDED:
            self.ended = True
        elif told in _UNREAL and (self.found is None or not nearest_wins):
            self.found = told


def mood(trigger: Trigger, lexicon: Lexicon, sets: Modality | None = None, evokes: str = "") -> Mood:
    """The mood of what a trigger tells.

    `sets` is what its frame says by itself, `evokes` the class of the event.
    """
    seen = _Seen()
    last = trigger.token
    for token, governs in _upwards(trigger):
        nominal = token == trigger.token and not trigger.verbal
        for told in _beside(token, None if token == last else last, lexicon, nominal):
            seen.future |= told is Modality.PLANNED
            seen.conditional |= told is Modality.PROPOSED and seen.found is None and _would(token)
            seen.take(told)
        if governs and (above := _governor(token, last, lexicon, evokes)):
            if seen.conditional and above in _UNREAL | {Modality.ACTUAL}:
                seen.found = above if above in _UNREAL else seen.found
            seen.take(above)
        if _hypothetical(token):
            return Mood(seen.found or Modality.PROPOSED, "hypothetical")
        last = token
    if seen.found is None and not seen.denied and (purpose := _purpose(trigger)) is not None:
        if purpose.dep_ == "acl" and purpose.head.lemma_.lower() in lexicon.words["deal"] | lexicon.words["agreement"]:
            return Mood(Modality.PLANNED)  # what a contract is for is what its sides are to do
        return Mood(Modality.PROPOSED, "purpose")
    return Mood(
        _settled(seen, seen.ended or sets is Modality.ENDED, sets), None, seen.future, seen.conditional
    )


def _settled(seen: _Seen, ended: bool, sets: Modality | None) -> Modality:
    if seen.denied:
        return Modality.ACTUAL if ended else Modality.DENIED
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
        elif label in {"nsubj", "nsubjpass"} and at == trigger.token and head.pos_ in {"VERB", "AUX"}:
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
        low = child.lower_
        if child.dep_ == "aux" and low in _MODALS:
            yield _MODALS[low]
        if child.dep_ == "neg" or (low in _NEGATIVE and child.dep_ in {"det", "advmod", "preconj", "cc"}):
            longer = any(c.lower_ == "longer" for c in [*token.children, *child.children])
            yield Modality.ENDED if longer else Modality.DENIED
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and child != below and not nominal and _is_none(child):
            yield Modality.DENIED
        if nominal and child.dep_ in {"amod", "compound", "nmod"}:
            if low in lexicon.words["future"]:
                yield Modality.PLANNED
            elif low in lexicon.words["tentative"]:
                yield Modality.PROPOSED
        if child.dep_ == "advmod" and low in _PERHAPS:
            yield Modality.EXPECTED
    if token.lemma_ == "go" and token.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in token.children):
        yield Modality.PLANNED
    if token.dep_ == "xcomp" and token.head.lemma_ == "be" and _infinitive(token):
        yield Modality.PLANNED


def _governor(token: Token, below: Token, lexicon: Lexicon, evokes: str) -> Modality | None:
    """What a word says of what stands under it, where it governs it in this construction."""
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "AUX"}:
        return None
    above = lexicon.governors.get(token.lemma_.lower()) or lexicon.governors.get(token.lower_)
    if above is None or above is Modality.ACTUAL:
        return above
    named = below.pos_ in {"NOUN", "PROPN"} or (below.pos_ == "ADP" and any(c.dep_ == "pobj" for c in below.children))
    if above is Modality.PLANNED and token.pos_ == "VERB":
        if named and not (token.lemma_ in _PROMISING or (token.lemma_ in _CLEARING and evokes in _DEEDS)):
            return None
        if below.dep_ == "ccomp" and token.lemma_ in _ANNOUNCING:
            return None
    if token.pos_ == "NOUN" and token.lemma_ in _TALKS:
        return Modality.PROPOSED if below.lower_ in {"on", "over", "about", "for"} else None
    if above is Modality.PROPOSED and token.lemma_ in _LONE and (named or token.pos_ in {"VERB", "NOUN"}):
        return None
    if above is Modality.EXPECTED and token.lemma_ in {"believe", "suspect", "fear", "estimate", "reckon"}:
        return None
    if above is Modality.DENIED and token.lemma_ == "rule" and not any(c.lower_ == "out" for c in token.children):
        return None
    if above is Modality.ENDED and below.dep_ in {"nsubj", "prep", "pobj"} and token.pos_ == "VERB":
        return None
    return above


def _is_none(token: Token) -> bool:
    """Whether a noun phrase says that there is none: 'nobody', 'no troops', 'neither side'."""
    return token.lower_ in {"nobody", "none", "neither", "nothing"} or any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in token.children
    )


def _would(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "would" for c in token.children)


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _hypothetical(token: Token) -> bool:
    return token.dep_ == "advcl" and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in {"if", "unless"} for c in token.children
    )


def _purpose(trigger: Trigger) -> Token | None:
    """The infinitive that only says what something is for, where no governor makes it a plan."""
    token = trigger.host or trigger.token
    token = syntax.first_conjunct(token)
    only = token.tag_ == "VB" and _infinitive(token) and token.dep_ in {"advcl", "acl", "relcl"}
    return token if only else None
