"""Dumps: each named graph and the whole, the same to the byte for the same triples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, takewhile
from pathlib import Path

import pyoxigraph as ox

WHOLE = "entente"


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump to write: its file name, its format, its triples or quads in order, and the graph it holds."""

    name: str
    format: ox.RdfFormat
    statements: Sequence[ox.Quad] | Sequence[ox.Triple]
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


def dumps(quads: Sequence[ox.Quad], default_graphs: Sequence[str], graphs_under: str) -> Iterator[Dump]:
    """Each named graph as Turtle and N-Triples; the default graph likewise; all graphs as TriG.

    `graphs_under` is what the names of the graphs begin with; the rest names their files.
    """
    formats = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
    merged: set[ox.Triple] = set()
    for graph, held in groupby(quads, key=lambda quad: quad.graph_name):
        triples = [quad.triple for quad in held]
        if isinstance(graph, ox.NamedNode):
            name = graph.value.removeprefix(graphs_under).replace("/", "-")
            yield from (Dump(f"{name}.{f.file_extension}", f, triples, graph.value) for f in formats)
            merged.update(triples if graph.value in default_graphs else ())
    in_order = sorted(merged, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    yield from (Dump(f"{WHOLE}.{f.file_extension}", f, in_order) for f in formats)
    yield Dump(f"{WHOLE}.{ox.RdfFormat.TRIG.file_extension}", ox.RdfFormat.TRIG, quads)


def write(dump: Dump, folder: Path, prefixes: Mapping[str, str]) -> Written:
    """Write a dump into a folder; of the prefixes, the ones it uses."""
    plain = serialized(dump.statements, ox.RdfFormat.N_QUADS)
    used = {name: iri for name, iri in sorted(prefixes.items()) if b"<" + iri.encode() in plain}
    content = serialized(dump.statements, dump.format, used)
    (folder / dump.name).write_bytes(content)
    return Written(
        path=f"{folder.name}/{dump.name}",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=dump.format.media_type,
        triples=len(dump.statements),
        graph=dump.graph,
    )


def serialized(
    statements: Sequence[ox.Quad] | Sequence[ox.Triple],
    syntax: ox.RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Statements in a syntax, in the order given, after the prefixes in theirs, which the engine shuffles."""
    output = BytesIO()
    ox.serialize(statements, output, syntax, prefixes=dict(prefixes or {}))
    lines = output.getvalue().splitlines(keepends=True)
    head = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join(sorted(lines[:head]) + lines[head:])
