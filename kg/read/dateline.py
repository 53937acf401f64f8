"""The day a document was written, as its own first lines tell it."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:[T,]?\s*\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|[+-]\d\d:?\d\d|[A-Z]{2,4})?)?"
)
_FORMS = (
    rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d){_CLOCK}",
    rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}{_CLOCK}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}",
)
_PLACE = r"(?-i:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|de|al|el)){{0,4}})"
_SOURCE = r"(?:\s*\([^)\n]{{2,30}}\))?"
_OPENINGS = (
    r"(?:first\s+)?(?:published|posted|issued|released|release\s+date|dated?)(?:\s+on)?\s*:?\s*{date}\b",
    r"{date}\s*(?:\n|\Z)",
    rf"{_PLACE}(?:,\s*{_PLACE}){{{{0,2}}}}{_SOURCE},?\s+{{date}}{_SOURCE}\s*(?:--?|[—–:]|\n|\Z)",
)
_DATE = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_OPENING = tuple(
    re.compile(opening.format(date=form), re.IGNORECASE) for opening in _OPENINGS for form in _FORMS
)
_LINES = 8  # of a document, which may tell its day


def parse_date(text: str) -> date | None:
    """The day that a text names and nothing else: '2025-04-08', '8 April 2025', 'Tuesday, Apr. 8, 2025'."""
    for form in _DATE:
        if found := form.fullmatch(text.strip()):
            return _day(found)
    return None


def told_date(text: str, start: int) -> date | None:
    """The day that the first lines from an offset on tell: 'Published: 3 May 2024', 'ROME, 3 May 2024 –'."""
    for _ in range(_LINES):
        for opening in _OPENING:
            if (found := opening.match(text, start)) and (day := _day(found)):
                return day
        start = text.find("\n", start) + 1
        if not start:
            return None
    return None


def _day(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
