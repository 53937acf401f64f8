"""When and how much: the dates and numbers that belong to a matched frame, and the stretch that tells it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Number, Parsed, When
from kg.extract.arguments import Trigger
from kg.extract.frames import Match, clause_tokens
from kg.model import Evidence, Filler, Modality, Span, Time, Values

_MONEY = frozenset({"Aid", "ArmsTransfer", "DefenceSpending"})
_COUNTED = {
    "Aid": "item", "ArmsTransfer": "item", "CapabilityDevelopment": "item", "Deployment": "asset", "ForceBuildup": "asset",
    "WeaponTest": "item", "Training": "trainee",
}  # fmt: skip
_AHEAD = {Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED}


def when(match: Match, parsed: Parsed, modality: Modality, today: str | None) -> tuple[Time, Span | None]:
    """The time of what is told: of the trigger's own words first, then of its clause."""
    trigger = match.trigger
    own = {t.i for t in trigger.token.subtree} if not trigger.verbal else set()
    clause = clause_tokens(trigger)
    inner = [i for i in sorted(parsed.times) if i in own and _near(parsed.doc[i], trigger.token)]
    outer = [i for i in sorted(parsed.times) if i in clause and i not in inner]
    shared = [] if inner or outer else sorted(set(parsed.times) & _shared_clause(trigger.token))
    for at in inner or outer or shared:
        found = parsed.times[at]
        if found.inside or not found.time:
            continue
        return _read(found, modality, today), found.span
    return Time(), None


def _shared_clause(token: Token) -> set[int]:
    """The tokens whose date a verb shares: of the verb it is coordinated with, and of a participle before it."""
    verb = syntax.clause_verb(token)
    above = [verb.head] if verb.dep_ == "conj" and not syntax.children(verb, "nsubj", "nsubjpass") else []
    before = [c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i < verb.i]
    return {i for v in above + before if v.pos_ in {"VERB", "AUX"} for i in clause_tokens(Trigger(v))}


def by_number(match: Match, parsed: Parsed) -> list[Match]:
    """The match as one for each thing that has a number of its own, and one for those without.

    A list is one fact with many fillers, but one fact each where numbers differ (the guidelines' fourth rule).
    """
    role = _COUNTED.get(match.frame.evokes)
    things = dict(match.roles).get(role or "", ())
    ends = {parsed.places[n.head].end for n in parsed.numbers.values() if n.kind == "count" and n.head is not None}
    counted = [f for f in things if f.span.end in ends]
    if role is None or len(things) < 2 or not counted:
        return [match]
    groups = [[f for f in things if f not in counted], *([f] for f in counted)]
    parts = []
    for group in groups:
        if group:
            roles = tuple((r, tuple(group) if r == role else fillers) for r, fillers in match.roles)
            spans = {f.span for f in things} - {f.span for f in group}
            tokens = tuple(t for t in match.tokens if not any(s.covers(parsed.places[t.i]) for s in spans))
            parts.append(replace(match, roles=roles, tokens=tokens))
    return parts


def _near(token: Token, noun: Token) -> bool:
    """Whether a date stands at the noun itself and not in a clause below it."""
    for head in syntax.ancestors(token):
        if head == noun:
            return True
        if head.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _read(found: When, modality: Modality, today: str | None) -> Time:
    """A date without a year is the one ahead where what it dates is ahead."""
    past = (
        found.time.start is not None
        and today is not None
        and found.time.start < today[: len(found.time.start)]
    )
    time = found.other if modality in _AHEAD and found.other and past else found.time
    if modality is Modality.ENDED and time.start and not time.end:
        return Time(None, time.start)
    return time


def values(match: Match, parsed: Parsed) -> tuple[Values, list[Span]]:
    """The numbers of what is told: sums and shares in its clause, counts of what fills its role."""
    kind = match.frame.evokes
    clause = clause_tokens(match.trigger) | {t.i for t in match.trigger.token.subtree}
    found, spans = Values(), []
    counted = {f.span.end for f in dict(match.roles).get(_COUNTED.get(kind, ""), ())}
    for at in sorted(parsed.numbers):
        number = parsed.numbers[at]
        bare = number.kind == "count" and number.head is None and at in clause
        if bare and kind == "ForceBuildup" and found.quantity is None:
            found = replace(found, quantity=number.values.quantity, bound=number.values.bound)
            spans.append(number.span)
            continue
        if number.kind == "count" and found.quantity is None and (
            _counts_of(parsed.doc[at], parsed, counted) or _within(number.head, match, kind)
        ):
            found = replace(found, quantity=number.values.quantity, bound=number.values.bound)
            spans.append(number.span)
        elif (
            number.kind == "count"
            and number.head is not None
            and parsed.places[number.head].end in counted
            and found.quantity is None
        ):
            found = replace(found, quantity=number.values.quantity, bound=number.values.bound)
            spans.append(number.span)
        elif at in clause and (more := _money(kind, number, found)):
            found = more
            spans.append(number.span)
    return found, spans


def _within(head: int | None, match: Match, kind: str) -> bool:
    """Whether what a number counts stands within a filler's phrase: 'a battlegroup of 2,000 troops'."""
    things = match.things if kind in {"Deployment", "ForceBuildup"} else ()
    return head is not None and any(head in {t.i for t in thing.subtree} for thing in things)


def _counts_of(token: Token, parsed: Parsed, counted: set[int]) -> bool:
    """Whether a bare number counts what stands behind it: '133 of these'."""
    return token.pos_ == "NUM" and any(
        {parsed.places[t.i].end, *(r.span.end for r in parsed.of(t))} & counted
        for t in syntax.prepositional(token, "of")
    )


def has_number(match: Match, parsed: Parsed) -> bool:
    """Whether a frame that needs a number has one at its match."""
    return not match.frame.needs_number or bool(values(match, parsed)[0])


def _money(kind: str, number: Number, found: Values) -> Values | None:
    if (
        number.kind == "money"
        and kind in _MONEY
        and found.amount is None
        and number.values.amount is not None
    ):
        return replace(
            found, amount=number.values.amount, currency=number.values.currency, bound=number.values.bound
        )
    if (
        number.kind == "share"
        and kind == "DefenceSpending"
        and found.share_of_gdp is None
        and number.values.share_of_gdp is not None
    ):
        return replace(found, share_of_gdp=number.values.share_of_gdp, bound=number.values.bound)
    return None


def evidence(match: Match, parsed: Parsed, more: list[Span]) -> Evidence:
    """The shortest stretch of the sentence that has the trigger, its fillers, its date and its numbers."""
    sentence = match.trigger.token.sent
    bounds = parsed.span(sentence[0], sentence[-1])
    tokens = [match.trigger.token, *match.tokens]
    if match.trigger.host is not None:
        tokens.append(match.trigger.host)
    spans = [parsed.span(t) for t in tokens] + [f.span for _, fillers in match.roles for f in fillers] + more
    inside = [s for s in spans if bounds.covers(s)]
    span = Span(min(s.start for s in inside), max(s.end for s in inside))
    return Evidence(span, parsed.words(span))


def speaker_time(verb: Token, parsed: Parsed) -> Time:
    """When something was said: the date at the verb of saying."""
    for at in sorted(parsed.times):
        token = parsed.doc[at]
        if (
            parsed.times[at].time
            and not parsed.times[at].inside
            and syntax.clause_verb(token) == verb
            and parsed.quoted(token) is None
        ):
            return parsed.times[at].time
    return Time()


def same(one: tuple[Filler, ...], other: tuple[Filler, ...]) -> bool:
    """Whether two sets of fillers are of the same things."""
    return {f.entity.iri for f in one} == {f.entity.iri for f in other}
