"""Graphs as compressed lines of N-Triples: small while very many are held, and read anew when they are asked."""

from __future__ import annotations

import hashlib
import heapq
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain, groupby, islice
from typing import TypeVar

import pyoxigraph as ox
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from kg.turtle import engine_name, graph_of, to_engine, to_rdflib

T = TypeVar("T")
Triple = tuple[Node, Node, Node]

TYPE = f"<{RDF.type}>".encode()
QUICK = 1  # level of compression
BLOCK = 1 << 14  # bytes that are unpacked at a time, to ten times as many or more
RUN = 1 << 17  # lines that are sorted at a time, when there are more; those are then merged
TOGETHER = 1 << 12  # lines that are compressed at a time


class Packed:
    """A graph without blank nodes, or with labels for them that stay; equal by its triples.

    `sum` is the SHA-256 of its lines, so graphs are compared without being unpacked.
    """

    __slots__ = ("_content", "_size", "sum")
    _content: bytes
    _size: int
    sum: bytes

    def __init__(self, lines: Iterable[bytes] = ()) -> None:
        """Pack lines of canonical N-Triples, in any order, and each any number of times.

        However many there are, few are held at a time but packed.
        """
        # in the order in which they come, as what is sorted in part is soon sorted
        runs = [self._pack(sorted(dict.fromkeys(some))) for some in in_stretches(lines, RUN)]
        whole = runs[0] if len(runs) == 1 else self._pack(_merged(runs))
        self._content, self._size, self.sum = whole._content, whole._size, whole.sum

    @classmethod
    def _pack(cls, ordered: Iterable[bytes]) -> Packed:
        """Pack lines that are sorted, each once."""
        found = cls.__new__(cls)
        packing, told, parts = zlib.compressobj(QUICK), hashlib.sha256(), list[bytes]()
        found._size = 0
        for some in in_stretches(ordered, TOGETHER):
            text = b"".join(some)
            told.update(text)
            parts.append(packing.compress(text))
            found._size += len(some)
        found._content, found.sum = b"".join([*parts, packing.flush()]), told.digest()
        return found

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Packed:
        """Pack triples of rdflib's."""
        return cls(chain.from_iterable(map(to_lines, in_stretches(triples, RUN))))

    @classmethod
    def merging(cls, graphs: Iterable[Packed]) -> Packed:
        """Graphs as one."""
        return cls._pack(_merged(graphs))

    @classmethod
    def restored(cls, told: bytes) -> Packed:
        """The graph whose `stored` this is."""
        found = cls.__new__(cls)
        found._size, found.sum, found._content = int.from_bytes(told[:4]), told[4:36], told[36:]
        return found

    @property
    def stored(self) -> bytes:
        """The graph as bytes to keep."""
        return self._size.to_bytes(4) + self.sum + self._packed()

    def _packed(self) -> bytes:
        """The lines, compressed."""
        return self._content

    def __len__(self) -> int:
        """How many triples there are."""
        return self._size

    def __eq__(self, other: object) -> bool:
        """Whether the other graph has the same triples."""
        return isinstance(other, Packed) and self.sum == other.sum

    def __hash__(self) -> int:
        """A hash of the triples."""
        return hash(self.sum)

    def __iter__(self) -> Iterator[Triple]:
        """The triples as rdflib has them."""
        return to_triples([self.text])

    @property
    def text(self) -> bytes:
        """The triples as canonical N-Triples, sorted by their bytes."""
        return zlib.decompress(self._packed())

    @property
    def lines(self) -> list[bytes]:
        """The same, line by line."""
        return self.text.splitlines(keepends=True)

    def blocks(self) -> Iterator[list[bytes]]:
        """The same in stretches, so that not all need be held at once."""
        stream, rest, packed = zlib.decompressobj(), b"", self._packed()
        for start in range(0, len(packed), BLOCK):
            text = stream.decompress(packed[start : start + BLOCK])
            whole, end, rest = (rest + text).rpartition(b"\n")
            yield (whole + end).splitlines(keepends=True)

    def each(self) -> Iterator[bytes]:
        """The same, one after the other."""
        return chain.from_iterable(self.blocks())

    def minus(self, other: Packed) -> list[bytes]:
        """The lines that the other graph has not, sorted; only these are held."""
        if self == other:
            return []
        found, theirs, beyond = list[bytes](), set[bytes](), other.blocks()
        last = b""
        for block in self.blocks():
            while block and last < block[-1] and (more := next(beyond, None)) is not None:
                theirs.update(more)
                last = more[-1] if more else last
            found += [line for line in block if line not in theirs]
            theirs = {line for line in theirs if line > block[-1]} if block else theirs
        return found

    def graph(self) -> Graph:
        """The graph as rdflib has it."""
        return graph_of(self)

    def objects(self) -> set[Node]:
        """The things that the graph points to."""
        return {URIRef(value[1:-1].decode()) for value in self.things()}

    def things(self) -> set[bytes]:
        """The same as N-Triples writes them."""
        found = {line.split(b" ", 2)[2] for line in self.each()}
        return {value[:-3] for value in found if value.startswith(b"<")}

    def kinds(self) -> Iterator[bytes]:
        """The lines that say what things are; stretches of text left out, to which no other graph points."""
        for line in self.each():
            subject, predicate, _ = line.split(b" ", 2)
            if predicate == TYPE and b"#char=" not in subject:
                yield line

    def subjects_of(self, predicate: str) -> set[bytes]:
        """The things that have a property, as N-Triples writes them."""
        asked = f"<{predicate}>".encode()
        parts = (line.split(b" ", 2) for line in self.each())
        return {subject for subject, told, _ in parts if told == asked}

    def with_more(self, triples: Iterable[Triple]) -> Packed:
        """The graph with more triples."""
        return Packed(chain(self.each(), to_lines(triples)))


class Shelved(Packed):
    """A packed graph of which only size and sum are in memory; the rest is read each time that it is asked for."""

    __slots__ = ("_stored",)

    def __init__(self, graph: Packed, stored: Callable[[], bytes]) -> None:
        """A graph, and what gives its `stored`, which is to stay what it is."""
        self._size, self.sum, self._stored = graph._size, graph.sum, stored

    def _packed(self) -> bytes:
        return Packed.restored(self._stored())._content


def _merged(graphs: Iterable[Packed]) -> Iterator[bytes]:
    """The lines of graphs, sorted, each once."""
    return (line for line, _ in groupby(heapq.merge(*(graph.each() for graph in graphs))))


def in_stretches(given: Iterable[T], size: int) -> Iterator[list[T]]:
    """What is given, so much at a time."""
    rest = iter(given)
    while some := list(islice(rest, size)):
        yield some


def to_triples(lines: Iterable[bytes]) -> Iterator[Triple]:
    """Lines of N-Triples as triples of rdflib's."""
    node = to_rdflib()
    for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
        yield node(quad.subject), node(quad.predicate), node(quad.object)


def to_lines(triples: Iterable[Triple]) -> list[bytes]:
    """Triples of rdflib's as lines of canonical N-Triples, in their order."""
    term = to_engine()
    told = (ox.Triple(term(s), engine_name(p), term(o)) for s, p, o in triples)  # type: ignore[arg-type]  # no literal is a subject
    output = BytesIO()
    ox.serialize(told, output, ox.RdfFormat.N_TRIPLES)
    return output.getvalue().splitlines(keepends=True)
