"""How much: the numbers that belong to a matched frame; and the stretch of text that tells it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Number, Parsed
from kg.extract.frames import Match, clause_tokens
from kg.model import Evidence, Filler, Span, Values

_MONEY = frozenset({"Aid", "ArmsTransfer", "DefenceSpending"})
# The role of each class of events whose things are counted.
_COUNTED = {
    "Aid": "item",
    "ArmsTransfer": "item",
    "CapabilityDevelopment": "item",
    "Deployment": "asset",
    "ForceBuildup": "asset",
    "WeaponTest": "item",
    "Training": "trainee",
}


def by_number(match: Match, parsed: Parsed) -> list[Match]:
    """The match as one for each thing that has a number of its own, and one for those without.

    A list is one fact with many fillers, but one fact each where numbers differ (the guidelines' fourth rule).
    """
    role = _COUNTED.get(match.frame.evokes, "")
    things = dict(match.roles).get(role, ())
    heads = [n.head for n in parsed.numbers.values() if n.kind == "count" and n.head is not None]
    ends = {parsed.places[head].end for head in heads}
    counted = [f for f in things if f.span.end in ends]
    if len(things) < 2 or not counted:
        return [match]
    groups = [tuple(f for f in things if f not in counted), *((f,) for f in counted)]
    return [_part(match, role, group, parsed) for group in groups if group]


def _part(match: Match, role: str, group: tuple[Filler, ...], parsed: Parsed) -> Match:
    """The match with only some of a role's fillers, and without the tokens of the others."""
    others = {f.span for f in dict(match.roles)[role]} - {f.span for f in group}
    roles = tuple((r, group if r == role else fillers) for r, fillers in match.roles)
    tokens = tuple(t for t in match.tokens if not any(s.covers(parsed.places[t.i]) for s in others))
    return replace(match, roles=roles, tokens=tokens)


def values(match: Match, parsed: Parsed) -> tuple[Values, list[Span]]:
    """The numbers of what is told, and where they stand: sums and shares in its clause, counts of its fillers."""
    clause = clause_tokens(match.trigger) | {t.i for t in match.trigger.token.subtree}
    found, spans = Values(), []
    for at in sorted(parsed.numbers):
        number = parsed.numbers[at]
        if number.kind == "count" and found.quantity is None and _is_count_of(match, at, parsed, clause):
            more = replace(found, quantity=number.values.quantity, bound=number.values.bound)
        else:
            more = _money(match.frame.evokes, number, found) if at in clause else found
        if more is not found:
            found = more
            spans.append(number.span)
    return found, spans


def _is_count_of(match: Match, at: int, parsed: Parsed, clause: set[int]) -> bool:
    """Whether a count tells how many of its things a match is about."""
    kind, head = match.frame.evokes, parsed.numbers[at].head
    if head is None and kind == "ForceBuildup" and at in clause:
        return True
    counted = {f.span.end for f in dict(match.roles).get(_COUNTED.get(kind, ""), ())}
    counts = head is not None and parsed.places[head].end in counted
    return counts or _counts_of(parsed.doc[at], parsed, counted) or _within(head, match, kind)


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


def _money(kind: str, number: Number, found: Values) -> Values:
    """The values with a sum or a share, where the class of events has them and none is known yet."""
    told = number.values
    if number.kind == "money" and kind in _MONEY and found.amount is None and told.amount is not None:
        return replace(found, amount=told.amount, currency=told.currency, bound=told.bound)
    share = number.kind == "share" and kind == "DefenceSpending"
    if share and found.share_of_gdp is None and told.share_of_gdp is not None:
        return replace(found, share_of_gdp=told.share_of_gdp, bound=told.bound)
    return found


def evidence(match: Match, parsed: Parsed, more: list[Span]) -> Evidence:
    """The shortest stretch of the sentence that has the trigger, its fillers, its date and its numbers."""
    sentence = match.trigger.token.sent
    bounds = parsed.span(sentence[0], sentence[-1])
    tokens = [match.trigger.token, *match.tokens]
    if match.trigger.host is not None:
        tokens.append(match.trigger.host)
    if match.trigger.verbal:
        tokens += [t for t in syntax.objects(match.trigger.token) if t.i > match.trigger.token.i]
    spans = [parsed.span(t) for t in tokens] + [f.span for _, fillers in match.roles for f in fillers] + more
    inside = [s for s in spans if bounds.covers(s)]
    start = min(s.start for s in inside)
    first = next(t for t in sentence if parsed.span(t).end > start)
    if first.i > sentence.start and first.nbor(-1).tag_ == "DT":
        first = first.nbor(-1)
    span = Span(min(start, parsed.span(first).start), max(s.end for s in inside))
    return Evidence(span, parsed.words(span))
