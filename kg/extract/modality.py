"""How a claim holds: what stands above and beside its trigger, from the word itself up to the sentence.

The nearest word decides between planned, expected and proposed; a denial or an ending always shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.extract.triggers import Trigger
from kg.lexicon import Governor, Lexicon
from kg.model import Modality

_MODALS = {
    "will": Modality.PLANNED, "shall": Modality.PLANNED, "'ll": Modality.PLANNED, "wo": Modality.PLANNED,
    "may": Modality.EXPECTED, "might": Modality.EXPECTED, "could": Modality.EXPECTED,
    "would": Modality.PROPOSED, "should": Modality.PROPOSED, "must": Modality.PROPOSED, "ought": Modality.PROPOSED,
}  # fmt: skip
_FUTURE = frozenset(word for word, modality in _MODALS.items() if modality is Modality.PLANNED)
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "none"})
_PERHAPS = frozenset({"possibly", "perhaps", "likely", "potentially", "probably"})
_PARTICLES = frozenset(
    {"for", "on", "to", "of", "from", "in", "about", "against", "toward", "towards", "out", "over"}
)
_BELOW = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "acl", "prep", "oprd", "attr", "acomp", "nsubjpass", "dative"}
)
_UNREAL = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_CONDITIONS = frozenset({"if", "unless", "lest", "provided", "assuming"})
_WITH_VERB = frozenset({"prep", "advmod", "acomp"})  # what a parser takes a particle for
_TALKS = frozenset({"talk", "negotiation", "discussion"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality; `reason` is set where no claim should be made: `hypothetical`, `question`, `purpose`.

    `future` tells that 'will' or its like made it planned, `conditional` that 'would' made it proposed, `present` that
    it is told in the simple present, which also tells what is scheduled ('meets in May').
    """

    modality: Modality
    reason: str | None = None
    future: bool = False
    conditional: bool = False
    present: bool = False


@dataclass(slots=True)
class _Seen:
    """What the words heard so far say together."""

    found: Modality | None = None
    denied: bool = False
    doubly: bool = False
    ended: bool = False
    future: bool = False
    conditional: bool = False
    retold: bool = False

    def hear(self, told: Modality, beside: frozenset[str]) -> None:
        """Takes what stands beside a word; `beside` are its auxiliaries."""
        self.future |= told is Modality.PLANNED and not beside.isdisjoint(_FUTURE)
        self.conditional |= told is Modality.PROPOSED and self.found is None and "would" in beside
        self._take(told)

    def heed(self, above: Modality) -> None:
        """Takes what a governor says: it overrules a 'would' below it, which may only tell back a 'will'."""
        if self.conditional and above in _UNREAL:
            self.found = above
        self._take(above)

    def _take(self, told: Modality) -> None:
        if told is Modality.DENIED:
            self.doubly |= self.denied
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
        for told in dict.fromkeys(_beside(token, None if token == last else last, lexicon, nominal)):
            seen.hear(told, _auxiliaries(token))
        if governs and (above := _governor(token, last, lexicon, evokes, seen.future)):
            seen.heed(above)
        if token == trigger.host and _ended_after(token, lexicon):
            seen.heed(Modality.ENDED)
        if reason := _unsaid(token):
            return Mood(seen.found or Modality.PROPOSED, reason)
        seen.retold |= token.lemma_.lower() in lexicon.words["said"] and last.dep_ in {"ccomp", "acl"}
        last = token
    if last.dep_ == "ROOT" and syntax.is_verb(last) and any(t.text == "?" for t in last.sent[-2:]):
        return Mood(seen.found or Modality.PROPOSED, "question")
    if seen.found is None and not (seen.denied or seen.ended) and (purpose := _purpose(trigger)) is not None:
        papers = lexicon.words["deal"] | lexicon.words["agreement"]
        if purpose.dep_ == "acl" and purpose.head.lemma_.lower() in papers:
            return Mood(Modality.PLANNED)  # what a contract is for is what its sides are to do
        return Mood(Modality.PROPOSED, "purpose")
    settled = _settled(seen, sets)
    if seen.retold and seen.conditional and settled is Modality.PROPOSED:
        settled = Modality.PLANNED  # 'said that it would' is 'will', told back
    verb = trigger.host or trigger.token
    present = verb.tag_ in {"VBZ", "VBP"} and not _auxiliaries(verb)
    return Mood(settled, None, seen.future or seen.retold, seen.conditional, present)


def _settled(seen: _Seen, sets: Modality | None) -> Modality:
    ended = seen.ended or sets is Modality.ENDED
    if seen.denied:
        return Modality.ACTUAL if ended else Modality.DENIED  # what has not ended goes on
    if seen.doubly:
        return Modality.PROPOSED  # 'has not ruled out sending'
    return seen.found or (Modality.ENDED if ended else sets or Modality.ACTUAL)


def _upwards(trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The trigger, the verb that carries it, and the words that govern them, as far as their word reaches.

    With each word: whether it governs what is below it (and does not merely share its clause).
    """
    at, host = trigger.token, trigger.host
    yield at, False
    if host is not None:
        if host in syntax.ancestors(at):
            yield from ((between, between.pos_ == "NOUN") for between in _until(host, at))
            at = host
        yield host, True
    for _ in range(8):
        if (before := _before_infinitive(at)) is not None and before != at.head:
            yield before, True
        steps = list(_step(at, trigger))
        yield from steps
        if not steps or steps[0][0] != at.head:
            return
        at = at.head


def _until(host: Token, below: Token) -> Iterator[Token]:
    """What stands between a noun of doing and the verb that carries it."""
    for between in syntax.ancestors(below):
        if between == host:
            return
        yield between


def _step(at: Token, trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The word above, if it has a say in what is below it."""
    head, label = at.head, at.dep_
    if head == at:
        return
    if (label in _BELOW and not _stops(at, head, label)) or _loosely(at, head):
        yield head, True
    elif label == "conj" and not _apart(at, head):
        yield head, False
    elif label == "nsubj" and at == trigger.token and syntax.is_verb(head):
        yield head, False
        yield from ((c, True) for c in head.children if c.dep_ in {"acomp", "oprd"})


def _before_infinitive(verb: Token) -> Token | None:
    """The noun or adjective right before an infinitive, which is what it hangs on: 'is in line to receive'."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if to is None or to.i == 0 or to.nbor(-1).pos_ not in {"NOUN", "ADJ"}:
        return None
    return to.nbor(-1)


def _loosely(at: Token, head: Token) -> bool:
    """Whether a form in -ing right behind a verb, read as an adverbial clause, is its object: 'ruled out sending'."""
    between = head.doc[head.i + 1 : at.i]
    return at.dep_ == "advcl" and at.tag_ == "VBG" and at.i > head.i and all(t.dep_ == "prt" for t in between)


def _stops(at: Token, head: Token, label: str) -> bool:
    """Whether what is above says nothing of what is below: it is quoted, named, or merely goes along."""
    if label == "ccomp" and head.i > at.i and head.lemma_ in {"say", "tell", "add"}:
        return True
    if label in {"dobj", "pobj", "nsubjpass", "attr"} and at.pos_ in {"PROPN", "PRON"}:
        return True
    if label == "acl" and at.tag_ in {"VBN", "VBG"} and not syntax.children(at, "nsubj", "nsubjpass"):
        return True
    if label == "prep" and (at.i < head.i or (at.lower_ == "in" and syntax.is_verb(head))):
        return True  # 'in talks on Friday, X offered'
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
        elif (
            label in {"nsubj", "nsubjpass", "dobj", "attr"}
            and _is_none(child)
            and not _is_subject(below, child)
        ):
            yield Modality.DENIED
        if label == "advmod" and low in _PERHAPS:
            yield Modality.EXPECTED
    if _lies_ahead(token):
        yield Modality.PLANNED


def _is_subject(below: Token | None, child: Token) -> bool:
    """Whether what was heard already is that child, or the subject beside it: 'the threat left no choice'."""
    return below is not None and (below == child or below.dep_ == "nsubj")


def _described(child: Token, lexicon: Lexicon) -> Iterator[Modality]:
    """What a word before a noun of doing says: 'planned talks', 'possible sale'."""
    if child.dep_ in {"amod", "compound", "nmod"}:
        if child.lower_ in lexicon.words["future"]:
            yield Modality.PLANNED
        elif child.lower_ in lexicon.words["tentative"]:
            yield Modality.PROPOSED


def _lies_ahead(token: Token) -> bool:
    """Whether a verb is told as to come without a modal: 'is going to send', 'is to send', 'has yet to send'."""
    if token.lemma_ == "go" and token.tag_ == "VBG" and syntax.children(token, "xcomp"):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_ in {"be", "have"} and syntax.is_infinitive(token)


def _governor(token: Token, below: Token, lexicon: Lexicon, evokes: str, future: bool) -> Modality | None:
    """What a word says of what stands under it, where it governs it in this construction."""
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "AUX", "ADV"}:
        return None
    above = _named_governor(token, lexicon)
    if above is None:
        return None
    if above.sets is Modality.ACTUAL:
        return above.sets
    if token.pos_ == "NOUN" and token.lemma_ in _TALKS:
        return Modality.PROPOSED if below.lower_ in {"on", "over", "about", "for"} else None
    if token.pos_ == "VERB" and above.over and not above.over & set(_sites(below, above, evokes, future)):
        return None
    if above.sets is Modality.ENDED and below.dep_ in {"nsubj", "prep", "pobj"} and token.pos_ == "VERB":
        return None  # a verb of ending ends its object alone
    return above.sets


def _ended_after(host: Token, lexicon: Lexicon) -> bool:
    """Whether what a verb is said of ends by the next one: 'the contract, concluded in 2023, was cancelled'."""
    later = (c for c in host.children if c.dep_ == "conj" and c.pos_ == "VERB")
    last = (
        v for v in later if syntax.children(v, "auxpass") and not syntax.children(v, "nsubj", "nsubjpass")
    )
    return any((g := _named_governor(v, lexicon)) is not None and g.sets is Modality.ENDED for v in last)


def _named_governor(token: Token, lexicon: Lexicon) -> Governor | None:
    """The governor that a word is: with its particle, as its part of speech, or by its lemma."""
    lemma, governors = token.lemma_.lower(), lexicon.governors
    beside = [c for c in token.children if c.dep_ == "prt" or (c.i == token.i + 1 and c.dep_ in _WITH_VERB)]
    forms = [f"{lemma} {c.lower_}" for c in beside]
    forms += [f"{lemma}/{token.pos_}", lemma, token.lower_]
    return next((governors[form] for form in forms if form in governors), None)


def _sites(below: Token, above: Governor, evokes: str, future: bool) -> Iterator[str]:
    """What stands under a verb, in the words of `ent:over`."""
    named = below.pos_ in {"NOUN", "PROPN"} or (below.pos_ == "ADP" and bool(syntax.children(below, "pobj")))
    if named:
        yield "noun"
        if evokes in above.deeds:
            yield "deed"
    else:
        yield "clause" if below.dep_ == "ccomp" and not syntax.is_infinitive(below) else "infinitive"
    if future:
        yield "future"


def _is_none(token: Token) -> bool:
    """Whether a noun phrase says that there is none: 'nobody', 'no troops', 'neither side'."""
    return token.lower_ in _NOBODY or any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in token.children
    )


def _auxiliaries(token: Token) -> frozenset[str]:
    return frozenset(c.lower_ for c in token.children if c.dep_ == "aux")


def _unsaid(token: Token) -> str | None:
    """Why a clause says nothing that holds: it is a condition ('if Japan joins', 'had Japan joined'), or asked."""
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"}}
    if token.dep_ in {"ccomp", "advcl"} and "whether" in marks:
        return "question"
    if token.dep_ == "advcl" and (marks & _CONDITIONS or _inverted(token)):
        return "hypothetical"
    return None


def _inverted(verb: Token) -> bool:
    """Whether a clause is a condition by its order: 'had Japan joined', 'should Japan join'."""
    subject = next(iter(syntax.children(verb, "nsubj", "nsubjpass")), None)
    auxiliaries = (c for c in verb.children if c.dep_ == "aux" and c.lower_ in {"had", "should", "were"})
    return subject is not None and any(c.i < subject.i for c in auxiliaries)


def _purpose(trigger: Trigger) -> Token | None:
    """The infinitive that only says what something is for, where no governor makes it a plan."""
    token = syntax.first_conjunct(trigger.host or trigger.token)
    only = token.tag_ == "VB" and syntax.is_infinitive(token) and token.dep_ in {"advcl", "acl", "relcl"}
    return token if only else None
