"""The page of what the ontology implies has every axiom that implies something, each with a true example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import OWL

from kg.entailments import KINDS, Entailment, How, Shown, entailments
from kg.published import Published, open_published
from kg.settings import Settings
from kg.web import create_app
from kg.why import why

LANGUAGE = ("http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#")
# What says nothing of data: names and comments, and what only tells what kind of term a term is.
SILENT = {
    "label",
    "comment",
    "isDefinedBy",
    "versionInfo",
    "versionIRI",
    "priorVersion",
    "backwardCompatibleWith",
}
SILENT_KINDS = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Datatype", "Ontology"}


@pytest.fixture(scope="module")
def published(built: Path) -> Published:
    return open_published(built)


@pytest.fixture(scope="module")
def told(published: Published) -> Mapping[str, Sequence[Entailment]]:
    return entailments(published)


def test_every_axiom_of_the_ontology_that_implies_something_is_told_once(
    published: Published, told: Mapping[str, Sequence[Entailment]]
) -> None:
    """No axiom in the vocabulary of RDFS and OWL is left out, whatever kind of axiom the ontology comes to use."""
    words = [one.words for listed in told.values() for one in listed]
    predicates = {predicate for _, predicate, *_ in KINDS}
    traits = {value for _, _, value in KINDS} | {LANGUAGE[1] + "AllDisjointClasses"}
    count = 0
    for triple in published.store.triples(f"{published.base}graph/ontology"):
        predicate, value = triple.predicate.value, getattr(triple.object, "value", "")
        name = value.rpartition("#")[2]
        if predicate.endswith("#type") and value.startswith(LANGUAGE) and name not in SILENT_KINDS:
            assert value in traits, f"{value} is not told"
            count += name != "AllDisjointClasses"
        elif predicate.startswith(LANGUAGE) and predicate.rpartition("#")[2] not in SILENT:
            assert predicate in predicates, f"{predicate} is not told"
            count += 1
    assert len(words) == count > 100
    assert len(set(words)) == len(words)


def examples(told: Mapping[str, Sequence[Entailment]], how: How) -> list[tuple[Entailment, Shown]]:
    listed = (one for listed in told.values() for one in listed)
    return [(one, one.example) for one in listed if one.example and one.example.how == how]


def test_every_axiom_has_an_example(told: Mapping[str, Sequence[Entailment]]) -> None:
    """From what is published, or worked by the reasoner on a supposed premise."""
    assert [one.words for listed in told.values() for one in listed if one.example is None] == []


def test_an_inferred_example_is_published_and_follows_by_its_axiom(
    published: Published, told: Mapping[str, Sequence[Entailment]]
) -> None:
    """Asked why the example holds, one of the answers has the axiom."""
    inferred = examples(told, How.INFERRED)
    assert len(inferred) > 50
    for one, example in inferred[::5]:
        assert example.statement is not None
        steps = why(published, example.statement, every=True).steps
        assert any(one.axiom in {p.statement for p in step.premises} for step in steps), one.words


def test_where_nothing_needs_to_be_inferred_the_example_is_stated(
    published: Published, told: Mapping[str, Sequence[Entailment]]
) -> None:
    stated = examples(told, How.STATED)
    assert len(stated) > 10
    for _, example in stated:
        assert example.statement is not None
        told_why = why(published, example.statement)
        assert told_why.sources or told_why.steps


def test_what_is_supposed_is_about_made_up_things(told: Mapping[str, Sequence[Entailment]]) -> None:
    """A contradiction among them is told as one; nothing that is published is in a supposed example."""
    supposed = examples(told, How.SUPPOSED)
    assert supposed
    for one, example in supposed:
        assert all(re.match("[A-Z] ", words) for words in example.because)
        assert (example.statement is None) == (one.axiom[1] == f"<{OWL.members}>")


def test_the_axioms_of_the_domain_have_examples_in_words(told: Mapping[str, Sequence[Entailment]]) -> None:
    chains = {one.words: one.example for one in told["Relations in a row"]}
    talks = chains["‘engaged in’, ‘engages in talks’, one after the other, make ‘engages with’."]
    assert talks is not None
    assert "engages with" in talks.words
    assert len(talks.because) == 2


def test_the_page_has_all_of_it_with_links_to_why(
    built: Path, told: Mapping[str, Sequence[Entailment]]
) -> None:
    app = create_app(Settings(query_processes=1), built)
    client: FlaskClient = app.test_client()
    page = client.get("/ontology/entailments")
    assert page.status_code == 200
    assert page.text.count("/why?") == sum(len(examples(told, how)) for how in (How.INFERRED, How.STATED))
    supposed = [example.statement for _, example in examples(told, How.SUPPOSED)]
    assert page.text.count('class="supposed"') == len(supposed)
    barred = supposed.count(None)
    assert f"Of {len(supposed) - barred} there is none yet" in page.text
    assert f"of {barred} there can be none" in page.text
    assert all(heading in page.text for heading in told)
    assert "/ontology/entailments" in client.get("/ontology", headers={"Accept": "text/html"}).text
    app.extensions["entente"].pool.close()
