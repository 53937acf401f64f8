"""Publication: a version of the data set, built aside and swapped in whole; a reader never sees a half.

publish(edition, dist) -> Publication

dist/current -> versions/<id>/
dist/versions/<id>/{manifest.json, store/, graphs/, documents/, changes.rdfp.gz}, then {dumps/, dumps.json}
dist/history.jsonl: when each version was published
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.history import record
from kg.packed import Packed
from kg.publish.before import Before
from kg.publish.dumping import dump_all
from kg.publish.edition import ABOUT, Edition, Publication
from kg.publish.quads import canonically_packed
from kg.publish.writing import NAMES, Writing, content_of

__all__ = [
    "ABOUT",
    "KEPT",
    "NAMES",
    "Edition",
    "Publication",
    "dump_all",
    "make_current",
    "publish",
    "publish_graphs",
    "publish_version",
]

KEPT = 5  # versions whose stores stay, the current one among them; of others they are made again from their graphs
STORED = ("store", "derivations.sqlite")  # what goes from versions that were not current for long


def publish(edition: Edition, dist: Path) -> Publication:
    """Write a version of the data set, make it the current one, and write its dumps.

    Publishing the same again changes nothing. A version is identified by what it holds and by the one before.
    Raises OSError where the folder cannot be written; what was current then stays so, but where it is a NoDumpsError.
    """
    publication = publish_version(edition, dist)
    dump_all(dist)
    return publication


def publish_version(edition: Edition, dist: Path) -> Publication:
    """The same without the dumps, which `dump_all` writes: pages, data and queries do not wait for them."""
    return publish_graphs(edition, canonically_packed(edition.graphs), dist)


def publish_graphs(edition: Edition, graphs: Mapping[str, Packed], dist: Path) -> Publication:
    """The same for graphs that are packed already, in place of those of the edition."""
    (dist / "versions").mkdir(parents=True, exist_ok=True)
    content = content_of(graphs, edition)
    before = Before.of(dist)
    if before and before.holds(content, edition.base):
        return Publication(before.version, before.folder)
    version = _version(content, before)
    folder = dist / "versions" / version
    with _aside(dist) as building:
        Writing(edition, graphs, version, content, before, building).write()
        shutil.rmtree(folder, ignore_errors=True)  # what a build left that was cut off
        building.rename(folder)
    record(dist, version)
    make_current(dist, version)
    _lighten_old(dist / "versions", version)
    return Publication(version, folder)


def _version(content: str, before: Before | None) -> str:
    """The identifier of a version: that of its content, and of the version before where there is one."""
    chained = hashlib.sha256(f"{before.version} {content}".encode()).hexdigest() if before else content
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
