"""A matrix: rows against columns, each cell the stronger the more it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CELL = 26.0
LEFT, HIGHEST = 190.0, 150.0
LETTER = 5.6  # how much higher each letter makes the names of columns, which are written aslant
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a row or a column, and where it begins."""

    name: str
    link: str
    at: float

    @property
    def short(self) -> str:
        """The name, cut where it is long."""
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how often, how strong that is from 1 to 5, and where it leads."""

    x: float
    y: float
    count: int
    level: int
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix, laid out."""

    rows: Sequence[Heading]
    columns: Sequence[Heading]
    cells: Sequence[Cell]
    width: float
    height: float
    top: float = HIGHEST
    cell: float = CELL


def grid(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    counts: Mapping[tuple[str, str], tuple[int, str, str]],
) -> Grid | None:
    """Rows and columns as `(link, name)`; `counts` gives for their links `(count, title, link)`."""
    if not rows or not columns:
        return None
    top = min(HIGHEST, 24 + LETTER * max(len(name) for _, name in columns))
    laid_rows = [Heading(name, link, top + i * CELL) for i, (link, name) in enumerate(rows)]
    laid_columns = [Heading(name, link, LEFT + i * CELL) for i, (link, name) in enumerate(columns)]
    most = max((count for count, *_ in counts.values()), default=1)
    cells = [
        Cell(column.at, row.at, count, max(1, round(5 * count / most)), title, link)
        for row in laid_rows
        for column in laid_columns
        for count, title, link in [counts.get((row.link, column.link), (0, "", ""))]
        if count
    ]
    width = LEFT + len(columns) * CELL + 60
    return Grid(laid_rows, laid_columns, cells, max(width, 480), top + len(rows) * CELL + 10, top)
