"""Files that are compressed and summed as they are written, so that nothing large is held in memory."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from io import RawIOBase
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

LEVEL = 5  # of compression
GZIP = 16 + zlib.MAX_WBITS  # has zlib write the format of gzip (RFC 1952), without a time
HEAD = 1 << 16  # bytes within which the prefixes of a file stand
LINES = 4096  # that are written at a time
ROOT = re.compile(rb"<rdf:RDF (.*?)>")


class Sink(RawIOBase):
    """A compressed file to write to: it knows size and SHA-256 of itself, and of what is in it, once it is closed.

    With `sorted_head` the prefixes at its beginning, which the engine writes in any order, are sorted.
    """

    def __init__(self, path: Path, *, sorted_head: bool = False) -> None:
        self._file = path.open("wb")
        self._head: list[bytes] | None = [] if sorted_head else None
        self._deflate = zlib.compressobj(LEVEL, wbits=GZIP)
        self._sum, self._packed_sum = hashlib.sha256(), hashlib.sha256()
        self.bytes = self.packed_bytes = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Write some of the content."""
        told = bytes(content)
        if self._head is None:
            self._put(told)
        else:
            self._head.append(told)
            if sum(map(len, self._head)) > HEAD:
                self._put_head(self._head)
        return len(told)

    def write_lines(self, lines: Iterable[bytes]) -> int:
        """Write lines; how many there were."""
        count, rest = 0, iter(lines)
        while some := list(islice(rest, LINES)):
            self.write(b"".join(some))
            count += len(some)
        return count

    def close(self) -> None:
        """Write what is left."""
        if not self.closed:
            if self._head is not None:
                self._put_head(self._head)
            self._keep(self._deflate.flush())
            self._file.close()
        super().close()

    @property
    def sha256(self) -> str:
        """The sum of what is in it."""
        return self._sum.hexdigest()

    @property
    def packed_sha256(self) -> str:
        """The sum of the file."""
        return self._packed_sum.hexdigest()

    def _put_head(self, head: list[bytes]) -> None:
        self._head = None
        self._put(_sorted(b"".join(head)))

    def _put(self, content: bytes) -> None:
        self._sum.update(content)
        self.bytes += len(content)
        self._keep(self._deflate.compress(content))

    def _keep(self, packed: bytes) -> None:
        self._packed_sum.update(packed)
        self.packed_bytes += len(packed)
        self._file.write(packed)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, empty where there is none; raises OSError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _sorted(content: bytes) -> bytes:
    """The beginning of a file with its prefixes sorted."""
    if b"<rdf:RDF " in content:
        return ROOT.sub(lambda m: b"<rdf:RDF " + b" ".join(sorted(m[1].split())) + b">", content, count=1)
    lines = content.splitlines(keepends=True)
    head = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join(sorted(lines[:head]) + lines[head:])
