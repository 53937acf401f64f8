"""Dumps: each part of the data set and the whole in every format, the same to the byte for the same triples.

Files are compressed. The SHA-256 of what is in them is the same on every machine; that of the compressed file
is so for one build of zlib.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.iri import digest
from kg.publish.quads import Lines, parsed, quad_lines, quads, serialized

FOLDER = "dumps"
WHOLE = "entente"
CLAIMS, LINKS = "claims", "links"
SHARDS = 16  # of the claims graphs, by their names: a number that stays, so that what is in a shard stays
LEVEL = 5  # of compression
FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
PREFIXED = {"ttl", "rdf", "trig"}
ROOT = re.compile(rb"<rdf:RDF (.*?)>")


@dataclass(frozen=True)
class Part:
    """A part of the data set that has dumps: its name, its graphs, and whose triples those without graphs hold."""

    name: str
    graphs: Mapping[str, Lines]
    merged: Collection[str]
    graph: str | None = None

    @cached_property
    def triples(self) -> Lines:
        """The triples of the merged graphs, each once."""
        if len(self.merged) == 1:
            return self.graphs[next(iter(self.merged))]
        return sorted({line for graph in self.merged for line in self.graphs.get(graph, ())})

    @property
    def quads(self) -> Lines:
        """The triples of all graphs with the names of these; made each time, as they take much room."""
        return quad_lines(self.graphs)

    @cached_property
    def hash(self) -> str:
        """What tells whether a part holds the same as another."""
        held = hashlib.sha256()
        for name, lines in sorted(self.graphs.items()):
            held.update(f"{len(lines)} {name}\n".encode() + b"".join(lines))
        return held.hexdigest()


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
    def of(cls, folder: Path, manifest: Mapping[str, Any]) -> Earlier:
        """Those of a version's folder, by their paths and what is in them."""
        return cls(folder, {(f["path"], f["holds"]): f for f in manifest["dumps"] if "holds" in f})


def parts(graphs: Mapping[str, Lines], default_graphs: Collection[str], under: str) -> Iterator[Part]:
    """Each graph, but for claims, whose graphs share a fixed number of shards, and links; and the whole.

    `under` is what the names of the graphs begin with; the rest names their files. Of the whole, the formats
    without graphs hold what a query sees that names no graph.
    """
    held: dict[str, dict[str, Lines]] = {}
    for graph, lines in graphs.items():
        held.setdefault(_part(graph.removeprefix(under)), {})[graph] = lines
    for name, own in held.items():
        yield Part(name, own, tuple(own), next((g for g in own if g == under + name), None))
    yield Part(WHOLE, graphs, tuple(default_graphs))


def _part(graph: str) -> str:
    """The part that a graph is dumped with, by its name."""
    above, slash, name = graph.partition("/")
    if above == CLAIMS and slash:
        return f"{CLAIMS}-{int(digest(name), 16) % SHARDS:02}"
    return LINKS if above == LINKS else graph.replace("/", "-")


def write_dumps(
    wanted: Collection[Part], folder: Path, prefixes: Mapping[str, str], earlier: Earlier = Earlier()
) -> list[Written]:
    """Write parts in every format into a version's folder; files that the version before has are shared."""
    (folder / FOLDER).mkdir(exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [
            pool.submit(_write, part, ending, folder, prefixes, earlier)
            for part in wanted
            for ending in FORMATS
        ]
        return sorted((one.result() for one in found), key=lambda file: file.path)


def _write(part: Part, ending: str, folder: Path, prefixes: Mapping[str, str], earlier: Earlier) -> Written:
    """Write a part in one format, or link the same file of the version before."""
    path = f"{FOLDER}/{part.name}.{ending}.gz"
    same = earlier.files.get((path, part.hash))
    if same and earlier.folder and (earlier.folder / path).is_file():
        os.link(earlier.folder / path, folder / path)
        return Written(**same)
    content, triples = _content(part, ending, prefixes)
    packed = gzip.compress(content, LEVEL, mtime=0)
    (folder / path).write_bytes(packed)
    return Written(
        path=path,
        bytes=len(packed),
        sha256=hashlib.sha256(packed).hexdigest(),
        media_type=FORMATS[ending].media_type,
        triples=triples,
        graph=part.graph,
        part=part.name,
        holds=part.hash,
        content_bytes=len(content),
        content_sha256=hashlib.sha256(content).hexdigest(),
    )


def _content(part: Part, ending: str, prefixes: Mapping[str, str]) -> tuple[bytes, int]:
    """A part in a format, and how many triples (with graphs: quads) that are."""
    form = FORMATS[ending]
    if ending in {"nt", "nq"}:
        lines = part.quads if form.supports_datasets else part.triples
        return b"".join(lines), len(lines)
    held = part.graphs if form.supports_datasets else {"": part.triples}
    used = _used(prefixes, held) if ending in PREFIXED else {}
    content = serialized(quads(held) if form.supports_datasets else parsed(part.triples), form, used)
    return _sorted_head(content, ending), sum(map(len, held.values()))


def _used(prefixes: Mapping[str, str], held: Mapping[str, Lines]) -> dict[str, str]:
    """Of the prefixes, the ones that some IRI in graphs begins with, or the name of one."""
    texts = (f"<{name}>\n".encode() + b"".join(lines) for name, lines in held.items())
    missing, found = dict(prefixes), dict[str, str]()
    for text in texts:
        found |= {name: iri for name, iri in missing.items() if b"<" + iri.encode() in text}
        missing = {name: iri for name, iri in missing.items() if name not in found}
    return {name: iri for name, iri in prefixes.items() if name in found}


def _sorted_head(content: bytes, ending: str) -> bytes:
    """A file with its prefixes sorted, which the engine writes in any order."""
    if ending == "rdf":
        return ROOT.sub(lambda m: b"<rdf:RDF " + b" ".join(sorted(m[1].split())) + b">", content, count=1)
    lines = content.splitlines(keepends=True)
    head = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join(sorted(lines[:head]) + lines[head:])


def told(written: Collection[Written]) -> list[dict[str, Any]]:
    """What a manifest says of files."""
    return [asdict(file) for file in sorted(written, key=lambda file: file.path)]
