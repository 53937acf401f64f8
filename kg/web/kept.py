"""Answers asked for again: given as they went out before, as long as the data set is of the same version."""

from __future__ import annotations

from dataclasses import dataclass

from cachetools import LRUCache

from kg.web.exchange import Headers

KEPT = 64 << 20  # bytes of answers that are kept
LARGEST = 1 << 18  # bytes of an answer that is

Key = tuple[str | bytes, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A response as it went out, the query that it answers, and the version that it holds for."""

    version: str
    text: str
    rows: int
    status: int
    headers: Headers
    body: bytes


class Kept:
    """Responses by what was asked, word for word. For one thread."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Sent] = LRUCache(KEPT, getsizeof=lambda sent: len(sent.body) + 2048)

    def get(self, key: Key) -> Sent | None:
        """What was sent before."""
        return self._kept.get(key)

    def put(self, key: Key, sent: Sent) -> None:
        """Keep a response that is worth it."""
        if sent.version and len(sent.body) <= LARGEST:
            self._kept[key] = sent
