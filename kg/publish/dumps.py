"""Dumps: each part of the data set and the whole in every format, the same to the byte for the same triples.

Files are compressed. The SHA-256 of what is in them is the same on every machine; that of the compressed file
is so for one build of zlib. They are written as they are read, so that no more than a part of the claims is in memory.
"""

from __future__ import annotations

import gzip
import heapq
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import chain, count, groupby
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.archive import Some, holding
from kg.iri import digest
from kg.packed import Packed
from kg.publish.files import Sink, sum_of
from kg.publish.quads import quad_lines, quads, statements

FOLDER = "dumps"
WHOLE = "entente"
CLAIMS, LINKS = "claims", "links"
SHARDS = 16  # of the claims graphs, by their names: a number that stays, so that what is in a shard stays
FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
PREFIXED = {"ttl", "rdf", "trig"}


@dataclass(frozen=True)
class Part:
    """A part of the data set that has dumps: its name, its graphs, and whose triples those without graphs hold.

    The whole is made of other parts.
    """

    name: str
    graphs: Mapping[str, Packed]
    merged: Collection[str]
    graph: str | None = None
    made_of: tuple[str, ...] = ()

    def triples(self) -> Iterator[bytes]:
        """The triples of the merged graphs, sorted, each once."""
        held = [self.graphs[graph] for graph in self.merged if graph in self.graphs]
        if len(held) == 1:
            return held[0].each()
        if self.made_of:
            return (line for line, _ in groupby(heapq.merge(*(one.each() for one in held))))
        return iter(sorted({line for one in held for line in one.each()}))

    @cached_property
    def hash(self) -> str:
        """What tells whether a part holds the same as another."""
        return holding(self.graphs)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, with the figures to check it by; those of what is in it are `content_…`."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int
    graph: str | None
    part: str
    holds: str
    content_bytes: int
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The dumps of the version before, to share what has not changed."""

    folder: Path | None = None
    files: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, dumps: Iterable[Mapping[str, Any]]) -> Earlier:
        """Those of a version's folder, by their paths and what is in them."""
        return cls(folder, {(f["path"], f["holds"]): f for f in dumps if "holds" in f})

    def shared(self, path: str, holds: str, target: Path) -> Written | None:
        """A file of this version that holds the same, linked to another place; None where it has none that is whole."""
        told = self.files.get((path, holds))
        if not told or not self.folder or sum_of(self.folder / path) != told["sha256"]:
            return None
        os.link(self.folder / path, target)
        return Written(**told)


def parts(graphs: Mapping[str, Packed], default_graphs: Collection[str], under: str) -> Iterator[Part]:
    """Each graph, but for claims, whose graphs share a fixed number of shards, and links; and the whole.

    `under` is what the names of the graphs begin with; the rest names their files. Of the whole, the formats
    without graphs hold what a query sees that names no graph.
    """
    held = by_part(graphs, under)
    for name, own in held.items():
        yield Part(name, own, tuple(own), next((g for g in own if g == under + name), None))
    yield Part(WHOLE, graphs, tuple(default_graphs), made_of=tuple(held))


def by_part(graphs: Mapping[str, Packed], under: str) -> dict[str, Mapping[str, Packed]]:
    """Graphs by the parts that they are dumped with."""
    names: dict[str, list[str]] = {}
    for graph in graphs:
        names.setdefault(part_of(graph.removeprefix(under)), []).append(graph)
    return {part: Some(graphs, own) for part, own in names.items()}


def part_of(graph: str) -> str:
    """The part that a graph is dumped with, by its name."""
    above, slash, name = graph.partition("/")
    if above == CLAIMS and slash:
        return f"{CLAIMS}-{int(digest(name), 16) % SHARDS:02}"
    return LINKS if above == LINKS else graph.replace("/", "-")


def write_dumps(
    wanted: Collection[Part],
    folder: Path,
    prefixes: Mapping[str, str],
    earlier: Earlier = Earlier(),
    done: Callable[[], object] = lambda: None,
) -> list[Written]:
    """Write parts in every format into a version's folder; files that the version before has are shared.

    The whole comes last: its quads are those of the other parts. `done` is called after each file.
    """

    def written(part: Part, ending: str) -> Written:
        one = _write(part, ending, folder, prefixes, earlier)
        done()
        return one

    found: list[Written] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for whole in (False, True):
            files = [(p, e) for p in wanted if (p.name == WHOLE) is whole for e in FORMATS]
            found += [one.result() for one in [pool.submit(written, *file) for file in files]]
    return sorted(found, key=lambda file: file.path)


def _write(part: Part, ending: str, folder: Path, prefixes: Mapping[str, str], earlier: Earlier) -> Written:
    """Write a part in one format, or link the same file of the version before."""
    path = f"{FOLDER}/{part.name}.{ending}.gz"
    (folder / path).unlink(missing_ok=True)  # what was there may be shared with other versions
    if same := earlier.shared(path, part.hash, folder / path):
        return same
    with Sink(folder / path, sorted_head=ending in PREFIXED) as sink:
        triples = _fill(sink, part, ending, folder, prefixes)
    return Written(
        path=path,
        bytes=sink.packed_bytes,
        sha256=sink.packed_sha256,
        media_type=FORMATS[ending].media_type,
        triples=triples,
        graph=part.graph,
        part=part.name,
        holds=part.hash,
        content_bytes=sink.bytes,
        content_sha256=sink.sha256,
    )


def _fill(sink: Sink, part: Part, ending: str, folder: Path, prefixes: Mapping[str, str]) -> int:
    """Write a part in a format; how many triples (with graphs: quads) that are."""
    form = FORMATS[ending]
    if ending == "nt":
        return sink.write_lines(part.triples())
    if ending == "nq":
        with ExitStack() as stack:
            files = [stack.enter_context(gzip.open(folder / FOLDER / f"{one}.nq.gz")) for one in part.made_of]
            return sink.write_lines(heapq.merge(*files) if files else quad_lines(part.graphs))
    named = form.supports_datasets
    used = _used(prefixes, part, named=named) if ending in PREFIXED else {}
    number = count()
    told = quads(part.graphs) if named else statements(part.triples())
    counted = (one for one in told if next(number) >= 0)
    ox.serialize(counted, cast(IO[bytes], sink), form, prefixes=used)
    return next(number)


def _used(prefixes: Mapping[str, str], part: Part, *, named: bool) -> dict[str, str]:
    """Of the prefixes, the ones that some IRI in a part begins with, or with graphs the name of one."""
    missing, found = dict(prefixes), dict[str, str]()
    for graph in part.graphs if named else [graph for graph in part.merged if graph in part.graphs]:
        head = [f"<{graph}>\n".encode()] if named else []
        for block in chain([head], part.graphs[graph].blocks() if missing else ()):
            text = b"".join(block)
            found |= {name: iri for name, iri in missing.items() if b"<" + iri.encode() in text}
            missing = {name: iri for name, iri in missing.items() if name not in found}
    return {name: iri for name, iri in prefixes.items() if name in found}


def told(written: Collection[Written]) -> list[dict[str, Any]]:
    """What is said of files."""
    return [asdict(file) for file in sorted(written, key=lambda file: file.path)]
