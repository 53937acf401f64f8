"""Named graphs of rdflib as sorted lines of N-Triples, blank nodes labelled canonically."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

Lines = Sequence[bytes]
"""Triples as canonical N-Triples, one a line, sorted by their bytes."""


def canonical(graphs: Mapping[str, Graph]) -> dict[str, Lines]:
    """The triples of graphs by their names, the same to the byte whatever order they came in.

    Blank nodes, which only OWL and SHACL syntax needs, are labelled by RDFC-1.0 over all graphs together.
    """
    dataset = ox.Dataset(quad for name, graph in graphs.items() for quad in _quads(name, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    held = {name: dataset.quads_for_graph_name(ox.NamedNode(name)) for name in sorted(graphs)}
    return {
        name: sorted(serialized((q.triple for q in quads), ox.RdfFormat.N_TRIPLES).splitlines(keepends=True))
        for name, quads in held.items()
    }


def quads(graphs: Mapping[str, Lines]) -> Iterator[ox.Quad]:
    """The lines of graphs as the engine's quads, in their order."""
    for name, lines in graphs.items():
        graph = ox.NamedNode(name)
        for triple in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def serialized(
    statements: Iterator[ox.Quad] | Iterator[ox.Triple],
    syntax: ox.RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Statements in a syntax, in the order given."""
    output = BytesIO()
    ox.serialize(statements, output, syntax, prefixes=dict(prefixes or {}))
    return output.getvalue()


def _quads(name: str, graph: Graph) -> Iterator[ox.Quad]:
    """The quads of one graph; its blank nodes stay apart from those of other graphs."""
    held_in = ox.NamedNode(name)
    blank = lru_cache(None)(lambda _: ox.BlankNode())
    for s, p, o in graph:
        subject = _name(s) if isinstance(s, URIRef) else blank(s)
        value = _literal(o) if isinstance(o, Literal) else _name(o) if isinstance(o, URIRef) else blank(o)
        yield ox.Quad(subject, _name(p), value, held_in)


@lru_cache(1 << 16)
def _name(node: Node) -> ox.NamedNode:
    return ox.NamedNode(str(node))


def _literal(node: Literal) -> ox.Literal:
    """The literal as the engine has it; RDF 1.1 gives a literal a language or a datatype (section 3.3)."""
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=_name(node.datatype) if node.datatype else None)
