"""Readers of what was published: the current version, its store, its documents and dumps.

dist/current -> versions/<id>/
dist/versions/<id>/{manifest.json, store/, graphs/, documents/, changes.rdfp.gz}, then {dumps/, dumps.json}

The stores of older versions are gone; they are made again, in memory, from the graphs.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.archive import Archive, is_archived
from kg.history import published_at
from kg.iri import Mint
from kg.manifest import FILE as MANIFEST
from kg.manifest import dumps_of, manifest_of
from kg.packed import Packed
from kg.store import Store
from kg.store_elsewhere import StoreElsewhere

WHOLE = "entente"  # the part that is all others together
CLAIMS = "claims"  # what the names of the parts begin with that hold claims


class NotPublishedError(LookupError):
    """There is no published data set in a folder, or not all of it: which folder, and what to do."""

    def __init__(self, dist: Path, reason: str = "nothing is published here yet") -> None:
        super().__init__(f"{dist}: {reason}; run 'kg build' first, or name another folder with --dist")
        self.dist, self.reason = dist, reason


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One published document: its name, what is known about it, and where its text stands.

    `body` is where in the text the document's own prose begins, behind its front matter.
    """

    name: str
    iri: str
    title: str | None
    date: str | None
    source: str | None
    language: str
    sha256: str
    path: Path
    body: int = 0

    @property
    def text(self) -> str:
        """The text that the offsets of evidence count in."""
        return self.path.read_text("utf-8")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a version, with the figures to check it by; `path` is relative to the version's folder.

    A compressed file tells what is in it, too: `content_…`. `part` is the part of the data set that it holds,
    which older releases do not tell.
    """

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int | None = None
    graph: str | None = None
    part: str = ""
    holds: str | None = None
    content_bytes: int | None = None
    content_sha256: str | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class PublishedChanges:
    """What a version changed: the version before, and how many triples were added and removed, by graph."""

    previous: str
    graphs: Mapping[str, tuple[int, int]]

    @property
    def added(self) -> int:
        """How many triples were added."""
        return sum(added for added, _ in self.graphs.values())

    @property
    def removed(self) -> int:
        """How many triples were removed."""
        return sum(removed for _, removed in self.graphs.values())


@dataclass(frozen=True)
class Published:
    """One version of the data set, whole; its store is opened when it is asked."""

    version: str
    folder: Path
    base: str
    counts: Mapping[str, int]
    documents: Mapping[str, PublishedDocument]
    default_graphs: tuple[str, ...]
    published: datetime
    changes: PublishedChanges | None = None
    built: str = ""  # the version that was built last; another one where curators have written since
    elsewhere: StoreElsewhere | None = None  # the store of another server that has it
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dumps(self) -> tuple[PublishedFile, ...]:
        """Its files; none before they are written, which is after the version is published."""
        return self._written or ()

    @property
    def is_dumped(self) -> bool:
        """Whether its files are written."""
        return self._written is not None

    @property
    def _written(self) -> tuple[PublishedFile, ...] | None:
        """The files, once they are there: they then stay."""
        if "written" not in self.__dict__ and (told := dumps_of(self.folder, self.manifest)) is not None:
            self.__dict__["written"] = tuple(PublishedFile(**file) for file in told)
        found: tuple[PublishedFile, ...] | None = self.__dict__.get("written")
        return found

    @cached_property
    def store(self) -> Store:
        """Its graphs; of a version that no longer has a store, in memory. Raises StoreError."""
        if self.elsewhere:
            return self.elsewhere
        if not (self.folder / "store").is_dir():
            if is_archived(self.folder):
                return Store.memory(_quads(Archive(self.folder)), self.default_graphs)
            if self._packed:
                contents = (gzip.decompress(path.read_bytes()) for path in self._packed)
                quads = (ox.parse(content, format=ox.RdfFormat.N_QUADS) for content in contents)
                return Store.memory(chain.from_iterable(quads), self.default_graphs)
        return Store.open(self.folder / "store", self.default_graphs)

    @property
    def _packed(self) -> list[Path]:
        """The dumps that together hold every quad; up to format 2 there are no files of graphs."""
        return [self.folder / f.path for f in self.dumps if f.name.endswith(".nq.gz") and f.part != WHOLE]

    def dump(self, name: str) -> PublishedFile | None:
        """A dump by its file name, with or without the ending of compression; None where there is none."""
        found = {file.name: file for file in self.dumps}
        return found.get(name) or found.get(f"{name}.gz")


def current_version(dist: Path) -> str:
    """The identifier of the version that is current in `dist`; raises NotPublishedError."""
    try:
        current = os.readlink(f"{dist}/current")  # noqa: PTH115  # each query asks for it, and a Path is slow
    except OSError as error:
        raise NotPublishedError(dist) from error
    return current.rpartition("/")[2]


def open_published(dist: Path, version: str | None = None) -> Published:
    """The version that is current in `dist`, or the named one; raises NotPublishedError, FormatError."""
    version = version or current_version(dist)
    folder = dist / "versions" / version
    if not (folder / MANIFEST).is_file():
        raise NotPublishedError(dist, f"version {version!r} is not here")
    told = manifest_of(folder)
    return Published(
        version=told["version"],
        folder=folder,
        base=told["base"],
        counts=told["counts"],
        documents={
            d["name"]: PublishedDocument(**{**d, "path": folder / d["path"]}) for d in told["documents"]
        },
        default_graphs=tuple(told["default_graphs"]),
        published=published_at(dist, version),
        changes=_changes(told.get("changes")),
        built=told.get("origin", told["version"]),
        manifest=told,
    )


def _quads(graphs: Mapping[str, Packed]) -> Iterator[ox.Quad]:
    for name, held in graphs.items():
        for quad in ox.parse(held.text, format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))


def _changes(told: Mapping[str, Any] | None) -> PublishedChanges | None:
    if told is None:
        return None
    return PublishedChanges(told["previous"], {graph: tuple(n) for graph, n in told["graphs"].items()})


class Current:
    """The current version, opened again whenever another has been swapped in; for servers that run on."""

    def __init__(self, dist: Path) -> None:
        self.dist = dist
        self._held: Published | None = None

    def get(self) -> Published:
        """The version that is current now; callers keep it for the whole of one answer."""
        version = current_version(self.dist)
        held = self._held
        if held is None or held.version != version:
            held = self._held = open_published(self.dist, version)
        return held


def event_of_claim(published: Published) -> Callable[[str], str | None]:
    """A function from the IRI of a claim to that of the event which it tells of; to None for one not published."""
    claims = ox.NamedNode(Mint(published.base).term("claims"))
    told = published.store.matching((None, claims, None))  # at once, as one by one they take far longer
    pairs = ((cast(ox.NamedNode, quad.subject), cast(ox.NamedNode, quad.object)) for quad in told)
    return {claim.value: event.value for claim, event in pairs}.get
