"""The gallery of example queries, each with the answers that it is known to have over the seeds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Graph, Namespace

from kg.published import open_published
from kg.settings import Settings
from kg.terms import DEFAULT_BASE
from kg.web import create_app
from kg.web.gallery import EXAMPLES, Example, examples
from kg.web.pictures.atlas import world

SH = Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = Namespace("https://schema.org/")
ALL = examples(DEFAULT_BASE)
PAGE = {"Accept": "text/html"}


def named(example: Example) -> str:
    return example.name


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(), built)
    yield app.test_client()
    app.extensions["entente"].pool.close()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ttl")), ids=lambda path: path.stem)
def test_an_example_is_in_the_form_of_the_sib(path: Path) -> None:
    """One executable in a file, with its question, its query by its form, what it is good for, and the endpoint."""
    graph = Graph().parse(path)
    (one,) = graph.subjects(RDF.type, SH.SPARQLExecutable)
    (form,) = (
        f for f in ("Select", "Construct", "Ask") if (one, RDF.type, SH[f"SPARQL{f}Executable"]) in graph
    )
    assert str(one).endswith(f"/{path.stem}")
    for needed in (RDFS.comment, SH[form.lower()], SCHEMA.keywords, SCHEMA.target):
        assert len(list(graph.objects(one, needed))) == 1


@pytest.mark.parametrize("example", ALL, ids=named)
def test_an_example_has_the_answers_that_are_expected(built: Path, example: Example) -> None:
    """Each row of its file is among the answers, in the columns that the file has."""
    with (EXAMPLES / f"{example.name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        expected = [tuple(row.values()) for row in reader]
        columns = list(reader.fieldnames or ())
    assert set(expected) <= set(answers(built, example, columns))


def answers(built: Path, example: Example, columns: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows of an answer in these columns; triples as `s`, `p` and `o`; yes or no as `answer`."""
    found = open_published(built).store.query(example.text)
    if isinstance(found, ox.QueryBoolean):
        yield ("true" if found else "false",)
    elif isinstance(found, ox.QueryTriples):
        for triple in found:
            yield tuple(
                getattr(term, "value", "") for term in (triple.subject, triple.predicate, triple.object)
            )
    else:
        for row in found:
            yield tuple(getattr(row[column], "value", "") for column in columns)


@pytest.mark.parametrize("example", ALL, ids=named)
def test_an_example_can_be_looked_at_as_it_says(seeds: FlaskClient, example: Example) -> None:
    """As a table, or as a picture that its answer allows."""
    asked = {"query": example.text, "view": example.view}
    page = seeds.get("/sparql", query_string=asked, headers=PAGE)
    assert page.status_code == 200
    if example.view == "map" and world() is None:
        pytest.skip("needs the shapes of countries that 'make setup' makes")
    assert ("<svg" in page.text) == (example.view != "table")


def test_a_faulty_query_stands_there_with_its_error(seeds: FlaskClient) -> None:
    """Nothing that was written is lost, and the place is shown."""
    page = seeds.get("/sparql", query_string={"query": "SELECT ?s\nWHERE { ?s nope:x ?o }"}, headers=PAGE)
    assert page.status_code == 400
    assert "nope:x" in page.text
    assert 'data-line="2"' in page.text


def test_the_query_is_saved_in_the_address(seeds: FlaskClient) -> None:
    """The form sends it by GET, and the page of an answer holds it again."""
    page = seeds.get("/sparql", query_string={"query": "ASK { ?s ?p 'a<b' }"}, headers=PAGE).text
    assert "ASK { ?s ?p &#39;a&lt;b&#39; }" in page
    assert '<form action="/sparql" method="get">' in page
