"""Graphs that are checked as one, packed, so that it is soon told what has changed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kg.packed import Packed


@dataclass(frozen=True, slots=True)
class Together:
    """Graphs that are checked as one, and what other graphs say that the things in them are."""

    checked: Packed
    beside: Packed

    @classmethod
    def restored(cls, told: bytes) -> Together:
        """What this is the `stored` of."""
        end = 4 + int.from_bytes(told[:4])
        return cls(Packed.restored(told[4:end]), Packed.restored(told[end:]))

    @property
    def stored(self) -> bytes:
        """Both as bytes to keep."""
        checked = self.checked.stored
        return len(checked).to_bytes(4) + checked + self.beside.stored

    def lines(self) -> Iterator[bytes]:
        """The lines of both."""
        return chain(self.checked.each(), self.beside.each())

    def stretches(self, size: int) -> Iterator[set[bytes]]:
        """The nodes that are checked, so many at a time as about so many lines tell of."""
        nodes, count = set[bytes](), 0
        for line in self.checked.each():
            node = line[: line.index(b" ")]
            if count >= size and node not in nodes:
                yield nodes
                nodes, count = set(), 0
            nodes.add(node)
            count += 1
        if nodes:
            yield nodes

    def changed(self, before: Together) -> list[bytes]:
        """The lines that only one of the two has."""
        sides = ((self.checked, before.checked), (self.beside, before.beside))
        return [line for new, old in sides for line in (*new.minus(old), *old.minus(new))]
