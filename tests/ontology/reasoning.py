"""A small world for the tests of the axioms: Turtle in, what owlrl infers out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from owlrl import OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef

HOME = Path(__file__).resolve().parents[2] / "ontology"
ENT = Namespace("https://w3id.org/entente/ontology#")
PREAMBLE = """
@prefix ent: <https://w3id.org/entente/ontology#> .
@prefix : <https://w3id.org/entente/id/test/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@cache
def ontology() -> Graph:
    """The axioms of the ontology and its alignments, without the texts and notes that imply nothing."""
    told = Graph().parse(HOME / "entente.ttl").parse(HOME / "alignments.ttl")
    notes = set(told.subjects(RDF.type, OWL.AnnotationProperty)) | {RDFS.isDefinedBy}
    graph = Graph()
    for s, p, o in told:
        if p not in notes and not isinstance(o, Literal):
            graph.add((s, p, o))
    return graph


def thing(name: str) -> URIRef:
    """A thing of the small world."""
    return URIRef(f"https://w3id.org/entente/id/test/{name}")


@cache
def close(turtle: str) -> Graph:
    """The closure of the ontology and the given Turtle."""
    graph = Graph()
    graph += ontology()
    graph.parse(data=PREAMBLE + turtle)
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    return graph


def infers(turtle: str, subject: str, predicate: str, value: str) -> bool:
    """Whether the relation between two things of the small world follows."""
    return (thing(subject), ENT[predicate], thing(value)) in close(turtle)


def clashes(turtle: str) -> list[str]:
    """What owlrl finds inconsistent."""
    graph = close(turtle)
    return sorted(str(graph.value(e, ERRNS.error)) for e in graph.subjects(RDF.type, ERRNS.ErrorMessage))


def in_clashes(turtle: str) -> set[URIRef]:
    """The things that a clash is told of."""
    return {URIRef(word) for told in clashes(turtle) for word in told.split() if word.startswith(thing(""))}
