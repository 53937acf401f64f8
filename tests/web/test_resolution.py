"""Names of the data set, looked up on the server."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import requests
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from kg.engine.formats import GRAPH_FORMATS
from kg.settings import Settings
from kg.web import create_app

OURS = re.compile(r'<script type="module" src="/static/bundle/\w+\.js"></script>')
DATA = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')  # data, which no browser runs
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


def test_a_graph_has_a_page_that_says_what_it_holds(client: FlaskClient) -> None:
    page = client.get("/graph/facts", headers={"Accept": "text/html"}).text
    assert "having happened" in page
    assert "&lt;https://w3id.org/entente/graph/facts&gt;" in page
    assert page.count("<tr>") > 5
    assert (
        "What one document claims" in client.get("/graph/claims/talks", headers={"Accept": "text/html"}).text
    )


def test_the_ontology_is_a_page_and_a_graph(client: FlaskClient) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"}).text
    assert 'id="Meeting"' in page
    assert "Talks among two or more sides." in page
    assert b"Meeting" in client.get("/ontology", headers={"Accept": "text/turtle"}).data
    assert client.get("/ontology.pdf").status_code == 404


def test_a_document_shows_its_text_with_its_claims_marked(client: FlaskClient) -> None:
    page = client.get("/doc/talks", headers={"Accept": "text/html"}).text
    assert 'id="char=0,32"' in page
    assert 'class="mark planned"' in page
    text = client.get("/doc/talks", headers={"Accept": "text/plain"}).text
    assert text.startswith("Arcadia met Elbonia")


def test_untrusted_words_show_as_words(client: FlaskClient) -> None:
    """Markup, scripts and addresses in a document's text or metadata are text, on every page."""
    for address in ("/", "/doc/", "/doc/talks", "/page/state/arcadia", "/page/event/e1"):
        page = client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "<script" not in DATA.sub("", OURS.sub("", page.text))
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


@pytest.mark.parametrize("address", ["/dumps/all.trig", "/doc/talks.txt", "/data/state/arcadia.ttl"])
def test_only_one_range_of_bytes_is_understood(client: FlaskClient, address: str) -> None:
    """RFC 9110 section 14.2: others are ignored, and a range behind the end is told how long the file is."""
    whole = client.get(address).data
    for asked in ("lines=0-5", "nonsense", "bytes=9-3", "bytes=0-1,4-6", "bytes="):
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer.data) == (200, whole)
    assert client.get(address, headers={"Range": "bytes=2-4"}).data == whole[2:5]
    assert client.get(address, headers={"Range": "bytes=-4"}).data == whole[-4:]
    assert client.head(address, headers={"Range": "bytes=2-4"}).status_code == 200
    beyond = client.get(address, headers={"Range": "bytes=99999999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert beyond.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("odd", ["a b", "a\0b", "<x>", "{x}", 'a"b', "a\\b", "\udcff", "%zz"])
def test_what_is_no_iri_is_not_found(client: FlaskClient, odd: str) -> None:
    name = quote(odd, errors="surrogateescape")
    paths = ("/id/{}", "/page/{}", "/data/{}.ttl", "/doc/{}", "/doc/{}.txt", "/graph/{}", "/ontology/{}")
    others = ("/ontology/term/{}", "/timemap/id/{}", "/compare?a={}&b={}", "/sameas?iri=http://[{}")
    for address in (*paths, *others):
        assert client.get(address.format(name, name)).status_code == 404


def test_a_page_behind_the_last_is_not_found(client: FlaskClient) -> None:
    for address in ("/page/state/arcadia", "/data/state/arcadia.ttl"):
        assert client.get(f"{address}?page=1").status_code == 200
        assert client.get(f"{address}?page=999").status_code == 404


def test_the_date_is_told_by_the_server_alone(client: FlaskClient) -> None:
    """The one in front puts it (RFC 9110 section 6.6.1); two of them are one too many."""
    for path in ("/", "/dumps/all.trig", "/data/state/arcadia.ttl", "/static/site.css"):
        assert "Date" not in client.get(path).headers


def test_the_description_is_where_void_wants_it(client: FlaskClient) -> None:
    """As data for programs, and as a page for people."""
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    browser = client.get("/.well-known/void", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (browser.status_code, browser.location) == (303, "/dataset")


def test_no_address_leads_out_of_the_published_folder(client: FlaskClient) -> None:
    for name in ("/dumps/..%2fmanifest.json", "/dumps/%2e%2e/manifest.json", "/doc/..%2f..%2fmanifest.json"):
        assert client.get(name).status_code == 404


def test_health_names_the_version(client: FlaskClient) -> None:
    assert client.get("/health").json["status"] == "ok"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/id/state/Arcadia", "/id/state/arcadia"),
        ("/ID/State/arcadia/", "/id/state/arcadia"),
        ("/page/state/Arcadia?page=1", "/page/state/arcadia?page=1"),
        ("/data/state/Arcadia.ttl", "/data/state/arcadia.ttl"),
        ("/id/state/arcadia.ttl", "/data/state/arcadia.ttl"),
        ("/id/state/arcadia.html", "/page/state/arcadia"),
        ("/data/state/arcadia.html", "/page/state/arcadia"),
        ("/doc/TALKS.txt", "/doc/talks.txt"),
        ("/ontology/term/meeting", "/ontology/term/Meeting"),
        ("/graph/Facts.ttl", "/graph/facts.ttl"),
        ("/doc/Talks/", "/doc/talks"),
        ("/Ontology/", "/ontology"),
    ],
)
def test_an_address_that_is_nearly_right_leads_to_the_right_one(
    client: FlaskClient, asked: str, meant: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, meant)
    assert client.get(meant).status_code in {200, 303}


def test_http_leads_to_https_where_names_begin_with_that(client: FlaskClient) -> None:
    """Behind a proxy that says which of the two was asked for, and for the host of the names only."""
    asked = {"path": "/id/state/arcadia", "query_string": "a=b"}
    headers = {"X-Forwarded-Proto": "http"}
    answer = client.get(**asked, base_url="http://w3id.org", headers=headers)
    assert (answer.status_code, answer.location) == (301, "https://w3id.org/id/state/arcadia?a=b")
    assert client.get(**asked, base_url="http://localhost", headers=headers).status_code == 303
    assert client.get(**asked, base_url="http://w3id.org").status_code == 303


@pytest.mark.parametrize(
    "address", ["/id/state/arcadia", "/page/state/arcadia", "/data/state/arcadia.ttl", "/doc/talks"]
)
def test_link_headers_say_what_else_there_is(client: FlaskClient, address: str) -> None:
    """Each target on this server is there, and of the type that the link says."""
    links = parse_options(client.get(address, headers={"Accept": "text/html, */*;q=0.1"}).headers["Link"])
    assert {"alternate", "canonical", "describedby", "type", "collection"} <= {link["rel"] for link in links}
    for link in links:
        if link["url"].startswith("/"):
            answer = client.get(link["url"], headers={"Accept": link.get("type", "*/*")})
            assert answer.status_code == 200
            assert answer.mimetype == link["type"]


def parse_options(header: str) -> list[dict[str, str]]:
    return requests.utils.parse_header_links(header)


@pytest.mark.parametrize(
    "address",
    ["/page/state/arcadia", "/data/state/arcadia.ttl", "/doc/talks", "/graph/facts.nt", "/ontology"],
)
def test_what_a_client_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    whole = client.get(address)
    heads = [
        {name: value for name, value in answer.headers if name != "Date"}  # a second may pass between them
        for answer in (client.head(address), whole)
    ]
    assert heads[0] == heads[1]
    for asked in (
        {"If-None-Match": whole.headers["ETag"]},
        {"If-Modified-Since": whole.headers["Last-Modified"]},
    ):
        assert client.get(address, headers=asked).status_code == 304


def test_a_page_holds_its_data_as_json_ld(client: FlaskClient) -> None:
    """The same triples that the data of the thing are."""
    (block,) = DATA.findall(client.get("/page/event/e1").text)
    embedded = Graph().parse(data=block, format="json-ld")
    data = Graph().parse(data=client.get("/data/event/e1.nt").data, format="nt")
    assert set(embedded) == set(data) != set()


def test_the_data_of_a_document_describe_the_stretches_of_its_text(client: FlaskClient) -> None:
    told = Graph().parse(data=client.get("/doc/talks.ttl").data)
    stretch = URIRef("https://w3id.org/entente/doc/talks#char=0,32")
    assert told.value(stretch, URIRef("http://www.w3.org/ns/oa#exact")) is not None


@pytest.mark.parametrize("each_way", [10_001, pytest.param(50_000, marks=pytest.mark.long)])
def test_much_about_a_thing_comes_in_pages_that_together_are_all_of_it(
    tmp_path: Path, publish_into: Callable[..., None], each_way: int
) -> None:
    """Up to 100,000 statements about a state: no page waits for the others, and none is left out."""
    many = "\n".join(
        f"<{ARCADIA}> <x:p{n % 3}> <x:{n}> . <x:{n}> <x:q> <{ARCADIA}> ." for n in range(each_way)
    )
    publish_into(tmp_path, extra=f"<https://w3id.org/entente/graph/facts> {{ {many} }}")
    app = create_app(Settings(query_processes=1), tmp_path)
    try:
        client, seen, address = app.test_client(), set(), "/data/state/arcadia.nt"
        while address:
            answer = client.get(address)
            seen |= set(answer.data.splitlines())
            links = {link["rel"]: link["url"] for link in parse_options(answer.headers["Link"])}
            address = links.get("next")
        assert len([line for line in seen if b"<x:" in line]) == 2 * each_way
        began = time.process_time()
        assert client.get("/page/state/arcadia?page=50").status_code == 200
        assert time.process_time() - began < 5
        assert (
            "Arcadia" in client.get("/page/state/arcadia").text
        )  # and its kind, wherever they stand in the store
        last = -(-(each_way + 1000) // 100)
        assert client.get(f"/page/state/arcadia?page={last}").status_code == 404
    finally:
        app.extensions["entente"].pool.close()
