"""A version that a curator's write makes of the one before: most graphs stay, and are neither read nor counted.

What is said of the data set follows the write: its version, its size, the parts that changed with their files and
figures, and the names that are gone. Partitions and files of the whole are those of the last build, and say so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from kg.iri import Mint
from kg.publish import void
from kg.publish.changes import Changes
from kg.publish.description import Described, distribution, distribution_iri, subset, version_of
from kg.publish.dumps import Written
from kg.publish.quads import Lines, lines_of
from kg.publish.statistics import figures
from kg.publish.tables import Table, fragment, triples
from kg.publish.withdrawn import ABOUT, State, withdrawn
from kg.store import Store
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
    """What changes from one version to the next: the graphs that differ, as they were and as they are.

    `origin` is the version that was built last.
    """

    base: str
    previous: str
    origin: str
    old: Mapping[str, Lines]
    new: Mapping[str, Lines]
    states: tuple[State, State]  # of what some line of only one of them speaks

    @classmethod
    def of(
        cls, before: Store, previous: str, origin: str, base: str, graphs: Mapping[str, Lines]
    ) -> Revision:
        """The revision that puts these graphs in the place of those of the version before."""
        held = set(before.graphs())
        gone = Mint(base).graph("withdrawn")
        old = {name: lines_of(before.triples(name)) for name in (*graphs, gone) if name in held}
        states = _states(before, previous, base, old, graphs)
        told = withdrawn(*states, base, {})
        new = {**graphs, gone: told} if told or gone in old else graphs
        return cls(base, previous, origin, old, new, states)

    @cached_property
    def changes(self) -> Changes:
        """What is added and what is removed."""
        return Changes.between(self.previous, self.old, self.new)

    @cached_property
    def version(self) -> str:
        """The identifier of the version: that of the build, and of what it differs by from the one before."""
        changes = self.changes
        content = hashlib.sha256(b"".join([self.previous.encode(), *changes.added, *changes.removed]))
        return f"{self.origin}-{content.hexdigest()[:8]}"

    def description(self, before: Lines, dumps: Sequence[Written], default_graphs: Iterable[str]) -> Lines:
        """The description of the version, from that of the one before; none where that had none."""
        if not before:
            return []
        of, under = f"{self.base}dataset", Mint(self.base).graph("")
        size = _size(before, of) + sum(
            len(self.new.get(graph, ())) - len(self.old.get(graph, ())) for graph in default_graphs
        )
        told = Described(self.base, self.version, self.previous, (), dumps, (), _licence(before, of))
        counted = {
            graph.removeprefix(under): figures(lines, self.base) for graph, lines in self.new.items() if lines
        }
        tables: list[Table] = [
            self._whole(told, size, counted),
            version_of(
                told, "write", "a curator's write, checked and reasoned over", [f"{of}/{self.previous}"]
            ),
            *(subset(told, part, found) for part, found in counted.items()),
            *(void.partitions(self.base, part, found) for part, found in counted.items()),
            *(distribution(told, file) for file in dumps),
        ]
        retold = self._retold(of, [graph.removeprefix(under) for graph in {*self.old, *self.new}])
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
                "dcat:distribution": [distribution_iri(told, file) for file in told.dumps],
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


def _states(
    before: Store, previous: str, base: str, old: Mapping[str, Lines], new: Mapping[str, Lines]
) -> tuple[State, State]:
    """What the two versions hold of all that is spoken of in a line that only one of them has."""
    differ = [line for graph in new for line in {*new[graph]} ^ {*old.get(graph, ())}]
    spoken_of = {line.split(b" ", 1)[0] for line in differ}
    about = {Mint(base).graph(name) for name in ABOUT}
    beside: dict[str, list[ox.Triple]] = {}
    for subject in spoken_of:
        for quad in before.about(subject[1:-1].decode()) if subject.startswith(b"<") else ():
            graph = getattr(quad.graph_name, "value", "")
            if graph not in new and graph not in about:
                beside.setdefault(graph, []).append(quad.triple)
    elsewhere = {graph: lines_of(told) for graph, told in beside.items()}

    def of(graphs: Mapping[str, Lines]) -> dict[str, Lines]:
        held = {
            graph: [line for line in graphs.get(graph, ()) if line.split(b" ", 1)[0] in spoken_of]
            for graph in new
        }
        return {graph: lines for graph, lines in held.items() if graphs.get(graph)}

    gone = {graph: old[graph] for graph in about if graph in old}
    return State(previous, {**elsewhere, **of(old), **gone}), State("", {**elsewhere, **of(new)})


def _size(before: Lines, of: str) -> int:
    """How many triples the data set had."""
    told = f'<{of}> <{VOID}triples> "'.encode()
    return int(next(line for line in before if line.startswith(told))[len(told) :].partition(b'"')[0])


def _licence(before: Lines, of: str) -> list[ox.Triple]:
    told = f"<{of}> <{PREFIXES['dcterms']}license> ".encode()
    lines = b"".join(line for line in before if line.startswith(told))
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
