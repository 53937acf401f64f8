"""The versions of a data set beside one another: when a name was in use, and what each version changed."""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from kg.history import Moment
from kg.published import Published, open_published

NAMES, CHANGES = "names.gz", "changes.rdfp.gz"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that a version added or, if not `added`, removed."""

    added: bool
    quad: ox.Quad


class Versions:
    """The versions of what is published in a folder, the oldest first, and the names that each uses."""

    def __init__(self, dist: Path, moments: Sequence[Moment]) -> None:
        self.moments = tuple(moments)
        self._dist = dist
        self._uses: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for number, moment in enumerate(self.moments):
            for line in self._lines(moment.version, NAMES):
                self._uses[line[1:].decode()].append((number, line.startswith(b"+")))

    def of(self, iri: str) -> tuple[Moment, ...]:
        """The versions that use a name; all where it is not known when it came and went."""
        uses = self._uses.get(iri)
        if not uses:
            return self.moments
        starts = [number for number, _ in uses]
        known = ((n, bisect_right(starts, n) - 1) for n in range(len(self.moments)))
        return tuple(self.moments[n] for n, at in known if at >= 0 and uses[at][1])

    def at(self, iri: str, when: datetime) -> Moment | None:
        """The version that uses a name at a time: the last one published by then, else the first one."""
        found = self.of(iri)
        by_then = [moment for moment in found if moment.published <= when]
        return by_then[-1] if by_then else next(iter(found), None)

    def published(self, version: str) -> Published:
        """What was published as a version; raises NotPublishedError."""
        return open_published(self._dist, version)

    def changes(self, version: str) -> Iterator[Statement]:
        """What a version removed and added, in this order, each sorted."""
        lines = list(self._lines(version, CHANGES))
        for mark in (b"D ", b"A "):
            told = b"\n".join(line[2:] for line in lines if line.startswith(mark))
            for quad in ox.parse(told, format=ox.RdfFormat.N_QUADS):
                yield Statement(mark == b"A ", quad)

    def difference(self, old: str, new: str) -> list[Statement]:
        """What one version does not have that another has, and the other way round: removed, then added, sorted.

        Raises NotPublishedError for a version that there is not.
        """
        order = [moment.version for moment in self.moments]
        first, last = (order.index(self.published(version).version) for version in (old, new))
        if first > last:
            return [Statement(not s.added, s.quad) for s in reversed(self.difference(new, old))]
        net: dict[ox.Quad, bool] = {}
        for version in order[first + 1 : last + 1]:
            for statement in self.changes(version):
                if net.pop(statement.quad, statement.added) is statement.added:
                    net[statement.quad] = statement.added
        return sorted((Statement(added, quad) for quad, added in net.items()), key=_in_order)

    def _lines(self, version: str, name: str) -> Iterator[bytes]:
        """The lines of a compressed file of a version; none where it has no such file."""
        path = self._dist / "versions" / version / name
        return iter(gzip.decompress(path.read_bytes()).splitlines() if path.is_file() else ())


def _in_order(statement: Statement) -> tuple[bool, str]:
    return statement.added, str(statement.quad)
