"""What was worked out for a document before and still holds: kept by a hash of all that it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec


class Memory(Protocol):
    """Keeps bytes by keys."""

    def content(self, key: str) -> bytes | None:
        """What is kept; None where nothing is."""

    def put(self, key: str, content: bytes) -> None:
        """Keep something."""

    def later(self, key: str) -> Callable[[], bytes] | None:
        """What gives again what is kept, so that it need not be in memory; None where nothing is."""


class Forgetful:
    """Keeps nothing."""

    def content(self, _key: str) -> bytes | None:
        """Nothing."""

    def put(self, _key: str, _content: bytes) -> None:
        """Keep nothing."""

    def later(self, _key: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Under:
    """What is kept of what depends on something more, of which there is a hash."""

    memory: Memory
    sum: str

    def content(self, key: str) -> bytes | None:
        """What is kept; None where nothing is."""
        return self.memory.content(f"{self.sum} {key}")

    def put(self, key: str, content: bytes) -> None:
        """Keep something."""
        self.memory.put(f"{self.sum} {key}", content)

    def later(self, key: str) -> Callable[[], bytes] | None:
        """What gives again what is kept."""
        return self.memory.later(f"{self.sum} {key}")


FORGETFUL = Forgetful()


def key(*told: object) -> str:
    """A hash of values."""
    return hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()
