"""Readings that are held somewhere, and read only when they are asked for: graphs are made of very many."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

import msgspec

from kg.model import Reading


class Held(Protocol):
    """The reading of a document."""

    @property
    def name(self) -> str:
        """The document's name."""

    @property
    def sum(self) -> bytes:
        """A hash of the reading: while it stays, so does what is made of it."""

    def reading(self) -> Reading:
        """The reading itself."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """A reading in memory."""

    held: Reading

    @property
    def name(self) -> str:
        """The document's name."""
        return self.held.document.name

    @property
    def sum(self) -> bytes:
        """A hash of the reading."""
        return hashlib.sha256(msgspec.msgpack.encode(self.held)).digest()

    def reading(self) -> Reading:
        """The reading itself."""
        return self.held
