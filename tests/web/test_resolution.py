"""Names of the data set, looked up on the server."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.engine.formats import GRAPH_FORMATS

ARCADIA = "https://w3id.org/entente/id/state/arcadia"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/page/state/arcadia"),
        ("text/turtle", "/data/state/arcadia.ttl"),
        ("application/ld+json", "/data/state/arcadia.jsonld"),
        ("application/rdf+xml;q=0.5, text/html;q=0.4", "/data/state/arcadia.rdf"),
    ],
)
def test_a_thing_leads_to_its_page_or_its_data(client: FlaskClient, accept: str, target: str) -> None:
    """303 See other: a thing is no document (httpRange-14)."""
    answer = client.get("/id/state/arcadia", headers={"Accept": accept})
    assert (answer.status_code, answer.location) == (303, target)
    assert "Accept" in answer.vary
    assert client.get(target).status_code == 200


@pytest.mark.parametrize("kind", GRAPH_FORMATS)
def test_data_of_a_thing_come_in_every_format(client: FlaskClient, kind: str) -> None:
    answer = client.get("/data/state/arcadia", headers={"Accept": kind})
    assert answer.mimetype == kind
    told = {str(q.triple) for q in ox.parse(answer.data, GRAPH_FORMATS[kind].engine)}
    plain = client.get("/data/state/arcadia.nt")
    assert told == {str(q.triple) for q in ox.parse(plain.data, ox.RdfFormat.N_TRIPLES)}
    assert any(ARCADIA in triple for triple in told)


@pytest.mark.parametrize(
    "name",
    ["/id/state/nowhere", "/page/state/nowhere", "/data/x.ttl", "/graph/x", "/doc/x", "/dumps/x", "/x"],
)
def test_an_unknown_name_is_not_found(client: FlaskClient, name: str) -> None:
    answer = client.get(name)
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert client.get(name, headers={"Accept": "text/html"}).mimetype == "text/html"


def test_a_graph_is_served_whole(client: FlaskClient) -> None:
    answer = client.get("/graph/facts", headers={"Accept": "application/n-triples"})
    assert len(list(ox.parse(answer.data, ox.RdfFormat.N_TRIPLES))) >= 7
    assert client.get("/graph/claims/talks.ttl").status_code == 200
    assert client.get("/graph/facts", headers={"Accept": "text/html"}).mimetype == "text/html"


def test_the_ontology_is_a_page_and_a_graph(client: FlaskClient) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"}).text
    assert 'id="Meeting"' in page
    assert "Talks among two or more sides." in page
    assert b"Meeting" in client.get("/ontology", headers={"Accept": "text/turtle"}).data
    assert client.get("/ontology.pdf").status_code == 404


def test_a_document_shows_its_text_with_its_claims_marked(client: FlaskClient) -> None:
    page = client.get("/doc/talks", headers={"Accept": "text/html"}).text
    assert 'id="char=0,32"' in page
    assert '<mark class="planned">' in page
    text = client.get("/doc/talks", headers={"Accept": "text/plain"}).text
    assert text.startswith("Arcadia met Elbonia")


def test_untrusted_words_show_as_words(client: FlaskClient) -> None:
    """Markup, scripts and addresses in a document's text or metadata are text, on every page."""
    for address in ("/", "/doc/", "/doc/talks", "/page/state/arcadia", "/page/event/e1"):
        page = client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<b>Elbonia" not in page.text
        assert 'href="javascript' not in page.text


def test_pages_allow_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/").headers["X-Content-Type-Options"] == "nosniff"


def test_a_dump_is_sent_whole_or_in_ranges(client: FlaskClient) -> None:
    whole = client.get("/dumps/all.trig")
    part = client.get("/dumps/all.trig", headers={"Range": "bytes=0-9"})
    assert part.status_code == 206
    assert part.data == whole.data[:10]
    again = client.get("/dumps/all.trig", headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    assert b"all.trig" in client.get("/dumps/").data


def test_no_address_leads_out_of_the_published_folder(client: FlaskClient) -> None:
    for name in ("/dumps/..%2fmanifest.json", "/dumps/%2e%2e/manifest.json", "/doc/..%2f..%2fmanifest.json"):
        assert client.get(name).status_code == 404


def test_health_names_the_version(client: FlaskClient) -> None:
    assert client.get("/health").json["status"] == "ok"
