"""/sameas: identifiers of other data sets, and what they are here."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.web.identities import usual_form

ARCADIA = "https://w3id.org/entente/id/state/arcadia"
WIKIDATA = "http://www.wikidata.org/entity/Q1"


@pytest.mark.parametrize(
    ("met", "usual"),
    [
        ("Q17", "http://www.wikidata.org/entity/Q17"),
        ("https://www.wikidata.org/wiki/Q17", "http://www.wikidata.org/entity/Q17"),
        ("wd:Q17", "http://www.wikidata.org/entity/Q17"),
        ("https://www.geonames.org/1861060/japan.html", "https://sws.geonames.org/1861060/"),
        ("http://sws.geonames.org/1861060", "https://sws.geonames.org/1861060/"),
        ("https://dbpedia.org/page/South_Korea", "http://dbpedia.org/resource/South_Korea"),
        ("http://[bad", "http://[bad"),
        ("http://example.org/x", "http://example.org/x"),
    ],
)
def test_identifiers_are_known_in_the_forms_in_which_they_are_met(met: str, usual: str) -> None:
    assert usual_form(met) == usual


@pytest.mark.parametrize("asked", [WIKIDATA, "Q1", "https://www.wikidata.org/wiki/Q1", ARCADIA])
def test_an_identity_is_told_in_json_and_rdf(client: FlaskClient, asked: str) -> None:
    answer = client.get("/sameas", query_string={"iri": asked}, headers={"Accept": "application/json"}).json
    assert [(one["iri"], one["relation"], one["other"]) for one in answer["identities"]] == [
        (ARCADIA, "owl:sameAs", WIKIDATA)
    ]
    turtle = client.get("/sameas", query_string={"iri": asked}, headers={"Accept": "text/turtle"})
    told = [str(triple) for triple in ox.parse(turtle.data, ox.RdfFormat.TURTLE)]
    assert any(ARCADIA in triple and WIKIDATA in triple for triple in told)


def test_an_identity_is_told_on_a_page(client: FlaskClient) -> None:
    page = client.get("/sameas?iri=Q1", headers={"Accept": "text/html"}).text
    assert 'href="/id/state/arcadia"' in page
    assert client.get("/sameas", headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize(
    "odd", ["Q999", "ZZ", "<script>", "http://x y", "no:thing", "\0", "Q" * 5000, f"{ARCADIA}>"]
)
def test_what_is_not_known_is_not_found(client: FlaskClient, odd: str) -> None:
    for kind in ("text/html", "application/json", "text/turtle"):
        answer = client.get("/sameas", query_string={"iri": odd}, headers={"Accept": kind})
        assert answer.status_code == 404
        assert b"<script>" not in answer.data or kind != "text/html"
    assert client.get("/sameas", headers={"Accept": "application/json"}).status_code == 400
