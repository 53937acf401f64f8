"""Publication: a version of the data set, built aside and swapped in whole; a reader never sees a half.

publish(edition, dist) -> Publication

dist/current -> versions/<id>/
dist/versions/<id>/{manifest.json, store/, dumps/, documents/, changes.rdfp.gz}
dist/history.jsonl: when each version was published
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rdflib import Graph

from kg.history import record
from kg.iri import Mint, slug
from kg.manifest import FORMAT, manifest_of, write_manifest
from kg.model import Document
from kg.packed import Packed
from kg.publish.changes import Changes, differences, published_graphs
from kg.publish.description import Described, description, words
from kg.publish.dumps import Earlier, Part, Written, parts, told, write_dumps
from kg.publish.quads import Lines, canonical, quads
from kg.publish.withdrawn import State, Withdrawal, names_between, withdrawn
from kg.store import Store
from kg.terms import prefixes

KEPT = 5  # versions whose stores stay, the current one among them; of others they are made again from dumps
ABOUT = Path(__file__).with_name("dataset.ttl")
NAMES = "names.gz"
MOST_CHANGED = (
    5  # a store in which more than one in so many quads has changed is loaded anew, which is faster
)
STORED = ("store", "derivations.sqlite")  # what goes from versions that were not current for long


@dataclass(frozen=True, slots=True)
class Edition:
    """What is to be published: graphs by their IRIs, the documents, and the figures of the build.

    `further` names files to stand in the version's folder, each with what writes it to a path; `about` is
    what people say of the data set; `reasons` tell why documents of the version before are gone, by names.
    """

    base: str
    graphs: Mapping[str, Graph | Packed]
    default_graphs: Sequence[str]
    documents: Sequence[Document]
    counts: Mapping[str, int]
    further: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)
    about: str = field(default_factory=lambda: ABOUT.read_text("utf-8"))
    reasons: Mapping[str, Withdrawal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the version's identifier and its folder."""

    version: str
    folder: Path


@dataclass(frozen=True, slots=True)
class _Before:
    """The version before: its folder, its manifest, and what it holds."""

    folder: Path
    manifest: Mapping[str, Any]
    state: State

    @classmethod
    def of(cls, dist: Path, at_hand: Iterable[Part]) -> _Before | None:
        """The version that is current; None where there is none, or neither dumps nor a store to compare with.

        What it holds that is also in parts `at_hand` is not read.
        """
        current = dist / "current"
        if not current.is_symlink():
            return None
        folder = dist / "versions" / current.readlink().name
        manifest = manifest_of(folder)
        graphs = published_graphs(folder, manifest, at_hand)
        documents = {document["name"]: document["iri"] for document in manifest["documents"]}
        return cls(folder, manifest, State(manifest["version"], graphs, documents)) if graphs else None

    def holds(self, content: str, base: str) -> bool:
        """Whether it is what would be published, in the format of this release."""
        told = self.manifest
        return (told.get("content"), told["base"], told.get("format")) == (content, base, FORMAT)


def publish(edition: Edition, dist: Path) -> Publication:
    """Write a version of the data set and make it the current one.

    Publishing the same again changes nothing. A version is identified by what it holds and by the one before.
    Raises OSError where the folder cannot be written; what was current then stays so.
    """
    return publish_lines(edition, canonical(edition.graphs), dist)


def publish_lines(edition: Edition, graphs: Mapping[str, Lines], dist: Path) -> Publication:
    """The same for graphs that are lines already, in place of those of the edition."""
    (dist / "versions").mkdir(parents=True, exist_ok=True)
    content = _content(graphs, edition)
    before = _Before.of(dist, parts(graphs, edition.default_graphs, Mint(edition.base).graph("")))
    if before and before.holds(content, edition.base):
        return Publication(before.state.version, before.folder)
    version = _version(content, before)
    folder = dist / "versions" / version
    with _aside(dist) as building:
        _Writing(edition, graphs, version, content, before, building).write()
        shutil.rmtree(folder, ignore_errors=True)  # what a build left that was cut off
        building.rename(folder)
    record(dist, version)
    make_current(dist, version)
    _lighten_old(dist / "versions", version)
    return Publication(version, folder)


def _content(graphs: Mapping[str, Lines], edition: Edition) -> str:
    """A hash of what is published: triples, texts, and what people say of it."""
    content = hashlib.sha256(edition.about.encode())
    for name, lines in graphs.items():
        content.update(b"".join([name.encode(), b"\n", *lines]))
    for document in sorted(edition.documents, key=lambda d: d.name):
        content.update(document.text.encode())
    return content.hexdigest()


def _version(content: str, before: _Before | None) -> str:
    """The identifier of a version: that of its content, and of the version before where there is one."""
    chained = hashlib.sha256(f"{before.state.version} {content}".encode()).hexdigest() if before else content
    return chained[:12]


@contextmanager
def _aside(dist: Path) -> Iterator[Path]:
    """A folder beside the versions to build in; gone again if the build fails."""
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=dist))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Writing:
    """The writing of one version into a folder."""

    edition: Edition
    graphs: Mapping[str, Lines]
    version: str
    content: str
    before: _Before | None
    folder: Path

    def write(self) -> None:
        """Write all files; the manifest, which makes it a version, last."""
        (self.folder / "documents").mkdir()
        mint = Mint(self.edition.base)
        documents = [_document(d, self.edition.base, self.folder) for d in self.edition.documents]
        now = State(self.version, self.graphs, {d["name"]: d["iri"] for d in documents})
        graphs = dict(self.graphs) | self._withdrawn(mint, now)
        found = list(parts(graphs, self.edition.default_graphs, mint.graph("")))
        dumps = self._dumps(found)
        name = mint.graph("dataset")
        described = {name: self._description(found, dumps, documents)}
        dumps += self._dumps([Part("dataset", described, (name,), name)])
        self._store(graphs | described)
        for further, write_to in self.edition.further.items():
            write_to(self.folder / further)
        manifest = {
            "version": self.version,
            "content": self.content,
            "base": self.edition.base,
            "default_graphs": list(self.edition.default_graphs),
            "counts": dict(self.edition.counts),
            "documents": documents,
            "dumps": told(dumps),
            "changes": self._changes(graphs),
        }
        names = names_between(self.before.state if self.before else None, now, self.edition.base)
        (self.folder / NAMES).write_bytes(names)
        write_manifest(self.folder, manifest)

    def _store(self, graphs: Mapping[str, Lines]) -> None:
        """Write the store; where most stood in the version before, its tables are shared and not loaded anew."""
        path, size = self.folder / "store", sum(map(len, graphs.values()))
        if self.before and (self.before.folder / "store").is_dir():
            added, removed = differences(self.before.state.graphs, graphs)
            changed = sum(map(len, (*added.values(), *removed.values())))
            follows = changed * MOST_CHANGED < size and Store.follow(
                self.before.folder / "store", path, quads(added), quads(removed), size
            )
            if follows:
                return
        Store.build(path, quads(graphs))

    def _dumps(self, found: Sequence[Part]) -> list[Written]:
        earlier = Earlier.of(self.before.folder, self.before.manifest) if self.before else Earlier()
        return write_dumps(found, self.folder, prefixes(self.edition.base), earlier)

    def _withdrawn(self, mint: Mint, now: State) -> dict[str, Lines]:
        """The graph of names that were withdrawn, if there are any."""
        if self.before is None:
            return {}
        lines = withdrawn(self.before.state, now, mint.base, self.edition.reasons)
        return {mint.graph("withdrawn"): lines} if lines else {}

    def _description(
        self, found: Sequence[Part], dumps: Sequence[Written], documents: Sequence[Mapping[str, Any]]
    ) -> Lines:
        return description(
            Described(
                base=self.edition.base,
                version=self.version,
                previous=self.before.state.version if self.before else None,
                parts=found,
                dumps=dumps,
                documents=[document["iri"] for document in documents],
                words=words(self.edition.about, self.edition.base),
            )
        )

    def _changes(self, graphs: Mapping[str, Lines]) -> dict[str, Any] | None:
        """Write the changes; what the manifest says of them, None for a first version."""
        if self.before is None:
            return None
        described = Mint(self.edition.base).graph("dataset")
        old = {name: lines for name, lines in self.before.state.graphs.items() if name != described}
        changes = Changes.between(self.before.state.version, old, graphs)
        changes.write(self.folder, self.version, self.edition.base)
        return changes.told()


def _document(document: Document, base: str, folder: Path) -> dict[str, Any]:
    """Write a document's text, and say of it what a reader needs."""
    path = f"documents/{slug(document.name)}.txt"
    content = document.text.encode()
    (folder / path).write_bytes(content)
    return {
        "name": document.name,
        "iri": Mint(base).document(document.name),
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "source": document.source,
        "language": document.language,
        "sha256": hashlib.sha256(content).hexdigest(),
        "path": path,
        "body": document.body.start,
    }


def make_current(dist: Path, version: str) -> None:
    """Point `current` at a version in one step (rename of a symbolic link, POSIX)."""
    link = dist / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / version)
    link.replace(dist / "current")


def _lighten_old(versions: Path, current: str) -> None:
    """Remove the stores of the versions that were longest not current; their files stay where they are."""
    others = sorted((v for v in versions.iterdir() if v.name != current), key=lambda v: v.stat().st_mtime)
    for old in others[: max(len(others) - KEPT + 1, 0)]:
        for name in STORED:
            path = old / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
