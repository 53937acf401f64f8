"""The ASGI application that the server runs: queries are answered here, all else by the Flask application.

A framework's work for a request is several times that of finding a small answer. And only here is it known
that a client has gone, which ends its query, and can a transfer be broken off, which is how an answer ends
that cannot be completed after its first bytes are sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from functools import lru_cache
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from flask import Flask
from werkzeug.http import parse_etags

from kg.engine.job import Answer
from kg.engine.outcome import Growing
from kg.published import NotPublishedError
from kg.tracing import Tell, begin, recording, span
from kg.web.app import ALWAYS, LARGEST_BODY
from kg.web.evaluation import watched
from kg.web.exchange import Event, Exchange, GoneError, Headers, Receive, Send, encoded
from kg.web.kept import Kept, Key, Sent
from kg.web.mounted import FORWARDED, prefix_of
from kg.web.negotiation import prefers_html
from kg.web.problems import Problem, in_words
from kg.web.protocol import LARGEST_QUERY, Message, Operation, operation
from kg.web.service import Service
from kg.web.sparql import caching, heads, wanted_by
from kg.web.warming import Warmer
from kg.web.writing import has_token

PATH = "/sparql"
TOLD_BY = (
    *(b"host", b"accept", b"accept-encoding", b"content-type", b"if-none-match"),
    *(b"x-forwarded-proto", b"x-forwarded-prefix"),
)
TO_BE_SEEN = frozenset({b"content-length", b"transfer-encoding", b"expect"})  # by whom takes whole requests
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
LARGEST_ASKED = 12 * LARGEST_QUERY  # bytes of a form, in which a character takes up to twelve
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
EVERY = encoded(ALWAYS)


class Front:
    """Answers queries itself and gives every other request to the Flask application, in one of some threads.

    `make` makes that application once the server's event loop runs.
    """

    _flask: WSGIMiddleware
    _here: Service

    def __init__(self, make: Callable[[asyncio.AbstractEventLoop], Flask], threads: int) -> None:
        self._make, self._threads = make, threads
        self._kept = Kept()
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
        scope["root_path"] = self._prefix(exchange)
        path = scope["path"].removeprefix(scope["root_path"])
        with suppress(GoneError):
            if path == PATH and scope["method"] in {"GET", "POST"}:
                await self._sparql(exchange)
            else:
                await self._by_flask(exchange)

    def _known(self, key: Key) -> Sent | None:
        """What was answered before to what is asked again, if that still holds."""
        sent = self._kept.get(key)
        try:
            return sent if sent and sent.version == self._here.source.version else None
        except NotPublishedError:
            return None

    def _prefix(self, exchange: Exchange) -> str:
        """The path of the host that this server is under."""
        path, told = exchange.scope["path"], exchange.word(FORWARDED.lower().encode())
        try:
            base = self._here.source.base
        except NotPublishedError:
            base = self._here.settings.base
        return prefix_of(path, {FORWARDED: told} if told else {}, base)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        begin()
        self._traced = recording()
        app = self._make(asyncio.get_running_loop())
        self._here = app.extensions["entente"]
        self._flask = WSGIMiddleware(app.wsgi_app, workers=self._threads)  # type: ignore[arg-type]  # WSGI, by another's types
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
                await self._refuse(exchange, problem)
                return
        if not scope["query_string"].isascii():
            scope["query_string"] = quote(scope["query_string"], safe=PRINTABLE).encode()
        receive = exchange.receive if body is None else exchange.again(body)
        await self._flask(scope, receive, exchange.send)  # type: ignore[arg-type]  # the same types, in other words

    async def _sparql(self, exchange: Exchange) -> None:
        """Answer a query; pages for people, updates and the description are Flask's."""
        if prefers_html(exchange.word(b"accept")) or exchange.header(b"x-forwarded-proto") == b"http":
            await self._by_flask(exchange)
            return
        body = b""
        try:
            if exchange.scope["method"] == "POST":
                body = await self._body(exchange)
            key = key_of(exchange.target, exchange.header, body)
            if kept := self._known(key):
                with self._again(kept):
                    await exchange.reply(200, kept.headers, kept.body)
                return
            asked = operation(
                Message(
                    exchange.scope["method"],
                    exchange.scope["query_string"],
                    exchange.word(b"content-type") or "",
                    body,
                )
            )
            if asked is None or asked.update:
                await self._by_flask(exchange, body)
            else:
                await self._query(exchange, asked, key)
        except Problem as problem:
            await self._refuse(exchange, problem)
        except NotPublishedError as error:
            await self._refuse(exchange, Problem(503, str(error), {"Retry-After": "10"}))

    async def _body(self, exchange: Exchange) -> bytes:
        """The body of a request: large where it may be a write, else as large as a query can be."""
        writes = has_token(exchange.word(b"authorization"), self._here.settings.update_token)
        most = LARGEST_BODY if writes else LARGEST_ASKED
        body = await exchange.body(most)
        if body is None:
            raise Problem(413, f"the body has more than {most:,} bytes")
        return body

    def again(self, target: bytes, headers: Headers) -> bytes | None:
        """The headers and the body that answer a GET as it was answered before; None where that is not known."""
        told = dict(headers)
        if self._traced or len(told) < len(headers) or not TO_BE_SEEN.isdisjoint(told):
            return None
        kept = self._known(key_of(target, lambda name: told.get(name, b""), b""))
        if kept is None:
            return None
        with self._again(kept):
            return kept.whole

    @contextmanager
    def _again(self, kept: Sent) -> Iterator[None]:
        """Watch an answer that is sent once more."""
        with self._here.observer.seen(kept.name) as seen:
            yield
            seen.outcome, seen.rows, seen.kept = "ok", kept.rows, True
            self._count(200)

    async def _query(self, exchange: Exchange, asked: Operation, key: Key) -> None:
        here = self._here
        wanted = wanted_by(exchange.word(b"accept"), exchange.word(b"accept-encoding"), asked.format)
        pinned = here.pinned(asked, wanted, exchange.address, stream=True)
        tag = pinned.tag
        if tag and parse_etags(exchange.word(b"if-none-match")).contains(tag):
            self._count(304)
            await exchange.reply(304, [*EVERY, *encoded(caching(tag))], b"")
            return
        with watched(here.observer, asked.text) as seen, exchange.while_awaited():
            answer = await here.pool.answer(pinned.job)
            self._count(200)
            if isinstance(answer, Growing):
                begun = answer.begun
                headers = headers_of(tag, begun.media_type, begun.gzip, None, cut=False)
                await self._stream(exchange, headers, answer)
                seen.rows = answer.answer().rows
                return
            seen.rows = answer.rows
            headers = headers_of(tag, answer.media_type, answer.gzip, answer.rows, cut=answer.cut)
            if answer.spooled:
                size = (b"content-length", b"%d" % answer.spooled.stat().st_size)
                await self._stream(exchange, [*headers, size], answer)
                return
            if tag:
                self._kept.put(key, Sent(pinned.version, seen.name, answer.rows, headers, answer.body))
            await exchange.reply(200, headers, answer.body)

    async def _stream(self, exchange: Exchange, headers: Headers, answer: Answer | Growing) -> None:
        """Send an answer by and by; where it breaks off, so does the transfer."""
        async with aclosing(answer.blocks()) as blocks:
            await exchange.stream(200, headers, blocks)

    async def _refuse(self, exchange: Exchange, problem: Problem) -> None:
        self._count(problem.status)
        words, kind = in_words(problem, exchange.word(b"accept"))
        told = {**problem.headers, "Content-Type": kind, "Cache-Control": "no-store", "Vary": "Accept"}
        await exchange.reply(problem.status, [*EVERY, *encoded(told)], words.encode())

    def _count(self, status: int) -> None:
        self._here.observer.count(PATH, status)


def key_of(target: bytes, header: Callable[[bytes], bytes], body: bytes) -> Key:
    """What a response to a request depends on, beside the version of the data, word for word."""
    return (target, body, *map(header, TOLD_BY))


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


@lru_cache(1024)
def headers_of(tag: str | None, media_type: str, gzip: bool, rows: int | None, *, cut: bool) -> Headers:
    """The headers of an answer as they are sent; few answers differ in them."""
    told = heads(media_type, gzip=gzip, rows=rows, cut=cut)
    return [*EVERY, *encoded(caching(tag)), *encoded(told)]
