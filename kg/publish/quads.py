"""Named graphs of rdflib as sorted quads of the store's engine, blank nodes labelled canonically."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rdflib import Graph


def canonical_quads(graphs: Mapping[str, Graph]) -> list[ox.Quad]:
    """The quads of graphs by their names, in one order whatever order they came in.

    Blank nodes, which only OWL and SHACL syntax needs, are labelled by RDFC-1.0 over all graphs together.
    """
    dataset = ox.Dataset(quad for name, graph in graphs.items() for quad in _quads(name, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=_order)


def _quads(name: str, graph: Graph) -> Iterable[ox.Quad]:
    node = ox.NamedNode(name)
    text = graph.serialize(format="nt", encoding="utf-8")
    for triple in ox.parse(text, format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, node)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)
