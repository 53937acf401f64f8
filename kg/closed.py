"""The closure that a build keeps beside the versions, for the next build and for curators' writes to go on from.

It lies under a name for all that it depends on besides the data, and a checksum. What is of another name, damaged
or missing counts as nothing: all is closed anew, and nothing but time is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from kg import reason
from kg.packed import Packed, to_lines, to_triples
from kg.reason import Triple

FILE = ".closure"
_SUM = hashlib.sha256().digest_size


class Closed(msgspec.Struct, frozen=True):
    """A closure as it is kept: what was asserted, what of it is published, and the rest."""

    asserted: bytes
    inferred: bytes
    state: reason.State


def edition(ontology: Iterable[Triple], base: str) -> str:
    """A name for all that a closure depends on besides its data: ontology, base, and code."""
    told = hashlib.sha256(base.encode())
    told.update("\n".join(sorted(" ".join(t.n3() for t in triple) for triple in ontology)).encode())
    for path in sorted(Path(reason.__file__).parent.glob("*.*")):
        told.update(path.read_bytes())
    return told.hexdigest()


def name(edition: str, asserted: Packed) -> str:
    """A name for what was reasoned over, with all that its closure depends on; empty without an edition."""
    return hashlib.sha256(edition.encode() + asserted.sum).hexdigest() if edition else ""


def asserted(data: Iterable[Iterable[bytes]], ontology: Iterable[Triple]) -> Packed:
    """What is reasoned over, of graphs by their lines: without what the ontology says itself."""
    said = {*to_lines(ontology)}
    return Packed(line for lines in data for line in lines if line not in said)


def read(folder: Path, edition: str) -> Closed | None:
    """The closure of an edition that is kept in a folder; None where there is none, or it is damaged."""
    with suppress(FileNotFoundError, msgspec.DecodeError):
        told = memoryview((folder / FILE).read_bytes())
        if told[:_SUM] == _checksum(edition, told[_SUM:]):
            return msgspec.msgpack.decode(told[_SUM:], type=Closed)
    return None


def keep(folder: Path, edition: str, closed: Closed | None) -> None:
    """Keep the closure of an edition in place of the one before; None for none. Raises OSError."""
    if closed is None:
        (folder / FILE).unlink(missing_ok=True)
        return
    content = msgspec.msgpack.encode(closed)
    coming = folder / f"{FILE}.coming"
    with coming.open("wb") as file:
        file.write(_checksum(edition, content))
        file.write(content)
    coming.replace(folder / FILE)


def resumed(closed: Closed, ontology: Iterable[Triple], data: Packed, base: str) -> reason.Reasoner:
    """The reasoner over data that goes on from a closure; it watches what changes. Raises StaleError."""
    reasoner = reason.Reasoner(ontology, (), base, closed.state)
    before = Packed.restored(closed.asserted)
    reasoner.remove(to_triples(before.minus(data)))
    reasoner.add(to_triples(data.minus(before)))
    return reasoner


def _checksum(edition: str, content: bytes | memoryview) -> bytes:
    told = hashlib.sha256(edition.encode())
    told.update(content)
    return told.digest()
