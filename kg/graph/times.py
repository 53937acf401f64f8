"""Times of claims as stretches of days: which are compatible, and what several of them agree on."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date
from itertools import pairwise

from kg.model import Time


def first_day(iso: str) -> date:
    """The first day of a year, month or day in ISO 8601."""
    year, month, day = ([int(part) for part in iso.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(iso: str) -> date:
    """The last day of a year, month or day in ISO 8601."""
    parts = [int(part) for part in iso.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def compatible(one: Time, other: Time) -> bool:
    """Whether two claims may tell of the same time: their stretches of days meet, or one has none."""
    if not one or not other:
        return True
    (from_one, to_one), (from_other, to_other) = _days(one), _days(other)
    return from_one <= to_other and from_other <= to_one


def precision(time: Time) -> str:
    """How fine the coarsest date given is: `day`, `month`, `year`, or empty where none is."""
    lengths = [len(d) for d in (time.start, time.end) if d]
    return {10: "day", 7: "month", 4: "year"}[min(lengths)] if lengths else ""


def agreed(dates: Collection[str]) -> str | None:
    """The finest of several dates where each lies in the next coarser (`2025-04` in `2025`); else None."""
    ordered = sorted(set(dates), key=lambda d: (len(d), d))
    nested = all(fine.startswith(coarse) for coarse, fine in pairwise(ordered))
    return ordered[-1] if ordered and nested else None


def _days(time: Time) -> tuple[date, date]:
    """The first and the last day of a time; a start alone is a point, an end alone is open to the past."""
    start = first_day(time.start) if time.start else date.min
    return start, last_day(time.end or time.start or "")
