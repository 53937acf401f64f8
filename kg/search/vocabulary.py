"""The words of an index: which of them a word asked for may be, and how much each counts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kg.search.folding import abbreviates

SWAPPED = 0.5  # what two letters in each other's place count as an edit: none of them is wrong
# What a word within an edit, a beginning, an abbreviation is worth at most.
LIKE, PREFIX, SHORT = 0.95, 0.85, 0.8
INITIAL = SHORT * 0.9  # what a beginning is worth that may be meant as an abbreviation

K = TypeVar("K")
V = TypeVar("V")


class Vocabulary:
    """Words, by how many of an index's names they are in; safe to share between threads once made."""

    def __init__(self, counts: Mapping[str, int], names: int) -> None:
        self._words = sorted(counts)
        self._by_length = by_length(self._words)
        self._by_letter = grouped((word[0], word) for word in self._words)
        self._weights = {word: log(1 + names / count) for word, count in counts.items()}
        self.rarest = log(1 + names)

    def weight(self, word: str) -> float:
        """How much a word counts: the more, the fewer names it is in; most, if it is in none."""
        return self._weights.get(word, self.rarest)

    def near(self, word: str, *, begun: bool) -> Mapping[str, float]:
        """The words that one asked for may be, and how well it is each of them; it may go on if it is `begun`."""
        found: dict[str, float] = {}
        if len(word) > 2 and word not in self._weights:
            for other in self._by_letter.get(word[0], ()):
                if abbreviates(word, other):
                    found[other] = SHORT * (0.5 + 0.5 * len(word) / len(other))
        if begun or len(word) > 2:
            for other in self._beginning(word):
                found[other] = PREFIX if begun else max(found.get(other, 0), INITIAL)
        for distance, other in within(word, self._by_length):
            found[other] = max(found.get(other, 0), LIKE * (1 - distance / max(len(word), len(other))))
        if word in self._weights:
            found[word] = 1.0
        return found

    def _beginning(self, word: str) -> Sequence[str]:
        start = bisect_left(self._words, word)
        return self._words[start : bisect_left(self._words, word + "\U0010ffff")]


def within(word: str, lengths: Mapping[int, Sequence[str]]) -> Iterable[tuple[float, str]]:
    """What is within an edit of a word (two of a long one), by optimal string alignment; `lengths` as `by_length`."""
    edits = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    for length in range(len(word) - edits, len(word) + edits + 1) if edits else ():
        for other, distance, _ in extract(
            word, lengths.get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
        ):
            swapped = distance == 1 and sorted(word) == sorted(other)
            yield SWAPPED if swapped else distance, other


def by_length(words: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Words by how long they are."""
    return grouped((len(word), word) for word in words)


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The second of each pair by the first, in their order."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
