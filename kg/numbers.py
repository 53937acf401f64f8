"""Numbers in figures and words: '10,800', 'twenty-eight', 'half a dozen', 'two and a half billion'."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: number for number, word in enumerate(_ONES, start=1)} | {
    word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_GROUPS = {"dozen": 12, "hundred": 100, "score": 20}
MAGNITUDES = {
    **dict.fromkeys(("thousand", "k"), 10**3),
    **dict.fromkeys(("million", "mn", "mln", "m"), 10**6),
    **dict.fromkeys(("billion", "bn", "bln", "b"), 10**9),
    **dict.fromkeys(("trillion", "tn", "trn"), 10**12),
    **{"lakh": 10**5, "crore": 10**7, "lakh crore": 10**12},
}
_LARGE = ("thousand", "million", "billion", "trillion")

_UNIT = "|".join(sorted(SMALL, key=len, reverse=True))
_MULTIPLE = "|".join((*_GROUPS, *_LARGE))
FIGURES = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
WORDS = (
    rf"(?:half\s+an?\s+(?:{_MULTIPLE})|a\s+pair\s+of|an?\s+(?:{_MULTIPLE})|(?:{_UNIT})(?:-(?:{_UNIT}))?"
    r"(?:\s+and\s+a\s+half)?)"
    rf"(?:\s+(?:{_MULTIPLE})|(?<=hundred)(?:\s+and)?\s+(?:{_UNIT})(?:-(?:{_UNIT}))?"
    rf"|(?<=thousand)(?:\s+and)?\s+(?:{_UNIT})(?:-(?:{_UNIT}))?){{0,5}}"
)
_TOKEN = re.compile(r"[a-z]+")
_WHOLE = re.compile(f"(?:{FIGURES}|{WORDS})")


def value_of(text: str) -> Decimal | None:
    """The value of a text that is a number, in small letters, and nothing else; None for any other."""
    return value(text) if _WHOLE.fullmatch(text) else None


def value(number: str) -> Decimal:
    """The value of a number that `FIGURES` or `WORDS` matches."""
    if number[0].isdigit():
        return Decimal(number.replace(",", ""))
    total, current = Decimal(0), Decimal(0)
    words = _TOKEN.findall(number.lower())
    for word in words:
        if word == "half":
            current += Decimal("0.5")
        elif word == "pair":
            current = Decimal(2)
        elif word in _GROUPS:
            current = (current or Decimal(1)) * _GROUPS[word]
        elif word in MAGNITUDES:
            total, current = total + (current or Decimal(1)) * MAGNITUDES[word], Decimal(0)
        else:
            current += SMALL.get(word, 0)
    return total + current
