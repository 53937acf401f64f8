"""Currencies by their signs and words; which one a word means where several share it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("currencies.toml")
NEAR, _AFTER = 1500, 60  # characters before and after an amount that may tell whose currency it is in


@dataclass(frozen=True, slots=True)
class Currencies:
    """The table of currencies, ready to match: alternations for patterns, and who shares a sign or word.

    `signs` stand before an amount, `codes` and `words` after it, `adjectives` before a word. `owners` maps a
    sign or word (case-folded) to the codes that use it, `plain` to the code it means by itself; `places` maps
    a code to the pattern of the names of its places and peoples.
    """

    signs: str
    codes: str
    words: str
    adjectives: str
    owners: dict[str, tuple[str, ...]]
    plain: dict[str, str]
    adjective_of: dict[str, str]
    places: dict[str, re.Pattern[str]]

    def named(self, name: str, adjective: str | None, around: tuple[str, str], dollar: str) -> str | None:
        """The ISO 4217 code of a sign or word amid some text; None where that does not tell which.

        An adjective decides ('Swedish kronor'); else a name of its own; else, among those who share it, the
        one whose place the text speaks of last before it, or soon after; else what it means by itself.
        """
        key = _key(name)
        if adjective and (code := self.adjective_of.get(_key(adjective))) and code in self.owners[key]:
            return code
        if key in {"$", "dollar", "dollars"}:
            return dollar
        owners = self.owners[key]
        if len(owners) == 1:
            return owners[0]
        for text in (around[0][-NEAR:], around[1][:_AFTER]):
            spoken = {code: self._last(code, text) for code in owners if code in self.places}
            nearest = max(spoken, key=lambda code: spoken[code], default=None)
            if nearest and spoken[nearest] >= 0:
                return nearest
        return self.plain.get(key)

    def _last(self, code: str, text: str) -> int:
        """Where the text last names a place or people of the currency; -1 where it does not."""
        return max((found.start() for found in self.places[code].finditer(text)), default=-1)


@cache
def currencies() -> Currencies:
    """The currencies of the table beside this module."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    owners: dict[str, tuple[str, ...]] = {}
    for code, row in table.items():
        for name in dict.fromkeys(_key(name) for name in (*row.get("signs", ()), *row.get("words", ()))):
            owners[name] = (*owners.get(name, ()), code)
    adjectives = {_key(name): code for code, row in table.items() for name in row.get("of", ())}
    signs = [name for row in table.values() for name in row.get("signs", ())]
    return Currencies(
        signs=_alternation(signs),
        codes=_alternation(name for name in signs if name in table or not name.isascii()),
        words=_alternation(name for row in table.values() for name in row.get("words", ())),
        adjectives=_alternation(name for row in table.values() for name in row.get("of", ())),
        owners=owners,
        plain={_key(name): code for code, row in table.items() for name in row.get("plain", ())},
        adjective_of=adjectives,
        places={
            code: re.compile(rf"(?<!\w)(?:{_alternation(row['of'])})(?!\w)")
            for code, row in table.items()
            if "of" in row
        },
    )


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _alternation(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first."""
    longest = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(part) for part in name.split()) for name in longest)
