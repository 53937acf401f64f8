"""The terms of a closure, each known by a number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.turtle import to_engine, to_rdflib


class Terms(list[Node]):
    """Terms by their numbers, and their numbers; those that are given as text are read when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[Node, int] = {}
        self._unread: Sequence[bytes] = ()
        self._number_of_text: dict[bytes, int] = {}
        self._first = 0

    def extend_with(self, texts: Sequence[bytes]) -> None:
        """Add terms given as text."""
        self._first, self._unread = len(self), texts
        self._number_of_text = {text: number for number, text in enumerate(texts, self._first)}
        super().extend([UNREAD] * len(texts))

    def __getitem__(self, number: int) -> Node:  # type: ignore[override]  # no slices are taken
        """A term."""
        term = super().__getitem__(number)
        if term is UNREAD:
            term = self[number] = read(self._unread[number - self._first])
        return term

    def number(self, term: Node) -> int:
        """The number that stands for a term."""
        number = self.find(term)
        if number is None:
            number = self._numbers[term] = len(self)
            self.append(term)
        return number

    def find(self, term: Node) -> int | None:
        """The number of a term that has one."""
        number = self._numbers.get(term)
        if number is None and self._number_of_text:
            number = self._number_of_text.get(written(term))
            if number is not None:
                self._numbers[term] = number
        return number

    def text(self, number: int) -> bytes:
        """A term as text, by which terms have one order whatever their numbers."""
        unread = number - self._first
        return self._unread[unread] if 0 <= unread < len(self._unread) else written(self[number])

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
