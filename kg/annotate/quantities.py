"""The quantities that a text tells: sums of money, shares of national output, and numbers of things.

What looks like a number and is none stays out: dates, ordinals, designators ('F-35', 'Type 26', 'Article 5'),
scores, measures ('14,000 kilometres') and spans of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from kg.annotate.counted import counts, head
from kg.annotate.currencies import currencies
from kg.annotate.dates import points
from kg.annotate.numbers import FIGURES, MAGNITUDES, WORDS, value
from kg.model import Span, Values


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stretch of text that tells a number of something.

    `span` has the words that bound the number ('up to'), the number and its unit. `kind` is `money`, `share`
    (of national output), `percent` (of anything else) or `count`. `upper` is the other end of a range, `per`
    what the number is for each of ('year', 'unit'). A count's `head` is the index of the token of the noun
    counted, where there is one. `converts` is the stretch of the amount that this one converts into another
    currency. With `implied`, a bare percentage takes its meaning from a share of output told nearby.
    """

    span: Span
    kind: str
    number: float
    upper: float | None = None
    currency: str | None = None
    bound: str | None = None
    per: str | None = None
    head: int | None = None
    converts: Span | None = None
    implied: bool = False

    @property
    def values(self) -> Values:
        """The number as a claim has it; of a range the lower end, with the range as its bound."""
        bound = self.bound if self.upper is None else f"{self.number:.15g} to {self.upper:.15g}"
        match self.kind:
            case "money":
                return Values(amount=self.number, currency=self.currency, bound=bound)
            case "share":
                return Values(share_of_gdp=self.number, bound=bound)
            case "count":
                return Values(quantity=self.number, bound=bound)
            case _:
                return Values()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it stands in the text: its unit is money, '%' or nothing; `scale` is its magnitude."""

    span: Span
    words: str
    number: float
    scale: float
    money: bool = False
    currency: str | None = None
    percent: bool = False
    upper: float | None = None

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return not self.money and not self.percent


_EXACTNESS = (
    r"about|around|some|roughly|approximately|circa|nearly|almost|close\s+to|up\s+to|as\s+(?:many|much)\s+as|at\s+most"
    r"|(?:well\s+|just\s+|slightly\s+)?(?:over|under|above|below)|(?:more|less|fewer)\s+than|at\s+least|upwards\s+of"
    r"|no[t]?\s+(?:fewer|less|more)\s+than|an\s+estimated"
)
_BEFORE = re.compile(
    rf"(?<![\w'’-])((?:{_EXACTNESS})(?:\s+(?:{_EXACTNESS}))?)\s+(?:a\s+total\s+of\s+|the\s+)?$", re.IGNORECASE
)
_AFTER = re.compile(r"\s+or\s+(?:more|so|less|fewer)\b|\s*\+(?!\w)|-plus\b", re.IGNORECASE)
_PER = re.compile(
    r"(?:,?\s+(?:a|an|per|each|every)\s+(year|month|week|day|unit|piece|aircraft|missile|round|vehicle|ship)"
    r"|,?\s+(annually|yearly|apiece|each))\b(?!\s+(?:earlier|later|before|after|ago)\b)",
    re.IGNORECASE,
)
_EXCEEDS = re.compile(r"\bexceed(?:s|ed|ing)?\s+$", re.IGNORECASE)
_OUTPUT = r"(?:GDP|GNP|gross\s+(?:domestic|national)\s+product|(?:national|economic)\s+output)\b"
_OF_OUTPUT = re.compile(rf"[\s-]*of[\s-]+(?:[\w'’.-]+\s+){{0,4}}?{_OUTPUT}|[\s-]+{_OUTPUT}", re.IGNORECASE)
_OUTPUT_AT = re.compile(
    rf"(?:share|percentage|proportion|ratio)\s+of\s+{_OUTPUT}[^.;%]{{0,60}}$", re.IGNORECASE
)
_OF_ANYTHING = re.compile(
    r"\s+(?:of|more|less|higher|lower|increase|rise|cut|reduction|growth|stake|discount|chance|likely|year-on-year)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:by|up|down|another|extra|additional|rose|risen|grew|fell|jumped|(?:increase|rise|cut|growth)\s+of)\s+"
    rf"(?:{_EXACTNESS})?\s*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:to|and|or|[-–—])\s*", re.IGNORECASE)
_CONVERSION = re.compile(
    r"\s*(?:[(\[]|,\s*(?=or|equi))\s*(?:or|equivalent\s+to|i\.e\.,?|equal\s+to)?\s*", re.IGNORECASE
)
_SHARE_NEARBY = 1000  # characters within which a share of output gives bare percentages its meaning


def quantities(doc: Doc, default_dollar: str = "USD") -> tuple[Quantity, ...]:
    """The quantities that the text tells, in its order and without overlap.

    `default_dollar` is the currency of a bare '$' or 'dollars'. The nouns counted need a tagged text.
    """
    text = doc.text
    dates = [Span(point.start, point.end) for point in points(text)]
    numbers = [
        _number(match, default_dollar)
        for match in _pattern().finditer(text)
        if not any(match.start() < date.end and date.start < match.end() for date in dates)
    ]
    found = (_quantity(doc, number, dates) for number in _ranges(text, numbers))
    return tuple(_implied(text, _conversions(text, [quantity for quantity in found if quantity])))


@cache
def _pattern() -> re.Pattern[str]:
    """A number with its sign or its unit; the table of currencies gives both."""
    table = currencies()
    magnitudes = "|".join(name.replace(" ", r"\s+") for name in sorted(MAGNITUDES, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![^\W\d_])(?P<sign>{table.signs})\s?(?P<signed>{FIGURES})"
        rf"|(?<![\w.,/:#+&])(?<![^\W\d_][-–‑])(?:(?P<figures>{FIGURES})|(?P<words>(?i:{WORDS}))))"
        rf"(?:[\s-]?(?P<magnitude>(?i:{magnitudes}))(?!\w))?"
        r"(?:(?P<percent>\s?%|[\s-](?i:per\s?cent|pct)(?!\w))"
        rf"|[\s-](?:(?P<adjective>{table.adjectives})\s+)?(?P<word>(?i:{table.words}))(?!\w)"
        rf"|\s?(?P<code>{table.codes})(?!\w)|-strong\b)?"
        r"(?!\w|[-–‑](?!plus\b)[^\W\d]|[.,:/+]\d|\s?°)"
    )


def _number(match: re.Match[str], default_dollar: str) -> _Number:
    found = match.groupdict()
    words = found["signed"] or found["figures"] or found["words"]
    magnitude = " ".join((found["magnitude"] or "").lower().split())
    scale = MAGNITUDES.get(magnitude, 1.0)
    unit = found["sign"] or found["word"] or found["code"]
    currency = None
    if unit:
        currency = currencies().named(unit, found["adjective"], match.string, match.start(), default_dollar)
    return _Number(
        Span(match.start(), match.end()),
        words + magnitude if len(magnitude) == 1 else words,
        round(value(words) * scale, 6),
        scale,
        money=unit is not None,
        currency=currency,
        percent=found["percent"] is not None,
    )


def _ranges(text: str, numbers: Iterable[_Number]) -> Iterator[_Number]:
    """Two numbers that end a range, as one: '$8-10 billion', 'between 10 and 12 jets'. Scores are dropped."""
    rest = list(numbers)
    while rest:
        low = rest.pop(0)
        if rest and (link := _LINK.fullmatch(text, low.span.end, rest[0].span.start)):
            joined = _joined(text, low, rest[0], link.group().strip().lower())
            dashed = not link.group().strip().isalpha()
            if joined or dashed:
                rest.pop(0)
                if joined:
                    yield joined
                continue
        yield low


def _joined(text: str, low: _Number, high: _Number, link: str) -> _Number | None:
    """The range between two numbers; None where they are two quantities, or a score."""
    ahead = text[max(0, low.span.start - 12) : low.span.start].lower().split()
    opening = ahead[-1] if ahead else ""
    if (link == "and") != (opening == "between") or opening == "from":
        return None
    units = {(n.money, n.percent, n.currency) for n in (low, high) if not n.bare}
    scale = high.scale if low.scale == 1 and (low.bare or high.bare) and low.number < 1000 else 1.0
    number = round(low.number * scale, 6)
    if len(units) > 1 or number >= high.number:
        return None
    unit = high if not high.bare else low
    return replace(
        unit, span=Span(low.span.start, high.span.end), words=high.words, number=number, upper=high.number
    )


def _quantity(doc: Doc, number: _Number, dates: Sequence[Span]) -> Quantity | None:
    """What a number is a quantity of; None where it counts nothing."""
    text, span = doc.text, number.span
    kind, noun = "money", None
    if number.percent:
        output = _OF_OUTPUT.match(text, span.end) or _OUTPUT_AT.search(
            text[max(0, span.start - 100) : span.start]
        )
        kind = "share" if output else "percent"
    elif not number.money:
        kind, noun = "count", head(doc, span, dates)
        if not counts(doc, span, number.words, noun) or (number.upper is not None and noun is None):
            return None
    start, bound, end = span.start, None, span.end
    if before := _BEFORE.search(text[max(0, start - 40) : start]):
        start, bound = max(0, start - 40) + before.start(), " ".join(before.group(1).lower().split())
    elif _EXCEEDS.search(text[max(0, start - 12) : start]):
        bound = "more than"
    if after := _AFTER.match(text, end):
        bound, end = bound or after.group().strip().lower(), after.end()
    per = _PER.match(text, end)
    return Quantity(
        Span(start, end),
        kind,
        number.number,
        number.upper,
        number.currency,
        bound,
        next((word.lower() for word in per.groups() if word), None) if per else None,
        noun.i if noun is not None else None,
    )


def _conversions(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those that convert the one before into another currency marked as such."""
    marked = list(found)
    for place, (first, second) in enumerate(pairwise(found), start=1):
        money = first.kind == second.kind == "money" and first.currency != second.currency
        if money and _CONVERSION.fullmatch(text, first.span.end, second.span.start):
            marked[place] = replace(second, converts=first.span)
    return marked


def _implied(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities, bare percentages near a share of output read as such."""
    shares = [quantity.span.start for quantity in found if quantity.kind == "share"]
    for quantity in found:
        start, end = quantity.span.start, quantity.span.end
        near = any(
            abs(share - start) < _SHARE_NEARBY
            and text.count("\n\n", min(share, start), max(share, start)) < 2
            for share in shares
        )
        of_else = _OF_ANYTHING.match(text, end) or _CHANGE.search(text[max(0, start - 30) : start])
        if quantity.kind == "percent" and near and not of_else:
            yield replace(quantity, kind="share", implied=True)
        else:
            yield quantity
