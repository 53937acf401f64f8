"""A document's claims graph says everything that the document says, and where."""

import pytest
from rdflib import DCTERMS, PROV, RDF, BNode, Literal, Namespace, URIRef

from kg.graph.claims import OA
from tests.graph.readings import JAPAN, MINT, NAKATANI, graphs, seedlike

ENT = Namespace(MINT.term(""))


@pytest.fixture(scope="module")
def graph():
    return graphs(seedlike()).claims["seed-like"].graph()


def claim_of(graph, type_: str):
    event = next(graph.subjects(RDF.type, ENT[type_]))
    return next(graph.subjects(ENT.claims, event))


def test_each_claim_has_event_modality_document_rule_and_evidence(graph) -> None:
    claims = list(graph.subjects(RDF.type, ENT.Claim))
    assert len(claims) == 4
    for name in ("claims", "modality", "toldIn", "foundBy", "evidence"):
        assert all(len(list(graph.objects(claim, ENT[name]))) == 1 for claim in claims), name


def test_evidence_quotes_the_text_letter_for_letter_at_its_offsets(graph) -> None:
    text = seedlike().document.text
    stretches = list(graph.subjects(RDF.type, ENT.Evidence))
    assert stretches
    for stretch in stretches:
        start, end = (graph.value(stretch, p).toPython() for p in (OA.start, OA.end))
        assert text[start:end] == str(graph.value(stretch, OA.exact))
        assert str(stretch) == f"{MINT.document('seed-like')}#char={start},{end}"


def test_a_participation_says_who_in_which_role_named_where_and_for_whom(graph) -> None:
    parts = list(graph.subjects(ENT.filler, URIRef(NAKATANI.iri)))
    spoke = next(p for p in parts if graph.value(p, ENT.role) == ENT.speaker)
    assert graph.value(spoke, ENT.actsFor) == URIRef(JAPAN.iri)
    assert graph.value(graph.value(spoke, ENT.namedAt), OA.exact) == Literal("Gen Nakatani")


def test_claimant_and_reporter_stand_on_the_claim_and_as_participations(graph) -> None:
    plan = claim_of(graph, "Deployment")
    assert graph.value(plan, ENT.claimant) == URIRef(NAKATANI.iri)
    roles = {graph.value(p, ENT.role) for p in graph.objects(plan, ENT.participation)}
    assert roles == {ENT.deployer, ENT.asset, ENT.claimant, ENT.reporter}


def test_a_statement_carries_the_claims_said_in_it_and_no_others(graph) -> None:
    assert list(graph.subject_objects(ENT.carries)) == [
        (claim_of(graph, "Statement"), claim_of(graph, "Deployment"))
    ]


def test_one_extraction_records_provenance_for_the_whole_graph(graph) -> None:
    extraction = next(graph.subjects(RDF.type, ENT.Extraction))
    assert graph.value(extraction, PROV.used) == URIRef(MINT.document("seed-like"))
    assert graph.value(extraction, PROV.generated) == URIRef(MINT.claims("seed-like"))
    assert graph.value(extraction, ENT.extractor) == Literal("by hand")


def test_what_was_seen_and_not_understood_is_listed_with_the_reason(graph) -> None:
    omission = next(graph.subjects(RDF.type, ENT.Omission))
    assert graph.value(omission, ENT.reason) == Literal("no-filler")
    assert graph.value(graph.value(omission, ENT.evidence), OA.exact) == Literal("may rain")


def test_the_document_is_described_with_what_is_known_of_it(graph) -> None:
    document = URIRef(MINT.document("seed-like"))
    assert graph.value(document, DCTERMS.title) == Literal("A test", lang="en")
    assert graph.value(document, DCTERMS.source) == URIRef("https://example.org/a")


def test_numbers_and_dates_are_canonical(graph) -> None:
    plan = claim_of(graph, "Deployment")
    assert graph.value(plan, ENT.quantity).n3() == '"400"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert graph.value(plan, ENT.endTime).n3() == '"2027"^^<http://www.w3.org/2001/XMLSchema#gYear>'


def test_there_are_no_blank_nodes(graph) -> None:
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
