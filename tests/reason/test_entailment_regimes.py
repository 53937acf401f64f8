"""The SPARQL 1.1 entailment cases for OWL 2 RL under the RDF-based semantics, and for RDFS."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.query import Result
from rdflib.term import Node

from kg.reason.closure import Closure
from kg.reason.rules import read_rules

CASES = Path(__file__).parents[3] / "shared" / "conformance" / "sparql11" / "entailment"
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="the conformance cases are not beside the repository"
)

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
REGIME = Namespace("http://www.w3.org/ns/entailment/")
PROFILE = Namespace("http://www.w3.org/ns/owl-profile/")


@cache
def manifest() -> Graph:
    """What the cases are, and where their data, queries and results lie."""
    return Graph().parse(CASES / "manifest.ttl", publicID=CASES.as_uri() + "/")


def listed(graph: Graph, subject: Node, predicate: URIRef) -> set[Node]:
    """The values of a property that are given one by one or as a list."""
    values: set[Node] = set()
    for value in graph.objects(subject, predicate):
        values |= set(Collection(graph, value)) if (value, RDF.first, None) in graph else {value}
    return values


def cases() -> list[tuple[str, str]]:
    """Names of cases with the regime to run each under."""
    if not CASES.is_dir():
        return []
    told, found = manifest(), []
    for case in told.subjects(RDF.type, MF.QueryEvaluationTest):
        action = told.value(case, MF.action)
        assert action is not None
        regimes = listed(told, action, SD.entailmentRegime)
        if PROFILE.RL in listed(told, action, SD.EntailmentProfile) and REGIME["OWL-RDF-Based"] in regimes:
            found.append((str(case), "OWL 2 RL"))
        if REGIME.RDFS in regimes:
            found.append((str(case), "RDFS"))
    return sorted(found)


def entailed(data: Graph, regime: str) -> Graph:
    """The data with what follows from it, as far as RDF can write it."""
    rules = (
        read_rules((Path(__file__).parent / "rdfs.rules").read_text("utf-8")) if regime == "RDFS" else None
    )
    closure = Closure(data, rules=rules, full=rules is None)
    for s, p, o in closure.inferred():
        if not isinstance(s, Literal) and isinstance(p, URIRef):
            data.add((s, p, o))
    return data


def solutions(result: Result) -> object:
    """The answer to ASK, or the solutions in a fixed order; blank nodes, whose names differ, are left out."""
    if result.type == "ASK":
        return result.askAnswer
    rows = [
        {str(n): term.n3() for n, term in row.items() if not isinstance(term, BNode)}
        for row in result.bindings
    ]
    return sorted(sorted(row.items()) for row in rows)


@pytest.mark.parametrize(("case", "regime"), cases(), ids=lambda text: text.rsplit("#", 1)[-1])
def test_case(case: str, regime: str) -> None:
    """The query over the closed data has the solutions that the regime asks for."""
    told, name = manifest(), URIRef(case)
    action = told.value(name, MF.action)
    query, data = (Path(str(told.value(action, p)).removeprefix("file://")) for p in (QT.query, QT.data))
    wanted = Result.parse(str(told.value(name, MF.result)).removeprefix("file://"), format="xml")
    graph = entailed(Graph().parse(data), regime)
    assert solutions(graph.query(query.read_text("utf-8"))) == solutions(wanted)
