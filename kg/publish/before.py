"""The version before the one that is to be published: what it holds, to compare with."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.archive import Archive, is_archived
from kg.manifest import FORMAT, manifest_of
from kg.packed import Packed
from kg.publish.counted import Counted
from kg.publish.dumps import WHOLE
from kg.publish.quads import lines_of, quads
from kg.store import Store


class NoGraphsError(LookupError):
    """A version that has its graphs neither as files nor in dumps or a store: its folder, and what to do."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: this version has no graphs; run 'kg build' first")
        self.folder = folder


@dataclass(frozen=True)
class Before:
    """A version: its folder, its manifest, and its graphs."""

    folder: Path
    manifest: dict[str, Any]
    graphs: Mapping[str, Packed]

    @classmethod
    def of(cls, dist: Path) -> Before | None:
        """The version that is current; None where there is none, or nothing to compare with."""
        current = dist / "current"
        try:
            return cls.at(dist / "versions" / current.readlink().name) if current.is_symlink() else None
        except NoGraphsError:
            return None

    @classmethod
    def at(cls, folder: Path) -> Before:
        """The version of a folder. Raises NoGraphsError, FormatError, OSError, ValueError."""
        manifest = manifest_of(folder)
        return cls(folder, manifest, published_graphs(folder, manifest))

    def holds(self, content: str, base: str) -> bool:
        """Whether it is what would be published, in the format of this release."""
        told = self.manifest
        return (told.get("content"), told["base"], told.get("format")) == (content, base, FORMAT)

    @property
    def version(self) -> str:
        """Its identifier."""
        version: str = self.manifest["version"]
        return version

    @property
    def documents(self) -> dict[str, str]:
        """The IRIs of its documents, by their names."""
        return {document["name"]: document["iri"] for document in self.manifest["documents"]}

    @property
    def counted(self) -> Counted | None:
        """Its figures, where they were counted as this release does."""
        told = self.manifest.get("figures") if self.manifest.get("format") == FORMAT else None
        return Counted.restored(told) if told else None

    @cached_property
    def store(self) -> Store:
        """Its store, to look up what it says of a thing; in memory where the folder has none any more."""
        path = self.folder / "store"
        return Store.open(path) if path.is_dir() else Store.memory(quads(self.graphs))


def published_graphs(folder: Path, manifest: Mapping[str, Any]) -> Mapping[str, Packed]:
    """The graphs of a version; raises NoGraphsError.

    Up to format 2 there are no files of graphs: then dumps are read, or the store where dumps were of another kind.
    """
    if is_archived(folder):
        return Archive(folder)
    dumps = [f for f in manifest.get("dumps", ()) if f["path"].endswith(".nq.gz")]
    files = [file["path"] for file in dumps if file.get("part") != WHOLE]
    if not files:
        return _stored(folder)
    found: dict[str, list[bytes]] = {}
    for path in files:
        for line in gzip.decompress((folder / path).read_bytes()).splitlines(keepends=True):
            triple, graph = line[:-3].rsplit(b" ", 1)
            found.setdefault(graph[1:-1].decode(), []).append(triple + b" .\n")
    return {name: Packed(lines) for name, lines in sorted(found.items())}


def _stored(folder: Path) -> Mapping[str, Packed]:
    """The graphs in a version's store."""
    if not (folder / "store").is_dir():
        raise NoGraphsError(folder)
    store = Store.open(folder / "store")
    return {name: Packed(lines_of(store.triples(name))) for name in store.graphs()}
