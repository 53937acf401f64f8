"""Dumps: each named graph and the whole, the same to the byte for the same triples."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from kg.publish.quads import Lines, quads, serialized

WHOLE = "entente"


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump: its file name and format, its bytes, how many triples they are, and the graph it holds."""

    name: str
    format: ox.RdfFormat
    content: bytes
    triples: int
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, with the figures to check it by."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int
    graph: str | None


def dumps(
    graphs: Mapping[str, Lines], default_graphs: Collection[str], under: str, prefixes: Mapping[str, str]
) -> Iterator[Dump]:
    """Each named graph as N-Triples and Turtle; the default graph likewise; all graphs as TriG.

    `under` is what the names of the graphs begin with; the rest names their files.
    """
    for graph, lines in graphs.items():
        yield from _both(graph.removeprefix(under).replace("/", "-"), lines, prefixes, graph)
    merged = sorted({line for graph in default_graphs for line in graphs.get(graph, ())})
    yield from _both(WHOLE, merged, prefixes)
    used = _used(prefixes, b"".join(line for lines in graphs.values() for line in lines))
    trig = _sorted_head(serialized(quads(graphs), ox.RdfFormat.TRIG, used))
    yield Dump(f"{WHOLE}.trig", ox.RdfFormat.TRIG, trig, sum(map(len, graphs.values())))


def write(dump: Dump, folder: Path) -> Written:
    """Write a dump into a folder."""
    (folder / dump.name).write_bytes(dump.content)
    return Written(
        path=f"{folder.name}/{dump.name}",
        bytes=len(dump.content),
        sha256=hashlib.sha256(dump.content).hexdigest(),
        media_type=dump.format.media_type,
        triples=dump.triples,
        graph=dump.graph,
    )


def _both(name: str, lines: Lines, prefixes: Mapping[str, str], graph: str | None = None) -> Iterator[Dump]:
    """Triples as N-Triples, which the lines are, and as Turtle."""
    plain = b"".join(lines)
    yield Dump(f"{name}.nt", ox.RdfFormat.N_TRIPLES, plain, len(lines), graph)
    triples = (quad.triple for quad in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES))
    turtle = _sorted_head(serialized(triples, ox.RdfFormat.TURTLE, _used(prefixes, plain)))
    yield Dump(f"{name}.ttl", ox.RdfFormat.TURTLE, turtle, len(lines), graph)


def _used(prefixes: Mapping[str, str], plain: bytes) -> dict[str, str]:
    """Of the prefixes, the ones that some IRI begins with."""
    return {name: iri for name, iri in prefixes.items() if b"<" + iri.encode() in plain}


def _sorted_head(content: bytes) -> bytes:
    """Turtle or TriG with its prefixes sorted, which the engine writes in any order."""
    lines = content.splitlines(keepends=True)
    head = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join(sorted(lines[:head]) + lines[head:])
