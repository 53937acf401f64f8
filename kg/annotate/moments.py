"""Calendar moments of any coarseness, and the words of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.numbers import SMALL

_MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {"a": 1, "an": 1} | SMALL
_DAYS = {"week": 7, "fortnight": 14} | dict.fromkeys(("day", "morning", "afternoon", "evening", "night"), 1)
UNITS = ("day", "week", "fortnight", "month", "year", "decade")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A year, a month or a day."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def on(cls, day: date) -> Moment:
        """The day as a moment."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """ISO 8601, as coarse as the moment: `2025`, `2025-04`, `2025-04-08`."""
        return "-".join(f"{part:0{width}}" for part, width in zip(self._known, (4, 2, 2), strict=False))

    @property
    def _known(self) -> tuple[int, ...]:
        return tuple(part for part in (self.year, self.month, self.day) if part)

    @property
    def real(self) -> bool:
        """Whether the calendar has it: there is no 31 April."""
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True

    def coarse(self, unit: str) -> Moment | None:
        """The year, month or day it lies in; None where it is coarser. A week is known by its month."""
        if unit in {"year", "fiscal"}:
            return Moment(self.year)
        if unit in {"month", "week", "fortnight"}:
            return Moment(self.year, self.month) if self.month else None
        return self if self.day else None

    def shift(self, count: int, unit: str) -> Moment | None:
        """So many days, weeks, months or years on (or back), as coarse as the unit; None where unknown."""
        if unit == "year":
            moved = Moment(self.year + count)
        elif unit == "month" and self.month:
            years, month = divmod(self.year * 12 + self.month - 1 + count, 12)
            moved = Moment(years, month + 1)
        elif unit in _DAYS and self.day:
            days = count * _DAYS[unit]
            try:
                there = Moment.on(date(self.year, self.month, self.day) + timedelta(days=days))
            except OverflowError:
                return None
            moved = Moment(there.year, there.month) if _DAYS[unit] > 1 else there
        else:
            return None
        return moved if moved.real else None

    def shift_year(self, count: int) -> Moment:
        """The same month and day so many years on (or back)."""
        return Moment(self.year + count, self.month, self.day)
