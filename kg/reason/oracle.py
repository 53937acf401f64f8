"""owlrl, the engine of record: slow, without derivations, and what the compiled reasoner is held against."""

from __future__ import annotations

from collections.abc import Iterable

from owlrl import OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import RDF, Graph

from kg.reason.value import Triple


def closure(triples: Iterable[Triple]) -> tuple[frozenset[Triple], tuple[str, ...]]:
    """The triples that owlrl adds to the given ones, and its messages about inconsistencies."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    given = set(graph)
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    errors = set(graph.subjects(RDF.type, ERRNS.ErrorMessage))
    messages = sorted(str(graph.value(error, ERRNS.error)) for error in errors)
    return frozenset(t for t in graph if t not in given and t[0] not in errors), tuple(messages)
