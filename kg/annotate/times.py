"""The times that a text tells: what the forms of `kg.annotate.dates` mean on the day the text was written.

Dates are ISO 8601, as coarse as the text has them. 'By 2027' is an end alone, 'since 2014' a start alone,
'from 2023 to 2027' both. A relative date ('on Tuesday', 'a day earlier') has a time only where its anchor is
known: the document's date, or a date told before it. What cannot be resolved keeps its place without a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from kg.annotate.anchoring import Context, Told, read
from kg.annotate.dates import Point, points
from kg.annotate.moments import MONTHS, Moment
from kg.annotate.tense import over, tense
from kg.annotate.tokens import Tokens
from kg.model import Span, Time

NEVER = Time()


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A stretch of text that tells a time.

    `span` has the preposition, `core` has not. `kind` is `point`, `range`, `deadline` (an end), `since` (a
    start), `fiscal` (a budget's year) or `duration` (no time). `other` is the reading in the other direction
    ('in March' said of what lies ahead, or behind). With `inside`, the time is not that of the mention's own
    clause but of what follows it: 'on 30 October, a day after seeing X' dates the seeing.
    """

    span: Span
    core: Span
    kind: str
    time: Time = NEVER
    other: Time = NEVER
    relative: bool = False
    inside: bool = False


# The kind that the words before a date give it.
_PREPOSITIONS = (
    (
        "since",
        r"since|from|after|as\s+(?:of|from)|effective|(?:starting|beginning)(?:\s+(?:in|on|from))?"
        r"|not\s+(?:before|until)|no\s+earlier\s+than|onwards?\s+from",
    ),
    (
        "deadline",
        r"by|until|till|before|through|(?<=extended\s)to|up\s+(?:to|until)|ahead\s+of|no[t]?\s+later\s+than",
    ),
    (
        "point",
        r"in|on|at|during|for|of|throughout|around|about|circa|between|both\s+in|(?:late|early)\s+on|to"
        r"|as\s+(?:early|late)\s+as",
    ),
)
_BEFORE = tuple(
    (kind, re.compile(rf"(?<![\w'’-])(?:{words})\s+(?:the\s+)?$", re.IGNORECASE))
    for kind, words in _PREPOSITIONS
)
_LINK = r"\s*(?:to|until|till|through|up\s+to|and|[-–—])\s*(?:on\s+|in\s+)?(?:the\s+)?"
_RANGE = re.compile(_LINK, re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|who|whose|where|that)\b", re.IGNORECASE)
_MEMORY = 40  # times told before, which a later one may refer to
_ENDS = {"calendar", "month", "year", "weekday", "fiscal", "today", "unit"}


def times(doc: Doc, anchor: date | None, before: Sequence[TimeMention] = ()) -> tuple[TimeMention, ...]:
    """The times that the text tells, in its order and without overlap, read on the day `anchor`.

    Where the text is tagged, its tense decides between past and future; by default 'in March' and 'on
    Tuesday' are the last ones, and deadlines lie ahead. `before` are the times told before this text, which
    'a day later' and its like may refer to.
    """
    tokens = Tokens.of(doc)
    text = tokens.text
    mentions: list[TimeMention] = []
    told = [told for mention in before[-_MEMORY:] for told in _told(mention, -1)]
    found = points(text)
    index = 0
    while index < len(found):
        point = found[index]
        kind, start = _preposition(text, point, mentions[-1].span.end if mentions else 0)
        verb = tense(tokens.at(start))
        context = Context(
            anchor,
            tuple(reversed(told[-_MEMORY:])),
            tokens.sentence(start),
            tokens.opens_sentence(start),
            (kind == "deadline" and not over(tokens.at(start))) or verb == "future",
            verb == "present",
        )
        closing = found[index + 1] if index + 1 < len(found) else None
        if closing and _is_range(text, start, point, closing):
            mention = _range(point, closing, start, context)
            index += 1
        else:
            mention = _single(point, start, kind, context)
        index += 1
        mentions.append(mention)
        opening = text[tokens.sentence(start) : start]
        scene = verb != "participle" and not _RELATIVE.search(opening)
        scene = scene and text[start : point.start].lower().startswith("in")
        told += _told(mention, point.start, scene=scene)
    return tuple(mentions)


def _told(mention: TimeMention, at: int, *, scene: bool = False) -> list[Told]:
    """What a mention tells of when something happened, so that a later one may refer to it."""
    if not mention.time.start or mention.inside:
        return []
    moment = Moment(*(int(part) for part in mention.time.start.split("-")))
    return [Told(moment, at, scene)]


def _preposition(text: str, point: Point, floor: int) -> tuple[str, int]:
    """The kind that the words before a point give it, and where they start."""
    window = max(floor, point.start - 30)
    for kind, pattern in _BEFORE:
        if match := pattern.search(text[window : point.start]):
            return kind, window + match.start()
    return "point", point.start


def _is_range(text: str, start: int, point: Point, closing: Point) -> bool:
    """Whether two points end one range: 'from May to July', 'between 2023 and 2027', 'in 2026 and 2027'."""
    link = _RANGE.fullmatch(text, point.end, closing.start)
    if not link or not {point.form, closing.form} <= _ENDS or "last_day" in point.parts:
        return False
    opening = text[start : point.start].lower()
    if "and" in link.group().lower():
        return opening.startswith("between") or _adjoin(point, closing)
    return not opening.startswith(("by", "until", "since"))


def _adjoin(point: Point, closing: Point) -> bool:
    """Whether two points are years, or months, of which one follows the other."""
    for part, forms in (("year", {"year"}), ("month", {"month", "calendar"})):
        if {point.form, closing.form} <= forms and "day" not in point.parts.keys() | closing.parts.keys():
            first, last = (_ordinal(p.parts[part]) for p in (point, closing))
            return last == first + 1
    return False


def _ordinal(word: str) -> int:
    """The number of a year, or of a month by its name."""
    return int(word) if word.isdecimal() else MONTHS[word.lower().rstrip(".")]


def _range(point: Point, closing: Point, start: int, context: Context) -> TimeMention:
    """The range between two points; a year that one lacks ('from July 21 to May 6, 2025') the other has."""
    dated = {"calendar", "month"}
    if "year" in closing.parts and "year" not in point.parts and point.form in dated:
        last = read(closing, context)
        first = read(_in_year(point, closing.parts["year"]), context)
        if first.first and last.first and last.first < first.first:
            first = replace(first, first=first.first.shift_year(-1))
    else:
        first = read(point, context)
        follows = first.first is not None and closing.form in dated and "year" not in closing.parts
        last = read(_in_year(closing, str(first.first.year)) if follows and first.first else closing, context)
        if first.first and last.first and last.first < first.first:
            last = replace(last, first=last.first.shift_year(1) if follows else last.other)
    begin, end = first.first, last.last or last.first
    time = Time(begin.iso, end.iso) if begin and end and begin <= end else NEVER
    spans = Span(start, closing.end), Span(point.start, closing.end)
    return TimeMention(*spans, "range", time, relative=first.relative or last.relative)


def _in_year(point: Point, year: str) -> Point:
    return replace(point, parts={**point.parts, "year": year})


def _single(point: Point, start: int, kind: str, context: Context) -> TimeMention:
    reading = read(point, context)
    if point.form == "duration":
        kind = "duration"
    elif reading.last and reading.first and kind != "deadline":
        kind = "range"
    elif point.form == "fiscal" and kind == "point":
        kind = "fiscal"
    elif point.form == "apart" and kind != "deadline":
        kind, start = "point", point.start
    return TimeMention(
        Span(start, point.end),
        Span(point.start, point.end),
        kind,
        _time(kind, reading.first, reading.last),
        _time(kind, reading.other, None),
        reading.relative,
        reading.inside,
    )


def _time(kind: str, first: Moment | None, last: Moment | None) -> Time:
    if kind == "deadline":
        end = last or first
        return Time(end=end.iso) if end else NEVER
    return Time(first.iso if first else None, last.iso if last else None)
