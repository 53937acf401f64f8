"""Programs that people use, against a real server; and people who mean it no good."""

from __future__ import annotations

import http.client
import itertools
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
import requests
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from kg.sparql import with_values
from tests.conformance.servers import TOKEN, Server, running

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
BREAKING = """SELECT * { { ?a ?b ?c . ?d ?e ?f }
    UNION { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(?c, ?f, ?i, ?l) = 'none') } } LIMIT 50000"""
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?i ?c"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 15000"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT "
PLAIN = {"Accept-Encoding": "identity"}
NUMBERS = itertools.count()
THING = URIRef("http://example.org/thing")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A plain data set of a few hundred triples, with tight bounds."""
    bounds = {"query_seconds": "3", "query_memory": "200", "answer_rows": "50000", "queue_seconds": "1"}
    with running(query_processes="2", query_queue="4", **bounds) as started:
        triples = [f"<{THING}> a <urn:Class> .", *(f'<urn:{n}> <urn:p> "{n}" .' for n in range(200))]
        started.put("\n".join(triples))
        yield started


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_gets_every_format(server: Server, form: str, method: str) -> None:
    client = SPARQLWrapper(server.sparql)
    client.setMethod(method)
    client.setReturnFormat(form)
    client.setQuery("SELECT ?thing { ?thing a <urn:Class> }")
    answer = client.query().convert()
    told = answer.toxml() if form == XML else str(answer)
    assert str(THING) in told


def test_sparqlwrapper_gets_graphs_and_sends_updates(server: Server) -> None:
    client = SPARQLWrapper(server.sparql)
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT WHERE { ?thing a ?class }")
    found = Graph().parse(data=client.query().convert(), format="turtle")
    assert (THING, RDF.type, URIRef("urn:Class")) in found
    writer = SPARQLWrapper(server.sparql)
    writer.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    writer.setMethod(POST)
    writer.setQuery("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'c' } }")
    assert writer.query().response.status == 204


def test_rdflib_reads_and_writes_it_as_a_store(server: Server) -> None:
    reader = Graph(SPARQLStore(server.sparql))
    assert list(reader.subjects(RDF.type, URIRef("urn:Class"))) == [THING]
    store = SPARQLUpdateStore(server.sparql, server.sparql, headers={"Authorization": f"Bearer {TOKEN}"})
    graph = Graph(store, identifier=URIRef("urn:rdflib"))
    graph.add((THING, URIRef("urn:p"), Literal("written")))
    assert (THING, URIRef("urn:p"), Literal("written")) in graph


def test_curl_asks_and_downloads(server: Server) -> None:
    """Plain curl, with its wildcard Accept, and with compression."""
    command = ["curl", "-sf", server.sparql, "--data-urlencode", "query=SELECT * { ?s ?p ?o }"]
    plain = subprocess.run(command, capture_output=True, check=True)
    packed = subprocess.run([*command, "--compressed"], capture_output=True, check=True)
    assert plain.stdout == packed.stdout
    assert plain.stdout.startswith(b'{"head"')


def settle(server: Server) -> None:
    """Wait until no query runs: one that nobody waits for any more ends by its time limit at the latest."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if "entente_queries_running 0.0" in requests.get(f"{server.address}/metrics", timeout=10).text:
            return
        time.sleep(0.1)
    pytest.fail("queries still run")


def fast(server: Server) -> float:
    """Seconds of the fastest of some simple queries never asked before, each of which is answered."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        query = with_values("ASK { ?s ?p ?number }", {"number": str(next(NUMBERS))})
        assert requests.get(server.sparql, params={"query": query}, timeout=10).status_code == 200
        times.append(time.perf_counter() - started)
    return min(times)


@pytest.mark.parametrize(("query", "status"), [(ENDLESS, 504), (GREEDY, 507)])
def test_a_query_that_takes_too_much_is_told_so_and_hurts_nobody_after_it(
    server: Server, query: str, status: int
) -> None:
    before = fast(server)
    answer = requests.get(server.sparql, params={"query": query}, timeout=20)
    assert answer.status_code == status, answer.text[:200]
    assert fast(server) < before + 0.1


def test_a_crowd_is_told_to_come_again(server: Server) -> None:
    """More endless queries than run and wait: some are turned away with 503, and then all is as before."""
    told: list[requests.Response] = []

    def ask(number: int) -> None:
        query = f"{ENDLESS} # {number}"
        told.append(requests.get(server.sparql, params={"query": query}, timeout=30))

    before = fast(server)
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in told} == {503, 504}
    assert all("Retry-After" in answer.headers for answer in told if answer.status_code == 503)
    assert fast(server) < before + 0.1


def test_a_client_that_goes_away_or_reads_slowly_holds_nobody_up(server: Server) -> None:
    parts = urlsplit(server.address)
    idle = []
    for _ in range(8):
        connection = socket.create_connection((parts.hostname, parts.port))
        connection.sendall(f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        idle.append(connection)
    time.sleep(1)
    assert fast(server) < 1
    for connection in idle:
        connection.close()
    settle(server)
    assert fast(server) < 1


def test_bodies_that_come_slowly_hold_no_page_up(server: Server) -> None:
    """More of them than there are threads; and one that breaks off is no request."""
    parts = urlsplit(server.address)
    head = (
        "POST /graph-store?default HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\nContent-Length: 99\r\n"
    )
    head += f"Authorization: Bearer {TOKEN}\r\n\r\n<urn:half> <urn:p> 1 ."
    slow = [socket.create_connection((parts.hostname, parts.port)) for _ in range(40)]
    for connection in slow:
        connection.sendall(head.encode())
    started = time.perf_counter()
    assert requests.get(f"{server.address}/health", timeout=20).ok
    assert time.perf_counter() - started < 2
    for connection in slow:
        connection.close()
    query = {"query": "ASK { <urn:half> ?p ?o }", "format": "csv"}
    time.sleep(0.3)
    assert "false" in requests.get(server.sparql, params=query, timeout=20).text


def running_queries(server: Server) -> int:
    told = requests.get(f"{server.address}/metrics", timeout=10).text
    return int(float(told.partition("\nentente_queries_running ")[2].split()[0]))


def test_a_query_whose_client_has_gone_ends_long_before_its_time(server: Server) -> None:
    parts = urlsplit(server.address)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS)}%23gone HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
        assert running_queries(server) == 1
    time.sleep(0.5)
    assert running_queries(server) == 0


def test_a_large_answer_comes_as_it_is_computed(server: Server) -> None:
    """The first bytes are there while the query runs, and all of them come."""
    with requests.get(server.sparql, params={"query": f"{STREAM}20000"}, headers=PLAIN, timeout=30) as answer:
        assert "Content-Length" not in answer.headers
        assert len(answer.json()["results"]["bindings"]) == 20_000


def test_an_answer_that_breaks_off_never_looks_whole(server: Server) -> None:
    """What streams and then runs out of time ends without the end of its transfer: for curl an error."""
    command = ["curl", "-s", server.sparql, "-H", "Accept: text/csv", "--data-urlencode", f"query={BREAKING}"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stdout.startswith(b"a,b,c")
    assert done.returncode in {18, 56}


@pytest.mark.parametrize(
    "head",
    [
        "GET /sparql?query=%00 HTTP/1.1",
        f"GET /sparql?query={'A' * 20_000} HTTP/1.1",
        "GET /sparql?query=ASK%7B%7D&timeout=1e400 HTTP/1.1",
        "GET /page/..%2f..%2fetc%2fpasswd HTTP/1.1",
        "GET /sparql?" + "&".join(f"a{n}=1" for n in range(2000)) + " HTTP/1.1",
        "GET /sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri HTTP/1.1",
    ],
)
def test_odd_requests_get_plain_refusals(server: Server, head: str) -> None:
    method, path, _ = head.split(" ")
    parts = urlsplit(server.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.putrequest(method, path, skip_accept_encoding=True)
    connection.endheaders()
    assert connection.getresponse().status < 500
    connection.close()
    assert fast(server) < 1


def test_the_log_and_the_metrics_tell_what_happened(server: Server) -> None:
    fast(server)
    told = requests.get(f"{server.address}/metrics", timeout=10).text
    assert 'entente_query_seconds_count{outcome="ok"}' in told
    assert "entente_queries_running 0.0" in told
    assert requests.get(f"{server.address}/ready", timeout=10).json()["status"] == "ready"
