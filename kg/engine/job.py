"""What goes to a worker process and what comes back, as values and on the wire.

A message is one line of JSON and, for an answer, its bytes after it. Nothing is unpickled: a worker has read
untrusted text, and what it says is data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where a data set stands, and the graphs that a query sees as its default graph if it chooses none.

    Without `merge_of` the default graph is the store's own.
    """

    store: str
    merge_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The graphs that a request chooses (SPARQL 1.1 Protocol 2.1.4); None where it chooses none."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


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
    is written to `spool`.
    """

    dataset: Dataset
    text: str
    base: str
    bounds: Bounds
    spool: str
    chosen: Chosen = Chosen()
    bindings: str | None = None
    graph: str | None = None
    gzip: bool = False
    federated: bool = False

    def to_wire(self) -> bytes:
        """The job as one line of JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_wire(cls, message: bytes) -> Job:
        """The job that `to_wire` wrote."""
        told = json.loads(message)
        told["dataset"] = Dataset(told["dataset"]["store"], tuple(told["dataset"]["merge_of"]))
        told["chosen"] = Chosen(**{k: None if v is None else tuple(v) for k, v in told["chosen"].items()})
        told["bounds"] = Bounds(**told["bounds"])
        return cls(**told)


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

    def to_wire(self) -> bytes:
        """The answer as one line of JSON, and its bytes after it."""
        head = {name: getattr(self, name) for name in ("kind", "media_type", "rows", "gzip", "cut")}
        head["spooled"] = str(self.spooled) if self.spooled else None
        return json.dumps({"answer": head}).encode() + b"\n" + self.body


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: a key (`syntax`, `unacceptable`, `rows`, `size`, `time` …) and the words."""

    reason: str
    detail: str

    def to_wire(self) -> bytes:
        """The refusal as one line of JSON."""
        return json.dumps({"refusal": asdict(self)}).encode() + b"\n"


def from_wire(message: bytes) -> Answer | Refusal:
    """What a worker said."""
    line, _, body = message.partition(b"\n")
    told: Mapping[str, Any] = json.loads(line)
    if "refusal" in told:
        return Refusal(**told["refusal"])
    head = told["answer"]
    spooled = Path(head["spooled"]) if head["spooled"] else None
    return Answer(**{**head, "spooled": spooled}, body=body)
