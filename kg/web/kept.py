"""Answers asked for again: given as they went out before, as long as the data set is of the same version.

This stands before the framework, whose own work for a request is most of what such an answer costs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache

KEPT = 32 << 20  # bytes of answers that are kept
LARGEST = 1 << 18  # bytes of an answer that is
PATH = "/sparql"
TOLD_BY = ("QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A response as it went out, and the version of the data set that it holds for."""

    version: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class KeptResponses:
    """A WSGI application that asks another one only what it has not answered before."""

    def __init__(self, app: Application, version: Callable[[], str], again: Callable[[str], None]) -> None:
        self._app, self._version, self._again = app, version, again
        self._kept: LRUCache[tuple[str, ...], Sent] = LRUCache(
            KEPT, getsizeof=lambda sent: len(sent.body) + 2048
        )
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; `again` is told of the query of one that was answered before."""
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != PATH:
            return self._app(environ, start_response)
        key = tuple(environ.get(name, "") for name in TOLD_BY)
        version = self._version()
        with self._lock:
            sent = self._kept.get(key)
        if sent and version and sent.version == version:
            self._again(key[0])
            start_response(sent.status, list(sent.headers))
            return [sent.body]
        return self._first(key, version, environ, start_response)

    def _first(
        self, key: tuple[str, ...], version: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what it says if that holds for the version."""
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *more)

        body = self._app(environ, start)
        named = {name.lower() for name, _ in told[1]} if told else set()
        if not version or "etag" not in named or told[0][:3] not in {"200", "304"}:
            return body
        length = next((int(value) for name, value in told[1] if name.lower() == "content-length"), 0)
        if length > LARGEST:
            return body
        whole = b"".join(body)
        with self._lock:
            self._kept[key] = Sent(version, told[0], told[1], whole)
        return [whole]
