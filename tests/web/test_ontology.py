"""The ontology as a site: a page for each term, versions, a context for JSON-LD, the lexicon."""

from __future__ import annotations

import json
import re

import pytest
import requests
from flask.testing import FlaskClient
from rdflib import OWL, RDF, Graph, URIRef

from kg.settings import Settings

ONTOLOGY = "https://w3id.org/entente/ontology"
HTML = {"Accept": "text/html"}


def test_a_term_has_a_page_with_what_it_means_and_what_follows(client: FlaskClient) -> None:
    page = client.get("/ontology/term/Meeting", headers=HTML).text
    assert "Talks among two or more sides." in page
    assert 'href="/ontology#Event"' in page
    assert "is a kind of" in page
    assert 'href="/id/event/e1"' in page
    turtle = client.get("/ontology/term/Meeting", headers={"Accept": "text/turtle"})
    assert (URIRef(f"{ONTOLOGY}#Meeting"), RDF.type, OWL.Class) in Graph().parse(data=turtle.text)
    assert client.get("/ontology/term/Nothing").status_code == 404


def test_a_term_without_any_statement_but_its_type_has_a_page(client: FlaskClient) -> None:
    assert client.get("/ontology/term/participant", headers=HTML).status_code == 200


def test_the_context_reads_json_as_terms(client: FlaskClient) -> None:
    """A document that uses the context's names says the same as one with the full IRIs."""
    context = json.loads(client.get("/ontology/context.jsonld").data)["@context"]
    document = {"@context": context, "@id": "x:e", "@type": "Meeting", "participant": "x:a"}
    told = Graph().parse(data=json.dumps(document), format="json-ld")
    assert (URIRef("x:e"), RDF.type, URIRef(f"{ONTOLOGY}#Meeting")) in told
    assert (URIRef("x:e"), URIRef(f"{ONTOLOGY}#participant"), URIRef("x:a")) in told


def test_an_unknown_version_is_not_found(client: FlaskClient) -> None:
    assert client.get("/ontology/99.0.0").status_code == 404


def test_an_earlier_version_is_as_it_was(client: FlaskClient) -> None:
    """By its owl:versionIRI, as a page and in each format, with the base of what is served."""
    kept = Graph()
    for file in (Settings().ontology / "versions" / "0.1.0").glob("*.ttl"):
        kept.parse(file)
    for ending, form in {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}.items():
        answer = client.get(f"/ontology/0.1.0.{ending}")
        assert len(Graph().parse(data=answer.text, format=form)) == len(kept)
    assert (URIRef(ONTOLOGY), OWL.versionIRI, URIRef(f"{ONTOLOGY}/0.1.0")) in kept
    answer = client.get("/ontology/0.1.0", headers=HTML)
    assert answer.status_code == 200
    assert "as it was in version 0.1.0" in answer.text
    assert f'<{ONTOLOGY}/0.1.0>; rel="canonical"' in answer.headers["Link"]
    assert client.get("/ontology/0.1.0.zip").status_code == 404


@pytest.mark.long
def test_every_term_of_the_built_ontology_has_a_page(server: str) -> None:
    """Each link of the ontology's page leads somewhere, and no page of a term is a list of nothing."""
    page = requests.get(f"{server}/ontology", headers=HTML, timeout=30).text
    terms = re.findall(r'href="(/ontology/term/\w+)"', page)
    assert len(terms) > 150
    for address in terms:
        answer = requests.get(server + address, headers=HTML, timeout=30)
        assert answer.status_code == 200, address
        assert '<p class="lead"></p>' not in answer.text, address
    meeting = requests.get(f"{server}/ontology/term/Meeting", headers=HTML, timeout=30).text
    assert " met in Tokyo</a>" in meeting  # an example in a sentence, and not by a name that nobody knows


@pytest.mark.long
def test_the_built_ontology_comes_in_each_format_with_one_meaning(server: str) -> None:
    """Turtle, RDF/XML and JSON-LD, by negotiation, and by the version's own IRI."""
    told = {}
    for kind, form in {
        "text/turtle": "turtle",
        "application/rdf+xml": "xml",
        "application/ld+json": "json-ld",
    }.items():
        answer = requests.get(f"{server}/ontology", headers={"Accept": kind}, timeout=30)
        told[kind] = len(Graph().parse(data=answer.text, format=form))
    assert len(set(told.values())) == 1, told
    graph = Graph().parse(data=requests.get(f"{server}/ontology.ttl", timeout=30).text)
    version = str(graph.value(URIRef(ONTOLOGY), OWL.versionIRI)).removeprefix("https://w3id.org/entente")
    assert requests.get(server + version, headers={"Accept": "text/turtle"}, timeout=30).status_code == 200
    frames = requests.get(f"{server}/ontology/frames", headers=HTML, timeout=30).text
    assert 'id="meet"' in frames
