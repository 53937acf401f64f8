"""The folder of files that a pool and its workers share, which does not outlive the server for long."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "entente-answers-"


class Spools:
    """Names for files in a folder of their own. Folders of servers that were killed go when another one starts."""

    def __init__(self) -> None:
        remove_stale(Path(tempfile.gettempdir()))
        self._folder = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-")
        self._numbers = itertools.count()

    def new(self) -> str:
        """A name that no file has; safe to ask for from any thread."""
        return f"{self._folder.name}/{next(self._numbers)}"

    def close(self) -> None:
        """Remove the folder and what is in it."""
        self._folder.cleanup()


def remove_stale(temporary: Path) -> None:
    """Remove the folders whose names tell of processes that are no more."""
    for folder in temporary.glob(f"{PREFIX}*-*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(number: int) -> bool:
    """Whether there is a process of that number, be it another's."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
