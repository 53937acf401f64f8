"""Sums that are told for several years: 'from €86 billion this year to €153 billion in 2029' is a fact for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotated import Parsed
from kg.extract import amounts
from kg.extract.frames import Match
from kg.model import Span, Time, Values

_STEPPED = frozenset({"DefenceSpending"})
_GAP = 5  # tokens between a sum and its date, at most


@dataclass(frozen=True, slots=True)
class Step:
    """A sum of several, with its date; `base` tells that it is what spending rises or falls from."""

    values: Values
    time: Time
    spans: tuple[Span, ...]
    base: bool


def steps(match: Match, parsed: Parsed) -> tuple[Step, ...]:
    """The sums that a match tells for different dates; none where it tells only one, or sums without dates."""
    if match.frame.evokes not in _STEPPED:
        return ()
    groups = list(_groups(match, parsed))
    dated = sum(date is not None for _, date in groups)
    if len(groups) < 2 or dated < 2:
        return ()
    return tuple(_step(match, numbers, date, parsed) for numbers, date in groups if date is not None)


def _groups(match: Match, parsed: Parsed) -> Iterator[tuple[list[int], int | None]]:
    """The sums of a match by their date: what stands between a date and the one before it."""
    reach = amounts.reach(match)
    numbers: list[int] = []
    kinds: set[str] = set()
    for at in sorted(reach & (parsed.numbers.keys() | parsed.times.keys())):
        number = parsed.numbers.get(at)
        if number is not None and number.kind in {"money", "share"}:
            if number.kind in kinds:
                yield numbers, None
                numbers, kinds = [], set()
            numbers.append(at)
            kinds.add(number.kind)
        elif at in parsed.times and parsed.times[at].time and numbers and at - numbers[-1] <= _GAP:
            yield numbers, at
            numbers, kinds = [], set()
    if numbers:
        yield numbers, None


def _step(match: Match, numbers: list[int], date: int, parsed: Parsed) -> Step:
    values = Values()
    for at in numbers:
        values = amounts.money(match.frame.evokes, parsed.numbers[at], values)
    spans = tuple(parsed.numbers[at].span for at in numbers)
    base = amounts.is_start(numbers[0], parsed)
    return Step(values, parsed.times[date].time, (*spans, parsed.times[date].span), base)
