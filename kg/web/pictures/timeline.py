"""A timeline: events as dots in lanes, one column for each year that has any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEFT, RIGHT, TOP = 190.0, 950.0, 30.0
DOT = 5.5
STEP = 2 * DOT + 2


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date: where it belongs, how it holds, and what it is."""

    date: str  # ISO 8601, as coarse as it is known
    lane: str
    look: str  # the class that colours it
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Something in its place."""

    x: float
    y: float
    dated: Dated


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its name and where it lies."""

    name: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where the name stands."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Year:
    """A year's column; `gap` says that years without anything lie before it."""

    name: str
    left: float
    right: float
    gap: bool

    @property
    def middle(self) -> float:
        """Where the name stands."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline, laid out."""

    lanes: Sequence[Lane]
    years: Sequence[Year]
    dots: Sequence[Dot]
    width: float
    height: float


def timeline(dated: Iterable[Dated], lanes: Sequence[str]) -> Timeline | None:
    """Things laid out by lane and time, those of one moment on top of each other; None where there are none."""
    known = sorted((d for d in dated if d.date[:4].isdigit()), key=lambda d: (d.date, d.title, d.link))
    if not known:
        return None
    years = _years(sorted({d.date[:4] for d in known}))
    column = {year.name: year for year in years}
    top = TOP
    laid: list[Lane] = []
    dots: list[Dot] = []
    for name in dict.fromkeys(
        [*(n for n in lanes if any(d.lane == n for d in known)), *(d.lane for d in known)]
    ):
        inside = [(_x(d, column[d.date[:4]]), d) for d in known if d.lane == name]
        levels = _levels([x for x, _ in inside])
        height = max(30.0, (max(levels) + 1) * STEP + 14)
        laid.append(Lane(name, top, height))
        middle = top + height / 2 + max(levels) * STEP / 2
        dots.extend(Dot(x, middle - level * STEP, d) for (x, d), level in zip(inside, levels, strict=True))
        top += height
    return Timeline(laid, years, dots, RIGHT + 10, top + 6)


def _years(names: Sequence[str]) -> list[Year]:
    width = (RIGHT - LEFT) / len(names)
    gaps = [False, *(int(b) - int(a) > 1 for a, b in pairwise(names))]
    return [Year(n, LEFT + i * width, LEFT + (i + 1) * width, gaps[i]) for i, n in enumerate(names)]


def _x(dated: Dated, year: Year) -> float:
    """The place in a year's column: by month and day, in the middle where only the year is known."""
    parts = [int(part) for part in dated.date.split("-")[1:3] if part.isdigit()]
    share = 0.5 if not parts else (parts[0] - 1 + ((parts[1] - 1) / 31 if len(parts) > 1 else 0.5)) / 12
    return round(year.left + DOT + 2 + share * (year.right - year.left - 2 * DOT - 4), 1)


def _levels(xs: Sequence[float]) -> list[int]:
    """For each place, from left to right, the lowest level on which nothing is in the way."""
    ends: list[float] = []
    levels = []
    for x in xs:
        level = next((i for i, end in enumerate(ends) if x - end >= STEP), len(ends))
        ends[level : level + 1] = [x]
        levels.append(level)
    return levels
