"""The endpoint over the small published data set."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.settings import Settings
from kg.web import create_app

EVENTS = "SELECT ?event WHERE { ?event a <https://w3id.org/entente/ontology#Meeting> }"
CLAIMS = "SELECT ?claim WHERE { GRAPH ?g { ?claim a <https://w3id.org/entente/ontology#Claim> } }"
FORTY = " ".join(map(str, range(40)))
MANY = f"SELECT * {{ VALUES ?a {{ {FORTY} }} VALUES ?b {{ {FORTY} }} }}"
CONSTRUCT = "CONSTRUCT WHERE { ?event a <https://w3id.org/entente/ontology#Meeting> }"


def ask(client: FlaskClient, query: str, **headers: str):
    return client.get(f"/sparql?query={quote(query)}", headers=headers)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [({}, 1), ({"default-graph-uri": "urn:none"}, 0), ({"named-graph-uri": "urn:none"}, 0)],
)
def test_get_and_both_kinds_of_post_give_the_same_answer(
    client: FlaskClient, chosen: dict[str, str], found: int
) -> None:
    got = client.get("/sparql", query_string={"query": EVENTS, **chosen})
    form = client.post("/sparql", data={"query": EVENTS, **chosen})
    direct = client.post("/sparql", data=EVENTS, query_string=chosen, content_type="application/sparql-query")
    assert got.status_code == 200
    assert got.data == form.data == direct.data
    assert len(got.json["results"]["bindings"]) == found


@pytest.mark.parametrize("kind", RESULT_FORMATS)
def test_bindings_come_in_every_format(client: FlaskClient, kind: str) -> None:
    answer = ask(client, EVENTS, Accept=kind)
    assert answer.mimetype == kind
    form = RESULT_FORMATS[kind].engine
    if form in {ox.QueryResultsFormat.CSV}:
        assert answer.text.splitlines() == ["event", "https://w3id.org/entente/id/event/e1"]
    else:
        assert len(list(ox.parse_query_results(answer.data, format=form))) == 1


@pytest.mark.parametrize("kind", GRAPH_FORMATS)
def test_graphs_come_in_every_format(client: FlaskClient, kind: str) -> None:
    answer = ask(client, CONSTRUCT, Accept=kind)
    assert answer.mimetype == kind
    assert len(list(ox.parse(answer.data, format=GRAPH_FORMATS[kind].engine))) == 1


def test_the_default_graph_leaves_claims_out(client: FlaskClient) -> None:
    """Claims are asked for by name; a query that names no graph sees facts and what belongs to them."""
    assert len(ask(client, CLAIMS).json["results"]["bindings"]) == 2
    assert not ask(client, CLAIMS.replace("GRAPH ?g", "")).json["results"]["bindings"]


def test_a_triple_of_two_chosen_graphs_counts_once(client: FlaskClient) -> None:
    graphs = [f"https://w3id.org/entente/graph/{name}" for name in ("facts", "claims/talks")]
    query = "SELECT (COUNT(*) AS ?n) { <https://w3id.org/entente/id/event/e1> a ?type }"
    chosen = "&".join(f"default-graph-uri={quote(g)}" for g in graphs)
    answer = client.get(f"/sparql?query={quote(query)}&{chosen}")
    assert answer.json["results"]["bindings"][0]["n"]["value"] == "1"


@pytest.mark.parametrize(
    ("query", "words"),
    [("SELECT * { ?s ?p ", "error at 1:"), ("SELECT ?x {} GROUP BY ?y", ""), ("", "error at 1:")],
)
def test_a_bad_query_is_told_with_the_parsers_words(client: FlaskClient, query: str, words: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?a a foo:Bar }", "no PREFIX declares the prefix"),
        ("SELECT * ", 'missing before it, "{" perhaps'),
        ("SELECT ?x {} GROUP BY ?y", "The SELECT contains a variable that is unbound"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", "error at 1:"),
    ],
)
def test_a_bad_query_is_told_in_words_that_its_writer_knows(
    client: FlaskClient, query: str, words: str
) -> None:
    """And none of the classes of characters that the parser would have taken."""
    told = ask(client, query).text
    assert words in told
    assert "['" not in told
    assert "u{" not in told


def test_what_cannot_be_had_is_told_with_what_can(client: FlaskClient) -> None:
    answer = ask(client, EVENTS, Accept="image/png")
    assert answer.status_code == 406
    assert "application/sparql-results+json" in answer.text
    assert "text/turtle" not in answer.text
    assert "text/turtle" in ask(client, CONSTRUCT, Accept="text/csv").text


def test_an_answer_is_known_by_the_version_of_the_data(client: FlaskClient) -> None:
    first = ask(client, EVENTS)
    again = ask(client, EVENTS, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert {"Accept", "Accept-Encoding"} <= set(first.vary)
    assert ask(client, EVENTS, Accept="text/csv").headers["ETag"] != first.headers["ETag"]


def test_an_answer_that_differs_every_time_is_not_kept(client: FlaskClient) -> None:
    one, two = (ask(client, "SELECT (STRUUID() AS ?id) {}") for _ in range(2))
    assert "ETag" not in one.headers
    assert one.headers["Cache-Control"] == "no-store"
    assert one.data != two.data


def test_a_new_version_is_served_as_soon_as_it_is_current(
    tmp_path: Path, publish_into: Callable[..., None]
) -> None:
    publish_into(tmp_path, "v1")
    app = create_app(Settings(query_processes=1), tmp_path)
    client = app.test_client()
    before = ask(client, CONSTRUCT, Accept="application/n-triples")
    graph, event = "https://w3id.org/entente/graph/facts", "https://w3id.org/entente/id/event/e9"
    publish_into(tmp_path, "v2", f"<{graph}> {{ <{event}> a <https://w3id.org/entente/ontology#Meeting> }}")
    after = ask(
        client, CONSTRUCT, Accept="application/n-triples", **{"If-None-Match": before.headers["ETag"]}
    )
    app.extensions["entente"].pool.close()
    assert after.status_code == 200
    assert after.text.count("\n") == before.text.count("\n") + 1


def test_large_answers_are_compressed_for_those_who_take_it(client: FlaskClient) -> None:
    plain = ask(client, "SELECT * { ?s ?p ?o }")
    packed = ask(client, "SELECT * { ?s ?p ?o }", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert sorted(gzip.decompress(packed.data)) == sorted(plain.data)


def test_head_tells_what_get_would_without_the_body(client: FlaskClient) -> None:
    got = ask(client, EVENTS)
    head = client.head(f"/sparql?query={quote(EVENTS)}")
    assert head.status_code == 200
    assert not head.data
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert head.headers["ETag"] == got.headers["ETag"]


def test_other_origins_may_ask(client: FlaskClient) -> None:
    """A browser's preflight is answered, and so is the request itself (Fetch standard, CORS)."""
    preflight = client.options("/sparql", headers={"Origin": "https://a.example"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Content-Type" not in preflight.headers  # nor has it content
    assert ask(client, EVENTS).headers["Access-Control-Allow-Origin"] == "*"


def test_without_a_query_the_endpoint_describes_itself(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    endpoint = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    found = [q.object.value for q in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES) if q.predicate == endpoint]
    assert found == ["http://localhost/sparql"]


def test_people_get_a_form_and_a_table(client: FlaskClient) -> None:
    query = 'SELECT ("<script>x</script>" AS ?danger) {}'
    page = ask(client, query, Accept="text/html")
    assert page.mimetype == "text/html"
    assert "&lt;script&gt;x" in page.text
    assert "<script>x" not in page.text
    assert client.get("/sparql", headers={"Accept": "text/html"}).text.count("<textarea") == 1


def test_more_rows_than_allowed_are_an_error_unless_a_part_will_do(client: FlaskClient) -> None:
    refused = ask(client, MANY)
    assert refused.status_code == 413
    assert "1,000 rows" in refused.text
    part = client.get(f"/sparql?query={quote(MANY)}&partial=true")
    assert len(json.loads(part.data)["results"]["bindings"]) == 1000
    assert "partial" in part.headers["Warning"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { VALUES ?s { <http://127.0.0.1:9/> } SERVICE ?s { ?a ?b ?c } }",
    ],
)
def test_no_query_makes_the_server_ask_elsewhere(client: FlaskClient, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (("GET", "/sparql?update=CLEAR+ALL", None, None), 400),
        (("GET", "/sparql?query=ASK{}&query=ASK{}", None, None), 400),
        (("GET", "/sparql?query=%FF", None, None), 400),
        (("POST", "/sparql", "text/plain", b"ASK {}"), 415),
        (("POST", "/sparql", None, b"ASK {}"), 415),
        (("POST", "/sparql", "application/sparql-query", b"ASK { <\xff> ?p ?o }"), 400),
        (("POST", "/sparql", "application/x-www-form-urlencoded", b"query=ASK{}&update=CLEAR+ALL"), 400),
        (("POST", "/sparql", "application/sparql-update", b"CLEAR ALL"), 403),
        (("POST", "/sparql?query=ASK{}", "application/sparql-query", b"ASK {}"), 400),
        (("POST", "/sparql?update=CLEAR+ALL", "application/sparql-query", b"ASK {}"), 400),
        (("GET", "/graph-store?graph=urn:nothing", None, None), 404),
        (("PATCH", "/sparql", None, None), 405),
        (("GET", "/sparql?query=ASK{}&timeout=soon", None, None), 400),
        (("GET", "/sparql?query=ASK{}&default-graph-uri=no+iri", None, None), 400),
    ],
)
def test_a_request_that_the_protocol_does_not_allow_is_refused(
    client: FlaskClient, request_: tuple[str, str, str | None, bytes | None], status: int
) -> None:
    method, address, kind, body = request_
    answer = client.open(address, method=method, data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.text.strip()


def test_before_anything_is_published_every_address_says_so(tmp_path: Path) -> None:
    """Also one where nothing will ever be; and none tells of the server's folders."""
    app = create_app(Settings(query_processes=1), tmp_path)
    for path in ("/", "/nothing", "/doc/a", "/sparql?query=ASK{}"):
        answer = app.test_client().get(path)
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"]
        assert str(tmp_path) not in answer.text
    app.extensions["entente"].pool.close()


def test_who_asks_by_hand_keeps_a_query_that_is_refused(client: FlaskClient) -> None:
    """The page has it, with the reason, and the status is that of the refusal; nobody is led where it points."""
    page = ask(client, "ASK { SERVICE <http://x.example/> {} }", Accept="text/html")
    assert page.status_code == 403
    assert page.text.count("ASK { SERVICE &lt;http://x.example/&gt; {} }</textarea>") == 1
    assert "the operator has not listed the host" in page.text
    assert 'href="http://x.example/"' not in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_an_error_is_told_where_it_is_in_the_query_as_it_was_given(client: FlaskClient, kind: str) -> None:
    """Though people are asked for no more rows than a page shows, for which the query is given a limit."""
    for query in ("SELECT * { ?s ?p", "SELECT (GROUP_CONCAT(?l) AS ?x) { ?s ?p"):
        answer = ask(client, query, Accept=kind)
        assert answer.status_code == 400
        assert f"rror at 1:{len(query) + 1}:" in answer.text
