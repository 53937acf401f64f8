"""Bars: one for each name, parted by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NARROWEST, WIDEST, LETTER = 200.0, 330.0, 7.6  # of the names before the bars
WIDTH, ROW = 520.0, 30.0
TOP = 10.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: where it begins, how wide it is, how it looks, and what it stands for."""

    x: float
    width: float
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name before it and its figure behind it."""

    name: str
    link: str
    figure: str
    y: float
    parts: Sequence[Part]

    @property
    def end(self) -> float:
        """Where the figure stands."""
        return max((part.x + part.width for part in self.parts), default=NARROWEST) + 8


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, laid out."""

    bars: Sequence[Bar]
    width: float
    height: float
    left: float = NARROWEST
    row: float = ROW


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bar shows: its name, where that leads, its figure in words, and `(value, title)` by look."""

    name: str
    link: str
    figure: str
    values: Mapping[str, tuple[float, str]]


def bars(counted: Sequence[Counted]) -> Bars | None:
    """Bars of one scale, in the order given; None where nothing is counted."""
    most = max((sum(value for value, _ in one.values.values()) for one in counted), default=0)
    if most <= 0:
        return None
    longest = max(len(one.name) for one in counted)
    left = round(min(max(NARROWEST, longest * LETTER + 14), WIDEST), 1)
    laid = []
    for number, one in enumerate(counted):
        x, parts = left, []
        for look, (value, title) in one.values.items():
            width = WIDTH * value / most
            parts.append(Part(round(x, 1), round(max(width, 1), 1), look, title))
            x += width
        laid.append(Bar(one.name, one.link, one.figure, TOP + number * ROW, parts))
    return Bars(laid, left + WIDTH + 240, TOP + len(counted) * ROW + 6, left)
