"""A closure as bytes, from which it goes on later without being closed anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

NUMBERS = "I"  # of four bytes


class StaleError(ValueError):
    """A state that is of other axioms or rules than those it is to go on with."""

    def __init__(self) -> None:
        super().__init__("what is kept of the closure is of other axioms")


class State(msgspec.Struct, frozen=True):
    """The terms as N-Triples has them, one a line, in the order of their numbers; the facts, and their ranks."""

    terms: bytes
    places: bytes
    ranks: bytes

    @classmethod
    def of(cls, terms: Sequence[bytes], ranks: Mapping[tuple[int, int, int], int]) -> State:
        """The state of a closure with these terms and facts."""
        places = array(NUMBERS, chain.from_iterable(ranks)).tobytes()
        return cls(b"\n".join(terms), places, array(NUMBERS, ranks.values()).tobytes())

    def facts(self) -> Iterator[tuple[tuple[int, int, int], int]]:
        """The facts with their ranks."""
        places = iter(_read(self.places))
        return zip(zip(places, places, places, strict=True), _read(self.ranks), strict=True)


def _read(content: bytes) -> array[int]:
    numbers = array(NUMBERS)
    numbers.frombytes(content)
    return numbers
