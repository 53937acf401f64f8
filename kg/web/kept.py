"""Answers asked for again: given as they went out before, as long as the data set is of the same version."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from cachetools import LRUCache

from kg.web.exchange import Headers

KEPT = 64 << 20  # bytes of answers that are kept
OVERHEAD = 3072  # bytes that a key and a response take beside the body, more or less
LARGEST = 1 << 18  # bytes of an answer that is

Key = tuple[str | bytes | None, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The headers of a response but for its size, and how they are written (RFC 9112 section 2.1)."""

    headers: Headers
    lines: bytes

    @classmethod
    def of(cls, headers: Headers) -> Head:
        """That of some headers."""
        return cls(headers, b"".join(b"%b: %b\r\n" % header for header in headers))


class Sent(msgspec.Struct, frozen=True, gc=False):
    """A response as it went out, the hash of the query that it answers, and the version that it holds for."""

    version: str
    name: str
    rows: int
    head: Head
    body: bytes

    @property
    def whole(self) -> bytes:
        """Its headers and body as they are sent behind a status line."""
        return b"%bcontent-length: %d\r\n\r\n%b" % (self.head.lines, len(self.body), self.body)


class Kept:
    """Responses by what was asked, word for word. For one thread."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Sent] = LRUCache(KEPT, getsizeof=lambda sent: len(sent.body) + OVERHEAD)

    def get(self, key: Key) -> Sent | None:
        """What was sent before."""
        return self._kept.get(key)

    def put(self, key: Key, sent: Sent) -> None:
        """Keep a response that is worth it."""
        if sent.version and len(sent.body) <= LARGEST:
            self._kept[key] = sent
