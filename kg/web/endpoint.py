"""The SPARQL endpoint's answers to queries: found, sent, kept for those who ask again, or refused in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager
from functools import lru_cache

from werkzeug.http import parse_etags

from kg.engine.job import Answer
from kg.engine.outcome import Growing
from kg.published import NotPublishedError
from kg.web.app import ALWAYS
from kg.web.evaluation import watched
from kg.web.exchange import Exchange, Headers, encoded
from kg.web.kept import Head, Kept, Key, Sent
from kg.web.mounted import FORWARDED, prefix_of
from kg.web.negotiation import prefers_html
from kg.web.observing import Seen
from kg.web.problems import Problem, in_words
from kg.web.question import Question
from kg.web.service import Service, nothing_yet
from kg.web.sources import Served
from kg.web.sparql import caching, heads

PATH, METHODS = "/sparql", {"GET", "POST"}
EVERY = encoded(ALWAYS)


class Endpoint:
    """Answers queries over the data set of a service. For the event loop's thread."""

    def __init__(self, here: Service) -> None:
        self.here = here
        self._kept = Kept()

    def served(self) -> Served | None:
        """What is served now, which a request looks up once; None while nothing is published."""
        try:
            return self.here.source.served()
        except NotPublishedError:
            return None

    def known(self, key: Key, served: Served | None) -> Sent | None:
        """What was answered before to what is asked again, if that holds for what is served."""
        sent = self._kept.get(key)
        return sent if sent and holds(sent, served) else None

    @contextmanager
    def once_more(self, kept: Sent) -> Iterator[None]:
        """Watch an answer that is sent once more."""
        with self.here.observer.seen(kept.name) as seen:
            yield
            seen.outcome, seen.rows, seen.kept = "ok", kept.rows, True
            self.count(200)

    def is_held(self, exchange: Exchange, asked: Question) -> bool:
        """Whether a client says that it holds the answer (RFC 9110 section 13.1.2)."""
        held = exchange.word(b"if-none-match")
        return bool(held and asked.pinned.tag and parse_etags(held).contains(asked.pinned.tag))

    async def answer(self, exchange: Exchange, asked: Question) -> None:
        """Have a query evaluated, and send its answer. Raises Problem, GoneError."""
        if self.is_held(exchange, asked):
            self.count(304)
            await exchange.reply(304, [*EVERY, *encoded(caching(asked.pinned.tag))], b"")
            return
        await self.give(
            exchange, asked, self.here.observer.query(asked.text), self.here.pool.answer(asked.pinned.job)
        )

    async def give(
        self,
        exchange: Exchange,
        asked: Question,
        watching: AbstractContextManager[Seen],
        answer: Awaitable[Answer | Growing],
    ) -> None:
        """Send the answer to a query as soon as there is one. Raises Problem, GoneError."""
        with watched(watching) as seen, exchange.while_awaited():
            found = await answer
            self.count(200)
            if isinstance(found, Growing):
                begun = found.begun
                head = head_of(asked.pinned.tag, begun.media_type, begun.gzip, None, cut=False)
                await self._stream(exchange, head.headers, found)
                seen.rows = found.answer().rows
                return
            seen.rows = found.rows
            if found.spooled:
                size = (b"content-length", b"%d" % found.spooled.stat().st_size)
                await self._stream(exchange, [*head_to(asked, found).headers, size], found)
                return
            sent = self.keep(asked, seen, found)
            await exchange.reply(200, sent.head.headers, sent.body)

    def keep(self, asked: Question, seen: Seen, found: Answer) -> Sent:
        """An answer as it is sent, kept for those who ask again where it holds for them."""
        sent = Sent(asked.pinned.version, seen.name, found.rows, head_to(asked, found), found.body)
        if asked.pinned.tag:
            self._kept.put(asked.key, sent)
        return sent

    def is_asked(self, exchange: Exchange, prefix: str) -> bool:
        """Whether a request is a query to this endpoint, from a program; people get pages."""
        scope = exchange.scope
        if scope["method"] not in METHODS or scope["path"].removeprefix(prefix) != PATH:
            return False
        return not prefers_html(exchange.word(b"accept")) and exchange.header(b"x-forwarded-proto") != b"http"

    def prefix(self, exchange: Exchange, served: Served | None) -> str:
        """The path of the host that this server is under."""
        base = (served or self.here.settings).base
        return _prefix(exchange.scope["path"], exchange.header(FORWARDED.lower().encode()), base)

    async def _stream(self, exchange: Exchange, headers: Headers, answer: Answer | Growing) -> None:
        """Send an answer by and by; where it breaks off, so does the transfer."""
        async with aclosing(answer.blocks()) as blocks:
            await exchange.stream(200, headers, blocks)

    async def refusing(self, exchange: Exchange, response: Callable[[], Awaitable[None]]) -> None:
        """Respond, or tell why not."""
        try:
            await response()
        except Problem as problem:
            await self.refuse(exchange, problem)
        except NotPublishedError as error:
            await self.refuse(exchange, nothing_yet(error))

    async def refuse(self, exchange: Exchange, problem: Problem) -> None:
        """Tell what is wrong."""
        self.count(problem.status)
        words, kind = in_words(problem, exchange.word(b"accept"))
        told = {**problem.headers, "Content-Type": kind, "Cache-Control": "no-store", "Vary": "Accept"}
        await exchange.reply(problem.status, [*EVERY, *encoded(told)], words.encode())

    def count(self, status: int) -> None:
        """Count a response."""
        self.here.observer.count(PATH, status)


def holds(sent: Sent, served: Served | None) -> bool:
    """Whether an answer is that of what is served."""
    return served is not None and sent.version == served.version


def head_to(asked: Question, found: Answer) -> Head:
    """The head of a whole answer."""
    return head_of(asked.pinned.tag, found.media_type, found.gzip, found.rows, cut=found.cut)


@lru_cache(1024)
def _prefix(path: str, told: bytes, base: str) -> str:
    return prefix_of(path, {FORWARDED: told.decode("latin-1")} if told else {}, base)


@lru_cache(1024)
def head_of(tag: str | None, media_type: str, gzip: bool, rows: int | None, *, cut: bool) -> Head:
    """The head of an answer as it is sent; few answers differ in it."""
    told = heads(media_type, gzip=gzip, rows=rows, cut=cut)
    return Head.of([*EVERY, *encoded(caching(tag)), *encoded(told)])
