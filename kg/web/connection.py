"""One connection with a client: what is written together is sent together, and nobody may take all day to ask."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.engine.joined import Joined
from kg.web.room import COME_AGAIN, Seats
from kg.web.turn import Prompt, Turn, is_simple

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
        self._again = self._in_head = False
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
        return self.cycle is None or self.cycle.response_complete

    def give_way(self) -> None:
        """Close, for another connection."""
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Take the next bytes of a request."""
        self._piece = len(data)
        self._taken += self._piece
        super().data_received(data)
        if self._waiting and not self._waiting[0].more_body:
            whole, self._waiting = self._waiting, None
            self._ask(*whole)
        if self._in_head and self._taken > LARGEST_HEAD:
            self._refuse(
                b"431 Request Header Fields Too Large", "the head of the request is too large; use POST"
            )

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._begun, self._taken, self._in_head = self.loop.time(), self._piece, True

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._in_head = False
        known = self._known()
        if known is None:
            super().on_headers_complete()
            return
        self._again = True
        self._write(known)

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._begun = None
        self._seats.enter(self)
        if self._again:
            self._again = False
            self.on_response_complete()
            return
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin to answer a request; one that is simple as soon as it is whole, maybe without a task."""
        if not is_simple(cycle):
            super()._start_asgi_task(cycle, app)
        elif cycle.more_body:
            self._waiting = cycle, app
        else:
            self._ask(cycle, app)

    def _ask(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._turn = turn = Turn(cycle, self._write, super()._start_asgi_task)
        if not self._prompt.ask(turn):
            turn.pass_on(app)

    def _write(self, told: bytes) -> None:
        dated = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        self._joined.send(b"".join((b"HTTP/1.1 200 OK\r\n", *dated, told)))

    def _known(self) -> bytes | None:
        """What was answered before to this request, where it is one that may be answered so."""
        parser = self.parser
        if parser.get_method() != b"GET" or parser.get_http_version() != "1.1":
            return None
        if parser.should_upgrade() or not parser.should_keep_alive():
            return None
        if not self._silent:
            return None
        return self._prompt.again(self.url, self.headers)

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
