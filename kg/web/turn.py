"""A request whose turn it is on its connection, for whoever answers it without a task."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from kg.web.exchange import Event, Exchange, Headers, Receive, Send

SMALL = 1 << 15  # bytes of a body that is waited for before anything is done
OF_BODIES = {b"content-encoding", b"content-length", b"transfer-encoding"}

Application = Callable[[Event, Receive, Send], Awaitable[None]]  # ASGI 3.0


@dataclass(slots=True, eq=False)
class Turn:
    """A whole request, to be answered by `reply`, or passed on to an application; `gone` is told if its client goes."""

    cycle: RequestResponseCycle
    _write: Callable[[bytes], None]
    _begin: Callable[[RequestResponseCycle, Any], None]
    gone: Callable[[], None] | None = None
    exchange: Exchange = field(init=False)

    def __post_init__(self) -> None:
        """The request as applications have it."""
        cycle: Any = self.cycle  # whose types are narrower than ours
        self.exchange = Exchange(cycle.scope, cycle.receive, cycle.send)

    @property
    def body(self) -> bytes:
        """The body of the request."""
        return bytes(self.cycle.body)

    def reply(self, told: bytes) -> None:
        """Send the headers and the body of the answer; what is asked over the connection after it may begin."""
        cycle, self.gone = self.cycle, None
        cycle.response_started = cycle.response_complete = True
        self._write(told if cycle.keep_alive else b"connection: close\r\n" + told)
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()

    def pass_on(self, app: Application) -> None:
        """Let an application answer."""
        self.gone = None
        self._begin(self.cycle, app)


class Prompt(Protocol):
    """Answers requests without a task, where it can; an answer is what is sent behind the status and the date."""

    def again(self, target: bytes, headers: Headers) -> bytes | None:
        """What was answered before to a GET."""

    def ask(self, turn: Turn) -> bool:
        """See that a request is answered; False where that is for the application to do."""


def is_simple(cycle: RequestResponseCycle) -> bool:
    """Whether a request is one of HTTP/1.1 with a small body, or none, over a connection that is kept."""
    scope = cycle.scope
    if scope["http_version"] != "1.1" or not cycle.keep_alive or cycle.waiting_for_100_continue:
        return False
    told = {name: value for name, value in scope["headers"] if name in OF_BODIES}
    size = told.get(b"content-length", b"0")
    return told.keys() <= {b"content-length"} and size.isdigit() and int(size) <= SMALL
