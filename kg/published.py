"""Readers of what was published: the current version, its store, its documents and dumps.

dist/current -> versions/<id>/
dist/versions/<id>/{manifest.json, store/, dumps/, documents/}
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.history import published_at
from kg.store import Store
from kg.terms import rebase

EVENTS_OF_CLAIMS = Path(__file__).parent / "queries" / "events_of_claims.rq"


class NotPublishedError(LookupError):
    """There is no published data set in a folder, or not all of it: which folder, and what to do."""

    def __init__(self, dist: Path, reason: str = "nothing is published here yet") -> None:
        super().__init__(f"{dist}: {reason}; run 'kg build' first, or name another folder with --dist")
        self.dist, self.reason = dist, reason


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One published document: its name, what is known about it, and where its text stands."""

    name: str
    iri: str
    title: str | None
    date: str | None
    source: str | None
    language: str
    sha256: str
    path: Path

    @property
    def text(self) -> str:
        """The text that the offsets of evidence count in."""
        return self.path.read_text("utf-8")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a version, with the figures to check it by; `path` is relative to the version's folder."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int | None = None
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One version of the data set, whole."""

    version: str
    folder: Path
    base: str
    counts: Mapping[str, int]
    documents: Mapping[str, PublishedDocument]
    dumps: tuple[PublishedFile, ...]
    store: Store
    published: datetime

    def dump(self, name: str) -> Path | None:
        """Where a dump stands, by its file name; None where there is none of that name."""
        paths = {Path(d.path).name: self.folder / d.path for d in self.dumps}
        return paths.get(name)


def current_version(dist: Path) -> str:
    """The identifier of the version that is current in `dist`; raises NotPublishedError."""
    try:
        current = os.readlink(f"{dist}/current")  # noqa: PTH115  # each query asks for it, and a Path is slow
    except OSError as error:
        raise NotPublishedError(dist) from error
    return current.rpartition("/")[2]


def open_published(dist: Path, version: str | None = None) -> Published:
    """The version that is current in `dist`, or the named one; raises NotPublishedError."""
    version = version or current_version(dist)
    folder = dist / "versions" / version
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise NotPublishedError(dist, f"version {version!r} is not here")
    told: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
    return Published(
        version=told["version"],
        folder=folder,
        base=told["base"],
        counts=told["counts"],
        documents={
            d["name"]: PublishedDocument(**{**d, "path": folder / d["path"]}) for d in told["documents"]
        },
        dumps=tuple(PublishedFile(**f) for f in told["dumps"]),
        store=Store.open(folder / "store", told["default_graphs"]),
        published=published_at(dist, version),
    )


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


def events_of_claims(published: Published) -> dict[str, str]:
    """The event that each published claim tells of, both by their IRIs."""
    answer = published.store.query(rebase(EVENTS_OF_CLAIMS.read_text("utf-8"), published.base))
    return {row["claim"].value: row["event"].value for row in cast(ox.QuerySolutions, answer)}
