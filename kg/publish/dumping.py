"""The dumps of versions that are published: written afterwards, and entered in one step when all of them stand."""

from __future__ import annotations

from pathlib import Path

from kg.archive import Some, is_archived
from kg.history import history
from kg.iri import Mint
from kg.manifest import dumps_of, manifest_of, write_dumps_list
from kg.publish.alone import locked
from kg.publish.before import published_graphs
from kg.publish.dumps import FOLDER, FORMATS, WHOLE, Earlier, Part, parts, told, write_dumps
from kg.terms import prefixes
from kg.watching import Step


class NoDumpsError(OSError):
    """Dumps that could not be written: of which version, and why; what to do."""

    def __init__(self, version: str, reason: OSError) -> None:
        super().__init__(
            f"version {version} is published, but its dumps could not be written ({reason}); "
            "the next build writes them"
        )
        self.version = version


def dump_all(dist: Path, step: Step = lambda _done, _total: None) -> None:
    """Write the dumps of the current version, and of those before it that have none; raises NoDumpsError.

    A build may have been killed before it had written them, or a curator may have written while it did.
    """
    while missing := [one for one in reversed(_versions(dist)) if not _is_dumped(dist / "versions" / one)]:
        try:
            dump(dist / "versions" / missing[0], step, _before(dist, missing[0]))
        except OSError as error:
            raise NoDumpsError(missing[0], error) from error


def dump(folder: Path, step: Step = lambda _done, _total: None, before: Path | None = None) -> None:
    """Write the dumps of a version, sharing the files of the version `before` it that stay.

    Of one that a curator wrote, files of the whole come with the next build. What is written already stays. Raises
    OSError.
    """
    manifest = manifest_of(folder)
    graphs = published_graphs(folder, manifest)
    base, under = manifest["base"], Mint(manifest["base"]).graph("")
    about = f"{under}dataset"
    data = Some(graphs, [name for name in graphs if name != about])
    found = list(parts(data, manifest["default_graphs"], under))
    if manifest.get("origin", manifest["version"]) != manifest["version"]:
        found = [part for part in found if part.name != WHOLE]
    if about in graphs:
        found.append(Part("dataset", Some(graphs, [about]), (about,), about))
    written, total = 0, len(found) * len(FORMATS)

    def done() -> None:
        nonlocal written
        written += 1
        step(written, total)

    step(0, total)
    (folder / FOLDER).mkdir(exist_ok=True)
    with locked(folder / FOLDER):  # a build and a server may have come to the same dumps
        if dumps_of(folder, manifest) is not None:
            return
        earlier = Earlier.of(before, dumps_of(before, manifest_of(before)) or ()) if before else Earlier()
        files = write_dumps(found, folder, prefixes(base), earlier, done)
        write_dumps_list(folder, told(files))


def _before(dist: Path, version: str) -> Path | None:
    """The folder of the version before one, where it is here."""
    changes = manifest_of(dist / "versions" / version).get("changes")
    folder = dist / "versions" / changes["previous"] if changes else None
    return folder if folder and folder.is_dir() else None


def _versions(dist: Path) -> list[str]:
    """The versions that were published and are here, the oldest first."""
    current = (dist / "current").readlink().name
    told = [one.version for one in history(dist) if one.version != current]
    return [*(one for one in told if (dist / "versions" / one).is_dir()), current]


def _is_dumped(folder: Path) -> bool:
    """Whether a version has its dumps, or cannot have any: up to format 2 they were written with it."""
    return not is_archived(folder) or dumps_of(folder, manifest_of(folder)) is not None
