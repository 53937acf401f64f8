"""The ASGI application that the server runs: queries are answered here, all else by the Flask application.

A framework's work for a request is several times that of finding a small answer. And only here is it known
that a client has gone, which ends its query, and can a transfer be broken off, which is how an answer ends
that cannot be completed after its first bytes are sent.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from flask import Flask

from kg.tracing import Tell, begin, recording, span
from kg.web.app import LARGEST_BODY
from kg.web.endpoint import Endpoint
from kg.web.exchange import Event, Exchange, GoneError, Receive, Send
from kg.web.kept import Key
from kg.web.problems import Problem
from kg.web.prompt import ask
from kg.web.protocol import LARGEST_QUERY
from kg.web.question import Question, key_of, question
from kg.web.room import Hold, Seats
from kg.web.service import Service
from kg.web.sources import Served
from kg.web.turn import Turn
from kg.web.warming import Warmer
from kg.web.writing import has_token

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
LARGEST_ASKED = 12 * LARGEST_QUERY  # bytes of a form, in which a character takes up to twelve
LARGE = 1 << 16  # bytes of a body that take a while to be read
GARBAGE = 50_000  # objects that are made until it is looked for what nobody can reach
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class Front:
    """Answers queries itself and gives every other request to the Flask application, in one of some threads.

    `make` makes that application once the server's event loop runs; `bodies` is what there is room for of what
    clients send.
    """

    _flask: WSGIMiddleware
    _here: Service
    _endpoint: Endpoint

    def __init__(
        self, make: Callable[[asyncio.AbstractEventLoop], Flask], threads: int, bodies: Hold, seats: Seats
    ) -> None:
        self._make, self._threads = make, threads
        self._bodies, self._seats = bodies, seats
        self._beside = ThreadPoolExecutor(1)
        self._traced = recording()

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI 3.0), or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if not self._traced:
            await self._respond(Exchange(scope, receive, send))
            return
        told = {"http.request.method": scope["method"], "url.path": scope["path"]}
        with span(f"HTTP {scope['method']}", told, traced_by(scope)) as tell:
            await self._respond(Exchange(scope, receive, telling(tell, send)))

    async def _respond(self, exchange: Exchange) -> None:
        scope = exchange.scope
        served = self._endpoint.served()
        scope["root_path"] = self._endpoint.prefix(exchange, served)
        try:
            with suppress(GoneError):
                if self._endpoint.is_asked(exchange, scope["root_path"]):
                    await self._endpoint.refusing(exchange, partial(self._sparql, exchange))
                else:
                    await self._by_flask(exchange)
        finally:
            self._bodies.give(exchange.held)

    def ask(self, turn: Turn) -> bool:
        """Answer a plain query without a task; False where that is not to be."""
        return not self._traced and ask(self._endpoint, turn)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        begin()
        self._traced = recording()
        app = self._make(asyncio.get_running_loop())
        self._here = app.extensions["entente"]
        self._endpoint = Endpoint(self._here)
        self._here.observer.gauge("connections", "Connections with clients", lambda: len(self._seats))
        self._here.observer.gauge("body_bytes", "Bytes of requests' bodies held", lambda: self._bodies.held)
        self._flask = WSGIMiddleware(app.wsgi_app, workers=self._threads)  # type: ignore[arg-type]  # WSGI, by another's types
        gc.collect()
        gc.freeze()  # what stays as long as the server does need not be looked through again and again
        gc.set_threshold(GARBAGE)  # which few requests leave any of
        warmer = Warmer(app)
        warmer.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        warmer.end()
        await self._here.pool.end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _by_flask(self, exchange: Exchange, body: bytes | None = None) -> None:
        """Let the Flask application answer; WSGI wants parameters in ASCII.

        A body is taken here: in a thread, who sends it slowly would keep that from everybody else.
        """
        scope = exchange.scope
        if body is None and scope["method"] in WITH_BODY:
            try:
                body = await self._body(exchange)
            except Problem as problem:
                await self._endpoint.refuse(exchange, problem)
                return
        if not scope["query_string"].isascii():
            scope["query_string"] = quote(scope["query_string"], safe=PRINTABLE).encode()
        receive = exchange.receive if body is None else exchange.again(body)
        await self._flask(scope, receive, exchange.send)  # type: ignore[arg-type]  # the same types, in other words

    async def _sparql(self, exchange: Exchange) -> None:
        """Answer a query; updates and the description are Flask's."""
        endpoint = self._endpoint
        body = await self._body(exchange) if exchange.scope["method"] == "POST" else b""
        key = key_of(exchange, body)
        served = endpoint.served()  # by now, for a body may have been long in coming
        if kept := endpoint.known(key, served):
            with endpoint.once_more(kept):
                await exchange.reply(200, kept.head.headers, kept.body)
        elif asked := await self._question(served, exchange, key, body):
            await endpoint.answer(exchange, asked)
        else:
            await self._by_flask(exchange, body)

    async def _question(
        self, served: Served | None, exchange: Exchange, key: Key, body: bytes
    ) -> Question | None:
        """The query that a request asks; large ones are read one after the other, beside the event loop."""
        ask_ = partial(question, self._here, served, exchange, key, body)
        return (
            await asyncio.get_running_loop().run_in_executor(self._beside, ask_)
            if len(body) > LARGE
            else ask_()
        )

    async def _body(self, exchange: Exchange) -> bytes:
        """The body of a request: large where it may be a write, else as large as a query can be."""
        coding = exchange.word(b"content-encoding") or "identity"
        if coding.lower() != "identity":
            advice = {"Accept-Encoding": "identity"}
            raise Problem(415, f"Content-Encoding is {coding}; send the body as it is", advice)
        writes = has_token(exchange.word(b"authorization"), self._here.settings.update_token)
        most = LARGEST_BODY if writes else LARGEST_ASKED
        declared = exchange.header(b"content-length")
        if declared.isdigit() and int(declared) > most:
            raise Problem(413, f"the body has more than {most:,} bytes")
        body = await exchange.body(most, self._bodies.take)
        if body is None:
            raise Problem(413, f"the body has more than {most:,} bytes")
        return body


def traced_by(scope: Event) -> dict[str, str]:
    """The trace that a request belongs to, if it says so (W3C Trace Context, 3.2)."""
    return {
        name.decode(): value.decode("latin-1") for name, value in scope["headers"] if name == b"traceparent"
    }


def telling(tell: Tell, send: Send) -> Send:
    """Sends, and tells the status."""

    async def sending(event: Event) -> None:
        if event["type"] == "http.response.start":
            tell("http.response.status_code", event["status"])
        await send(event)

    return sending
