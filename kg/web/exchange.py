"""One HTTP request and its response, as ASGI 3.0 hands them over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 0.3  # seconds after which it is watched whether the client still waits for its answer

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class GoneError(Exception):
    """The client has gone; nobody waits for an answer."""


async def nobody(*_: Any) -> Any:
    """In place of what an application has before there is one."""
    raise RuntimeError("no application was asked to answer this request")


@dataclass(slots=True)
class Exchange:
    """A request, and the ways to respond to it."""

    scope: MutableMapping[str, Any]
    receive: Receive = nobody
    send: Send = nobody
    held: int = 0  # bytes of the body
    headers: Mapping[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Put the fields of one name together (RFC 9110 section 5.3)."""
        given = self.scope["headers"]
        found: dict[bytes, bytes] = dict(given)
        if len(found) < len(given):
            found.clear()
            for name, value in given:
                found[name] = found[name] + b", " + value if name in found else value
        self.headers = found

    @classmethod
    def of(cls, scope: MutableMapping[str, Any], target: bytes) -> Exchange:
        """A GET of a path on this server, as it is written; what ASGI has to know of it is put into the scope."""
        path, _, query = target.partition(b"?")
        scope["method"], scope["path"] = "GET", path.decode("ascii")
        scope["raw_path"], scope["query_string"] = path, query
        return cls(scope)

    def header(self, name: bytes) -> bytes:
        """A header by its name in lower case; empty where there is none."""
        return self.headers.get(name, b"")

    def word(self, name: bytes) -> str | None:
        """A header as text, None where there is none."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def target(self) -> bytes:
        """The target of the request as it was sent (RFC 9112 section 3.2)."""
        path: bytes = self.scope["raw_path"]
        query: bytes = self.scope["query_string"]
        return path + b"?" + query if query else path

    @property
    def address(self) -> str:
        """The address that was asked, without its parameters."""
        return f"{self.scope['scheme']}://{self.header(b'host').decode('latin-1')}{self.scope['path']}"

    async def body(self, most: int, take: Callable[[int], None]) -> bytes | None:
        """The body of the request, None where it is larger than that; raises GoneError where it breaks off.

        `take` is told how many bytes come, before they are kept, and may raise what it will; `held` counts them.
        """
        read = bytearray()
        more = True
        while more and len(read) <= most:
            event = await self.receive()
            if event["type"] == "http.disconnect":
                raise GoneError
            piece = event.get("body", b"")
            take(len(piece))
            self.held += len(piece)
            read += piece
            more = event.get("more_body", False)
        return bytes(read) if len(read) <= most else None

    def again(self, body: bytes) -> Receive:
        """What gives a body that was read to another application."""
        events = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Event:
            return next(events, None) or await self.receive()

        return receive

    async def reply(self, status: int, headers: Headers, body: bytes) -> None:
        """Send a whole response."""
        sized = [*headers, (b"content-length", b"%d" % len(body))] if status != 304 else headers
        await self.send({"type": "http.response.start", "status": status, "headers": sized})
        await self.send({"type": "http.response.body", "body": body})

    async def stream(self, status: int, headers: Headers, blocks: AsyncIterable[bytes]) -> None:
        """Send a response as it comes; whatever `blocks` raises leaves it without its end."""
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        async for block in blocks:
            await self.send({"type": "http.response.body", "body": block, "more_body": True})
        await self.send({"type": "http.response.body", "body": b""})

    @contextmanager
    def while_awaited(self) -> Iterator[None]:
        """Raise GoneError out of what is awaited within, once the client has gone."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        watchers: list[asyncio.Task[None]] = []
        timer = loop.call_later(PATIENCE, lambda: watchers.append(loop.create_task(self._watch(task))))
        try:
            yield
        except asyncio.CancelledError:
            if any(watcher.done() for watcher in watchers):
                raise GoneError from None
            raise
        finally:
            timer.cancel()
            for watcher in watchers:
                watcher.cancel()

    async def _watch(self, task: asyncio.Task[Any] | None) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        if task:
            task.cancel()


def encoded(headers: Mapping[str, str]) -> Headers:
    """Headers as they are sent."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
