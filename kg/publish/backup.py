"""A copy of what is published in one file, and the way back."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from kg.history import FILE as HISTORY
from kg.publish.alone import alone
from kg.publish.whole import damage

PARTS = ("current", "versions", HISTORY)  # what is left out, such as kept readings, is made again by a build


class BackupError(ValueError):
    """A backup that cannot be made or restored: which, why, and what to do."""


def back_up(dist: Path, file: Path) -> None:
    """Write all versions that are published in a folder into a .tar.gz file, which appears when it is whole.

    Raises BackupError, BusyError while a build is at work, and OSError.
    """
    if not (dist / "current").is_symlink():
        raise BackupError(f"{dist}: nothing is published here yet; run 'kg build' first")
    part = file.with_name(f".{file.name}.part")
    try:
        with alone(dist), tarfile.open(part, "w:gz", compresslevel=1) as archive:
            for name in PARTS:
                if (dist / name).exists():
                    archive.add(dist / name, name)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, dist: Path) -> str:
    """Publish what a backup holds in a folder where nothing is published; the version that is current then.

    Everything is unpacked aside and checked by its sums first. Raises BackupError, BusyError, OSError.
    """
    with alone(dist):
        if (dist / "current").is_symlink():
            raise BackupError(f"{dist}: something is published here; name an empty folder with --dist")
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=dist))
        try:
            return _restored(file, aside, dist)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _restored(file: Path, aside: Path, dist: Path) -> str:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(aside, filter="data")  # the filter keeps files within the folder
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupError(f"{file}: cannot be unpacked ({error}); take another backup") from error
    if not (aside / "current").is_symlink():
        raise BackupError(f"{file}: holds no published data set; 'kg backup' writes files that do")
    current = (aside / "current").readlink().name
    for version in sorted((aside / "versions").iterdir()):
        if reason := damage(version):
            raise BackupError(f"{file}: version {version.name} is damaged ({reason}); take another backup")
    shutil.rmtree(dist / "versions", ignore_errors=True)
    for name in ("versions", HISTORY, "current"):  # the link last: before it, nothing is published
        if os.path.lexists(aside / name):
            (aside / name).rename(dist / name)
    return current
