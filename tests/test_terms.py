"""The vocabulary as checked names."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.terms import DEFAULT_BASE, ENT, ONTOLOGY, PREFIXES, Terms, UnknownTermError, prefixes, rebase


def test_a_declared_name_is_its_iri_and_back() -> None:
    assert ENT.Meeting == "https://w3id.org/entente/ontology#Meeting"
    assert ENT["participant"] == PREFIXES["ent"] + "participant"
    assert ENT.local(ENT.Meeting) == "Meeting"


@pytest.mark.parametrize("name", ["Meting", "meeting", ""])
def test_an_unknown_name_fails_and_says_where_to_declare_it(name: str) -> None:
    with pytest.raises(UnknownTermError, match=r"entente\.ttl") as caught:
        _ = ENT[name]
    assert caught.value.term == name
    assert name not in ENT


@pytest.mark.parametrize("iri", ["http://example.org/Meeting", PREFIXES["ent"] + "Meting"])
def test_an_iri_that_is_no_declared_term_has_no_local_name(iri: str) -> None:
    with pytest.raises(UnknownTermError):
        ENT.local(iri)


def test_the_names_are_exactly_the_subjects_that_the_ontology_declares() -> None:
    subjects = {str(s) for s in Graph().parse(ONTOLOGY).subjects()}
    declared = {s.removeprefix(PREFIXES["ent"]) for s in subjects if s.startswith(PREFIXES["ent"])}
    assert set(ENT) == declared


def test_another_base_gives_the_same_names_under_it() -> None:
    base = "http://localhost:8000/"
    assert Terms(base=base).Meeting == "http://localhost:8000/ontology#Meeting"
    assert prefixes(base)["ent"] == "http://localhost:8000/ontology#"
    assert prefixes(base)["skos"] == PREFIXES["skos"]
    assert rebase(f"@base <{DEFAULT_BASE}> .", base) == f"@base <{base}> ."
    assert rebase("untouched", DEFAULT_BASE) == "untouched"
