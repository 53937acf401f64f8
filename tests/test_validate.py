"""Validation finds what is wrong in a document's claims and between documents, and says where."""

from collections.abc import Callable
from functools import cache

import pytest
from rdflib import Literal, URIRef
from rdflib.graph import Graph

from kg.graph import AtHand, Outline, build
from kg.graph.claims import OA
from kg.model import Reading
from kg.packed import Packed
from kg.settings import Settings
from kg.turtle import read_turtle, turtle_files
from kg.validate import DocumentGraph, Validator
from kg.violations import Report
from tests.graph.readings import JAPAN, MINT, NATO, POLICY, RUTTE, ontology, seedlike, thing

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
    return build([AtHand(reading)], ontology(), Graph(), MINT, POLICY).claims[reading.document.name].graph()


def check(graph: Graph, text: str | None = None) -> Report:
    return validator().document(given(graph, text))


def given(graph: Graph, text: str | None = None) -> DocumentGraph:
    return DocumentGraph("seed-like", Packed.of(graph), DOCUMENT, text or seedlike().document.text)


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
    assert validator().whole([Graph()]).conforms


def test_a_violation_tells_the_words_that_the_node_was_read_from() -> None:
    graph = claims(seedlike())
    quote = "Mark Rutte met Gen Nakatani in Tokyo"
    a_meeting_with_a_missile(graph)
    assert quote in {v.evidence.exact for v in check(graph).violations if v.evidence}
    assert all(f"“{v.evidence.exact}”" in str(v) for v in check(graph).violations if v.evidence)


def test_several_documents_are_checked_at_once_with_the_same_reports_in_order() -> None:
    spoiled = claims(seedlike())
    two_labels(spoiled)
    several = [given(claims(seedlike())), given(spoiled)] * 3
    one, other = (list(validator().documents(several, jobs)) for jobs in (1, 4))
    assert one == other
    assert [report.conforms for report in one] == [True, False] * 3


def printed(by: Validator, graph: Graph, text: bytes = b"words") -> str:
    packed = Packed.of(graph)
    return by.fingerprint(packed, text, Outline.of(packed).things())


def test_a_fingerprint_changes_with_whatever_a_report_depends_on_and_with_nothing_else() -> None:
    shapes, graph = read_turtle(turtle_files(Settings().shapes)), claims(seedlike())
    fingerprint = printed(validator(), graph)
    assert printed(validator(), claims(seedlike())) == fingerprint
    assert printed(validator(), graph, b"other words") != fingerprint
    assert printed(Validator(shapes, [ontology()]), graph) != fingerprint
    two_labels(graph)
    assert printed(validator(), graph) != fingerprint
