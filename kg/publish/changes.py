"""The difference between a version and the one before it, as RDF Patch."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.publish.dumps import LEVEL, WHOLE, Part
from kg.publish.quads import Lines, lines_of, quad_lines
from kg.store import Store

FILE = "changes.rdfp.gz"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version has that the one before had not, and the other way round: lines of N-Quads, sorted."""

    previous: str
    added: Lines
    removed: Lines

    @classmethod
    def between(cls, previous: str, before: Mapping[str, Lines], now: Mapping[str, Lines]) -> Changes:
        """The changes from some graphs to others."""
        added, removed = differences(before, now)
        return cls(previous, quad_lines(added), quad_lines(removed))

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


def differences(
    before: Mapping[str, Lines], now: Mapping[str, Lines]
) -> tuple[dict[str, Lines], dict[str, Lines]]:
    """What graphs have that they had not before, and the other way round; a graph that stayed is in neither."""
    added: dict[str, Lines] = {}
    removed: dict[str, Lines] = {}
    for name in before.keys() | now.keys():
        old, new = before.get(name, []), now.get(name, [])
        if old != new:
            were, are = set(old), set(new)
            added[name], removed[name] = sorted(are - were), sorted(were - are)
    return added, removed


def published_graphs(
    folder: Path, manifest: Mapping[str, Any], at_hand: Iterable[Part] = ()
) -> dict[str, Lines] | None:
    """The lines of all graphs of a version, from its dumps; from its store where these were not yet of that kind.

    None where it has neither. Of parts `at_hand` that hold the same, the files are not read.
    """
    files = {f["path"]: f for f in manifest["dumps"] if f["path"].endswith(".nq.gz")}
    wanted = {path: f for path, f in files.items() if f.get("part") != WHOLE}
    if not wanted:
        return _stored(folder / "store")
    same = {(part.name, part.hash): part.graphs for part in at_hand if part.name != WHOLE}
    known: dict[str, Lines] = {}
    found: dict[str, list[bytes]] = {}
    for path, f in wanted.items():
        if (graphs := same.get((f.get("part", ""), f.get("holds", "")))) is not None:
            known |= graphs
            continue
        for line in gzip.decompress((folder / path).read_bytes()).splitlines(keepends=True):
            triple, graph = line[:-3].rsplit(b" ", 1)
            found.setdefault(graph[1:-1].decode(), []).append(triple + b" .\n")
    return known | found


def _stored(path: Path) -> dict[str, Lines] | None:
    """The lines of all graphs of a store; None where there is none."""
    if not path.is_dir():
        return None
    store = Store.open(path)
    return {name: lines_of(store.triples(name)) for name in store.graphs()}


def _by_graph(lines: Iterable[bytes]) -> Counter[str]:
    return Counter(line[:-3].rsplit(b" ", 1)[1][1:-1].decode() for line in lines)
