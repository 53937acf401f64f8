"""How a claim holds: what stands above and beside its trigger, from the word itself up to the sentence.

The nearest word decides between planned, expected and proposed; a denial or an ending always shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.extract.ascent import upwards
from kg.extract.governing import MODALS, beside, ended_after, governor
from kg.extract.triggers import Trigger
from kg.lexicon import Lexicon
from kg.model import Modality

_FUTURE = frozenset(word for word, modality in MODALS.items() if modality is Modality.PLANNED)
_UNREAL = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_BANS = frozenset({"ban", "embargo", "prohibition", "moratorium"})
_ALMOST = frozenset({"almost", "nearly"})  # right before a verb: 'nearly signed', but not 'nearly 300 tanks'
_CONDITIONS = frozenset({"if", "unless", "lest", "provided", "assuming"})


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality; `reason` is set where no claim should be made: `hypothetical`, `question`, `purpose`,
    `forbidden`.

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
    tentative: bool = False

    def hear(self, told: Modality, beside: frozenset[str]) -> None:
        """Takes what stands beside a word; `beside` are its auxiliaries."""
        self.future |= told is Modality.PLANNED and not beside.isdisjoint(_FUTURE)
        self.conditional |= told is Modality.PROPOSED and self.found is None and "would" in beside
        self.tentative |= told is Modality.PROPOSED and self.found is None and not beside
        self._take(told)

    def heed(self, above: Modality) -> None:
        """Takes what a governor says: it overrules a 'would' below it, which may only tell back a 'will'.

        What is approved or planned is no more a mere possibility: 'approved the possible sale'.
        """
        if (self.conditional and above in _UNREAL) or (self.tentative and above is Modality.PLANNED):
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
    for token, governs in upwards(trigger):
        nominal = token == trigger.token and not trigger.verbal
        for told in dict.fromkeys(beside(token, None if token == last else last, lexicon, nominal)):
            seen.hear(told, _auxiliaries(token))
        if governs and (above := governor(token, last, lexicon, evokes, seen.future or seen.conditional)):
            seen.heed(above)
        if token == trigger.host and ended_after(token, lexicon):
            seen.heed(Modality.ENDED)
        if reason := _unsaid(token, last):
            return Mood(seen.found or Modality.PROPOSED, reason)
        seen.retold |= token.lemma_.lower() in lexicon.words["said"] and last.dep_ in {"ccomp", "acl"}
        last = token
    if last.dep_ == "ROOT" and syntax.is_verb(last) and any(t.text == "?" for t in last.sent[-2:]):
        return Mood(seen.found or Modality.PROPOSED, "question")
    if seen.found is None and not (seen.denied or seen.ended) and (purpose := _purpose(trigger)) is not None:
        return _meant(purpose, lexicon)
    if seen.found is None and not (seen.denied or seen.ended) and (verb := _companion(trigger)) is not None:
        seen.found = next((m for m in [mood(Trigger(verb), lexicon).modality] if m in _UNREAL), None)
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
    if ended and seen.found in {None, Modality.PLANNED}:
        return Modality.ENDED  # a decided ending that lies ahead has its date as the end
    return seen.found or sets or Modality.ACTUAL


def _companion(trigger: Trigger) -> Token | None:
    """The verb that a participle goes along with and shares its time: 'will buy 48 jets, taking delivery of 12'."""
    verb = trigger.host or trigger.token
    free = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > verb.head.i
    own = syntax.children(verb, "nsubj", "nsubjpass", "mark", "advmod", "aux")
    return verb.head if free and not own and syntax.is_verb(verb.head) else None


def _auxiliaries(token: Token) -> frozenset[str]:
    return frozenset(c.lower_ for c in token.children if c.dep_ == "aux")


def _unsaid(token: Token, below: Token) -> str | None:
    """Why a word says that what is below it does not hold: a condition ('if Japan joins'), a question, a ban on it."""
    if any(c.dep_ == "advmod" and c.lower_ in _ALMOST and c.i == token.i - 1 for c in token.children):
        return "hypothetical"
    if token.pos_ == "NOUN" and token.lemma_ in _BANS and below.dep_ in {"prep", "pobj"}:
        return "forbidden"
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"}}
    if token.dep_ in {"ccomp", "advcl", "conj"} and "whether" in marks:
        return "question"
    if token.dep_ == "advcl" and (marks & _CONDITIONS or _inverted(token)):
        return "hypothetical"
    if "would" in _auxiliaries(token) and ("have" in _auxiliaries(token) or _has_to(token, below)):
        return "hypothetical"
    return None


def _has_to(verb: Token, below: Token) -> bool:
    """Whether a verb only says that what is below it is needed: 'would have to ratify'."""
    return verb.lemma_ == "have" and below.dep_ == "xcomp" and syntax.is_infinitive(below)


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


def _meant(purpose: Token, lexicon: Lexicon) -> Mood:
    """The mood of an infinitive without a governor: what a contract or talks are to bring, or a mere purpose."""
    papers = lexicon.words["deal"] | lexicon.words["agreement"]
    if purpose.dep_ == "acl" and purpose.head.lemma_.lower() in papers:
        return Mood(Modality.PLANNED)  # what a contract is for is what its sides are to do
    return Mood(Modality.PROPOSED, None if _is_negotiated(purpose, lexicon) else "purpose")


def _is_negotiated(purpose: Token, lexicon: Lexicon) -> bool:
    """Whether an infinitive tells what talks are about: 'is in talks with China to buy jets'."""
    above = purpose.head
    near = [above, *syntax.prepositional(above, "in"), *syntax.children(above, "dobj")]
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in lexicon.words["bargaining"] for t in near)
