"""The quantities that a text tells: sums of money, shares of national output, and numbers of things.

What looks like a number and is none stays out: dates, ordinals, designators ('F-35', 'Type 26', 'Article 5'),
scores, measures ('14,000 kilometres') and spans of time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc

from kg.annotate.counted import counts, head
from kg.annotate.dates import points
from kg.annotate.figures import Figure, figures
from kg.annotate.tokens import Tokens
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
        """The number as a claim has it; of a range the lower end, with the range as its bound.

        What it is for each of is kept there, too: 'up to per year', 'per unit'.
        """
        bound = self.bound if self.upper is None else f"{self.number:.15g} to {self.upper:.15g}"
        if self.per is not None:
            bound = f"{bound or ''} per {_EACH.get(self.per, self.per)}".strip()
        match self.kind:
            case "money":
                return Values(amount=self.number, currency=self.currency, bound=bound)
            case "share":
                return Values(share_of_gdp=self.number, bound=bound)
            case "count":
                return Values(quantity=self.number, bound=bound)
            case _:
                return Values()


_EACH = {"annually": "year", "yearly": "year", "apiece": "unit", "each": "unit", "piece": "unit"}
_EXACTNESS = (
    r"about|around|some|roughly|approximately|circa|nearly|almost|close\s+to|up\s+to|as\s+(?:many|much)\s+as"
    r"|(?:well\s+|just\s+|slightly\s+)?(?:over|under|above|below)|(?:more|less|fewer)\s+than|at\s+(?:least|most)"
    r"|upwards\s+of"
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
# Hours of the day, and measures whose unit is an abbreviation: '2 to 4 p.m.', '0400 GMT', '155 mm'.
_MEASURE = re.compile(
    r"(?:\b\d[\d:.,]{0,12}\s*(?:to|and|[-–])\s*)?\b\d[\d:.,]{0,12}\s?"
    r"(?:[ap]\.?m\b|GMT|UTC|[mck]m\b|nm\b|kg|lbs?\b|ft\b|mph|km/h|kn\b|k[tWg]\b|[MGk]W\b|hp\b|hours?\b"
    r"|GHz|MHz|in\s+(?:\d|ten\b|every\b))"
)
_EXCEEDS = re.compile(r"\bexceed(?:s|ed|ing)?\s+$", re.IGNORECASE)
_OUTPUT = r"(?:GDP|GNP|gross\s+(?:domestic|national)\s+product|(?:national|economic|its|their)\s+output)\b"
_OF_OUTPUT = re.compile(rf"[\s-]*of[\s-]+(?:[\w'’.-]+\s+){{0,4}}?{_OUTPUT}|[\s-]+{_OUTPUT}", re.IGNORECASE)
_SHARE = re.compile(rf"(?:%|per\s?cent)(?:{_OF_OUTPUT.pattern})", re.IGNORECASE)
_OUTPUT_AT = re.compile(
    rf"(?:share|percentage|proportion|ratio)\s+of\s+{_OUTPUT}[^.;%]{{0,60}}$", re.IGNORECASE
)
_OF_ANYTHING = re.compile(
    r"\s+(?:of|more|less|higher|lower|increase|rise|cut|reduction|growth|stake|discount|chance|likely"
    r"|year-on-year)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:by|up|down|another|extra|additional|rose|risen|grew|fell|jumped"
    r"|(?:increase|rise|cut|growth)\s+of)\s+"
    rf"(?:{_EXACTNESS})?\s*$",
    re.IGNORECASE,
)
# What is spent, and no part of anything else named: 'spends 5.4 per cent'.
_SPENT = re.compile(
    rf"\b(?:spends?|spent|spending|devot(?:es?|ed|ing))\s+(?:(?:{_EXACTNESS})\s+)?$", re.IGNORECASE
)
# What spending is held to: 'the 2 percent target'.
_MARK = re.compile(
    r"[\s-]+(?:(?:of|defence|defense|spending|NATO)\s+){0,2}(?:target|goal|benchmark|guideline|threshold)\b"
)
_CONVERSION = re.compile(
    r"\s*(?:[(\[]|,\s*(?=or|equi))\s*(?:or|equivalent\s+to|i\.e\.,?|equal\s+to)?\s*", re.IGNORECASE
)
_PART = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+|these\s+)?", re.IGNORECASE)
_SUM_NEARBY = 80  # characters within which a sum gives millions without a unit its currency
_SHARE_NEARBY = 1000  # characters within which a share of output gives bare percentages its meaning


def quantities(doc: Doc, default_dollar: str = "USD", told: str = "") -> tuple[Quantity, ...]:
    """The quantities that the text tells, in its order and without overlap.

    `default_dollar` is the currency of a bare '$' or 'dollars'. `told` is what the document told before this
    text: whose currency a bare word is, and whether percentages are shares of output. The nouns counted need
    a tagged text.
    """
    tokens = Tokens.of(doc)
    text = tokens.text
    dates = points(text)
    others = [Span(date.start, date.end) for date in dates]
    others += [Span(*match.span()) for match in _MEASURE.finditer(text)]
    stops = {date.start for date in dates if date.form != "duration"}
    sums = _summed(tokens, figures(text, others, told, default_dollar), stops)
    found = (_quantity(tokens, figure, stops) for figure in sums)
    told_of = _without_wholes(text, [quantity for quantity in found if quantity])
    return tuple(_implied(text, told, _conversions(text, told_of)))


def _summed(tokens: Tokens, found: Iterable[Figure], stops: Set[int]) -> Iterator[Figure]:
    """The figures, millions that count nothing as sums in the currency told right before them.

    'Raised by 9 billion euros, to 62 billion' is 62 billion euros.
    """
    last: Figure | None = None
    for figure in found:
        if last is not None and figure.bare and figure.scale >= 10**6:
            between = tokens.text[last.span.end : figure.span.start]
            near = len(between) < _SUM_NEARBY and "." not in between
            if near and head(tokens, figure.span, stops) is None:
                last = replace(figure, money=True, currency=last.currency)
                yield last
                continue
        last = figure if figure.money else last
        yield figure


def _quantity(tokens: Tokens, figure: Figure, stops: Set[int]) -> Quantity | None:
    """What a figure is a quantity of; None where it counts nothing."""
    text, span = tokens.text, figure.span
    kind, noun = "money", None
    if figure.percent:
        output = _OF_OUTPUT.match(text, span.end) or _OUTPUT_AT.search(
            text[max(0, span.start - 100) : span.start]
        )
        kind = "share" if output else "percent"
    elif not figure.money:
        kind, noun = "count", head(tokens, span, stops)
        loose = noun is None and (
            figure.upper is not None or figure.scale >= 10**9 or _of_a_sum(text, span, figure.scale)
        )
        if loose or not counts(tokens, span, figure.words, noun):
            return None
    start, bound, end = span.start, None, span.end
    before = _BEFORE.search(text[max(0, start - 40) : start])
    if before and not tokens.is_particle(max(0, start - 40) + before.start(1)):
        start, bound = max(0, start - 40) + before.start(), " ".join(before.group(1).lower().split())
    elif _EXCEEDS.search(text[max(0, start - 12) : start]):
        bound = "more than"
    if after := _AFTER.match(text, end):
        bound, end = bound or after.group().strip().lower(), after.end()
    per = _PER.match(text, end)
    return Quantity(
        Span(start, end),
        kind,
        figure.number,
        figure.upper,
        figure.currency,
        bound,
        next((word.lower() for word in per.groups() if word), None) if per else None,
        noun.i if noun is not None else None,
    )


def _of_a_sum(text: str, span: Span, scale: int) -> bool:
    """Whether a number without a unit is a part of a sum: '3.5 billion euros, of which 700 million'."""
    return scale >= 10**6 and text[max(0, span.start - 9) : span.start].lower() == "of which "


def _without_wholes(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities without those that only tell of how many another is a part: the 36 of 'the last 12 of 36'."""
    wholes = {
        second.span
        for first, second in pairwise(found)
        if first.kind == second.kind == "count" and _PART.fullmatch(text, first.span.end, second.span.start)
    }
    return [quantity for quantity in found if quantity.span not in wholes]


def _conversions(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those that convert the one before into another currency marked as such."""
    marked = list(found)
    for place, (first, second) in enumerate(pairwise(found), start=1):
        money = first.kind == second.kind == "money" and first.currency != second.currency
        if money and _CONVERSION.fullmatch(text, first.span.end, second.span.start):
            marked[place] = replace(second, converts=first.span)
    return marked


def _implied(text: str, told: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities, bare percentages soon after (or before) a share of output read as such."""
    ahead = told[-_SHARE_NEARBY:]
    shares = [share.start() - len(ahead) for share in _SHARE.finditer(ahead)]
    shares += [quantity.span.start for quantity in found if quantity.kind == "share"]
    for quantity in found:
        start, end = quantity.span.start, quantity.span.end
        next_share = bisect_left(shares, start)
        near = any(
            abs(share - start) < _SHARE_NEARBY for share in shares[max(0, next_share - 1) : next_share + 1]
        )
        before = text[max(0, start - 30) : quantity.span.start]
        of_else = _OF_ANYTHING.match(text, end) or _CHANGE.search(before)
        near = near or _SPENT.search(before) is not None or _MARK.match(text, end) is not None
        if quantity.kind == "percent" and near and not of_else:
            yield replace(quantity, kind="share", implied=True)
        else:
            yield quantity
