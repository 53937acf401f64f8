"""Updates that write what a test made up: the one place where tests put SPARQL together out of terms.

What INSERT DATA inserts and what CREATE creates has no variables to bind (SPARQL 1.1 Update 3.1.1, 3.2.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox


def insertion(quads: Iterable[ox.Quad]) -> str:
    """The update that inserts quads, each into its graph."""
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        within = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name}"
        graphs[within].append(f"{quad.triple} .")
    told = (
        f"{within} {{ {' '.join(triples)} }}" if within else " ".join(triples)
        for within, triples in graphs.items()
    )
    return f"INSERT DATA {{ {' '.join(told)} }}"


def replacement(quads: Iterable[ox.Quad], graphs: Iterable[str]) -> str:
    """The update that makes a data set exactly these quads, with these graphs, empty ones too."""
    created = (f"CREATE SILENT GRAPH {ox.NamedNode(name)}" for name in graphs)
    return " ; ".join(["DROP ALL", *created, insertion(quads)])
