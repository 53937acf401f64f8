"""Queries for a worker process, and what it says to them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = 1 << 16  # bytes of a spooled answer that are read at a time


@dataclass(frozen=True, slots=True)
class Dataset:
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """The graphs that a request chooses (SPARQL 1.1 Protocol 2.1.4); None where it chooses none."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take: seconds to find it, rows or triples in it, bytes as it is sent."""

    seconds: float
    rows: int
    size: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Job:
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
    hosts: dict[str, str] = field(default_factory=dict)
    stream: bool = False

    @property
    def seconds(self) -> float:
        """How long the job may take."""
        return self.bounds.seconds


@dataclass(frozen=True, slots=True)
class Answer:
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


@dataclass(frozen=True, slots=True)
class Begun:
    """An answer that is still being written, to a file that its receiver removes; its outcome follows."""

    kind: str
    media_type: str
    gzip: bool
    spooled: Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: a key (`syntax`, `unacceptable`, `rows`, `size`, `time` …) and the words."""

    reason: str
    detail: str
