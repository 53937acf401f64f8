"""Whether the current version is whole; one that is damaged gives way to the version before it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import structlog

from kg.manifest import DUMPS, dumps_of, manifest_of
from kg.publish.files import sum_of

ASIDE = ".damaged-"  # what a damaged version is called that was put aside


def put_damaged_aside(dist: Path) -> None:
    """Where the current version is damaged, make the one before it current, until one that is whole is.

    The next build then makes what was damaged anew. What is put aside stays until the next one is, to be looked at.
    """
    current = dist / "current"
    while current.is_symlink():
        folder = dist / "versions" / current.readlink().name
        reason = damage(folder)
        if not reason:
            _forget_damaged_dumps(folder)
            return
        structlog.get_logger("kg.publish").error("version is damaged", version=folder.name, reason=reason)
        before = _before(folder)
        if before is None:
            current.unlink()
        else:
            link = dist / f".current-{os.getpid()}"
            link.unlink(missing_ok=True)
            link.symlink_to(Path("versions") / before)
            link.replace(current)
        if folder.exists():
            aside = dist / f"{ASIDE}{folder.name}"
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)


def damage(folder: Path) -> str:
    """What is wrong with the files of a version but the dumps, by the sums in its manifest; empty where nothing is.

    Raises FormatError for a version that a later release wrote.
    """
    try:
        manifest = manifest_of(folder)
        for file in [*manifest.get("graphs", ()), *manifest.get("dumps", ()), *manifest["documents"]]:
            if sum_of(folder / file["path"]) != file["sha256"]:
                return f"{file['path']} is not what was published"
        if (folder / "store").exists():
            len(ox.Store.read_only(str(folder / "store")))  # reads every block, with its checksum
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:  # the last is the store's
        return f"{type(error).__name__}: {error}"
    return ""


def _forget_damaged_dumps(folder: Path) -> None:
    """Have the dumps of a version written anew by the next build, where they are not what was written."""
    try:
        told = dumps_of(folder, manifest_of(folder)) or ()
        damaged = [file["path"] for file in told if sum_of(folder / file["path"]) != file["sha256"]]
    except (ValueError, KeyError, TypeError) as error:
        damaged = [f"{DUMPS} ({error})"]
    if damaged:
        structlog.get_logger("kg.publish").error("dumps are damaged", version=folder.name, files=damaged)
        (folder / DUMPS).unlink()


def _before(folder: Path) -> str | None:
    """The version before one that is damaged: of those that stay, the one that was current last."""
    others = [v for v in folder.parent.iterdir() if v != folder and (v / "manifest.json").is_file()]
    return max(others, key=lambda v: v.stat().st_mtime).name if others else None
