"""/search, for people, programs and search boxes."""

from __future__ import annotations

from flask.testing import FlaskClient

ARCADIA = "https://w3id.org/entente/id/state/arcadia"


def test_a_name_in_another_spelling_is_found(client: FlaskClient) -> None:
    found = client.get("/search?q=arcdia", headers={"Accept": "application/json"}).json["hits"][0]
    assert (found["iri"], found["href"]) == (ARCADIA, "/id/state/arcadia")
    assert found["kinds"] == ["https://w3id.org/entente/ontology#State", "thing"]


def test_people_get_a_page(client: FlaskClient) -> None:
    page = client.get("/search?q=arcadia", headers={"Accept": "text/html"})
    assert page.mimetype == "text/html"
    assert 'href="/id/state/arcadia"' in page.text
    assert "Nothing here is called" in client.get("/search?q=qqqqq").text
    assert "<script>" not in client.get("/search?q=<script>").text


def test_terms_and_documents_are_found(client: FlaskClient) -> None:
    def first(asked: str) -> str:
        hits = client.get(asked, headers={"Accept": "application/json"}).json["hits"]
        return str(hits[0]["iri"]) if hits else ""

    assert first("/search?q=meeting&kind=term").endswith("#Meeting")
    assert first("/search?q=talks&kind=document").endswith("/doc/talks")
    assert first("/search?q=arcadia&kind=State") == ARCADIA
    assert first("/search?q=arcadia&kind=Person") == ""


def test_a_search_box_is_completed(client: FlaskClient) -> None:
    """Four lists of one length beside what was asked for (OpenSearch suggestions)."""
    answer = client.get("/search/suggest?q=arca")
    asked, labels, notes, addresses = answer.json
    assert answer.mimetype == "application/x-suggestions+json"
    assert (asked, labels[0], addresses[0]) == ("arca", "Arcadia", "/id/state/arcadia")
    assert len(labels) == len(notes) == len(addresses)
    assert "suggest?q={searchTerms}" in client.get("/opensearch.xml").text


def test_a_wrong_request_is_told(client: FlaskClient) -> None:
    assert client.get("/search?q=a&limit=0").status_code == 400
    assert client.get("/search?q=a", headers={"Accept": "image/png"}).status_code == 406
