"""A version that a curator's write makes of the one before: most graphs stay, and are neither read nor counted.

What is said of the data set follows the write: its version, its size, the parts that changed with their files and
figures, and the names that are gone. Partitions and files of the whole are those of the last build, and say so.
"""

from __future__ import annotations

import hashlib
import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import cast

import pyoxigraph as ox

from kg.archive import Some
from kg.iri import Mint
from kg.packed import Packed
from kg.publish import void
from kg.publish.before import Before
from kg.publish.changes import Changes, Difference
from kg.publish.counted import Counted
from kg.publish.description import Described, subset, version_of
from kg.publish.quads import Lines, lines_of
from kg.publish.statistics import figures
from kg.publish.tables import Table, fragment, triples
from kg.publish.withdrawn import State, spoken_of, withdrawn
from kg.terms import PREFIXES

VOID, DCAT, PROV, SKOS = (PREFIXES[name] for name in ("void", "dcat", "prov", "skos"))
NOTE = (
    "Partitions, the numbers of subjects, objects and things, and the files of the whole are those of version {}, "
    "which was built; since then curators have changed what the graphs of curation and of inference hold."
)
RETOLD = (
    VOID + "triples",
    DCAT + "version",
    DCAT + "hasCurrentVersion",
    PROV + "wasGeneratedBy",
    SKOS + "note",
)


@dataclass(frozen=True)
class Revision:
    """What changes from one version to the next: the graphs that curators wrote or that follow, as they are now."""

    before: Before
    graphs: Mapping[str, Packed]

    @property
    def base(self) -> str:
        """The base of the names."""
        base: str = self.before.manifest["base"]
        return base

    @property
    def previous(self) -> str:
        """The version before."""
        return self.before.version

    @property
    def origin(self) -> str:
        """The version that was built last."""
        origin: str = self.before.manifest.get("origin", self.previous)
        return origin

    @cached_property
    def states(self) -> tuple[State, State]:
        """The two versions, as far as they tell which names came and which went."""
        gone = {name for name, held in self.graphs.items() if not held}
        names = {*self.before.graphs, *self.graphs} - gone
        return spoken_of(self._written, self.before.store, (self.previous, ""), names, self.base)

    @cached_property
    def _written(self) -> Difference:
        """How the graphs that curators wrote, or that follow, differ from what they were."""
        return self.difference_of(self.graphs)

    @cached_property
    def new(self) -> Mapping[str, Packed]:
        """The graphs as they are now; that of names that were withdrawn among them, if there is or was one."""
        gone = Mint(self.base).graph("withdrawn")
        told = withdrawn(*self.states, self.base, {})
        return {**self.graphs, gone: Packed(told)} if told or gone in self.before.graphs else self.graphs

    @cached_property
    def difference(self) -> Difference:
        """How they differ from what they were."""
        withdrawn = {name: held for name, held in self.new.items() if name not in self.graphs}
        return self._written | self.difference_of(withdrawn)

    def difference_of(self, graphs: Mapping[str, Packed]) -> Difference:
        """How graphs differ from those of the same names in the version before."""
        held = Some(self.before.graphs, [name for name in graphs if name in self.before.graphs])
        return Difference.between(held, graphs)

    @cached_property
    def changes(self) -> Changes:
        """What is added and what is removed."""
        return Changes.of(self.previous, self.difference)

    @cached_property
    def version(self) -> str:
        """The identifier of the version: that of the build, and of what it differs by from the one before."""
        changes = self.changes
        content = hashlib.sha256(b"".join([self.previous.encode(), *changes.added, *changes.removed]))
        return f"{self.origin}-{content.hexdigest()[:8]}"

    @cached_property
    def counted(self) -> Counted | None:
        """The figures, where those of the version before are known."""
        before, told = self.before, self.before.counted
        left = {*self.new, Mint(self.base).graph("dataset")}
        stay = Some(before.graphs, [name for name in before.graphs if name not in left])
        new = {name: held for name, held in self.new.items() if held}
        graphs = ChainMap(new, cast(MutableMapping[str, Packed], stay))  # which is only read
        default = before.manifest["default_graphs"]
        return told and told.followed(self.difference, before.store, graphs, default, self.base)

    def description(self, before: Lines, default_graphs: Iterable[str]) -> Lines:
        """The description of the version, from that of the one before; none where that had none."""
        if not before:
            return []
        of, under = f"{self.base}dataset", Mint(self.base).graph("")
        added, removed = self.difference.added, self.difference.removed
        size = _size(before, of) + sum(
            len(added.get(graph, ())) - len(removed.get(graph, ())) for graph in default_graphs
        )
        told = Described(self.base, self.version, self.previous)
        known = self.counted.parts if self.counted else {}
        parts = {graph.removeprefix(under): held for graph, held in self.new.items() if held}
        counted = {
            part: known[part] if part in known else figures(held.each(), self.base)
            for part, held in parts.items()
        }
        tables: list[Table] = [
            self._whole(told, size, counted),
            version_of(
                told, "write", "a curator's write, checked and reasoned over", [f"{of}/{self.previous}"]
            ),
            *(subset(told, part, found) for part, found in counted.items()),
            *(void.partitions(self.base, part, found) for part, found in counted.items()),
        ]
        retold = self._retold(of, [graph.removeprefix(under) for graph in self.new])
        kept = (line for line in before if not retold.search(line))
        new = chain.from_iterable(triples(table, self.base) for table in tables)
        return sorted({*kept, *lines_of(set(new))})

    def _whole(self, told: Described, size: int, parts: Iterable[str]) -> Table:
        """What is said of the data set."""
        of = f"{self.base}dataset"
        note = NOTE.format(self.origin)
        return {
            of: {
                "dcat:version": ox.Literal(told.version),
                "dcat:hasCurrentVersion": f"{of}/{told.version}",
                "prov:wasGeneratedBy": f"{of}/{told.version}#write",
                "skos:note": ox.Literal(note, language="en"),
                "void:triples": size,
                "void:subset": [fragment(self.base, part) for part in parts],
            }
        }

    def _retold(self, of: str, parts: Iterable[str]) -> re.Pattern[bytes]:
        """What lines of the description before look like that are told anew."""
        names, plain = "|".join(map(re.escape, parts)), re.escape(of)
        written = "" if self.previous == self.origin else f"|<{plain}/{re.escape(self.previous)}(#write)?>"
        patterns = (
            f"^<{plain}> <({'|'.join(map(re.escape, RETOLD))})>",
            f"<{plain}#({names})(-(class|property)-[^>]*)?>",
            f"<{plain}/[^#>]*#({names})[.][^>]*>",  # files, and their sums
        )
        return re.compile(("|".join(patterns) + written).encode())


def _size(before: Lines, of: str) -> int:
    """How many triples the data set had."""
    told = f'<{of}> <{VOID}triples> "'.encode()
    return int(next(line for line in before if line.startswith(told))[len(told) :].partition(b'"')[0])
