"""What mapping made of documents, as it is kept: a head, the document and what was found in it.

Each is opened when it is asked for, so that a build may hold very many of them. What has not changed is not
even unpacked.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import overload

from msgspec.msgpack import Decoder, encode

from kg.model import Document, Reading
from kg.pipeline.fates import Head, Mapped

QUICK = 1  # level of compression
NO_DOCUMENT = Document("", "")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of what is kept; those of a reading are packed, and empty where there is none."""

    head: Head
    document: bytes = b""
    found: bytes = b""


_PARTS, _DOCUMENT, _READING = Decoder(_Parts), Decoder(Document), Decoder(Reading)


def packed(mapped: Mapped) -> bytes:
    """What mapping made of a document, as it is kept."""
    one = mapped.reading
    if one is None:
        return encode(_Parts(Head.of(mapped)))
    found = encode(replace(one, document=NO_DOCUMENT))
    parts = (zlib.compress(part, QUICK) for part in (encode(one.document), found))
    return encode(_Parts(Head.of(mapped), *parts))


def unpacked(content: bytes) -> Mapped:
    """The same, as it was. Raises msgspec.DecodeError or zlib.error."""
    parts = _PARTS.decode(content)
    head = parts.head
    return Mapped(_reading(parts) if parts.document else None, head.outcome, head.reason, head.lasting)


def _reading(parts: _Parts) -> Reading:
    document = _DOCUMENT.decode(zlib.decompress(parts.document))
    return replace(_READING.decode(zlib.decompress(parts.found)), document=document)


@dataclass(frozen=True, slots=True)
class AtHand:
    """Content in memory."""

    content: bytes

    def __call__(self) -> bytes:
        """The content."""
        return self.content


@dataclass(frozen=True, slots=True)
class HeldReading:
    """What mapping made of a document: the head of it and a hash, and where the rest comes from."""

    head: Head
    sum: bytes
    content: Callable[[], bytes]

    @classmethod
    def of(cls, content: bytes, later: Callable[[], bytes] | None = None) -> HeldReading:
        """Of what is kept; `later` gives it again. Raises msgspec.DecodeError."""
        return cls(_PARTS.decode(content).head, hashlib.sha256(content).digest(), later or AtHand(content))

    @property
    def name(self) -> str:
        """The document's name."""
        return self.head.document

    def reading(self) -> Reading:
        """The reading."""
        return _reading(_PARTS.decode(self.content()))

    def document(self) -> Document:
        """The document."""
        return _DOCUMENT.decode(zlib.decompress(_PARTS.decode(self.content()).document))


class Documents(Sequence[Document]):
    """Documents in the order of their names, each read when it is asked for."""

    def __init__(self, held: Sequence[HeldReading]) -> None:
        self.held = held

    def __len__(self) -> int:
        """How many there are."""
        return len(self.held)

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> Documents: ...
    def __getitem__(self, at: int | slice) -> Document | Documents:
        """One, or some."""
        return Documents(self.held[at]) if isinstance(at, slice) else self.held[at].document()


class Readings(Sequence[Reading]):
    """The readings of documents in the order of their names, each read when it is asked for."""

    def __init__(self, held: Iterable[HeldReading] = ()) -> None:
        self.held = tuple(held)

    @property
    def documents(self) -> Documents:
        """Their documents."""
        return Documents(self.held)

    def without(self, names: Collection[str]) -> Readings:
        """All but those of some documents."""
        return Readings(one for one in self.held if one.name not in names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.held)

    def __eq__(self, other: object) -> bool:
        """Whether the readings are the same."""
        return isinstance(other, Readings) and [one.sum for one in self.held] == [o.sum for o in other.held]

    __hash__ = None  # type: ignore[assignment]  # as of lists

    @overload
    def __getitem__(self, at: int) -> Reading: ...
    @overload
    def __getitem__(self, at: slice) -> Readings: ...
    def __getitem__(self, at: int | slice) -> Reading | Readings:
        """One, or some."""
        return Readings(self.held[at]) if isinstance(at, slice) else self.held[at].reading()
