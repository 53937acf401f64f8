"""Answers asked for again: given as they went out before, as long as the data set is of the same version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cachetools import LRUCache

from kg.web.exchange import Headers

KEPT = 64 << 20  # bytes of answers that are kept
LARGEST = 1 << 18  # bytes of an answer that is

Key = tuple[str | bytes, ...]


@dataclass(frozen=True)
class Sent:
    """A response as it went out, the hash of the query that it answers, and the version that it holds for."""

    version: str
    name: str
    rows: int
    headers: Headers
    body: bytes

    @cached_property
    def whole(self) -> bytes:
        """Its headers and body as they are sent behind a status line (RFC 9112 section 2.1)."""
        size = (b"content-length", b"%d" % len(self.body))
        return b"%b\r\n%b" % (b"".join(b"%b: %b\r\n" % header for header in (*self.headers, size)), self.body)


class Kept:
    """Responses by what was asked, word for word. For one thread."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Sent] = LRUCache(KEPT, getsizeof=lambda sent: 2 * len(sent.body) + 3072)

    def get(self, key: Key) -> Sent | None:
        """What was sent before."""
        return self._kept.get(key)

    def put(self, key: Key, sent: Sent) -> None:
        """Keep a response that is worth it."""
        if sent.version and len(sent.body) <= LARGEST:
            self._kept[key] = sent
