"""The forms in which a text names dates, as one table of patterns.

`points` finds the forms; what they mean on a given day is worked out in `kg.annotate.anchoring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.moments import MONTHS, NUMBERS, UNITS, WEEKDAYS

# Nouns that a bare number of four digits counts: '2000 troops' is no year.
_COUNTED = (
    r"(?:troops?|soldiers?|personnel|men|women|people|persons|marines|sailors|airmen|officers|fighters|members"
    r"|tanks?|vehicles|missiles?|drones?|rockets?|shells|rounds|warheads?|aircraft|jets?|ships?|vessels|guns"
    r"|miles|nautical|kilomet\w+|km|met(?:er|re)s?|tons?|tonnes?|pounds|dollars|euros|yen|won|rubles|roubles"
    r"|rupees|strong|nations|civilians|prisoners|mercenaries|instructors|reservists|recruits|volunteers"
    r"|engineers|police|countries|states|jobs|hours?|days?|weeks?|months?|years?|times|million|billion|trillion|percent|per\s+cent)\b|[%°]"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A form found in the text, with the parts that its pattern names."""

    start: int
    end: int
    form: str
    parts: Mapping[str, str]


def _names(words: Iterable[str]) -> str:
    """Names as they are printed, with a capital or in capitals: 'may' and 'march' are verbs."""
    return "|".join(f"{word.title()}|{word.upper()}" for word in sorted(words, key=len, reverse=True))


_FULL = [name for name in MONTHS if len(name) > 4 or name in {"may", "june", "july"}]
_MONTH = rf"(?P<month>(?:{_names(_FULL)})\b|(?:{_names(MONTHS.keys() - _FULL)})\b\.?)"
_WEEKDAY = rf"(?:{_names(WEEKDAYS)})\b"
_CENTURY = r"(?:1[89]|20)"
_YEAR = rf"(?P<year>{_CENTURY}\d\d)(?![\w%°]|[-–](?!\d)\w|[.,]\d)"
_DAY = r"\d{1,2})(?:st|nd|rd|th)?\b(?!\.\d|,\d{3})"
_DAYS = rf"(?P<day>{_DAY}(?:(?:\s*[-–—]\s*|\s+(?i:to|and|until|through)\s+)(?:the\s+)?(?P<last_day>{_DAY})?"
_WHICH_YEAR = r"(?P<of>(?i:that|the same|this|last|next|the following|the previous))\s+year\b"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}|{_WHICH_YEAR}))"
_NUMBER = rf"(?P<n>(?i:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})|\d{{1,3}})"
_UNIT = rf"(?P<unit>(?i:{'|'.join(UNITS)}))s?\b"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_NTH = r"(?:first|second|third|fourth|[1-4](?:st|nd|rd|th)|last|final|opening|latter)"
_HALF = rf"{_NTH}\s+(?:(?:\w+\s+)?(?:months|weeks|days)|half|quarter|part)"
_PART = (
    r"(?P<part>(?i:(?:the\s+)?(?:(?:end|start|beginning|middle|close|rest|remainder|course|turn)\s+of"
    rf"|{_HALF}\s+of|{_SEASON}(?:\s+of)?)\s+(?:the\s+)?"
    r"|(?:very\s+)?(?:early|late|mid)[-\s]+(?:in\s+)?|(?:earlier|later)\s+(?:in\s+|on\s+)?"
    r"|[QH][1-4]\s+(?:of\s+)?|year-end\s+))?"
)
_PART_OF_DAY = r"day|morning|afternoon|evening|night"
_FUNCTION = r"(?:and|at|in|that|to|with|for|after|before|by|as|when|while|but|he|she|they|it|who|which)\b"
_HOUR = r"(?:\s+(?i:morning|afternoon|evening|night|noon))?"
_THIS = r"(?P<which>(?i:last|next|this(?:\s+(?:coming|past))?"  # closed by each form, which may add to it

# Form and pattern. Where several match at one place the longest wins, then the first in the table.
_TABLE: tuple[tuple[str, str], ...] = (
    ("calendar", rf"{_PART}(?:{_WEEKDAY},?\s+)?(?:(?i:this)\s+)?{_MONTH}\s*(?:the\s+)?{_DAYS}{_OF_YEAR}?"),
    ("calendar", rf"{_PART}(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAYS}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?"),
    ("calendar", rf"{_PART}{_MONTH}{_OF_YEAR}"),
    ("calendar", rf"(?P<year>{_CENTURY}\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\w)"),
    ("month", rf"{_PART}(?:{_THIS}|that))\s+)?{_MONTH}(?!\s*\d)"),
    (
        "years",
        rf"(?P<year>{_CENTURY}\d\d)\s?[-–—/]\s?(?P<last_year>(?:{_CENTURY}\d\d|\d\d))(?![\w%]|[-–/.,]\d)",
    ),
    ("year", rf"{_PART}{_YEAR}"),
    (
        "fiscal",
        rf"{_PART}(?:(?i:(?:the\s+)?(?:fiscal|financial|budget)(?:\s+years?)?|(?:in\s+)?the\s+years)\s+|FY\s?)"
        r"'?(?P<year>(?:19|20)\d\d|\d\d)"
        r"(?:(?:\s?[-–/]\s?|\s+(?:to|through|and|until)\s+)(?P<last_year>(?:19|20)\d\d|\d\d))?(?![\w%]|[.,]\d)",
    ),
    (
        "weekday",
        rf"(?:{_THIS}|the\s+(?:following|previous)))\s+)?(?P<weekday>{_WEEKDAY}){_HOUR}"
        r"(?:,?\s+(?:of\s+)?(?P<week>(?i:last|this|next))\s+(?i:week)\b)?",
    ),
    (
        "today",
        r"(?P<word>(?i:today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)|last\s+night)\b)"
        + _HOUR,
    ),
    (
        "unit",
        rf"{_PART}{_THIS}|the\s+(?:current|present)))\s+(?i:(?:fiscal|financial|calendar|budget)\s+)?"
        rf"(?P<unit>(?i:week(?:end)?|month|year|{_SEASON}))\b",
    ),
    (
        "end",
        rf"(?i:(?:the\s+)?(?:end|close|start|beginning|middle|rest|{_HALF})\s+of\s+the\s+(?P<unit>year|month)"
        r"|the\s+(?P<unit_>year|month)\s+is\s+(?:out|over)|year-end|year['’]s\s+end)\b",
    ),
    ("ago", rf"{_NUMBER}\s+{_UNIT}\s+(?i:ago)\b"),
    ("ahead", rf"(?i:in)\s+{_NUMBER}\s+{_UNIT}['’]?\s+(?i:time)\b"),
    (
        "same",
        r"(?i:(?:(?:on|in|during|of)\s+)?(?:the\s+(?:very\s+)?same|that(?:\s+(?:very|same))?)"
        rf"\s+(?P<unit>{_PART_OF_DAY}|week|month|year))\b",
    ),
    ("day", rf"(?i:the\s+)(?P<day>[1-3]?(?:1st|2nd|3rd|[04-9]th)|1[1-3]th)(?=\s*(?:[^\w\s]|{_FUNCTION}|$))"),
    (
        "step",
        r"(?i:(?:(?:on|in|during)\s+)?the\s+(?:(?P<step>next|following|previous|preceding)"
        rf"\s+(?P<unit>{_PART_OF_DAY}|week|month|year)"
        rf"|(?P<unit_>{_PART_OF_DAY}|week|month|year)\s+(?P<step_>before|after)(?=\s*[.,;:)]|\s+(?:that|and)\b)))\b",
    ),
    (
        "apart",
        rf"{_NUMBER}\s+{_UNIT}\s+"
        r"(?P<step>(?i:later|earlier|afterwards|before|after|previously|prior\s+to))\b(?!\s+than\b)"
        r"(?:(?=\s*(?P<alone>[.,;:)]))|)",
    ),
    (
        "duration",
        r"(?:(?i:over|for|within|in|during|every)\s+)?(?:the\s+)?"
        r"(?:(?i:next|past|last|coming|first|following)\s+)?"
        rf"(?:{_NUMBER}(?:\s*\(\d+\))?|\d+(?:\.\d+)?|(?i:several|many|some|(?:a\s+)?few|recent))"
        rf"(?:\s+and\s+a\s+half)?[\s-]+{_UNIT}"
        r"(?!\s+of\s+(?:\d{4}|(?:this|last|next|the)\s+year))",
    ),
)
# One of these stands in whatever a form matches; a form is looked for only in texts that have one, in lower case.
_MONTHLY = tuple(sorted({month[:3] for month in MONTHS}))
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "calendar": (*_MONTHLY, "-0", "-1"),
    "month": _MONTHLY,
    "years": ("18", "19", "20"),
    "year": ("18", "19", "20"),
    "fiscal": ("fiscal", "financial", "budget", "years", "fy"),
    "unit": ("week", "month", "year", *_SEASONS),
    "end": ("year", "month"),
    "ago": ("ago",),
    "ahead": ("time",),
    "same": ("same", "that"),
    "step": ("next", "following", "previous", "preceding", "before", "after"),
    "apart": ("later", "earlier", "after", "before", "previously", "prior"),
    "duration": tuple(UNITS),
}
_FORMS = tuple((form, re.compile(rf"(?<![\w./]){pattern}")) for form, pattern in _TABLE)

# What stands before a bare day of the month, and not before an ordinal of something else.
_ON = re.compile(r"\b(?:on|by|until|till|since|from|of)\s+$", re.IGNORECASE)
# What stands before a bare year, or a bare month, that makes it one.
_LICENCE = re.compile(
    r"(?:\b(?:in|on|since|by|until|till|from|for|during|through|throughout|before|after|around|between|circa|of"
    r"|years?|late|early|mid|later|(?:later|earlier|sooner)\s+than|starting|beginning|following|effective|both|expires?|due)"
    r"\s+|[(\[]\s*|\w:\s+|(?:^|\n)[-•*\s]*)$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:\b(?:the|an?|its|their|his|her|our|your|this|that|these|those|each)|['’]s|s['’])\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"^\s*(?:,|and|or|to|through|until|till|,\s*and|versus|[-–—])\s*$", re.IGNORECASE)
_COUNTED_NEXT = re.compile(rf"\s*(?:\w+\s+)?(?:{_COUNTED})", re.IGNORECASE)
_SPAN_NEXT = re.compile(rf"\s+(?:to|through|until)\s+{_CENTURY}\d\d\b")
_NOUN_NEXT = re.compile(r"\s+[A-Za-z]")


@lru_cache(maxsize=64)
def points(text: str) -> tuple[Point, ...]:
    """The dates that the text names, in its order, without overlap; both times and quantities ask for them."""
    low = text.lower()
    found = sorted(
        (
            (match.start(), -match.end(), rank, match)
            for rank, (form, pattern) in enumerate(_FORMS)
            if form not in _NEEDED or any(word in low for word in _NEEDED[form])
            for match in pattern.finditer(text)
        ),
        key=lambda item: item[:3],
    )
    kept: list[Point] = []
    for start, _, rank, match in found:
        point = Point(start, match.end(), _FORMS[rank][0], _parts(match))
        last = kept[-1] if kept else None
        if (last is None or start >= last.end) and _licensed(text, point, last):
            kept.append(point)
    return tuple(kept)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """The parts of a match; `unit_` is another spelling of `unit`."""
    return {name.rstrip("_"): value for name, value in match.groupdict().items() if value}


def _licensed(text: str, point: Point, before: Point | None) -> bool:
    """Whether a bare year or month is a date here: '2000 troops' and 'Resolution 1929' are none."""
    if point.form in {"year", "years"} and _COUNTED_NEXT.match(text, point.end):
        return False
    if point.form == "day":
        return bool(_ON.search(text, max(0, point.start - 8), point.start))
    if point.form not in {"year", "month", "years"} or point.parts.keys() & {"part", "which"}:
        return True
    ahead = text[max(0, point.start - 40) : point.start]
    if _LICENCE.search(ahead) or _SPAN_NEXT.match(text, point.end):
        return True
    if _DETERMINER.search(ahead) and _NOUN_NEXT.match(text, point.end):
        return True
    return before is not None and bool(_LINK.match(text[before.end : point.start]))
