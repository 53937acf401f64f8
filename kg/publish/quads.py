"""Named graphs of rdflib as sorted lines of N-Triples, blank nodes labelled canonically."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, RawIOBase
from itertools import chain, islice
from typing import IO, Any, cast

import pyoxigraph as ox
from rdflib import Graph

from kg.packed import Packed
from kg.turtle import engine_name, to_engine

LINES = 256  # that a parser is given at a time

Lines = Sequence[bytes]
"""Triples as canonical N-Triples, one a line, sorted by their bytes."""


def canonical(graphs: Mapping[str, Graph | Packed]) -> dict[str, Lines]:
    """The triples of graphs by their names, the same to the byte whatever order they came in.

    Blank nodes, which only OWL and SHACL syntax needs, are labelled by RDFC-1.0 over all graphs together. What
    has none has no part in the labels (RDFC-1.0 section 4.4, step 2), and so is left out of that.
    """
    return {name: graph.lines for name, graph in canonically_packed(graphs).items()}


def canonically_packed(graphs: Mapping[str, Graph | Packed]) -> dict[str, Packed]:
    """The same, packed; what is so already is taken as it is."""
    packed = {name: graph for name, graph in graphs.items() if isinstance(graph, Packed)}
    plain = {name: graph for name, graph in graphs.items() if isinstance(graph, Graph)}
    lines = canonical_quads({name: list(_quads(name, plain[name])) for name in sorted(plain)})
    packed |= {name: Packed(told) for name, told in lines.items()}
    return {name: packed[name] for name in sorted(packed)}


def canonical_quads(told: Mapping[str, Sequence[ox.Quad]]) -> dict[str, Lines]:
    """The same of the engine's quads, by the names of their graphs."""
    blank = ox.Dataset(quad for quads in told.values() for quad in quads if _has_blank(quad))
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {
        name: lines_of(
            [
                *(quad.triple for quad in quads if not _has_blank(quad)),
                *(quad.triple for quad in blank.quads_for_graph_name(ox.NamedNode(name))),
            ]
        )
        for name, quads in told.items()
    }


def each(held: Lines | Packed) -> Iterable[bytes]:
    """The lines of a graph, which may be packed, one after the other."""
    return held.each() if isinstance(held, Packed) else held


def lines_of(triples: Iterable[ox.Triple]) -> Lines:
    """Triples as sorted lines."""
    return sorted(serialized(iter(triples), ox.RdfFormat.N_TRIPLES).splitlines(keepends=True))


def quad_lines(graphs: Mapping[str, Lines | Packed]) -> list[bytes]:
    """All lines as canonical N-Quads (RDFC-1.0 section 5), in the order of their code points."""
    return sorted(chain.from_iterable(_in_graph(name, held) for name, held in graphs.items()))


def parsed(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    """Lines as the engine's triples, in their order; no more than one is made at a time."""
    return (quad.triple for quad in statements(lines))


def statements(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The same as quads of the default graph, which engines write as triples."""
    return ox.parse(cast(IO[bytes], _Stream(lines)), format=ox.RdfFormat.N_TRIPLES)


def quads(graphs: Mapping[str, Lines | Packed]) -> Iterator[ox.Quad]:
    """The lines of graphs as the engine's quads, in their order."""
    lines = (line for name, held in graphs.items() for line in _in_graph(name, held))
    return ox.parse(cast(IO[bytes], _Stream(lines)), format=ox.RdfFormat.N_QUADS)


def serialized(
    statements: Iterator[ox.Quad] | Iterator[ox.Triple],
    syntax: ox.RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Statements in a syntax, in the order given."""
    output = BytesIO()
    ox.serialize(statements, output, syntax, prefixes=dict(prefixes or {}))
    return output.getvalue()


def _in_graph(name: str, held: Lines | Packed) -> Iterator[bytes]:
    """The lines of a graph as N-Quads."""
    end = f" <{name}> .\n".encode()
    return (line[:-3] + end for line in each(held))


class _Stream(RawIOBase):
    """Lines as a file that is read once, for a parser that asks for as much as it has room for."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines, self._rest = iter(lines), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._rest or b"".join(islice(self._lines, LINES))
        size = min(len(content), len(buffer))
        buffer[:size], self._rest = content[:size], content[size:]
        return size


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _quads(name: str, graph: Graph) -> Iterator[ox.Quad]:
    """The quads of one graph; its blank nodes stay apart from those of other graphs."""
    held_in, term = ox.NamedNode(name), to_engine()
    for s, p, o in graph:
        yield ox.Quad(term(s), engine_name(p), term(o), held_in)  # type: ignore[arg-type]  # no literal is a subject
