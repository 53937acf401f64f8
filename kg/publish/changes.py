"""The difference between a version and the one before it, and how it is told: as RDF Patch."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.archive import sums
from kg.packed import Packed
from kg.publish.quads import Lines, quad_lines

FILE = "changes.rdfp.gz"
LEVEL = 5  # of compression


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that graphs have and had not, and the other way round; graphs that stayed are in neither."""

    added: Mapping[str, Lines] = field(default_factory=dict)
    removed: Mapping[str, Lines] = field(default_factory=dict)

    @classmethod
    def between(cls, before: Mapping[str, Packed], now: Mapping[str, Packed]) -> Difference:
        """The difference of some graphs to others; only those are unpacked that are not the same."""
        were, are = sums(before), sums(now)
        changed = sorted(name for name in were.keys() | are.keys() if were.get(name) != are.get(name))
        added, removed = dict[str, Lines](), dict[str, Lines]()
        for name in changed:
            old, new = before.get(name, Packed()), now.get(name, Packed())
            added[name], removed[name] = new.minus(old), old.minus(new)
        return cls(added, removed)

    def __or__(self, other: Difference) -> Difference:
        """This difference and that of other graphs."""
        return Difference({**self.added, **other.added}, {**self.removed, **other.removed})

    @property
    def size(self) -> int:
        """How many lines were added or removed."""
        return sum(map(len, (*self.added.values(), *self.removed.values())))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version has that the one before had not, and the other way round: lines of N-Quads, sorted."""

    previous: str
    added: Lines
    removed: Lines

    @classmethod
    def of(cls, previous: str, difference: Difference) -> Changes:
        """The changes that a difference makes to the version before."""
        return cls(previous, quad_lines(difference.added), quad_lines(difference.removed))

    def told(self) -> dict[str, Any]:
        """What a manifest says of the changes: the version before, and how much was added and removed by graph."""
        added, removed = _by_graph(self.added), _by_graph(self.removed)
        graphs = {g: [added[g], removed[g]] for g in sorted(added.keys() | removed.keys())}
        return {"previous": self.previous, "graphs": graphs}

    def write(self, folder: Path, version: str, base: str) -> None:
        """Write the changes into a version's folder, as one transaction of RDF Patch."""
        head = [
            f"H id <{base}dataset/{version}> .\n",
            f"H prev <{base}dataset/{self.previous}> .\n",
            "TX .\n",
        ]
        body = [*(b"D " + line for line in self.removed), *(b"A " + line for line in self.added)]
        content = b"".join([*(line.encode() for line in head), *body, b"TC .\n"])
        (folder / FILE).write_bytes(gzip.compress(content, LEVEL, mtime=0))


def _by_graph(lines: Iterable[bytes]) -> Counter[str]:
    return Counter(line[:-3].rsplit(b" ", 1)[1][1:-1].decode() for line in lines)
