"""The writing of one version into a folder: what follows from how it differs from the version before."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.archive import Some, holding, write_graphs
from kg.iri import Mint, slug
from kg.manifest import write_manifest
from kg.model import Document
from kg.packed import Packed
from kg.publish.before import Before
from kg.publish.changes import Changes, Difference
from kg.publish.counted import Counted
from kg.publish.description import Described, description, words
from kg.publish.dumps import by_part
from kg.publish.edition import Edition
from kg.publish.quads import quads
from kg.publish.withdrawn import ABOUT, State, names_between, spoken_of, withdrawn
from kg.store import Store

NAMES = "names.gz"
MOST_CHANGED = (
    5  # a store in which more than one in so many quads has changed is loaded anew, which is faster
)
MOST_FOLLOWED = (
    20  # figures of which more than one in so many lines has changed are counted anew, which is faster
)


def content_of(graphs: Mapping[str, Packed], edition: Edition) -> str:
    """A hash of what is published: triples, texts, and what people say of it."""
    content = hashlib.sha256(edition.about.encode())
    content.update(holding(graphs).encode())
    for document in sorted(edition.documents, key=lambda d: d.name):
        content.update(hashlib.sha256(document.text.encode()).digest())
    return content.hexdigest()


@dataclass(frozen=True)
class Writing:
    """The writing of one version into a folder."""

    edition: Edition
    data: Mapping[str, Packed]
    version: str
    content: str
    before: Before | None
    folder: Path

    def write(self) -> None:
        """Write all files but the dumps; the manifest, which makes it a version, last.

        What else the edition has written comes first, as the store needs what room in memory there is.
        """
        for further, write_to in self.edition.further.items():
            write_to(self.folder / further)
        documents = self._documents()
        described = {self._mint.graph("dataset"): self._description([d["iri"] for d in documents])}
        graphs = {**self._graphs, **described}
        told_before = self._held_before(lambda name: name in described)
        self._store(graphs, self._difference | Difference.between(told_before, described))
        (self.folder / NAMES).write_bytes(names_between(*self._states, self.edition.base))
        told = {one["path"]: one for one in self.before.manifest.get("graphs", ())} if self.before else {}
        parts = by_part(graphs, self._mint.graph(""))
        manifest = {
            "version": self.version,
            "content": self.content,
            "base": self.edition.base,
            "default_graphs": list(self.edition.default_graphs),
            "counts": dict(self.edition.counts),
            "documents": documents,
            "graphs": write_graphs(parts, self.folder, self.before.folder if self.before else None, told),
            "figures": self._counted.stored,
            "changes": self._changes(),
        }
        write_manifest(self.folder, manifest)

    @property
    def _mint(self) -> Mint:
        return Mint(self.edition.base)

    @cached_property
    def _changed(self) -> Difference:
        """How the data differ from those of the version before."""
        about = {self._mint.graph(name) for name in ABOUT}
        return Difference.between(self._held_before(lambda name: name not in about), self.data)

    @cached_property
    def _states(self) -> tuple[State | None, State]:
        """The version before, if there is one, and this one, as far as they tell which names came and which went."""
        named = {document.name: self._mint.document(document.name) for document in self.edition.documents}
        if self.before is None:
            return None, State(self.version, self.data, named)
        versions = self.before.version, self.version
        old, new = spoken_of(self._changed, self.before.store, versions, self.data, self.edition.base)
        return replace(old, documents=self.before.documents), replace(new, documents=named)

    @cached_property
    def _graphs(self) -> Mapping[str, Packed]:
        """All graphs but the description: the data, and the names that were withdrawn, if there are any."""
        before, now = self._states
        if before is None:
            return self.data
        lines = withdrawn(before, now, self.edition.base, self.edition.reasons)
        return {**self.data, **({self._mint.graph("withdrawn"): Packed(lines)} if lines else {})}

    @cached_property
    def _difference(self) -> Difference:
        """How all graphs differ from those of the version before, but for the description."""
        gone = self._mint.graph("withdrawn")
        now = {name: held for name, held in self._graphs.items() if name == gone}
        return self._changed | Difference.between(self._held_before(lambda name: name == gone), now)

    @cached_property
    def _counted(self) -> Counted:
        """The figures; those of the version before brought up to date, where little has changed."""
        base, default = self.edition.base, self.edition.default_graphs
        same = self.before and self.before.manifest["default_graphs"] == list(default)
        told = self.before.counted if self.before and same else None
        if self.before is None or told is None or self._difference.size * MOST_FOLLOWED > _size(self._graphs):
            return Counted.of(self._graphs, default, base)
        return told.followed(self._difference, self.before.store, self._graphs, default, base)

    def _held_before(self, of: Callable[[str], bool]) -> Mapping[str, Packed]:
        """Those of the graphs of the version before whose names are so."""
        held = self.before.graphs if self.before else {}
        return Some(held, [name for name in held if of(name)])

    def _store(self, graphs: Mapping[str, Packed], difference: Difference) -> None:
        """Write the store; where most stood in the version before, its tables are shared and not loaded anew."""
        path, size = self.folder / "store", _size(graphs)
        if self.before and (self.before.folder / "store").is_dir():
            follows = difference.size * MOST_CHANGED < size and Store.follow(
                self.before.folder / "store", path, quads(difference.added), quads(difference.removed), size
            )
            if follows:
                return
        Store.build(path, quads(graphs))

    def _description(self, documents: Sequence[str]) -> Packed:
        return Packed(
            description(
                Described(
                    base=self.edition.base,
                    version=self.version,
                    previous=self.before.version if self.before else None,
                    words=words(self.edition.about, self.edition.base),
                ),
                self._counted,
                [self._graphs[name] for name in self.edition.default_graphs if name in self._graphs],
                documents,
            )
        )

    def _changes(self) -> dict[str, Any] | None:
        """Write the changes; what the manifest says of them, None for a first version."""
        if self.before is None:
            return None
        changes = Changes.of(self.before.version, self._difference)
        changes.write(self.folder, self.version, self.edition.base)
        return changes.told()

    def _documents(self) -> list[dict[str, Any]]:
        """Write the documents' texts, and say of them what a reader needs; those that stay are shared."""
        (self.folder / "documents").mkdir()
        told = self.before.manifest["documents"] if self.before else ()
        known = {one["path"]: one["sha256"] for one in told}
        return [self._document(document, known) for document in self.edition.documents]

    def _document(self, document: Document, known: Mapping[str, str]) -> dict[str, Any]:
        path = f"documents/{slug(document.name)}.txt"
        content = document.text.encode()
        found = hashlib.sha256(content).hexdigest()
        if self.before and known.get(path) == found:
            os.link(self.before.folder / path, self.folder / path)
        else:
            (self.folder / path).write_bytes(content)
        return {
            "name": document.name,
            "iri": self._mint.document(document.name),
            "title": document.title,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source,
            "language": document.language,
            "sha256": found,
            "path": path,
            "body": document.body.start,
        }


def _size(graphs: Mapping[str, Packed]) -> int:
    return sum(map(len, graphs.values()))
