"""Queries that are answered without a task: what a client gets is what any other way of answering gives."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.asked import Asked
from kg.engine.job import Answer
from kg.published import Current, Published
from kg.sparql import with_values
from kg.web.endpoint import Endpoint
from kg.web.exchange import Exchange
from kg.web.observing import Seen
from kg.web.problems import Problem
from kg.web.prompt import Pending, ask
from kg.web.protocol import parameters
from tests.conformance.servers import Server, running

NUMBERS = itertools.count()
PIECES = [*"&=+\\xuN;%", "%41", "%C3%A4", "%5C", "%", "4", "\n", "%00", "ä", "%FF"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(query_processes="2", query_queue="4") as started:
        started.put("\n".join(f'<urn:{n}> <urn:p> "{n}" .' for n in range(200)))
        yield started


def fresh(value: int) -> str:
    """A query never asked before, whose answer is that number."""
    return with_values("SELECT ?n {}", {"n": str(value), "fresh": str(next(NUMBERS))})


def said(server: Server, *requests_: bytes) -> bytes:
    """All that is answered over one connection until it is silent for a while."""
    parts, told = urlsplit(server.address), b""
    with socket.create_connection((parts.hostname, parts.port)) as client:
        client.settimeout(2)
        client.sendall(b"".join(requests_))
        with suppress(TimeoutError):
            while block := client.recv(1 << 16):
                told += block
    return told


def get(query: str, *, version: str = "1.1", method: str = "GET", more: str = "") -> bytes:
    head = (
        f"{method} /sparql?query={quote(query)} HTTP/{version}\r\nHost: x\r\nAccept: text/csv\r\n{more}\r\n"
    )
    return head.encode()


def post(query: str) -> bytes:
    body = f"query={quote(query)}".encode()
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n{kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_answers_come_in_the_order_of_the_questions(server: Server) -> None:
    """New ones and ones asked before, by GET and POST, over one connection and in one piece."""
    before = fresh(7)
    said(server, get(before, more="Connection: close\r\n"))
    told = said(server, get(fresh(1)), get(before), post(fresh(2)), get(before), get(fresh(3)))
    assert re.findall(rb"\r\n\r\nn\r\n(\d)\r\n", told) == [b"1", b"7", b"2", b"7", b"3"]


@pytest.mark.parametrize("request_", [{"version": "1.0"}, {"more": "Connection: close\r\n"}])
def test_a_connection_that_is_not_to_be_kept_is_closed_after_the_answer(
    server: Server, request_: dict[str, str]
) -> None:
    started = time.monotonic()
    told = said(server, get(fresh(5), **request_))
    assert told.endswith(b"n\r\n5\r\n")
    assert time.monotonic() - started < 1.9


def test_the_headers_are_those_of_an_answer_sent_again_and_whoever_holds_it_is_told_so(
    server: Server,
) -> None:
    query = {"query": fresh(4)}
    answers = [requests.get(server.sparql, params=query, timeout=10) for _ in range(2)]
    names = [{name: value for name, value in one.headers.items() if name != "date"} for one in answers]
    assert names[0] == names[1]
    assert names[0]["x-rows"] == "1"
    held = {"If-None-Match": answers[0].headers["ETag"]}
    assert (
        requests.get(server.sparql, params={"query": fresh(4)}, headers=held, timeout=10).status_code == 304
    )
    assert requests.head(server.sparql, params={"query": fresh(4)}, timeout=10).content == b""


def test_what_is_no_answer_is_told_as_by_the_application(server: Server) -> None:
    """An error in the query, one that takes too long, an update without the right to it, one on the way out."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    for query, status in {"SELECT * {": 400, endless: 504, "ASK { SERVICE <urn:x> {} }": 403}.items():
        given_ = {"query": query, "timeout": "1" if query == endless else "9"}
        assert requests.get(server.sparql, params=given_, timeout=10).status_code == status
    assert requests.post(server.sparql, data={"update": "CLEAR ALL"}, timeout=10).status_code == 401
    large = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"}
    whole = requests.get(server.sparql, params=large, timeout=10).json()
    assert len(whole["results"]["bindings"]) == 20_000


def test_each_query_is_logged_and_counted_once(server: Server) -> None:
    def counted() -> tuple[float, float]:
        told = requests.get(f"{server.address}/metrics", timeout=10).text
        found = [
            re.search(rf"^{re.escape(name)} (\S+)$", told, re.MULTILINE)
            for name in (
                'entente_requests_total{route="/sparql",status="200"}',
                'entente_query_seconds_count{outcome="ok"}',
            )
        ]
        assert all(found)
        return tuple(float(one[1]) for one in found if one)  # type: ignore[return-value]  # two, as asserted

    requests.get(server.sparql, params={"query": fresh(1)}, timeout=10)
    before = counted()
    for _ in range(2):
        requests.post(server.sparql, data={"query": fresh(1)}, timeout=10)
    assert counted() == (before[0] + 2, before[1] + 2)


def test_a_crowd_at_once_is_answered_or_told_to_come_again(server: Server) -> None:
    told: list[int] = []

    def ask() -> None:
        for _ in range(20):
            told.append(requests.get(server.sparql, params={"query": fresh(1)}, timeout=10).status_code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 80
    assert set(told) <= {200, 503}
    assert told.count(200) > 40


def test_an_answer_that_comes_as_its_client_goes_is_forgotten(tmp_path: Path) -> None:
    """Nothing is sent, its file goes, and it is told of once."""

    async def test() -> None:
        said: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        told: list[object] = []
        left: Any = SimpleNamespace(here=SimpleNamespace(pool=SimpleNamespace(leave=told.append)))
        nothing: Any = None
        asked = Asked(nothing, alone=False, said=said, deadline=0)
        pending = Pending(left, nothing, nothing, asked, Seen("hash", lambda seen, _: told.append(seen)))
        said.add_done_callback(pending.done)
        spooled = tmp_path / "answer"
        spooled.touch()
        said.set_result(Answer("bindings", "text/csv", 1, gzip=False, cut=False, spooled=spooled))
        pending.leave()
        await asyncio.sleep(0)
        assert told == [asked, pending.seen]
        assert not spooled.exists()

    asyncio.run(test())


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_parameters_are_read_as_everybody_reads_them(text: str) -> None:
    """However they are encoded, or fail to be."""
    try:
        expected = parse_qs(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Problem):
            parameters(text.encode())
    else:
        assert parameters(text.encode()) == expected


def test_a_query_looks_up_once_which_version_is_current(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Published] = []
    get_ = Current.get

    def get(current: Current) -> Published:
        looked.append(get_(current))
        return looked[-1]

    monkeypatch.setattr(Current, "get", get)
    turn: Any = SimpleNamespace(exchange=Exchange(scope_of(fresh(1)), nothing, nothing), body=b"", gone=None)
    assert ask(Endpoint(app.extensions["entente"]), turn)
    turn.gone()
    assert len(looked) == 1


def scope_of(query: str) -> dict[str, Any]:
    """A GET of a query as ASGI tells it."""
    target = {"path": "/sparql", "raw_path": b"/sparql", "query_string": f"query={quote(query)}".encode()}
    return {
        "method": "GET",
        "scheme": "http",
        "headers": [(b"host", b"x"), (b"accept", b"text/csv")],
        **target,
    }


async def nothing(*_: Any) -> Any:
    """What nobody is told."""
