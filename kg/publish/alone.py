"""One build of a data set at a time, and nothing left of those that were killed.

A lock of the system's (flock) goes with the process that holds it, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

FILE = ".lock"
LEFT = (".building-*", ".writing-*")  # folders in which a version is made, by a build or by a curator's write
EARLIER = ".closure.sqlite*"  # files in which an earlier release kept the closure
LINKS = ".current-*"  # ending in the number of the process that would have made it `current`


class BusyError(RuntimeError):
    """Another process builds into the same folder: which folder, and what to do."""

    def __init__(self, dist: Path) -> None:
        super().__init__(
            f"{dist}: another build is at work here; wait for it, or name another folder with --out"
        )
        self.dist = dist


@contextmanager
def alone(dist: Path) -> Iterator[None]:
    """Build into a folder with nobody else; raises BusyError at once where somebody does, OSError."""
    dist.mkdir(parents=True, exist_ok=True)
    with (dist / FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(dist) from error
        _clean(dist)
        yield


def held(folder: Path) -> AbstractContextManager[None]:
    """Mark a folder in which a version is made as one that is at work; raises OSError."""
    return locked(folder, fcntl.LOCK_SH)


@contextmanager
def locked(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Work in a folder with nobody else, once whoever works there is done; raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def _clean(dist: Path) -> None:
    """Remove what builds and writes left that were killed, and what this release does not keep any more."""
    for file in dist.glob(EARLIER):
        file.unlink(missing_ok=True)
    for pattern in LEFT:
        for folder in dist.glob(pattern):
            if not _is_held(folder):
                shutil.rmtree(folder, ignore_errors=True)
    for link in dist.glob(LINKS):
        try:
            os.kill(int(link.name.rpartition("-")[2]), 0)
        except (ValueError, ProcessLookupError):
            link.unlink(missing_ok=True)


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
