"""What differs between the rows that documents were read by and those of now, and which documents that can touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from kg.touching.rows import Ask, Row, Rows
from kg.touching.words import unpacked


@dataclass(frozen=True, slots=True)
class Change:
    """What differs: of each sort of rows how many things are told otherwise, and the words that lead to them.

    `asks` are by one word of each; those that every document asks are in `always`, by sort.
    """

    counts: Mapping[str, int]
    asks: Mapping[int, tuple[Ask, ...]]
    always: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.counts)

    def touches(self, words: bytes | None) -> bool:
        """Whether a document that has these words may be read otherwise now; None: nobody knows its words."""
        if self.always or words is None:
            return bool(self)
        has = unpacked(words)
        return any(has.issuperset(ask) for word in has for ask in self.asks.get(word, ()))

    @property
    def told(self) -> str:
        """What differs, in words: '2 frames and 1 reference row changed'."""
        counted = [f"{n:,} {_several(sort) if n > 1 else sort}" for sort, n in sorted(self.counts.items())]
        words = " and ".join(filter(None, (", ".join(counted[:-1]), *counted[-1:])))
        every = " and ".join(sorted(self.always))
        return f"{words} changed" + (f"; the {every} can touch any document" if every else "")


def change(before: Rows, now: Rows) -> Change:
    """What differs between two states of the data.

    A row that only leads elsewhere is the same: what it leads to is new, gone or told otherwise, and counts itself.
    """
    keys = before.keys() | now.keys()
    different = {key for key in keys if _value(before, key) != _value(now, key)}
    things = {(row.what, row.name) for rows in (before, now) for key in different if (row := rows.get(key))}
    reached = [row for rows in (before, now) for row in _reaching(different & rows.keys(), rows)]
    asks = {ask for row in reached for ask in row.asks}
    return Change(
        Counter(what for what, _ in things),
        _by_word(ask for ask in asks if ask),
        frozenset(row.what for row in reached if () in row.asks),
    )


def _value(rows: Rows, key: str) -> bytes | None:
    return rows[key].value if key in rows else None


def _reaching(keys: Set[str], rows: Rows) -> Iterator[Row]:
    """The rows of some keys and all that lead to them, through others or not."""
    above: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.items():
        for below in row.leads:
            above[below].append(key)
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found and key in rows:
            found.add(key)
            waiting += above.get(key, ())
            yield rows[key]


def _by_word(asks: Iterable[Ask]) -> Mapping[int, tuple[Ask, ...]]:
    """Each under the word of it that the fewest others have, so that few are tried in vain."""
    every = list(asks)
    often = Counter(word for ask in every for word in ask)
    found: dict[int, list[Ask]] = defaultdict(list)
    for ask in every:
        found[min(ask, key=lambda word: (often[word], word))].append(ask)
    return {word: tuple(told) for word, told in found.items()}


def _several(sort: str) -> str:
    """The plural of a sort, which its first noun has: 'classes of words'."""
    noun, of, rest = sort.partition(" of ")
    return f"{noun}es{of}{rest}" if noun.endswith("s") else f"{noun}s{of}{rest}"
