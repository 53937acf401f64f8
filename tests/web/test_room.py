"""A real server that is sent too much at once: it says so, and goes on answering the others."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

from kg.sparql import with_values
from tests.conformance.servers import Server, running

FORM = (
    b"POST /sparql HTTP/1.1\r\nhost: x\r\n"
    b"content-type: application/x-www-form-urlencoded\r\ncontent-length: %d\r\n\r\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(connections="50", bodies="20") as started:
        yield started


def connected(server: Server) -> socket.socket:
    parts = urlsplit(server.address)
    return socket.create_connection((parts.hostname, parts.port), timeout=10)


def answers(server: Server) -> float:
    """Seconds that a simple query takes, over a connection of its own."""
    started = time.monotonic()
    told = requests.get(
        server.sparql, params={"query": with_values("ASK {}", {"fresh": f'"{started}"'})}, timeout=10
    )
    assert told.status_code == 200
    assert requests.get(f"{server.address}/health", timeout=10).ok
    return time.monotonic() - started


def figure(server: Server, name: str) -> float:
    told = requests.get(f"{server.address}/metrics", timeout=10).text
    return float(told.partition(f"\nentente_{name} ")[2].split()[0])


def test_bodies_that_together_are_too_large_are_told_to_come_again(server: Server) -> None:
    """They are given up as they come; what was held is free again when their clients have gone."""
    size = 11 << 20
    with ExitStack() as stack:
        first, second = (stack.enter_context(connected(server)) for _ in range(2))
        for client in (first, second):
            client.sendall(FORM % size + b"a" * (size - 1))
        told = second.recv(1 << 12)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in told
        assert figure(server, "body_bytes") >= size - 1
        assert answers(server) < 8
        first.sendall(b"a")
        assert first.recv(1 << 12).startswith(b"HTTP/1.1 400 ")
    assert figure(server, "body_bytes") == 0


def test_many_connections_keep_nobody_out(server: Server) -> None:
    with ExitStack() as stack:
        for number in range(300):
            client = stack.enter_context(connected(server))
            client.sendall([b"", b"GET / HT", FORM % 10 + b"a"][number % 3])
        assert answers(server) < 8
        assert figure(server, "connections") <= 50


def test_a_body_that_is_packed_is_refused(server: Server) -> None:
    told = requests.post(
        server.sparql,
        data=b"\x1f\x8b",
        headers={"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
        timeout=10,
    )
    assert told.status_code == 415
    assert told.headers["Accept-Encoding"] == "identity"


def test_a_body_that_says_that_it_is_too_large_is_refused_at_once(server: Server) -> None:
    with connected(server) as client:
        client.sendall(FORM % (1 << 40))
        assert client.recv(1 << 12).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("kind", ["text/turtle; charset=latin-1", "application/n-triples;charset=UTF-16"])
def test_a_graph_in_another_charset_is_refused(server: Server, kind: str) -> None:
    told = server.session.put(
        server.graph_store, params={"graph": "urn:g"}, data=b"", headers={"Content-Type": kind}, timeout=10
    )
    assert told.status_code == 415


def test_a_byte_order_mark_is_no_part_of_a_text(server: Server) -> None:
    mark = "\ufeff".encode()
    asked = {"Content-Type": "application/sparql-query"}
    assert requests.post(server.sparql, data=mark + b"ASK {}", headers=asked, timeout=10).ok
    wrote = server.session.put(
        server.graph_store,
        params={"graph": "urn:g"},
        data=mark + b"<urn:a> <urn:b> 1 .",
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    )
    assert wrote.status_code == 201


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/turtle", b'<urn:a> <urn:b> "' + b"a" * (17 << 20) + b'" .', 507),
        ("application/ld+json", b'{"@id": "urn:a", "urn:b": ' + b"[" * 100_000, 400),
        ("text/turtle", b"<urn:a> <urn:b> " + b"[ <urn:p> " * 50_000, 400),
        ("application/rdf+xml", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', 400),
    ],
    ids=["term", "json", "nodes", "entity"],
)
def test_a_graph_that_cannot_be_read_is_told_so(server: Server, kind: str, body: bytes, status: int) -> None:
    wrote = server.session.put(
        server.graph_store, params={"graph": "urn:g"}, data=body, headers={"Content-Type": kind}, timeout=30
    )
    assert (wrote.status_code, len(wrote.text) > 10) == (status, True)
    assert answers(server) < 8
