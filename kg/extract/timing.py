"""When: which of the dates of a passage belongs to what a frame tells.

The trigger's own dates come first, then those of its clause, then those of the clauses it shares a date with.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, When
from kg.extract import amounts
from kg.extract.clauses import clause_tokens
from kg.extract.frames import Match
from kg.extract.triggers import Trigger
from kg.model import Modality, Span, Time

_AHEAD = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = _SUBJECTS | {"dobj", "dative", "attr", "oprd"}
_NOMINAL = frozenset({"NOUN", "PROPN"})
# How a date hangs on a noun that it tells apart: 'the 2014 agreement', 'last year's budget'.
_TELLING = frozenset({"compound", "nummod", "nmod", "npadvmod", "poss", "amod"})
_ATTENDING = frozenset(
    {"at", "during", "in", "after", "on"}
)  # prepositions of an event that others happen in
_CALENDAR = frozenset({"day", "week", "month", "year", "date"})
# Participles behind an event whose date is the event's: 'the visit planned for June'.
_APPOINTING = frozenset({"plan", "schedule", "set", "slate", "expect", "hold", "fix", "conclude", "sign"})
_BESIDE = frozenset({"when", "as", "while"})


def when(match: Match, parsed: Parsed, modality: Modality, today: str | None) -> tuple[Time, Span | None]:
    """The time of what a match tells, and where it stands; `today` is the document's date."""
    for group in _groups(match, parsed):
        for at in group:
            time = _read(parsed.times[at], parsed.doc[at], modality, today)
            if time:
                return time, parsed.times[at].span
    return Time(), None


def speaker_time(verb: Token, parsed: Parsed) -> Time:
    """When something was said: the date at the verb of saying."""
    for at, told in sorted(parsed.times.items(), key=lambda item: item[0]):
        token = parsed.doc[at]
        path = [token, *syntax.ancestors(token)]
        if verb not in path or told.inside or not told.time or parsed.quoted(token):
            continue
        if not any(syntax.is_verb(t) or t.dep_ in _ARGUMENTS for t in path[: path.index(verb)]):
            return told.time
    return Time()


def _groups(match: Match, parsed: Parsed) -> Iterator[list[int]]:
    """The dates that may be a match's, the likelier groups first, by the index of their token."""
    trigger, token = match.trigger, match.trigger.token
    dated = [at for at in sorted(parsed.times) if not parsed.times[at].inside]
    own = set() if trigger.verbal else {t.i for t in token.subtree}
    inner = [at for at in dated if at in own and _near(parsed.doc[at], token)]
    yield inner
    clause = clause_tokens(trigger)
    outer = [at for at in dated if at in clause and at not in inner]
    outer = [at for at in outer if not _of_another(parsed.doc[at], token)]
    yield sorted(outer, key=lambda at: _rank(match, parsed, at))
    yield from _beyond(token, parsed, dated)


def _beyond(token: Token, parsed: Parsed, dated: list[int]) -> Iterator[list[int]]:
    """The dates outside a trigger's clause that it may share."""
    verb = syntax.clause_verb(token)
    told = (_beside(token, parsed), _followed(verb, parsed), _leading(verb, parsed), _stepped(verb, parsed))
    yield [at for at in told if at is not None]
    for other in _sharing(verb, token):
        clause = clause_tokens(Trigger(other))
        yield [at for at in dated if at in clause and not (_is_deadline(parsed.times[at]) and at > other.i)]
        if (at := _followed(other, parsed)) is not None:
            yield [at]


def _is_deadline(found: When) -> bool:
    return found.time.start is None


def _sharing(verb: Token, token: Token) -> Iterator[Token]:
    """The verbs whose date is that of another, too, the likelier first."""
    head = verb.head
    listed = verb.dep_ == "advcl" and verb.tag_ == "VBD" and not syntax.children(verb, "mark", "advmod")
    bare = not syntax.children(verb, *_SUBJECTS)
    if syntax.is_verb(head) and bare and (verb.dep_ == "conj" or listed or _is_participle(verb)):
        yield head
    if verb.dep_ == "pcomp" and head.lower_ == "by":
        yield syntax.clause_verb(head)
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in syntax.children(verb, "advmod")):
        yield syntax.clause_verb(head)
    for child in syntax.children(verb, "advcl"):
        opening = {c.lower_ for c in syntax.children(child, "mark", "advmod")}
        if (_is_participle(child) and child.i < verb.i) or opening & _BESIDE:
            yield child
    if token is not verb and syntax.first_conjunct(token).dep_ in _SUBJECTS:
        for step in [verb, *syntax.children(verb, "acomp")]:
            yield from syntax.children(step, "xcomp")


def _is_participle(verb: Token) -> bool:
    """Whether a verb is a participle that goes with another clause: 'signing a pact'."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def _beside(noun: Token, parsed: Parsed) -> int | None:
    """The date right before the phrase of an event: 'on 27 October, during a visit to Ankara'."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _ATTENDING:
        return None
    return _last(parsed, noun.head.i)


def _last(parsed: Parsed, end: int) -> int | None:
    """The date that ends right before a token, but for a comma."""
    before = [t.i for t in parsed.doc[max(0, end - 2) : end] if t.text != ","]
    return before[-1] if before and before[-1] in parsed.times else None


def _followed(verb: Token, parsed: Parsed) -> int | None:
    """The date that a clause follows and tells more of: 'on 10 July, when he saw'; 'March, the month in which'."""
    if verb.dep_ in {"relcl", "acl"} and verb.head.i in parsed.times:
        return verb.head.i
    opening = next((c for c in syntax.children(verb, "advmod") if c.lower_ == "when"), None)
    if verb.dep_ == "relcl" and verb.head.lemma_ in _CALENDAR:
        opening = verb.head.left_edge
    return _last(parsed, opening.i) if opening is not None else None


def _leading(verb: Token, parsed: Parsed) -> int | None:
    """The date before a clause that dates the main one: 'Four days before it began, they had met'."""
    for child in syntax.children(verb, "advcl", "ccomp"):
        first = child.left_edge.i
        if child.i < verb.i and first in parsed.times and _words(parsed, first).endswith(("before", "after")):
            return first
    return None


def _stepped(verb: Token, parsed: Parsed) -> int | None:
    """The date that dates what follows it: 'on 30 October, a day after seeing the president'."""
    for at in sorted(parsed.times, reverse=True):
        if at < verb.i and parsed.times[at].inside:
            between = parsed.doc[at + 1 : verb.i]
            return at if all(t.pos_ != "VERB" for t in between) else None
    return None


def _words(parsed: Parsed, at: int) -> str:
    return parsed.words(parsed.times[at].span).lower()


def _near(token: Token, noun: Token) -> bool:
    """Whether a date stands at the noun itself and not in a clause below it."""
    for head in syntax.ancestors(token):
        if head == noun:
            return True
        if syntax.is_verb(head) and not (head.head == noun and head.lemma_ in _APPOINTING):
            return False
    return False


def _of_another(token: Token, trigger: Token) -> bool:
    """Whether a date only tells a noun apart that is not the trigger: 'under the agreement of 2014'."""
    behind = token.dep_ == "pobj" and token.head.lower_ == "of"
    noun = token.head.head if behind else token.head
    opening = token.i > 0 and token.nbor(-1).tag_ == "IN"  # 'On Tuesday Sweden', read as one name
    if (
        not (behind or (token.dep_ in _TELLING and not opening))
        or noun.pos_ not in _NOMINAL
        or noun == trigger
    ):
        return False
    return not (noun.dep_ == "pobj" and noun.head.lower_ in _ATTENDING) and trigger not in noun.subtree


def _rank(match: Match, parsed: Parsed, at: int) -> tuple[bool, bool]:
    """What puts a date of a clause behind others: one of its subject or its starting point; of a budget, no year's."""
    token, trigger = parsed.doc[at], match.trigger.token
    budget = match.frame.evokes == "DefenceSpending" and not _is_purpose(token, parsed.times[at])
    return budget, _in_subject(token, trigger) or _is_start(at, parsed)


def _is_purpose(token: Token, found: When) -> bool:
    """Whether a date is what something is meant for: 'a budget for 2026', 'scheduled for June'."""
    return found.kind in {"fiscal", "range"} or token.head.lower_ == "for"


def _in_subject(token: Token, trigger: Token) -> bool:
    """Whether a date stands within the subject of a clause, away from the trigger."""
    subject = next((t for t in (token, *syntax.ancestors(token)) if t.dep_ in _SUBJECTS), None)
    return subject is not None and trigger not in subject.subtree


def _is_start(at: int, parsed: Parsed) -> bool:
    """Whether a date goes with what something rises or falls from: 'from 3 percent in 2024 to 5 percent'."""
    before = max((number for number in parsed.numbers if number < at), default=None)
    return before is not None and at - before < 8 and amounts.is_start(before, parsed)


def _read(found: When, token: Token, modality: Modality, today: str | None) -> Time:
    """What a date tells of an event of some modality; nothing where it dates the decision and not the deed.

    'Pledged in April' is no time of giving; a date without a year is the one ahead where what it dates is ahead.
    """
    time = found.time
    if modality in _AHEAD and time.start:
        past = today is None or time.start <= today[: len(time.start)]
        if past and _is_done(syntax.clause_verb(token)) and not _is_purpose(token, found):
            return Time()
        if found.other and today is not None and time.start < today[: len(time.start)]:
            return found.other
    if modality is Modality.ENDED and time.start and not time.end:
        return Time(None, time.start)
    return time


def _is_done(verb: Token) -> bool:
    """Whether a verb is finite and tells of what is past: 'announced', 'has approved', 'was agreed'."""
    helping = {c.lower_ for c in syntax.children(verb, "aux", "auxpass")}
    return verb.tag_ == "VBD" or (
        verb.tag_ == "VBN" and bool(helping & {"has", "have", "had", "was", "were"})
    )
