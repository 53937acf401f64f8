"""Publication: a version of the data set, built aside and swapped in whole; a reader never sees a half.

publish(edition, dist) -> Publication

dist/current -> versions/<id>/
dist/versions/<id>/{manifest.json, store/, dumps/, documents/}
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rdflib import Graph

from kg.iri import Mint, slug
from kg.model import Document
from kg.publish.dumps import Written, dumps, write
from kg.publish.quads import Lines, canonical, quads
from kg.store import Store
from kg.terms import prefixes

KEPT = 5  # versions that stay, the current one among them


@dataclass(frozen=True, slots=True)
class Edition:
    """What is to be published: graphs by their IRIs, the documents, and the figures of the build.

    `further` names files to stand in the version's folder, each with what writes it to a path.
    """

    base: str
    graphs: Mapping[str, Graph]
    default_graphs: Sequence[str]
    documents: Sequence[Document]
    counts: Mapping[str, int]
    further: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the version's identifier and its folder."""

    version: str
    folder: Path


def publish(edition: Edition, dist: Path) -> Publication:
    """Write a version of the data set and make it the current one.

    The version is identified by what it holds: publishing the same again changes nothing. Raises OSError
    where the folder cannot be written; what was current then stays so.
    """
    versions = dist / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    graphs = canonical(edition.graphs)
    version = _version(graphs, edition.documents)
    folder = versions / version
    if not (folder / "manifest.json").is_file():
        with _aside(dist) as building:
            _write(edition, graphs, version, building)
            building.rename(folder)
    os.utime(folder)
    _make_current(dist, version)
    _forget_old(versions, version)
    return Publication(version, folder)


def _version(graphs: Mapping[str, Lines], documents: Sequence[Document]) -> str:
    """The identifier of a version: a hash of its triples and texts."""
    content = hashlib.sha256()
    for name, lines in graphs.items():
        content.update(b"".join([name.encode(), b"\n", *lines]))
    for document in sorted(documents, key=lambda d: d.name):
        content.update(document.text.encode())
    return content.hexdigest()[:12]


@contextmanager
def _aside(dist: Path) -> Iterator[Path]:
    """A folder beside the versions to build in; gone again if the build fails."""
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=dist))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(edition: Edition, graphs: Mapping[str, Lines], version: str, folder: Path) -> None:
    """Write all files of a version; the manifest, which makes it one, last."""
    (folder / "dumps").mkdir()
    (folder / "documents").mkdir()
    under = Mint(edition.base).graph("")
    made = dumps(graphs, edition.default_graphs, under, prefixes(edition.base))
    written = [write(dump, folder / "dumps") for dump in made]
    Store.build(folder / "store", quads(graphs))
    for name, write_to in edition.further.items():
        write_to(folder / name)
    manifest = {
        "version": version,
        "base": edition.base,
        "default_graphs": list(edition.default_graphs),
        "counts": dict(edition.counts),
        "documents": [_document(d, edition.base, folder) for d in edition.documents],
        "dumps": [asdict(file) for file in sorted(written, key=_path)],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", "utf-8")


def _path(file: Written) -> str:
    return file.path


def _document(document: Document, base: str, folder: Path) -> dict[str, str | None]:
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
    }


def _make_current(dist: Path, version: str) -> None:
    """Point `current` at a version in one step (rename of a symbolic link, POSIX)."""
    link = dist / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / version)
    link.replace(dist / "current")


def _forget_old(versions: Path, current: str) -> None:
    """Remove the versions that were longest not current."""
    others = sorted((v for v in versions.iterdir() if v.name != current), key=lambda v: v.stat().st_mtime)
    for old in others[: max(len(others) - KEPT + 1, 0)]:
        shutil.rmtree(old)
