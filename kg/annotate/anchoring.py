"""What a date means on the day a text was written, and after the dates told before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.annotate.dates import Point
from kg.annotate.moments import MONTHS, NUMBERS, SEASONS, WEEKDAYS, Moment


@dataclass(frozen=True, slots=True)
class Reading:
    """What a point means: its moment (and the last one of a range), and the moment in the other direction."""

    first: Moment | None = None
    last: Moment | None = None
    other: Moment | None = None
    relative: bool = True
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A moment told earlier, where, and whether it sets the scene ('In 2022 …')."""

    moment: Moment
    at: int
    scene: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a point is read against.

    `told` are the moments told before it, last first; its sentence starts at `sentence`; it may open it,
    and the sentence may look ahead, or be in the present, which of a day soon to come means the same.
    """

    anchor: date | None
    told: tuple[Told, ...]
    sentence: int
    opens: bool
    ahead: bool
    present: bool = False

    @property
    def now(self) -> Moment | None:
        """The anchor as a moment."""
        return Moment.on(self.anchor) if self.anchor else None

    @property
    def here(self) -> tuple[Told, ...]:
        """The moments told before it in its sentence."""
        return tuple(told for told in self.told if told.at >= self.sentence)


def read(point: Point, context: Context) -> Reading:
    """What a point means in its context; nothing where the calendar lacks it or no anchor is known."""
    reading = _READERS[point.form](point, context)
    real = all(moment.real for moment in (reading.first, reading.last) if moment)
    return reading if real else Reading()


def _calendar(point: Point, context: Context) -> Reading:
    parts = point.parts
    name = parts["month"].lower().rstrip(".")
    month = MONTHS.get(name) or int(name)
    day = int(parts.get("day", 0))
    if "of" in parts:
        year = _year_of(parts["of"].lower(), context)
        found = Reading(Moment(year, month, day) if year else None)
    elif "year" in parts:
        found = Reading(Moment(int(parts["year"]), month, day), relative=False)
    else:
        found = _nearest(Moment(1, month, day), parts.get("which", "").lower(), context)
    if "last_day" in parts and found.first:
        return replace(found, last=replace(found.first, day=int(parts["last_day"])), other=None)
    return found


def _year_of(which: str, context: Context) -> int | None:
    if which in {"that", "the same", "the following", "the previous"}:
        step = {"the following": 1, "the previous": -1}.get(which, 0)
        return context.told[0].moment.year + step if context.told else None
    step = {"last": -1, "next": 1}.get(which, 0)
    return context.anchor.year + step if context.anchor else None


def _nearest(wanted: Moment, which: str, context: Context) -> Reading:
    """A month or a day of the year, in the year that the context gives."""
    scene = next((told for told in context.here if told.scene and not told.moment.month), None)
    if scene and context.anchor and scene.moment.year > context.anchor.year and not context.ahead:
        scene = None
    if which not in {"", "that"} and not context.now:
        return Reading()  # 'last December' is last as seen from the day of writing alone
    if which == "that" or (scene and not which) or not context.now:
        told = scene or (context.told[0] if context.told else None)
        return Reading(replace(wanted, year=told.moment.year) if told else None)
    now = context.now if wanted.day else Moment(context.now.year, context.now.month)
    this = replace(wanted, year=now.year)
    past = this if this <= now else replace(this, year=now.year - 1)
    future = this if this >= now else replace(this, year=now.year + 1)
    if which.startswith("this") and "past" not in which and "coming" not in which:
        return Reading(this)
    ahead = context.ahead or which in {"next", "this coming"} or (context.present and _soon(future, now))
    ahead = ahead and which not in {"last", "this past"}
    return Reading(*((future, None, past) if ahead else (past, None, future)))


def _day(point: Point, context: Context) -> Reading:
    """A day of the month told of last, or of the month of writing or the one before: 'on the 19th'."""
    day = int(point.parts["day"].rstrip("stndrh"))
    month = next((told.moment for told in context.told if told.moment.month), None)
    if month is None or (context.now and not context.here):
        month = context.now
    if month is None:
        return Reading()
    this = replace(month, day=day)
    before = replace(month.shift(-1, "month") or month, day=day)
    if context.now and this > context.now and not context.ahead and this.month == context.now.month:
        return Reading(before, None, this)
    return Reading(this)


def _soon(day: Moment, now: Moment) -> bool:
    return bool(day.day) and day.real and (day.year - now.year) * 12 + day.month - now.month < 2


def _year(point: Point, _: Context) -> Reading:
    return Reading(Moment(int(point.parts["year"])), relative=False)


def _years(point: Point, _: Context) -> Reading:
    first, last = _full_year(point.parts["year"]), point.parts.get("last_year")
    end = int(f"{first // 100}{last}") if last and len(last) == 2 else int(last) if last else None
    if end is not None and end <= first:
        return Reading(relative=False)
    return Reading(Moment(first), Moment(end) if end else None, relative=False)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _weekday(point: Point, context: Context) -> Reading:
    if not context.now:
        return Reading()
    which, wanted = point.parts.get("which", "").lower(), WEEKDAYS.index(point.parts["weekday"].lower())
    weekday = date(context.now.year, context.now.month, context.now.day).weekday()
    if "week" in point.parts:
        weeks = {"last": -1, "next": 1}.get(point.parts["week"].lower(), 0)
        return Reading(context.now.shift(7 * weeks + wanted - weekday, "day"))
    back = (weekday - wanted) % 7
    past = context.now.shift(-(back or 7 * which.startswith("last")), "day")
    future = context.now.shift((wanted - weekday) % 7 or 7 * (which == "next"), "day")
    ahead = context.ahead or context.present or which in {"next", "this coming"}
    return Reading(*((future, None, past) if ahead and which != "last" else (past, None, future)))


def _today(point: Point, context: Context) -> Reading:
    step = {"yesterday": -1, "last": -1, "tomorrow": 1}.get(point.parts["word"].lower().split()[0], 0)
    return Reading(context.now.shift(step, "day") if context.now else None)


def _unit(point: Point, context: Context) -> Reading:
    which, unit = point.parts["which"].lower(), point.parts["unit"].lower()
    if not context.now:
        return Reading()
    if unit in SEASONS:
        now, month = Moment(context.now.year, context.now.month), SEASONS[unit]
        last = now.year if month + 2 < now.month else now.year - 1
        coming = now.year if month > now.month else now.year + 1
        return Reading(Moment({"last": last, "next": coming}.get(which, now.year)))
    unit = "week" if unit == "weekend" else unit
    step = {"last": -1, "next": 1, "this coming": 1, "this past": -1}.get(which, 0)
    return Reading(context.now.shift(step, unit))


def _end(point: Point, context: Context) -> Reading:
    return Reading(context.now.coarse(point.parts.get("unit", "year").lower()) if context.now else None)


def _ago(point: Point, context: Context) -> Reading:
    step = _number(point) * (1 if point.form == "ahead" else -1)
    return Reading(context.now.shift(step, point.parts["unit"].lower()) if context.now else None)


def _number(point: Point) -> int:
    word = point.parts["n"].lower()
    return NUMBERS[word] if word in NUMBERS else int(word)


def _same(point: Point, context: Context) -> Reading:
    unit = point.parts["unit"].lower()
    return Reading(next((found for told in context.told if (found := told.moment.coarse(unit))), None))


def _step(point: Point, context: Context) -> Reading:
    step = 1 if point.parts["step"].lower() in {"next", "following", "after"} else -1
    return Reading(_moved(context.told, step, point.parts["unit"].lower()))


def _apart(point: Point, context: Context) -> Reading:
    """'A day later' dates its clause, and so does 'four days before it began' that opens a sentence.

    After a date in the same sentence the latter dates what follows; elsewhere nothing is known.
    """
    word, unit = point.parts["step"].lower().split()[0], point.parts["unit"].lower()
    step = _number(point) * (1 if word in {"later", "afterwards", "after"} else -1)
    if word not in {"before", "after", "prior"} or "alone" in point.parts or context.opens:
        return Reading(_moved(context.told, step, unit))
    back = _moved(context.here, -step, unit)
    return Reading(back, inside=back is not None)


def _moved(earlier: Sequence[Told], step: int, unit: str) -> Moment | None:
    return next((found for told in earlier if (found := told.moment.shift(step, unit))), None)


def _duration(_: Point, __: Context) -> Reading:
    return Reading(relative=False)


_READERS: dict[str, Callable[[Point, Context], Reading]] = {
    "calendar": _calendar,
    "month": _calendar,
    "year": _year,
    "years": _years,
    "fiscal": _years,
    "weekday": _weekday,
    "today": _today,
    "unit": _unit,
    "end": _end,
    "day": _day,
    "ago": _ago,
    "ahead": _ago,
    "same": _same,
    "step": _step,
    "apart": _apart,
    "duration": _duration,
}
