"""A closure as bytes, from which it goes on later without being closed anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

import msgspec
import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.turtle import to_engine, to_rdflib

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


class Terms(list[Node]):
    """Terms by their numbers; those that are given as text are read when they are first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._unread: Sequence[bytes] = ()
        self._first = 0

    def extend_with(self, texts: Sequence[bytes]) -> None:
        """Add terms given as text."""
        self._first, self._unread = len(self), texts
        super().extend([UNREAD] * len(texts))

    def __getitem__(self, number: int) -> Node:  # type: ignore[override]  # no slices are taken
        """A term."""
        term = super().__getitem__(number)
        if term is UNREAD:
            term = self[number] = read(self._unread[number - self._first])
        return term

    def texts(self) -> list[bytes]:
        """All terms as text."""
        end = self._first + len(self._unread)
        mine = (map(written, islice(self, start, stop)) for start, stop in ((0, self._first), (end, None)))
        before, after = mine
        return [*before, *self._unread, *after]


UNREAD = BNode("unread")


def written(term: Node) -> bytes:
    """A term as N-Triples writes it; blank nodes with their labels."""
    if isinstance(term, Literal):
        return str(to_engine()(term)).encode()
    return f"_:{term}".encode() if isinstance(term, BNode) else f"<{term}>".encode()


def read(text: bytes) -> Node:
    """The term that is written so."""
    if text.startswith(b"<"):
        return URIRef(text[1:-1].decode())
    if text.startswith(b"_:"):
        return BNode(text[2:].decode())
    (quad,) = ox.parse(b"<a:a> <a:a> " + text + b" .", format=ox.RdfFormat.N_TRIPLES)
    return to_rdflib()(quad.object)


def _read(content: bytes) -> array[int]:
    numbers = array(NUMBERS)
    numbers.frombytes(content)
    return numbers
