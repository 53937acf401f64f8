"""What is published in stores of other servers, two of a kind side by side: the same answers, and whole versions."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg import slots as front
from kg.endpoint import Endpoint, EndpointError
from kg.publish.elsewhere import NoSlotError, load
from kg.settings import Settings
from kg.store_elsewhere import version_at
from kg.web import create_app
from tests.elsewhere.stores import slots
from tests.graph.readings import MINT

Build = Callable[[Path, int], str]

PREFIXES = f"PREFIX ent: <{MINT.base}ontology#> PREFIX owl: <http://www.w3.org/2002/07/owl#>"
DOCUMENTS = (
    f"{PREFIXES} SELECT ?graph {{ GRAPH ?graph {{ ?claim a ent:Claim }} }} GROUP BY ?graph ORDER BY ?graph"
)
VERSION = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
    SELECT ?version (COUNT(DISTINCT ?graph) AS ?graphs) {
        GRAPH ?any { ?dataset dcat:version ?version } GRAPH ?graph { ?claim a ?type } } GROUP BY ?version"""
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{MINT.base}graph/facts> {{ ?s ?p ?o }} }}",
    f"SELECT (COUNT(?s) AS ?n) FROM <{MINT.base}graph/facts> {{ ?s ?p ?o }}",  # noqa: S608  # SPARQL, not SQL
    "ASK { GRAPH <http://example.org/none> { ?s a ?class } }",
    "ASK { <http://example.org/none> ?p ?o }",
    "ASK { GRAPH ?any { ?s ?p ?o } }",
    f"{PREFIXES} SELECT ?claim ?start {{ GRAPH ?g {{ ?claim ent:startTime ?start }} }} ORDER BY ?claim ?start",
    f"{PREFIXES} SELECT ?event ?name {{ ?event a ent:Meeting . ?who a ?kind "
    "OPTIONAL { ?who <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } } ORDER BY ?event ?name",
    DOCUMENTS,
    VERSION,
]
TRIPLES = f"{PREFIXES} CONSTRUCT {{ ?s ent:claims ?o }} WHERE {{ GRAPH ?g {{ ?s ent:claims ?o }} }}"
FORMS = [
    "application/sparql-results+json",
    "text/csv",
    "text/tab-separated-values",
    "application/sparql-results+xml",
]
KINDS = [
    "oxigraph",
    pytest.param("virtuoso", marks=[pytest.mark.long, pytest.mark.needs("virtuoso-t")]),
]


@pytest.fixture(scope="module", params=KINDS)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Endpoint, ...]]:
    with slots(request.param, tmp_path_factory.mktemp("stores")) as found:
        yield found


@pytest.fixture
def stores(pair: tuple[Endpoint, ...]) -> tuple[Endpoint, ...]:
    """Two stores with nothing of ours in them."""
    for store in pair:
        store.delete(f"{MINT.base}publication")
    return pair


def settings_of(stores: tuple[Endpoint, ...]) -> Settings:
    queries, graphs = (", ".join(getattr(s, name) for s in stores) for name in ("queries", "graphs"))
    return Settings(query_processes=1, stores=queries, stores_graphs=graphs, stores_login=stores[0].login)


@contextmanager
def client_of(settings: Settings, dist: Path) -> Iterator[FlaskClient]:
    app = create_app(settings, dist)
    yield app.test_client()
    app.extensions["entente"].pool.close()


def ask(client: FlaskClient, query: str, accept: str = FORMS[0]) -> str:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == accept
    return answer.text


@pytest.mark.long
def test_the_answers_are_those_of_the_embedded_store(
    stores: tuple[Endpoint, ...], tmp_path: Path, build: Build
) -> None:
    """Each query in each form to the byte, triples, and the data of a thing; and there are all pages."""
    build(tmp_path, 2)
    load(tmp_path, stores, 0)
    with (
        client_of(Settings(query_processes=1), tmp_path) as here,
        client_of(settings_of(stores), tmp_path) as there,
    ):
        for query in QUERIES:
            for form in FORMS:
                assert ask(there, query, form) == ask(here, query, form), query
        for query in (f"{PREFIXES} CONSTRUCT WHERE {{ ?s ent:supportedBy ?o }}", TRIPLES):
            told = [sorted(ask(one, query, "application/n-triples").splitlines()) for one in (here, there)]
            assert told[0] == told[1] != []
        for address in (
            "/",
            "/page/state/japan",
            "/doc/seed-like",
            "/data/state/japan.nt",
            "/search?q=japan",
        ):
            pages = [one.get(address, headers={"Accept": "text/html"}) for one in (here, there)]
            assert [page.status_code for page in pages] == [200, 200], pages[1].text
        triples = [sorted(one.get("/data/state/japan.nt").text.splitlines()) for one in (here, there)]
        assert triples[0] == triples[1] != []
        tagged = there.get("/sparql", query_string={"query": VERSION})
        assert (
            there.get(
                "/sparql", query_string={"query": VERSION}, headers={"If-None-Match": tagged.headers["ETag"]}
            ).status_code
            == 304
        )
        assert there.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403


@pytest.mark.long
def test_the_next_version_goes_beside_the_one_that_is_served(
    stores: tuple[Endpoint, ...], tmp_path: Path, build: Build
) -> None:
    """And only what differs is put in a store that had a version before."""
    first = build(tmp_path, 1)
    assert load(tmp_path, stores, 0).put == len(graphs_in(tmp_path))
    again = load(tmp_path, stores, 0)
    assert (again.version, again.put) == (first, 0)
    second = build(tmp_path, 2)
    done = load(tmp_path, stores, 0)
    assert {version_at(store, MINT.base) for store in stores} == {first, second}
    third = build(tmp_path, 1)
    back = load(tmp_path, stores, 0)
    assert back.address != done.address
    assert back.put < len(graphs_in(tmp_path))
    assert {version_at(store, MINT.base) for store in stores} == {second, third}


def graphs_in(dist: Path) -> list[str]:
    manifest = json.loads((dist / "current" / "manifest.json").read_text())
    return [file["path"] for file in manifest["graphs"]]


@pytest.mark.long
def test_a_publication_that_breaks_off_is_never_seen(
    stores: tuple[Endpoint, ...], tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version before stays served, and the next publication makes good."""
    first = build(tmp_path, 1)
    load(tmp_path, stores, 0)
    second = build(tmp_path, 2)
    put, left = Endpoint.put, iter(range(2))

    def broken(self: Endpoint, graph: str, triples: list[bytes]) -> None:
        if next(left, None) is None:
            raise EndpointError(self.graphs, "the network is gone")
        put(self, graph, triples)

    monkeypatch.setattr(Endpoint, "put", broken)
    with pytest.raises(EndpointError):
        load(tmp_path, stores, 0)
    monkeypatch.undo()
    with client_of(settings_of(stores), tmp_path) as client:
        assert json.loads(ask(client, VERSION))["results"]["bindings"][0]["version"]["value"] == first
    load(tmp_path, stores, 0)
    with client_of(settings_of(stores), tmp_path) as client:
        assert json.loads(ask(client, VERSION))["results"]["bindings"][0]["version"]["value"] == second


@pytest.mark.long
def test_no_answer_is_missing_or_of_two_versions_while_they_change(
    stores: tuple[Endpoint, ...], tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked all the while, each answer has the documents of the version that it names."""
    monkeypatch.setattr(front, "FRESH", 0.05)
    documents = {build(tmp_path, 1): "1"}
    load(tmp_path, stores, 0)
    seen: list[tuple[str, str]] = []
    with client_of(settings_of(stores), tmp_path) as client:
        going = threading.Event()

        def asking() -> None:
            while not going.is_set():
                rows = json.loads(ask(client, VERSION_AND_DOCUMENTS))["results"]["bindings"]
                seen.extend((row["version"]["value"], row["documents"]["value"]) for row in rows)

        asker = threading.Thread(target=asking)
        asker.start()
        for number in (2, 1, 2):
            documents[build(tmp_path, number)] = str(number)
            load(tmp_path, stores, 0.5)
        going.wait(0.5)
        going.set()
        asker.join()
    assert len({version for version, _ in seen}) > 2
    assert {(version, documents[version]) for version, _ in seen} == set(seen)


VERSION_AND_DOCUMENTS = f"""{PREFIXES} PREFIX dcat: <http://www.w3.org/ns/dcat#>
    SELECT ?version (COUNT(DISTINCT ?document) AS ?documents) {{
        GRAPH <{MINT.base}graph/dataset> {{ <{MINT.base}dataset> dcat:version ?version }}
        GRAPH ?claims {{ ?claim a ent:Claim ; ent:toldIn ?document }} }} GROUP BY ?version"""


def test_where_there_is_one_store_readers_are_told_to_wait(
    stores: tuple[Endpoint, ...], tmp_path: Path, build: Build
) -> None:
    """Never half a version: 503 from the moment that the one before goes until the next one is whole."""
    build(tmp_path, 1)
    one = stores[:1]
    load(tmp_path, one, 0)
    with client_of(settings_of(one), tmp_path) as client:
        ask(client, VERSION)
        one[0].delete(f"{MINT.base}publication")
        answer = client.get("/sparql", query_string={"query": QUERIES[1]})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


def test_without_addresses_to_write_to_nothing_is_published(tmp_path: Path, build: Build) -> None:
    build(tmp_path, 1)
    with pytest.raises(NoSlotError, match="ENTENTE_STORES"):
        load(tmp_path, (Endpoint("http://127.0.0.1:9/query"),), 0)
    with pytest.raises(EndpointError):
        load(tmp_path, (Endpoint("http://127.0.0.1:9/query", "http://127.0.0.1:9/store"),), 0)
