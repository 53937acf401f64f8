"""One connection with a client: what is written together is sent together, and nobody may take all day to ask."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.engine.joined import Joined
from kg.web.exchange import Exchange
from kg.web.room import COME_AGAIN, Seats
from kg.web.turn import Prompt, Turn, is_plain, is_simple

LONGEST_TARGET = 0xFFFF - 1  # bytes of a request's target that the parser takes
LARGEST_HEAD = 1 << 17  # bytes of a request's target and headers
LOOK = 2.0  # seconds between two looks at whether a request comes too slowly
PATIENCE = 10.0  # seconds that a request may take to come, whatever its size
SLOWEST = 1 << 14  # bytes a second at which a large one has to come beyond that


class Connection(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, over such a transport; what can be is answered without asking the application.

    A request has to come whole, and not too slowly; its head may not be too large. Who keeps a request half sent
    would else keep memory, and a thread with it, for as long as they like.
    """

    _joined: Joined

    def __init__(self, prompt: Prompt, seats: Seats, **given: Any) -> None:
        super().__init__(**given)
        self._prompt, self._seats = prompt, seats
        self.url = b""
        self._waiting: tuple[RequestResponseCycle, Any] | None = None  # a request that is not whole, for whom
        self._turn: Turn | None = None
        self._plain: Turn | None = None  # a request that is answered, without an application so far
        self._is_plain = self._in_head = False
        self._taken = self._piece = 0  # bytes of the request, or of what came with its beginning
        self._begun: float | None = None  # when the request began that is not whole yet
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin with a client."""
        self._joined = Joined(transport, self.loop.call_soon)
        super().connection_made(self._joined)
        self._begun = self.loop.time()
        if not self._seats.enter(self):
            self._refuse(b"503 Service Unavailable", "too many connections; try again", COME_AGAIN)
            return
        self._watch = self.loop.call_later(LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """End with a client."""
        if self._watch:
            self._watch.cancel()
        if self._turn and self._turn.gone:
            self._turn.gone()
        self._seats.leave(self)
        super().connection_lost(exc)

    @property
    def waits(self) -> bool:
        """Whether it is the client's turn: to ask, or to send the rest of a request."""
        return self._begun is not None or self._silent

    @property
    def _silent(self) -> bool:
        return self._plain is None and (self.cycle is None or self.cycle.response_complete)

    def give_way(self) -> None:
        """Close, for another connection."""
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Take the next bytes of a request."""
        self._piece = len(data)
        self._taken += self._piece
        super().data_received(data)
        if self._waiting and not self._waiting[0].more_body:
            (cycle, app), self._waiting = self._waiting, None
            self._ask(Turn.of(cycle, self), app)
        if self._in_head and self._taken > LARGEST_HEAD:
            self._refuse(
                b"431 Request Header Fields Too Large", "the head of the request is too large; use POST"
            )

    def on_message_begin(self) -> None:
        """A request begins; one before it that is not answered yet keeps what it needs for that."""
        if self._plain:
            self.begin(self._plain)
        super().on_message_begin()
        self._begun, self._taken, self._in_head = self.loop.time(), self._piece, True

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._in_head = False
        parser = self.parser
        self._is_plain = (
            parser.get_method() == b"GET"
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and self._silent
            and len(self.url) <= LONGEST_TARGET
            and is_plain(self.url, self.headers)
        )
        if not self._is_plain:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._begun = None
        self._seats.enter(self)
        if self._is_plain:
            self._is_plain = False
            told: Any = self.scope  # whose types are narrower than ours
            self._plain = Turn(Exchange.of(told, self.url), self)
            self._ask(self._plain, self.app)
        else:
            super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin to answer a request; one that is simple as soon as it is whole, maybe without a task."""
        if not is_simple(cycle):
            self.run(cycle, app)
        elif cycle.more_body:
            self._waiting = cycle, app
        else:
            self._ask(Turn.of(cycle, self), app)

    def _ask(self, turn: Turn, app: Any) -> None:
        self._turn = turn
        if not self._prompt.ask(turn):
            turn.pass_on(app)

    def answer(self, told: bytes, *, last: bool) -> None:
        """Send the headers and the body of an answer, after which the connection is closed if it is the last."""
        self._plain = None
        dated = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        closing = b"connection: close\r\n" if last else b""
        self._joined.send(b"".join((b"HTTP/1.1 200 OK\r\n", *dated, closing, told)))
        if last:
            self.transport.close()
        self.on_response_complete()

    def begin(self, turn: Turn) -> RequestResponseCycle:
        """What an application needs to answer a request."""
        cycle = RequestResponseCycle(
            scope=turn.exchange.scope,  # type: ignore[arg-type]  # a scope, by another's types
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        cycle.message_event.set()
        self._plain, self.cycle = None, cycle
        turn.take(cycle)
        return cycle

    def run(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Let an application answer a request."""
        super()._start_asgi_task(cycle, app)

    def shutdown(self) -> None:
        """The server ends; what is being answered still is."""
        if self._plain:
            self.begin(self._plain)
        super().shutdown()

    def _look(self) -> None:
        """End a request that comes too slowly, unless it is we who take it slowly."""
        if self.transport.is_closing():
            return
        self._watch = self.loop.call_later(LOOK, self._look)
        if self._begun is None or self.flow.read_paused:
            return
        if self.loop.time() - self._begun > PATIENCE + self._taken / SLOWEST:
            self._refuse(b"408 Request Timeout", "the request did not come whole in time")

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, and a target that is too long for the parser (RFC 9110 section 15.5.15)."""
        if len(self.url) > LONGEST_TARGET:
            self._refuse(b"414 URI Too Long", "the target of the request is too long; send the query by POST")
        else:
            self._refuse(b"400 Bad Request", msg)

    def _refuse(self, status: bytes, words: str, retry_after: int = 0) -> None:
        head = b"HTTP/1.1 %b\r\ncontent-type: text/plain\r\ncontent-length: %d\r\nconnection: close\r\n"
        again = b"retry-after: %d\r\n" % retry_after if retry_after else b""
        if self._silent:
            self.transport.write(head % (status, len(words) + 1) + again + b"\r\n" + words.encode() + b"\n")
        self.transport.close()
