"""Where an engine writes its answer: counted, held to its bounds, compressed, and spooled when large."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

INLINE = 1 << 20  # bytes of an answer that still travel in the message itself
OVERLAP = 16  # bytes of a block that are kept to find what lies across its end


class TooManyError(Exception):
    """An answer beyond its bounds: which bound (`rows` or `size`), and what it is."""

    def __init__(self, bound: str, limit: int) -> None:
        super().__init__(f"the answer has more than {limit:,} {'rows' if bound == 'rows' else 'bytes'}")
        self.bound, self.limit = bound, limit


class Sink:
    """A binary file to write to, whose rows are counted as they pass.

    Raises TooManyError out of `write` once the answer is beyond its bounds, which ends its evaluation.
    `poured` is called each time that more of the answer has gone to the spool.
    """

    def __init__(
        self,
        spool: str,
        size: int,
        *,
        gzip: bool,
        counter: RowCounter | None,
        most_rows: int,
        poured: Callable[[], None] = lambda: None,
    ) -> None:
        self._poured = poured
        self._spool, self._size, self._most_rows = spool, size, most_rows
        self._press = zlib.compressobj(wbits=31, level=5) if gzip else None
        self._blocks: list[bytes] = []
        self._held = self._written = 0
        self._count = counter
        self._file: BinaryIO | None = None

    @property
    def spooled(self) -> Path | None:
        """The file that holds the answer, if it is too large for a message."""
        return Path(self._spool) if self._file else None

    @property
    def rows(self) -> int:
        """How many rows were written."""
        return self._count.rows if self._count else 0

    def write(self, data: bytes) -> int:
        """Take the next bytes of the answer."""
        if self._count and self._count.add(data) > self._most_rows:
            raise TooManyError("rows", self._most_rows)
        self._keep(self._press.compress(data) if self._press else data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: an answer is sent when it is whole."""

    def close(self) -> bytes:
        """End the answer; its bytes, unless they were spooled."""
        if self._press:
            self._keep(self._press.flush())
        if self._file is None:
            return b"".join(self._blocks)
        self._pour()
        self._file.close()
        return b""

    def _keep(self, data: bytes) -> None:
        self._blocks.append(bytes(data))
        self._held += len(data)
        if self._written + self._held > self._size:
            raise TooManyError("size", self._size)
        if self._held > INLINE:
            self._pour()

    def _pour(self) -> None:
        """Move what is held into the spool, which may have lost its name to a reader meanwhile."""
        if self._file is None:
            self._file = Path(self._spool).open("xb", buffering=0)  # noqa: SIM115  # closed by `close`
        self._file.write(b"".join(self._blocks))
        self._written += self._held
        self._blocks, self._held = [], 0
        self._poured()


class RowCounter(Protocol):
    """Counts the rows of a serialised answer while its bytes pass, block by block."""

    @property
    def rows(self) -> int:
        """The rows so far."""

    def add(self, data: bytes) -> int:
        """Count a block; the rows so far."""


class MarkedRows:
    """Rows that begin with one of some marks, those on the edge of two blocks too. A row that binds nothing has none.

    What begins as a mark but is `none` is not counted. To count whole strings takes a third of the time that a
    regular expression does.
    """

    def __init__(self, marks: Sequence[bytes], none: Sequence[bytes] = ()) -> None:
        self.rows, self._marks, self._none, self._tail = 0, marks, none, b""

    def add(self, data: bytes) -> int:
        """Count a block; the rows so far."""
        if self._tail:
            self.rows -= self._count(self._tail)
            data = self._tail + data
        self.rows += self._count(data)
        self._tail = data[-OVERLAP:]
        return self.rows

    def _count(self, data: bytes) -> int:
        found = sum(map(data.count, self._marks))
        return found - sum(map(data.count, self._none)) if found else 0


class LineRows:
    """Rows that are lines after a header; a line break within quotes, if there can be any, is in a value."""

    def __init__(self, quote: bytes | None) -> None:
        self._lines, self._quote, self._quoted = 0, quote, False

    @property
    def rows(self) -> int:
        """The rows so far, without the header."""
        return max(0, self._lines - 1)

    def add(self, data: bytes) -> int:
        """Count a block; the rows so far."""
        for number, part in enumerate(data.split(self._quote) if self._quote else [data]):
            self._quoted ^= number > 0
            if not self._quoted:
                self._lines += part.count(b"\n")
        return self.rows


# Within a JSON string a quote is escaped, so the one that ends a string is followed by a brace or a comma there, never
# by the first letter of a variable; within XML text '<' is escaped; within TSV a line break is, and in CSV it is within
# quotes (RFC 4180 section 2).
COUNTERS: Mapping[str, Callable[[], RowCounter]] = {
    "json": lambda: MarkedRows((b'}},{"', b'"bindings":[{"'), (b'}},{"}', b'}},{",')),
    "xml": lambda: MarkedRows((b"<result>",)),
    "csv": lambda: LineRows(b'"'),
    "tsv": lambda: LineRows(None),
}
