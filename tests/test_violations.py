"""Results of SHACL reports become violations that tell a curator what, where, and by which words."""

from rdflib import Graph, URIRef

from kg.model import Evidence, Span
from kg.violations import Reader, Report, Violation

DATA = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX ent: <https://example.org/ontology#>
<urn:claim> ent:evidence <urn:later>, <urn:words>, <urn:broken> .
<urn:words> oa:start 4 ; oa:end 9 ; oa:exact "Japan" .
<urn:later> oa:start 20 ; oa:end 24 ; oa:exact "NATO" .
<urn:broken> oa:start "four" ; oa:end 9 ; oa:exact "Japan" .
"""
RESULTS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
[] a sh:ValidationResult ; sh:focusNode <urn:claim> ; sh:sourceShape <urn:shape> ; sh:value [] ;
   sh:resultMessage "Give a claim one modality." .
[] a sh:ValidationResult ; sh:focusNode <urn:background> ; sh:sourceShape <urn:shape> .
"""
FOUND = Violation("a", "urn:claim", "urn:shape", "", "", "Give a claim one modality.")


def read(name: str = "a") -> Report:
    results, data = (Graph().parse(data=text, format="turtle") for text in (RESULTS, DATA))
    return Reader.of("https://example.org/").report(results, data, {URIRef("urn:claim")}, name)


def test_a_result_becomes_a_violation_and_blank_nodes_have_no_words() -> None:
    assert read().violations == (FOUND,)


def test_the_evidence_is_the_first_of_the_words_and_stretches_without_offsets_are_none() -> None:
    assert [v.evidence for v in read().violations] == [Evidence(Span(4, 9), "Japan")]


def test_what_was_not_checked_is_not_told_of() -> None:
    assert "urn:background" not in {v.node for v in read().violations}


def test_a_violation_keeps_its_result_in_the_terms_of_shacl() -> None:
    assert {str(p).rpartition("#")[2] for v in read().violations for _, p, _ in v.result} == {
        "type",
        "focusNode",
        "sourceShape",
        "value",
        "resultMessage",
    }


def test_a_paragraph_names_the_document_only_where_one_is_to_blame() -> None:
    assert "document a: Give" in str(read().violations[0])
    assert str(read("").violations[0]).startswith("Give")


def test_reports_add_up_without_repeating() -> None:
    assert not read().conforms
    assert read() + read() == read()
    assert (read() + Report()).violations == read().violations
