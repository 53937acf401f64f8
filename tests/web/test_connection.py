"""Connections over which requests come too slowly, too large, again, or several at once."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any

import pytest
import uvicorn

from bench.ports import free_port
from kg.web import connection
from kg.web.connection import Connection
from kg.web.room import Seats
from kg.web.turn import Turn

KNOWN = b"content-length: 5\r\n\r\nknown"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Tells how much it was sent, at /slow in a while."""
    if scope["path"] == "/slow":
        await asyncio.sleep(0.6)
    size, more = 0, True
    while more:
        event = await receive()
        size, more = size + len(event.get("body", b"")), event.get("more_body", False)
    told = b"%d" % size
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(told))]}
    )
    await send({"type": "http.response.body", "body": told})


class Knowing:
    """Knows the answer to /known, answers /asked after a while, and passes /passed on after a while."""

    def __init__(self) -> None:
        self.gone: list[bytes] = []

    def ask(self, turn: Turn) -> bool:
        target = turn.exchange.target
        loop = asyncio.get_running_loop()
        if target == b"/known" and turn.exchange.scope["method"] == "GET":
            turn.reply(KNOWN)
            return True
        if target == b"/asked":
            told = b"content-length: %d\r\n\r\nasked%b" % (5 + len(turn.body), turn.body)
            loop.call_later(0.1, turn.reply, told)
        elif target == b"/passed":
            loop.call_later(0.1, turn.pass_on, app)
        elif target == b"/never":
            turn.gone = lambda: self.gone.append(target)
        return target in {b"/asked", b"/passed", b"/never"}


@pytest.fixture(scope="module")
def knowing() -> Knowing:
    return Knowing()


@pytest.fixture(scope="module")
def port(knowing: Knowing) -> Iterator[int]:
    """A server with little patience, which knows the answer to /known."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("LOOK", 0.05), ("PATIENCE", 0.4), ("SLOWEST", 100), ("LARGEST_HEAD", 5000)):
            patched.setattr(connection, name, value)
        known = partial(Connection, knowing, Seats(8))
        found = free_port()
        config = uvicorn.Config(app, port=found, http=known, lifespan="off", log_config=None)  # type: ignore[arg-type]  # as in kg.web.serving
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield found
        server.should_exit = True
        thread.join(20)


def said(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """All that is answered to what is sent in pieces, until the server closes or is silent for a while."""
    told = b""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(1)
        for piece in pieces:
            with suppress(OSError):
                client.sendall(piece)
            time.sleep(pause)
        with suppress(OSError):
            while block := client.recv(1 << 16):
                told += block
    return told


def test_a_head_that_comes_too_slowly_is_ended(port: int) -> None:
    assert said(port, b"GET / HTTP/1.1\r\n", *([b"a: b\r\n"] * 8), pause=0.1).startswith(b"HTTP/1.1 408 ")


def test_who_connects_and_asks_nothing_is_ended(port: int) -> None:
    started = time.monotonic()
    assert said(port).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - started < 0.9


def test_a_body_that_drips_is_ended_and_one_that_flows_is_taken(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 600\r\n\r\n"
    assert b" 200 " not in said(port, head, *([b"a"] * 9), pause=0.1)
    assert said(port, head, *([b"a" * 60] * 10), pause=0.1).endswith(b"600")


@pytest.mark.parametrize("head", [b"GET /" + b"a" * 9000, b"GET / HTTP/1.1\r\nx: " + b"a" * 9000])
def test_a_head_that_is_too_large_is_refused_before_it_ends(port: int, head: bytes) -> None:
    assert said(port, head).startswith(b"HTTP/1.1 431 ")


def test_a_target_that_is_too_long_is_told_so(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LARGEST_HEAD", 1 << 20)
    told = said(port, b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 414 ")
    assert b"POST" in told
    assert said(port, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_who_only_keeps_connections_keeps_nobody_out(port: int) -> None:
    """Of more connections than there is room for, those that ask are answered, and the idle ones are closed."""
    request = b"GET /known HTTP/1.1\r\nhost: x\r\n\r\n"
    with ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(30)]
        for client in idle[::2]:
            client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\na")  # and no more
        time.sleep(0.1)
        assert said(port, request).endswith(b"known")
        for client in idle[:20]:
            client.settimeout(1)
            assert client.recv(1) == b""


def test_where_all_are_being_answered_one_more_is_told_to_come_again(port: int) -> None:
    """A request that is being answered is never given up for another one."""
    slow = b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n"
    with ExitStack() as stack:
        busy = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(8)]
        for client in busy:
            client.sendall(slow)
        time.sleep(0.1)
        told = said(port)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in told
        for client in busy:
            client.settimeout(5)
            assert b" 200 " in client.recv(1 << 10)


def test_what_is_known_is_answered_in_turn_with_what_is_not(port: int) -> None:
    """Several requests at once, over one connection, are answered in their order; each is answered once."""
    asked = (
        b"GET /known HTTP/1.1\r\nhost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc",
    )
    told = said(port, b"".join([asked[0], asked[1], asked[0], asked[0], asked[1]]))
    assert re.findall(rb"\r\n\r\n(known|3|0)", told)[:2] == [b"known", b"3"]
    assert said(port, asked[0], asked[0]).count(b"known") == 2
    assert b"date: " in told


def test_what_is_known_is_not_told_to_who_asks_otherwise(port: int) -> None:
    """With HTTP/1.0, or where the connection is to be closed, the application answers, as it does a HEAD."""
    for request in (
        b"GET /known HTTP/1.0\r\n\r\n",
        b"GET /known HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /known HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
    ):
        assert said(port, request).endswith(b"\r\n\r\n0")


def test_what_is_asked_without_a_task_is_answered_in_turn(port: int) -> None:
    """Over one connection the answers come in the order of the requests, however each is found."""
    bodies = {b"/asked": (b"POST", b"-body"), b"/passed": (b"POST", b"ab"), b"/known": (b"GET", b"")}

    def request(path: bytes) -> bytes:
        method, body = bodies[path]
        return b"%b %b HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n%b" % (method, path, len(body), body)

    answers = {b"asked-body": b"/asked", b"2": b"/passed", b"known": b"/known", b"0": b"/known"}
    for order in itertools.permutations(bodies):
        told = re.findall(rb"\r\n\r\n(asked-body|known|2|0)", said(port, b"".join(map(request, order))))
        assert tuple(answers[one] for one in told) == order
    whole = request(b"/asked")
    assert said(port, whole[:40], whole[40:-2], whole[-2:], pause=0.05).endswith(b"asked-body")


def test_what_a_client_waits_for_that_goes_is_told_so(port: int, knowing: Knowing) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n")
        time.sleep(0.2)
        assert knowing.gone == []
    time.sleep(0.2)
    assert knowing.gone == [b"/never"]
