"""The folder of files that a pool and its workers share."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "entente-answers-"


class Spools:
    """Names for files in a folder of their own."""

    def __init__(self) -> None:
        self._folder = own_folder(Path(tempfile.gettempdir()), PREFIX)
        self._numbers = itertools.count()

    def new(self) -> str:
        """A name that no file has; safe to ask for from any thread."""
        return f"{self._folder}/{next(self._numbers)}"

    def close(self) -> None:
        """Remove the folder and what is in it."""
        shutil.rmtree(self._folder, ignore_errors=True)


def own_folder(within: Path, prefix: str) -> Path:
    """A new folder whose name tells of this process; what processes that are no more have left goes first."""
    for folder in within.glob(f"{prefix}*-*"):
        number = folder.name.removeprefix(prefix).partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=within))


def _runs(number: int) -> bool:
    """Whether there is a process of that number, be it another's."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
