"""Readings kept on disk, so that a document that has not changed is not mapped again, and what was made of them.

A reading is kept under a hash of its document and under the edition of what reads it; a graph under a hash of the
reading that it was made of, and the edition of what makes it. Each row bears a checksum;
one that does not stand up to it counts as missing, and a file that is damaged is begun anew: nothing but time is lost.
Beside a reading stand the words by which it came about, where the mapper tells them (`kg.pipeline.touched`).
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import structlog

from kg.pipeline.readings import HeldReading

FILE, GRAPHS, CONFORMING = ".readings.sqlite", ".graphs.sqlite", ".conforming.sqlite"  # beside the versions
SECONDS = 1.0  # between two commits: what is lost at most when a build is killed
UNUSABLE = {  # the file is not damaged, but cannot be opened or written; the engine's numbers end in these 8 bits
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
}


class Rows:
    """The rows of a file, opened when the first is asked for; safe to share between threads.

    While the file is being written, they are asked of `writing`, which alone sees what is new.
    """

    def __init__(self, file: Path, writing: sqlite3.Connection | None = None) -> None:
        self._file, self.writing = file, writing

    def __getitem__(self, name: bytes) -> bytes:
        """The content of a row. Raises OSError where it is damaged or gone."""
        base = self.writing or self._base
        changed = f"{self._file}: what was kept was changed while it was in use; build again"
        try:
            row = base.execute("SELECT sum, content FROM kept WHERE name = ?", (name,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise OSError(changed) from error
        if row is None or row[0] != checksum(name, row[1]):
            raise OSError(changed)
        return bytes(row[1])

    @cached_property
    def _base(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, check_same_thread=False)


@dataclass(frozen=True, slots=True)
class Later:
    """Gives the content of a row, each time that it is asked."""

    rows: Rows
    name: bytes

    def __call__(self) -> bytes:
        """The content. Raises OSError."""
        return self.rows[self.name]


class Kept:
    """What is kept in a file; for one process at a time. Without a file, nothing is."""

    def __init__(self, base: sqlite3.Connection | None, edition: str, rows: Rows | None = None) -> None:
        self.base, self._edition, self._rows = base, edition, rows
        self._used: set[bytes] = set()
        self._committed = time.monotonic()

    def __contains__(self, key: str) -> bool:
        """Whether something is kept for the document of a key, whole or damaged."""
        if self.base is None:
            return False
        found = self.base.execute("SELECT 1 FROM kept WHERE name = ?", (self.name(key),)).fetchone()
        return found is not None

    def held(self, key: str) -> HeldReading | None:
        """What was made of the document of a key by this edition."""
        content = self.content(key)
        try:
            return None if content is None else HeldReading.of(content, self.later(key))
        except msgspec.DecodeError:
            return None

    def later(self, key: str) -> Later | None:
        """What gives the content of a key, also once the build is done with putting; None where nothing is kept."""
        return None if self._rows is None else Later(self._rows, self.name(key))

    def content(self, key: str) -> bytes | None:
        """What is kept by a key; None also for what is damaged."""
        if self.base is None:
            return None
        name = self.name(key)
        row = self.base.execute("SELECT sum, content FROM kept WHERE name = ?", (name,)).fetchone()
        if row is None or row[0] != checksum(name, row[1]):
            return None
        self._used.add(name)
        return bytes(row[1])

    def put(self, key: str, content: bytes, words: bytes | None = None) -> None:
        """Keep something by a key, and the words by which it came about, where they are known."""
        if self.base is None:
            return
        name = self.name(key)
        self._used.add(name)
        self.base.execute(
            "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (name, checksum(name, content), content)
        )
        if words is None:
            self.base.execute("DELETE FROM words WHERE name = ?", (name,))
        else:
            row = (name, checksum(name, words), words)
            self.base.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", row)
        if time.monotonic() - self._committed > SECONDS:
            self.base.commit()
            self._committed = time.monotonic()

    def only_used(self) -> None:
        """Forget all but what was asked for or put, once a build is done with it."""
        if self.base is not None:
            gone = [row for row in self.base.execute("SELECT name FROM kept") if row[0] not in self._used]
            self.base.executemany("DELETE FROM kept WHERE name = ?", gone)
            self.base.execute("DELETE FROM words WHERE name NOT IN (SELECT name FROM kept)")

    def name(self, key: str) -> bytes:
        """What the document of a key is kept under."""
        return hashlib.sha256(f"{self._edition} {key}".encode()).digest()


@contextmanager
def kept_in(folder: Path, edition: str, name: str = FILE) -> Iterator[Kept]:
    """What is kept in a file of a folder by an edition; nothing where the edition is empty.

    Raises OSError where the file cannot be written.
    """
    if not edition:
        yield Kept(None, edition)
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    try:
        base = _opened(file)
    except sqlite3.DatabaseError as error:
        if _code(error) in UNUSABLE:
            raise OSError(f"{file}: {error}") from error
        _begin_anew(file, error)
        base = _opened(file)
    rows = Rows(file, base)
    try:
        yield Kept(base, edition, rows)
        base.commit()
    except sqlite3.DatabaseError as error:
        if _code(error) in UNUSABLE:
            raise OSError(f"{file}: {error}") from error
        _begin_anew(file, error)
        raise OSError(f"{file}: {error}; it was damaged and is gone now, so build again") from error
    finally:
        rows.writing = None
        base.close()


def _opened(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    for table in ("kept", "words", "read_by"):
        base.execute(f"CREATE TABLE IF NOT EXISTS {table} (name BLOB PRIMARY KEY, sum BLOB, content BLOB)")
    if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("the database is damaged")
    return base


def _code(error: sqlite3.Error) -> int:
    """What went wrong, without the detail; 0 where this module found it itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _begin_anew(file: Path, error: sqlite3.Error) -> None:
    structlog.get_logger("kg.pipeline").warning("what was kept is damaged", file=str(file), error=str(error))
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def checksum(name: bytes, content: bytes) -> bytes:
    """What tells whether something is still as it was put under a name."""
    return hashlib.sha256(name + content).digest()
