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
from kg.extract.sharing import ATTENDING, SUBJECTS, TELLING, beyond
from kg.extract.triggers import TAKING_PLACE, Trigger
from kg.model import Modality, Span, Time

_AHEAD = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED})
_ARGUMENTS = SUBJECTS | {"dobj", "dative", "attr", "oprd"}
_BESIDES = frozenset({"after", "before", "following"})
# Prepositions that lead to a war against which something else, at its own time, is told.
_AGAINST = frozenset({"since", "following", "after", "amid", "despite", "before"})
_DASHES = frozenset({"-", "–", "—", "--"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# Participles behind an event whose date is the event's: 'the visit planned for June'.
_ENDING = frozenset({"end", "conclude", "finish", "wind", "wrap", "close"})
_APPOINTING = frozenset({"plan", "schedule", "set", "slate", "expect", "hold", "fix", "conclude", "sign"})


def when(match: Match, parsed: Parsed, modality: Modality, today: str | None) -> tuple[Time, Span | None]:
    """The time of what a match tells, and where it stands; `today` is the document's date."""
    groups = _groups(match, parsed)
    if modality is Modality.ENDED and not match.trigger.verbal and match.frame.sets is not Modality.ENDED:
        return _ended(match, next(groups), groups, parsed)
    for group in groups:
        for at in group:
            time = _read(parsed.times[at], parsed.doc[at], modality, today)
            if time:
                return _closed(time, match), parsed.times[at].span
    return Time(), None


def _closed(time: Time, match: Match) -> Time:
    """The time of drills by the day on which they ended: an end, where no more is told."""
    verb = match.trigger.token if match.trigger.verbal else match.trigger.host
    ends = verb is not None and verb.lemma_ in _ENDING and match.frame.evokes == "JointExercise"
    return Time(None, time.start) if ends and time.start and not time.end else time


def _ended(
    match: Match, inner: list[int], groups: Iterator[list[int]], parsed: Parsed
) -> tuple[Time, Span | None]:
    """When something ended by its clause, and since when it had gone on by a date of its own.

    A date that only tells it apart ('the 2014 pact', 'concluded in 2023') is neither.
    """
    began = next((at for at in inner if parsed.times[at].kind == "since"), None)
    behind = [
        at for at in inner if parsed.doc[at].dep_ == "pobj" and not syntax.is_verb(parsed.doc[at].head.head)
    ]
    candidates = (at for group in (_next_clause(match.trigger, parsed), *groups, behind) for at in group)
    ends = [at for at in candidates if at != began and parsed.times[at].time.start]
    start = parsed.times[began].time.start if began is not None else None
    end = parsed.times[ends[0]].time.start if ends else None
    told = ends[0] if ends else began
    return Time(start, end), parsed.times[told].span if told is not None else None


def _next_clause(trigger: Trigger, parsed: Parsed) -> list[int]:
    """The dates of a clause that goes on from a trigger's: 'the deal, concluded in 2023, was cancelled in June'."""
    verbs = syntax.children(trigger.host, "conj") if trigger.host is not None else []
    bare = (verb for verb in verbs if not syntax.children(verb, *SUBJECTS))
    return [at for verb in bare for at in sorted(clause_tokens(Trigger(verb)) & parsed.times.keys())]


def speaker_time(verb: Token, parsed: Parsed) -> Time:
    """When something was said: the date at the verb of saying."""
    for at, told in sorted(parsed.times.items(), key=lambda item: item[0]):
        token = parsed.doc[at]
        path = [token, *syntax.ancestors(token)]
        if verb not in path or told.inside or not told.time or parsed.quoted(token):
            continue
        if _is_aside(token, verb) or _dates_occasion(token, verb) or _is_start(at, parsed):
            continue
        if not any(syntax.is_verb(t) or t.dep_ in _ARGUMENTS for t in path[: path.index(verb)]):
            return told.time
    return Time()


def _is_aside(token: Token, verb: Token) -> bool:
    """Whether a token stands between dashes before a verb: 'Lima — in Oslo on Tuesday for talks — said'."""
    dashes = [t.i for t in verb.sent if t.i < verb.i and t.text in _DASHES]
    return len(dashes) > 1 and dashes[0] < token.i < dashes[-1]


def _dates_occasion(token: Token, verb: Token) -> bool:
    """Whether a date tells more of an occasion that opens the sentence: 'After a second call, on Saturday, he said'."""
    link = token.head if token.dep_ == "pobj" else token
    opening = (p for p in syntax.children(verb, "prep") if p.i < link.i < verb.i and p.lower_ in _BESIDES)
    return any(link.left_edge.i - p.right_edge.i in {1, 2} for p in opening)  # a comma may stand between


def _groups(match: Match, parsed: Parsed) -> Iterator[list[int]]:
    """The dates that may be a match's, the likelier groups first, by the index of their token."""
    trigger, token = match.trigger, match.trigger.token
    dated = [at for at in sorted(parsed.times) if not parsed.times[at].inside]
    own = set() if trigger.verbal else {t.i for t in token.subtree}
    inner = [at for at in dated if at in own and _near(parsed.doc[at], token)]
    yield inner
    if match.frame.evokes == "ArmedConflict" and token.dep_ == "pobj" and token.head.lower_ in _AGAINST:
        return  # 'Since the invasion, Poland has bought tanks in 2023'
    if match.frame.resumes and not trigger.verbal and trigger.host is None:
        yield [at for at in dated if at in own and _of_course(parsed.doc[at], token)]
        return  # what else its clause tells has a time of its own: 'briefed them in May on the deployment'
    if match.frame.evokes == "DefenceSpending":
        budgets = {*syntax.subjects(token), *syntax.objects(token)} if trigger.verbal else set()
        yield [at for at in dated if parsed.doc[at].head in budgets and parsed.doc[at].dep_ in TELLING]
    clause = clause_tokens(trigger)
    outer = [at for at in dated if at in clause and at not in inner]
    outer = [at for at in outer if not _of_another(parsed.doc[at], token)]
    yield sorted(outer, key=lambda at: _rank(match, parsed, at))
    yield from beyond(token, parsed, dated)


def _near(token: Token, noun: Token) -> bool:
    """Whether a date stands at the noun itself and not in a clause below it."""
    for head in syntax.ancestors(token):
        if head == noun:
            return True
        if syntax.is_verb(head) and not (head.lemma_ in _APPOINTING and _tells_of(head, noun)):
            return False
    return False


def _of_course(token: Token, noun: Token) -> bool:
    """Whether a date stands in a clause on a noun that tells its course: 'the drills, which began on Monday'."""
    verb = syntax.clause_verb(token)
    return verb.dep_ == "relcl" and verb.head == noun and verb.lemma_ in TAKING_PLACE | _APPOINTING


def _tells_of(participle: Token, noun: Token) -> bool:
    """Whether a participle tells of a noun, behind its phrase or behind a comma: 'a visit to Oman, set for May'."""
    return participle.head == noun or (participle.dep_ == "acl" and participle.nbor(-1).text == ",")


def _of_another(token: Token, trigger: Token) -> bool:
    """Whether a date only tells a noun apart that is not the trigger: 'under the agreement of 2014'."""
    behind = token.dep_ == "pobj" and token.head.lower_ == "of"
    noun = token.head.head if behind else token.head
    opening = token.i > 0 and token.nbor(-1).tag_ == "IN"  # 'On Tuesday Sweden', read as one name
    if (
        not (behind or (token.dep_ in TELLING and not opening))
        or noun.pos_ not in _NOMINAL
        or noun == trigger
    ):
        return False
    return not (noun.dep_ == "pobj" and noun.head.lower_ in ATTENDING) and trigger not in noun.subtree


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
    subject = next((t for t in (token, *syntax.ancestors(token)) if t.dep_ in SUBJECTS), None)
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
    bare = verb.dep_ == "acl" and verb.lemma_ not in _APPOINTING and not helping
    return verb.tag_ == "VBD" or (
        verb.tag_ == "VBN" and (bare or bool(helping & {"has", "have", "had", "was", "were"}))
    )
