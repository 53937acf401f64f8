"""Tells events in plain words: a sentence whose names are links, when it was, and its figures."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.web.claims import SOURCES, ClaimView, Figures, Named, Part

SENTENCES = Path(__file__).parent / "sentences.toml"
SINGULAR = {"Planned": "is to", "Expected": "is expected to", "Proposed": "might", "Denied": "did not"}
PLURAL = {"Planned": "are to", "Expected": "are expected to", "Proposed": "might", "Denied": "did not"}
LARGE = ((12, "trillion"), (9, "billion"), (6, "million"))
MOST_NAMES = 6  # in one place of a sentence; the rest are counted

Words = Named | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said to have happened, in words and names."""

    words: Sequence[Words]

    def __str__(self) -> str:
        """The sentence without links."""
        said = "".join(word if isinstance(word, str) else word.name for word in self.words)
        return said[:1].upper() + said[1:]


@lru_cache(1)
def table() -> Mapping[str, Any]:
    """The table of sentences beside this file."""
    return tomllib.loads(SENTENCES.read_text("utf-8"))


def groups() -> Sequence[str]:
    """The headings that events stand under, in their order."""
    found: Sequence[str] = table()["groups"]
    return found


def group(type_: str) -> str:
    """The heading that events of a class stand under; a class of somebody's own goes by its name."""
    told: str = table().get(type_, {}).get("group", type_)
    return told


def sentence(claim: ClaimView, label: str) -> Sentence:
    """A claim's event told as the claim has it; `label` names the class where nobody is known to act."""
    ways = table().get(claim.type, {}).get("ways", ())
    way = next((way for way in ways if claim.roles.get(way["who"])), None)
    if way is None:
        rest = [part for role, parts in claim.roles.items() if role not in SOURCES for part in parts]
        return Sentence([label, *([": ", *listed(rest)] if rest else ()), *_amounts(claim.figures)])
    actors = claim.roles[way["who"]]
    words: list[Words] = [*listed(actors), " ", _verb(way, claim.modality, len(actors))]
    if "object" in way:
        words.extend(_object(way, claim))
    for preposition, role in way.get("then", ()):
        if claim.roles.get(role):
            words.extend([f" {preposition} ", *listed(claim.roles[role])])
    return Sentence([*words, *_amounts(claim.figures)])


def _verb(way: Mapping[str, Any], modality: str, actors: int) -> str:
    """What they did, or are to do, or did not."""
    auxiliary = (SINGULAR if actors == 1 else PLURAL).get(modality)
    past, base = way["alone"] if actors == 1 and "alone" in way else (way["past"], way["base"])
    return f"{auxiliary} {base}" if auxiliary else past


def _object(way: Mapping[str, Any], claim: ClaimView) -> Iterator[Words]:
    """To what they did it, with how many there were."""
    things, count = claim.roles.get(way["object"], ()), claim.figures.quantity
    if things or way["otherwise"]:
        yield " "
    if count is not None and not (things and things[0].who.name[:1].isdigit()):
        yield f"{count:,.0f} "
    if things:
        yield from listed(things)
    else:
        yield way["otherwise"]


def _amounts(figures: Figures) -> Iterator[str]:
    told = [money(figures.amount, figures.currency)] if figures.amount is not None else []
    told += [f"{figures.share.normalize():f} % of GDP"] if figures.share is not None else []
    if told:
        yield f" ({f'{figures.bound} ' if figures.bound else ''}{', '.join(told)})"


def listed(parts: Sequence[Part]) -> Iterator[Words]:
    """Names as a list is spoken: `A, B and C`; a long one ends in a count."""
    names = list(dict.fromkeys(part.who for part in parts))
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    for number, name in enumerate(shown):
        if number:
            yield " and " if number == len(shown) - 1 and more <= 0 else ", "
        yield name
    if more > 0:
        yield f" and {more} more"


def money(amount: Decimal, currency: str) -> str:
    """A sum as it is read: `USD 55 billion`."""
    for power, name in LARGE:
        if abs(amount) >= 10**power:
            scaled = (amount / Decimal(10) ** power).quantize(Decimal("0.01")).normalize()
            return f"{currency} {scaled:,f} {name}".strip()
    return f"{currency} {amount:,.0f}".strip()


def day(date: str) -> str:
    """A date in words, as coarse as it is given: `8 July 2024`, `July 2024`, `2024`."""
    year, *rest = date.split("-")
    if not rest or not all(part.isdigit() for part in rest):
        return date
    month = calendar.month_name[int(rest[0])] if 1 <= int(rest[0]) <= 12 else rest[0]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def when(start: str, end: str) -> str:
    """A time in words: a point, a stretch, or a limit; empty where nothing is known."""
    if start and end and start != end:
        same = len(start) == len(end) == 10 and start[:7] == end[:7]
        return f"{int(start[8:])} to {day(end)}" if same else f"{day(start)} to {day(end)}"
    return day(start) if start else (f"until {day(end)}" if end else "")


def counted(number: int, noun: str) -> str:
    """A number of things in words: ‘1 claim’, ‘1,024 claims’."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
