"""Which kept readings stay when the lexicon or the reference data change: those that no change can touch.

Beside the readings stand the rows that they came about by, all of one state of the data, and for each reading the
words that lead from its document to rows (`kg.touching`). Where a build finds other data, it forgets in one transaction
the readings that a difference can touch, and takes down the data of now: what is kept then holds for these,
whenever the build is killed. What does not stand up to its checksum counts as unknown, and its documents as touched.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from kg.pipeline.kept import Kept, checksum
from kg.touching import Change, Row, Rows, change

_DATA = b"data"
_CODE, _UNKNOWN = "code, settings or packages changed", "it is not known what they were read by"


@dataclass(frozen=True, slots=True)
class Readers:
    """What documents are read by: an edition of the code, one of code and data, and what loads the data's rows."""

    code: str
    edition: str
    rows: Callable[[], Rows]


class _ReadBy(msgspec.Struct, frozen=True):
    """What the readings in a file were read by."""

    code: str
    edition: str
    rows: dict[str, Row]


_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(_ReadBy).decode


def forget_touched(kept: Kept, readers: Readers, keys: Sequence[str]) -> str:
    """Forget the readings that would be others by what documents are read by now.

    Gives how many of the documents of the keys are read again, and why; nothing where nothing has changed. Raises
    what loading the rows does.
    """
    base = kept.base
    if base is None:
        return ""
    before = _read_by(base)
    if before is not None and (before.code, before.edition) == (readers.code, readers.edition):
        return ""
    now = _ReadBy(readers.code, readers.edition, dict(readers.rows()))
    if before is not None and before.code == now.code:
        known = {kept.name(key) for key in keys if key in kept}
        different = change(before.rows, now.rows)
        again = len(known & _forget(base, different))
        told = f"{again:,} of {len(keys):,} documents are read again: {different.told}" if different else ""
    else:
        why = _CODE if before is not None else _UNKNOWN
        told = f"all documents are read again: {why}" if base.execute("DELETE FROM kept").rowcount else ""
    _take_down(base, now)
    base.commit()
    if told:
        structlog.get_logger("kg.pipeline").info(told)
    return told


def _forget(base: sqlite3.Connection, different: Change) -> set[bytes]:
    """Forget what a change touches; gives under which names it was kept."""
    rows = base.execute(
        "SELECT kept.name, words.sum, words.content FROM kept LEFT JOIN words ON kept.name = words.name"
    )
    touched = {
        name
        for name, its_sum, words in rows
        if different.touches(words if its_sum and its_sum == checksum(name, words) else None)
    }
    base.executemany("DELETE FROM kept WHERE name = ?", ((name,) for name in touched))
    return touched


def _read_by(base: sqlite3.Connection) -> _ReadBy | None:
    """What the readings were read by; None where that is not known."""
    row = base.execute("SELECT sum, content FROM read_by WHERE name = ?", (_DATA,)).fetchone()
    if row is None or row[0] != checksum(_DATA, row[1]):
        return None
    try:
        return _decode(zlib.decompress(row[1]))
    except (msgspec.DecodeError, zlib.error):  # as an earlier release wrote it
        return None


def _take_down(base: sqlite3.Connection, now: _ReadBy) -> None:
    """Write what the readings are read by from now on."""
    content = zlib.compress(_encode(now), 1)
    row = (_DATA, checksum(_DATA, content), content)
    base.execute("INSERT OR REPLACE INTO read_by VALUES (?, ?, ?)", row)
