"""A request whose turn it is on its connection, for whoever answers it without a task."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from kg.web.exchange import Event, Exchange, Headers, Receive, Send

SMALL = 1 << 15  # bytes of a body that is waited for before anything is done
OF_BODIES = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})
UNUSUAL = OF_BODIES | {b"expect"}  # headers of a GET that is left to the application

Application = Callable[[Event, Receive, Send], Awaitable[None]]  # ASGI 3.0


class Line(Protocol):
    """The connection that a request came over."""

    def answer(self, told: bytes, *, last: bool) -> None:
        """Send the headers and the body of an answer, after which the connection is closed if it is the last."""

    def begin(self, turn: Turn) -> RequestResponseCycle:
        """What an application needs to answer a request."""

    def run(self, cycle: RequestResponseCycle, app: Application) -> None:
        """Let an application answer a request."""


@dataclass(slots=True, eq=False)
class Turn:
    """A whole request, to be answered by `reply`, or passed on to an application; `gone` is told if its client goes.

    What an application needs to answer is made when one is asked.
    """

    exchange: Exchange
    _line: Line
    cycle: RequestResponseCycle | None = None
    gone: Callable[[], None] | None = None

    @classmethod
    def of(cls, cycle: RequestResponseCycle, line: Line) -> Turn:
        """That of a request which an application could answer as well."""
        told: Any = cycle  # whose types are narrower than ours
        turn = cls(Exchange(told.scope), line)
        turn.take(cycle)
        return turn

    def take(self, cycle: RequestResponseCycle) -> None:
        """Take what an application needs."""
        told: Any = cycle  # whose types are narrower than ours
        self.cycle = cycle
        self.exchange.receive, self.exchange.send = told.receive, told.send

    @property
    def body(self) -> bytes:
        """The body of the request."""
        return bytes(self.cycle.body) if self.cycle else b""

    def reply(self, told: bytes) -> None:
        """Send the headers and the body of the answer; what is asked over the connection after it may begin."""
        cycle, self.gone = self.cycle, None
        if cycle is None:
            self._line.answer(told, last=False)
            return
        cycle.response_started = cycle.response_complete = True
        self._line.answer(told, last=not cycle.keep_alive)

    def pass_on(self, app: Application) -> None:
        """Let an application answer."""
        self.gone = None
        self._line.run(self.cycle or self._line.begin(self), app)


class Prompt(Protocol):
    """Answers requests without a task, where it can; an answer is what is sent behind the status and the date."""

    def ask(self, turn: Turn) -> bool:
        """See that a request is answered; False where that is for the application to do."""


def is_plain(target: bytes, headers: Headers) -> bool:
    """Whether a GET is of a path on this server, as it is written, and has no body."""
    return (
        target.startswith(b"/")
        and target.isascii()
        and b"#" not in target
        and b"%" not in target.partition(b"?")[0]
        and all(name not in UNUSUAL for name, _ in headers)
    )


def is_simple(cycle: RequestResponseCycle) -> bool:
    """Whether a request is one of HTTP/1.1 with a small body, or none, over a connection that is kept."""
    scope = cycle.scope
    if scope["http_version"] != "1.1" or not cycle.keep_alive or cycle.waiting_for_100_continue:
        return False
    told = {name: value for name, value in scope["headers"] if name in OF_BODIES}
    size = told.get(b"content-length", b"0")
    return told.keys() <= {b"content-length"} and size.isdigit() and int(size) <= SMALL
