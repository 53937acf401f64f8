"""Numbers as they stand in a text, with the signs and units that make them sums or percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.annotate.currencies import NEAR, currencies
from kg.model import Span
from kg.numbers import FIGURES, MAGNITUDES, WORDS, value


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in the text: its unit is money, '%' or nothing; `scale` is its magnitude."""

    span: Span
    words: str
    number: float
    scale: int
    money: bool = False
    currency: str | None = None
    percent: bool = False
    upper: float | None = None

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return not self.money and not self.percent


_LINK = re.compile(r"\s*(?:to|and|or|[-–—])\s*", re.IGNORECASE)


def figures(text: str, dates: Iterable[Span], told: str, default_dollar: str) -> list[Figure]:
    """The numbers of a text outside its dates, those that end a range as one; scores ('5-1') are left out.

    `told` is text before this one, which may tell whose currency a bare word is; `default_dollar` is the
    currency of a bare '$' or 'dollars'.
    """
    taken = bytearray(len(text))
    for date in dates:
        taken[date.start : date.end] = b"\1" * (date.end - date.start)
    found = [
        _figure(match, told, default_dollar)
        for match in _pattern().finditer(text)
        if not any(taken[match.start() : match.end()])
    ]
    return list(_ranges(text, found))


@cache
def _pattern() -> re.Pattern[str]:
    """A number with its sign or its unit; the table of currencies gives both."""
    table = currencies()
    magnitudes = "|".join(name.replace(" ", r"\s+") for name in sorted(MAGNITUDES, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![^\W\d_])(?P<sign>{table.signs})\s?(?P<signed>{FIGURES})"
        rf"|(?<![\w.,/:#+&$€£¥])(?<![^\W\d_][-–‑])(?:(?P<figures>{FIGURES})|(?P<words>(?i:{WORDS}))))"
        rf"(?:[\s-]?(?P<magnitude>(?i:{magnitudes}))(?!\w|-\d))?"
        r"(?:(?P<percent>\s?%|[\s-](?i:per\s?cent|pct)(?!\w))"
        rf"|[\s-](?:(?P<adjective>{table.adjectives})\s+)?(?P<word>(?i:{table.words}))(?!\w)"
        rf"|\s?(?P<code>{table.codes})(?!\w)|-strong\b)?"
        r"(?!\w|[-–‑](?!plus\b)[^\W\d]|[.,:/+]\d|\s?°)"
    )


def _figure(match: re.Match[str], told: str, default_dollar: str) -> Figure:
    found = match.groupdict()
    words = found["signed"] or found["figures"] or found["words"]
    magnitude = " ".join((found["magnitude"] or "").lower().split())
    scale = MAGNITUDES.get(magnitude, 1)
    unit = found["sign"] or found["word"] or found["code"]
    currency = None
    if unit:
        before = told[-NEAR:] + match.string[max(0, match.start() - NEAR) : match.start()]
        after = match.string[match.end() : match.end() + NEAR]
        currency = currencies().named(unit, found["adjective"], (before, after), default_dollar)
    return Figure(
        Span(match.start(), match.end()),
        words + magnitude if len(magnitude) == 1 else words,
        float(value(words) * scale),
        scale,
        money=unit is not None,
        currency=currency,
        percent=found["percent"] is not None,
    )


def _ranges(text: str, numbers: Iterable[Figure]) -> Iterator[Figure]:
    """Two numbers that end a range, as one: '$8-10 billion', 'between 10 and 12 jets'. Scores are dropped."""
    low: Figure | None = None
    for high in numbers:
        link = _LINK.fullmatch(text, low.span.end, high.span.start) if low else None
        words = link.group().strip().lower() if link else ""
        joined = _joined(text, low, high, words) if low and link else None
        if joined or (link and not words.isalpha()):
            if joined:
                yield joined
            low = None
            continue
        if low:
            yield low
        low = high
    if low:
        yield low


def _joined(text: str, low: Figure, high: Figure, link: str) -> Figure | None:
    """The range between two numbers; None where they are two quantities, or a score."""
    ahead = text[max(0, low.span.start - 12) : low.span.start].lower().split()
    opening = ahead[-1] if ahead else ""
    if (link == "and") != (opening == "between") or opening == "from":
        return None
    if opening == "by" and link == "to" and not low.bare:
        return None  # 'raised by 9 billion euros to 62 billion euros'
    units = {(n.money, n.percent, n.currency) for n in (low, high) if not n.bare}
    scale = high.scale if low.scale == 1 and (low.bare or high.bare) and low.number < 1000 else 1
    number = float(value(low.words) * scale) if scale > 1 else low.number
    if len(units) > 1 or number >= high.number:
        return None
    unit = high if not high.bare else low
    return replace(
        unit, span=Span(low.span.start, high.span.end), words=high.words, number=number, upper=high.number
    )
