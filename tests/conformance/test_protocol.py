"""The W3C tests of the SPARQL 1.1 protocol, graph store protocol and service description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from tests.conformance.exchanges import exchanges, faults, prose
from tests.conformance.servers import Server, running
from tests.conformance.suite import HOME, entries

pytestmark = pytest.mark.skipif(not HOME.is_dir(), reason=f"the W3C tests are not at {HOME}")

PROTOCOL = "protocol/manifest.ttl"
GRAPH_STORE = ("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")
DEPRECATED = "http-rdf-update/manifest.ttl"
CONTRADICTED = "get_of_post__existing_graph"  # names whom an earlier PUT replaced; the next GET has it right
SD = "http://www.w3.org/ns/sparql-service-description#"
VOCABULARY = {
    "endpoint",
    "supportedLanguage",
    "resultFormat",
    "feature",
    "defaultDataset",
    "defaultGraph",
    "namedGraph",
    "name",
    "graph",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        load_protocol_data(started)
        yield started


def load_protocol_data(server: Server) -> None:
    """The graphs that the protocol tests ask, under the names that they use."""
    for number in range(4):
        name = f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
        path = HOME / "protocol" / f"data{number}.nt"
        if path.is_file():
            answer = server.session.put(
                f"{server.graph_store}?graph={quote(name, safe='')}",
                data=path.read_bytes(),
                headers={"Content-Type": "application/n-triples"},
            )
            assert answer.status_code in {201, 204}


def named(*paths: str) -> list[object]:
    """The tests of manifests, with the manifest that each is from."""
    found = [(path, entry) for path in paths for entry in entries(path)] if HOME.is_dir() else []
    return [pytest.param(path, entry, id=str(entry).rpartition("#")[2]) for path, entry in found]


@pytest.mark.parametrize(("path", "entry"), named(PROTOCOL))
def test_protocol(server: Server, path: str, entry: URIRef) -> None:
    """Requests by the protocol get the responses that it asks for."""
    if str(entry).rpartition("#")[2].startswith("query_"):
        load_protocol_data(server)
    assert faults(server.session, exchanges(path, entry), server.sparql) == []


@pytest.mark.parametrize(("path", "entry"), named(*GRAPH_STORE))
def test_graph_store(server: Server, path: str, entry: URIRef) -> None:
    """Graphs are put, read, added to and deleted by HTTP."""
    server.session.post(server.sparql, data={"update": "DROP ALL"})
    assert faults(server.session, exchanges(path, entry), server.graph_store) == []


def test_deprecated_graph_store(server: Server) -> None:
    """The exchanges of the older manifest, told as prose, in their order; `person/2.ttl` is there before."""
    server.session.post(server.sparql, data={"update": "DROP ALL"})
    there = f"{server.graph_store}/person/2.ttl"
    server.session.put(there, data=b"", headers={"Content-Type": "text/turtle"}).raise_for_status()
    steps = [(n, replace(s, graph=None) if n == CONTRADICTED else s) for n, s in prose(DEPRECATED)]
    assert len({name for name, _ in steps}) == 18
    assert faults(server.session, [step for _, step in steps], server.graph_store) == []


def description(server: Server) -> list[ox.Triple]:
    answer = server.session.get(server.sparql, headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Type"].startswith("text/turtle")
    return [q.triple for q in ox.parse(answer.content, ox.RdfFormat.TURTLE, base_iri=server.sparql)]


def test_get_on_the_endpoint_returns_rdf(server: Server) -> None:
    """Service description test `returns-rdf`."""
    assert description(server)


def test_the_description_names_the_endpoint(server: Server) -> None:
    """Service description test `has-endpoint-triple`."""
    endpoint = ox.NamedNode(f"{SD}endpoint")
    assert [t.object.value for t in description(server) if t.predicate == endpoint] == [server.sparql]


def test_the_description_keeps_to_its_schema(server: Server) -> None:
    """Service description test `conforms-to-schema`: one service, whose terms the vocabulary has."""
    used = {t.predicate.value for t in description(server)}
    schema = {name.removeprefix(SD) for name in used if name.startswith(SD)}
    assert schema <= VOCABULARY
    services = [t for t in description(server) if t.object == ox.NamedNode(f"{SD}Service")]
    assert len(services) == 1
