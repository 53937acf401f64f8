"""owlrl, the engine of record: slow, without derivations, and what the compiled reasoner is held against."""

from __future__ import annotations

from collections.abc import Iterable

from owlrl import OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import RDF, Graph

from kg.reason.value import Clash, Triple


def closure(triples: Iterable[Triple]) -> tuple[frozenset[Triple], tuple[Clash, ...]]:
    """The triples that owlrl adds to the given ones, and its error messages as clashes without premises."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    given = set(graph)
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    errors = set(graph.subjects(RDF.type, ERRNS.ErrorMessage))
    messages = sorted(str(graph.value(error, ERRNS.error)) for error in errors)
    added = frozenset(t for t in graph if t not in given and t[0] not in errors)
    return added, tuple(Clash("owlrl", (), message) for message in messages)
