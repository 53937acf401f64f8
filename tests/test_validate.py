"""Validation finds what is wrong in a document's claims and between documents, and says where."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from rdflib import Literal, URIRef
from rdflib.graph import Graph

from kg.graph import build
from kg.graph.claims import OA
from kg.model import Reading
from kg.settings import Settings
from kg.turtle import read_turtle, turtle_files
from kg.validate import Report, Validator
from tests.graph.readings import JAPAN, MINT, NATO, POLICY, RUTTE, graphs, ontology, seedlike, thing

DOCUMENT = MINT.document("seed-like")
KYODO = thing("NewsOutlet", "Kyodo News")


@cache
def validator() -> Validator:
    known = Graph()
    for entity in (
        JAPAN,
        NATO,
        RUTTE,
        KYODO,
        *(f.entity for c in seedlike().claims for _, fs in c.roles for f in fs),
    ):
        known.add((URIRef(entity.iri), TYPE, URIRef(MINT.term(entity.kind))))
    return Validator(read_turtle(turtle_files(Settings().shapes)), [ontology(), known])


TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def claims(reading: Reading) -> Graph:
    return build([reading], ontology(), Graph(), MINT, POLICY).claims[reading.document.name]


def check(graph: Graph, text: str | None = None) -> Report:
    return validator().document("seed-like", graph, DOCUMENT, text or seedlike().document.text)


def test_what_the_writer_of_graphs_makes_conforms() -> None:
    assert check(claims(seedlike())).conforms


def test_a_quote_that_is_not_in_the_text_is_a_violation_that_names_document_stretch_and_shape() -> None:
    report = check(claims(seedlike()), seedlike().document.text.replace("Rutte", "Putin"))
    assert not report.conforms
    found = next(v for v in report.violations if v.value == f"{DOCUMENT}#char=0,36")
    assert (found.document, found.shape.rpartition("#")[2]) == ("seed-like", "Document")
    assert "letter for letter" in str(found)


def test_offsets_that_slip_by_one_are_a_violation() -> None:
    graph = claims(seedlike())
    stretch = URIRef(f"{DOCUMENT}#char=0,36")
    graph.set((stretch, OA.start, Literal(1)))
    assert stretch in {URIRef(v.value) for v in check(graph).violations}


def without_evidence(graph: Graph) -> None:
    graph.remove((None, URIRef(MINT.term("evidence")), None))


def a_meeting_with_a_missile(graph: Graph) -> None:
    role = URIRef(MINT.term("participant"))
    event = next(graph.subjects(role))
    graph.add((event, role, URIRef(MINT.thing("WeaponSystem", "Tomahawk missiles"))))


def an_unknown_filler(graph: Graph) -> None:
    role = URIRef(MINT.term("participant"))
    graph.add((next(graph.subjects(role)), role, URIRef(MINT.thing("State", "Nowhere"))))


def two_labels(graph: Graph) -> None:
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph.add((next(graph.subjects(label)), label, Literal("another", lang="en")))


@pytest.mark.parametrize("spoil", [without_evidence, a_meeting_with_a_missile, an_unknown_filler, two_labels])
def test_what_breaks_a_rule_is_found(spoil: Callable[[Graph], None]) -> None:
    graph = claims(seedlike())
    spoil(graph)
    assert not check(graph).conforms


def test_the_background_itself_is_not_checked() -> None:
    assert validator().whole({}, [Graph()]).conforms


def test_a_violation_between_documents_names_the_documents() -> None:
    reading = seedlike()
    other = replace(reading, document=replace(reading.document, name="other"), claims=())
    built = graphs(reading, other)
    event = next(built.facts.subjects(URIRef(MINT.term("supportedBy"))))
    built.facts.remove((event, URIRef(MINT.term("supportedBy")), None))
    spoiled = Graph()
    for triple in built.facts:
        spoiled.add(triple)
    spoiled.add((event, URIRef(MINT.term("engages")), URIRef(RUTTE.iri)))
    found = validator().whole(built.claims, [spoiled]).violations
    assert {v.document for v in found if v.node == str(event)} == {"seed-like"}


def test_reports_add_up_without_repeating() -> None:
    report = check(claims(seedlike()), "x" * 500)
    assert report + report == report
