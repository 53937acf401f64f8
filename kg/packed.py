"""Graphs as compressed lines of N-Triples: small while very many are held, and read anew when they are asked."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO

import pyoxigraph as ox
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from kg.turtle import engine_name, graph_of, to_engine, to_rdflib

Triple = tuple[Node, Node, Node]

TYPE = f"<{RDF.type}>".encode()
QUICK = 1  # level of compression


class Packed:
    """A graph without blank nodes; equal by its triples."""

    __slots__ = ("_content", "_size")

    def __init__(self, lines: Collection[bytes]) -> None:
        """Pack lines of canonical N-Triples, in any order, and each any number of times."""
        told = sorted(set(lines))
        self._content, self._size = zlib.compress(b"".join(told), QUICK), len(told)

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Packed:
        """Pack triples of rdflib's."""
        return cls(_lines(triples))

    @classmethod
    def restored(cls, told: bytes) -> Packed:
        """The graph whose `stored` this is."""
        found = cls.__new__(cls)
        found._size, found._content = int.from_bytes(told[:4]), told[4:]
        return found

    @property
    def stored(self) -> bytes:
        """The graph as bytes to keep."""
        return self._size.to_bytes(4) + self._content

    def __len__(self) -> int:
        """How many triples there are."""
        return self._size

    def __eq__(self, other: object) -> bool:
        """Whether the other graph has the same triples."""
        return isinstance(other, Packed) and self._content == other._content

    def __hash__(self) -> int:
        """A hash of the triples."""
        return hash(self._content)

    def __iter__(self) -> Iterator[Triple]:
        """The triples as rdflib has them."""
        node = to_rdflib()
        for quad in ox.parse(self.text, format=ox.RdfFormat.N_TRIPLES):
            yield node(quad.subject), node(quad.predicate), node(quad.object)

    @property
    def text(self) -> bytes:
        """The triples as canonical N-Triples, sorted by their bytes."""
        return zlib.decompress(self._content)

    @property
    def lines(self) -> list[bytes]:
        """The same, line by line."""
        return self.text.splitlines(keepends=True)

    def graph(self) -> Graph:
        """The graph as rdflib has it."""
        return graph_of(self)

    def objects(self) -> set[Node]:
        """The things that the graph points to."""
        found = {line.split(b" ", 2)[2] for line in self.lines}
        return {URIRef(value[1:-4].decode()) for value in found if value.startswith(b"<")}

    def kinds(self) -> Iterator[Triple]:
        """What it says that things are; stretches of text left out, to which no other graph points."""
        for line in self.lines:
            subject, predicate, value = line.split(b" ", 2)
            if predicate == TYPE and b"#char=" not in subject:
                yield URIRef(subject[1:-1].decode()), RDF.type, URIRef(value[1:-4].decode())

    def with_more(self, triples: Iterable[Triple]) -> Packed:
        """The graph with more triples."""
        return Packed([*self.lines, *_lines(triples)])


def _lines(triples: Iterable[Triple]) -> list[bytes]:
    term = to_engine()
    told = (ox.Triple(term(s), engine_name(p), term(o)) for s, p, o in triples)  # type: ignore[arg-type]  # no literal is a subject
    output = BytesIO()
    ox.serialize(told, output, ox.RdfFormat.N_TRIPLES)
    return output.getvalue().splitlines(keepends=True)
