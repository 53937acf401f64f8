"""Named graphs of rdflib as sorted quads of the store's engine, blank nodes labelled canonically."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node


def canonical_quads(graphs: Mapping[str, Graph]) -> list[ox.Quad]:
    """The quads of graphs by their names, in one order whatever order they came in.

    Blank nodes, which only OWL and SHACL syntax needs, are labelled by RDFC-1.0 over all graphs together.
    """
    dataset = ox.Dataset(quad for name, graph in graphs.items() for quad in _quads(name, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=_order)


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


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)
