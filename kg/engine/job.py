"""Queries for a worker process, and what it says to them.

All of these are made, sent and read for every query, so they are structures of the library that sends them, which
makes and reads them several times faster than it does dataclasses.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import msgspec

BLOCK = 1 << 16  # bytes of a spooled answer that are read at a time


class Dataset(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Where a data set stands, and the graphs that a query sees as its default graph if it chooses none.

    `store` is a folder, or the address of a SPARQL endpoint. Without `merge_of` the default graph is the
    store's own. At an endpoint `mark` is the graph that says what is published there, and `version` what is
    asked of it; `login` is used where the endpoint asks for one.
    """

    store: str
    merge_of: tuple[str, ...] = ()
    mark: str = ""
    version: str = ""
    login: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it stands at an endpoint, and not in a folder."""
        return self.store.startswith(("http://", "https://"))


class Chosen(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The graphs that a request chooses (SPARQL 1.1 Protocol 2.1.4); None where it chooses none."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


ALL = Chosen()


class Bounds(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What one answer may take: seconds to find it, rows or triples in it, bytes as it is sent."""

    seconds: float
    rows: int
    size: int
    partial: bool = False


class Job(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One query: its text, its data set, the media types wanted for each kind of answer, and its bounds.

    A media type of None says that the client takes no answer of that kind. An answer too large for a message
    is written to `spool`; with `stream` it may be read from there while it is still being written. `hosts` are
    those that SERVICE may ask, and where they are if that is not where their name says.
    """

    dataset: Dataset
    text: str
    base: str
    bounds: Bounds
    spool: str
    chosen: Chosen = ALL
    bindings: str | None = None
    graph: str | None = None
    gzip: bool = False
    hosts: dict[str, str] = {}  # the library makes a new one for each
    stream: bool = False

    @property
    def seconds(self) -> float:
        """How long the job may take."""
        return self.bounds.seconds


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The whole answer to a query, as it is sent: in memory, or in a file that its receiver removes.

    `kind` is `bindings`, `boolean` or `graph`; `rows` counts solutions or triples; `cut` says that there are
    more than the bounds allow, which a client must have asked for.
    """

    kind: str
    media_type: str
    rows: int
    gzip: bool
    cut: bool
    body: bytes = b""
    spooled: Path | None = None

    async def blocks(self) -> AsyncGenerator[bytes, None]:
        """The bytes of an answer in a file, once."""
        if self.spooled:
            with self.spooled.open("rb") as file:
                self.spooled.unlink()
                while block := file.read(BLOCK):
                    yield block

    def take(self) -> bytes:
        """The bytes of the answer, wherever they are; those of a file can be taken once."""
        if self.spooled is None:
            return self.body
        found = self.spooled.read_bytes()
        self.spooled.unlink()
        return found


class Begun(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An answer that is still being written, to a file that its receiver removes; its outcome follows."""

    kind: str
    media_type: str
    gzip: bool
    spooled: Path


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Why there is no answer: a key (`syntax`, `unacceptable`, `rows`, `size`, `time` …) and the words."""

    reason: str
    detail: str
