"""A curator's write over HTTP: checked before it is made, followed by what it implies, whole or not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from kg.store import Store
from kg.web import create_app
from tests.web.conftest import BASE, publish
from tests.written import insertion

AUTHOR = {"Authorization": "Bearer secret"}
PREFIXES = f"PREFIX ent: <{BASE}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
ARCADIA, ELBONIA = f"<{BASE}id/state/arcadia>", f"<{BASE}id/state/elbonia>"
CURATION = f"<{BASE}graph/curation>"
PARTNERS = f"ASK {{ {ARCADIA} ent:partnerOf {ELBONIA} }}"
INFERRED = f"ASK {{ GRAPH <{BASE}graph/inferred> {{ {ELBONIA} ent:partnerOf {ARCADIA} }} }}"
WRITTEN = f"ASK {{ GRAPH {CURATION} {{ ?s ?p ?o }} }}"
WRITTEN_PARTNERS = f"ASK {{ GRAPH {CURATION} {{ {ARCADIA} ent:partnerOf {ELBONIA} }} }}"
TURTLE = f"@prefix ent: <{BASE}ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
ONTOLOGY = Path(__file__).parents[1] / "ontology" / "entente.ttl"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small data set with the real ontology."""
    folder = tmp_path_factory.mktemp("curated")
    terms = "\n".join(f"{quad.triple} ." for quad in ox.parse(ONTOLOGY.read_bytes(), ox.RdfFormat.TURTLE))
    publish(folder, extra=f"<{BASE}graph/ontology> {{ {terms} }}")
    return folder


@pytest.fixture(scope="module")
def app(dist: Path) -> Iterator[Flask]:
    """A server of it, open to whoever has the token; one for all tests, as it gets to know a data set once."""
    app = create_app(Settings(query_processes=1, update_token="secret"), dist)  # noqa: S106  # a test's own
    yield app
    app.extensions["entente"].pool.close()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A curator, who takes back in the end what was written."""
    client = app.test_client()
    yield client
    if holds(client, WRITTEN):
        assert update(client, f"CLEAR GRAPH {CURATION}").status_code == 204


def update(client: FlaskClient, text: str, headers: dict[str, str] | None = None):
    return client.post(
        "/sparql", data={"update": PREFIXES + text}, headers=AUTHOR if headers is None else headers
    )


def holds(client: FlaskClient, query: str) -> bool:
    answer = client.get("/sparql", query_string={"query": PREFIXES + query})
    told: bool = answer.json["boolean"]
    return told


def insert(turtle: str, graph: str = "curation") -> str:
    named = ox.NamedNode(f"{BASE}graph/{graph}")
    triples = ox.parse((TURTLE + turtle).encode(), ox.RdfFormat.TURTLE)
    return insertion(ox.Quad(*quad.triple, named) for quad in triples)


def test_a_write_is_there_with_what_follows_from_it_and_can_be_taken_back(client: FlaskClient) -> None:
    before = client.get("/health").json["version"]
    assert update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} .")).status_code == 204
    assert client.get("/health").json["version"] != before
    assert holds(client, PARTNERS)
    assert holds(client, INFERRED)
    assert update(client, f"CLEAR GRAPH {CURATION}").status_code == 204
    assert not holds(client, INFERRED)
    assert client.get("/health").json["version"].startswith(before)


def test_the_dumps_of_a_write_come_by_themselves_after_it(client: FlaskClient) -> None:
    assert update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} .")).status_code == 204
    address = f"/dumps/{client.get('/health').json['version']}/inferred.nt"
    patience = time.monotonic() + 20
    while client.get(address).status_code == 503 and time.monotonic() < patience:
        time.sleep(0.05)
    assert f"{ELBONIA} <{BASE}ontology#partnerOf> {ARCADIA} .\n" in client.get(address).text


@pytest.mark.parametrize(
    ("triples", "words"),
    [
        (f"<{BASE}id/event/x> a ent:Meeting .", "Nothing without evidence"),
        (f"{ARCADIA} a ent:State .", "stands in another graph already"),
    ],
)
def test_a_write_that_breaks_a_rule_is_refused_with_the_report(
    client: FlaskClient, triples: str, words: str
) -> None:
    before = client.get("/health").json["version"]
    refused = update(client, insert(triples))
    assert refused.status_code == 422
    assert words in refused.text
    assert client.get("/health").json["version"] == before
    assert not holds(client, WRITTEN)


def test_a_write_that_contradicts_the_facts_is_refused_with_the_way_to_the_clash(client: FlaskClient) -> None:
    """The curator reads the rule, what met, and the words of the document that stand against the write."""
    denial = f"""<{BASE}id/denial/1> a owl:NegativePropertyAssertion ; owl:sourceIndividual {ARCADIA} ;
        owl:assertionProperty ent:engages ; owl:targetIndividual {ELBONIA} ."""
    met = denial.replace(f"Individual {ARCADIA}", f"Individual <{BASE}id/event/e1>")
    refused = update(client, insert(met))
    assert refused.status_code == 422
    assert "prp-npa1" in refused.text
    assert "asserted in the graph 'curation'" in refused.text
    assert "Arcadia met Elbonia on Tuesday" in refused.text
    assert update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} .")).status_code == 204


@pytest.mark.parametrize("graph", ["facts", "reference", "inferred", "other"])
def test_only_the_graph_of_curation_is_written(client: FlaskClient, graph: str) -> None:
    refused = update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} .", graph))
    assert refused.status_code == 403
    assert "graph/curation" in refused.text


KNOWN = f"<{BASE}graph/facts>"
MET, WITH_ANOTHER = f"{ARCADIA} ent:partnerOf ?other", f"ent:participant ?other FILTER(?other != {ARCADIA})"


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ GRAPH {CURATION} {{ {MET} }} }} WHERE {{ ?event a ent:Meeting ; {WITH_ANOTHER} }}",
        f"INSERT {{ GRAPH {CURATION} {{ {MET} }} }} WHERE {{ GRAPH {KNOWN} {{ ?event {WITH_ANOTHER} }} }}",
        f"INSERT {{ GRAPH {CURATION} {{ {MET} }} }} WHERE {{ GRAPH ?any {{ ?event {WITH_ANOTHER} }} }}",
        f"WITH {CURATION} INSERT {{ {MET} }} WHERE {{ GRAPH {KNOWN} {{ ?event {WITH_ANOTHER} }} }}",
        f"WITH {CURATION} INSERT {{ {MET} }} USING {KNOWN} WHERE {{ ?event {WITH_ANOTHER} }}",
        f"CREATE SILENT GRAPH {CURATION} ; WITH {CURATION} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} ; "
        f"INSERT {{ GRAPH {CURATION} {{ {MET} }} }} WHERE {{ ?event a ent:Meeting ; {WITH_ANOTHER} }}",
    ],
)
def test_an_update_may_read_every_graph_to_find_what_it_writes(client: FlaskClient, text: str) -> None:
    """A pattern without a graph sees the default graph of queries, but in operations that name another."""
    done = update(client, text)
    assert done.status_code == 204, done.text
    assert holds(client, WRITTEN_PARTNERS)
    taken = update(client, f"DELETE WHERE {{ GRAPH {CURATION} {{ ?s ?p ?o }} }}")
    assert taken.status_code == 204
    assert not holds(client, WRITTEN)


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ {MET} }} WHERE {{ ?event a ent:Meeting ; ent:participant ?other }}",
        f"WITH {KNOWN} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"MOVE {KNOWN} TO {CURATION}",
        "CREATE GRAPH <http://example.org/new>",
        "DROP ALL",
    ],
)
def test_an_update_that_would_change_another_graph_is_refused(client: FlaskClient, text: str) -> None:
    refused = update(client, text)
    assert refused.status_code == 403
    assert "graph/curation" in refused.text


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"}]
)
def test_a_write_needs_the_token(client: FlaskClient, headers: dict[str, str]) -> None:
    refused = update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} ."), headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_graph_is_written_by_the_graph_store_protocol_too(client: FlaskClient) -> None:
    turtle = f"{ARCADIA} <{BASE}ontology#partnerOf> {ELBONIA} ."
    address = f"/graph-store?graph={BASE}graph/curation"
    sent = client.put(address, data=turtle, content_type="text/turtle", headers=AUTHOR)
    assert sent.status_code in {201, 204}
    assert "partnerOf" in client.get(address).text
    elsewhere = client.put(
        address.replace("curation", "facts"), data=turtle, content_type="text/turtle", headers=AUTHOR
    )
    assert elsewhere.status_code == 403


def test_a_reader_of_the_version_before_sees_it_as_it_was(client: FlaskClient, dist: Path) -> None:
    """A write makes a version of its own and touches none that is there."""
    path = (dist / "current").resolve() / "store"
    reader = Store.open(path)
    size = reader.size()
    assert update(client, insert(f"{ARCADIA} ent:partnerOf {ELBONIA} .")).status_code == 204
    assert reader.size() == size
    assert Store.open(path).size() == size
