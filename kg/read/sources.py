"""Where documents come from: files, and archives, web archives and JSON Lines that hold many; one at a time.

sources(paths) -> Source, Source, …
"""

from __future__ import annotations

import gzip
import hashlib
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, Any

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

LIMIT = 10 * 1024 * 1024  # bytes of one document; what is longer is not read to its end
SIDECARS = (".meta.yaml", ".yaml")  # endings of files that tell about a document beside them
DOCUMENTS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
KNOWN = ("title", "date", "publisher", "source", "language")
RESPONSES = {"response", "resource", "conversion"}  # records that hold a document (WARC 1.1, section 6)
DAMAGE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ArchiveLoadFailed)


@dataclass(frozen=True)
class Source:
    """A document before it is read: its bytes, where it stands, and what its bringer knows of it.

    `name` is the file name that it came under, `beside` what a file of metadata beside it says; `problem` is
    why there are no bytes.
    """

    name: str
    place: str
    data: bytes = b""
    media_type: str | None = None
    known: Mapping[str, object] = field(default_factory=dict)
    beside: bytes = b""
    problem: str = ""

    @cached_property
    def key(self) -> str:
        """A hash of all that its reading depends on, its place not among it."""
        told = (self.name, self.media_type, sorted(self.known.items()), self.beside, self.problem, self.data)
        return hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()


def sources(paths: Iterable[Path]) -> Iterator[Source]:
    """The documents at paths, in their order; of a file that holds many, all in it.

    No more than one is in memory. What cannot be opened, or breaks off, comes as a source with a problem.
    """
    for path in paths:
        many = _reader(path.name)
        if many is None:
            yield source(path)
            continue
        try:
            yield from many(path)
        except DAMAGE as error:
            yield Source(path.name, str(path), problem=f"the archive cannot be read on: {error}")


def is_container(name: str) -> bool:
    """Whether a file of this name holds many documents."""
    return _reader(name) is not None


def _reader(name: str) -> Callable[[Path], Iterator[Source]] | None:
    return next((read for ending, read in CONTAINERS.items() if name.lower().endswith(ending)), None)


def source(path: Path) -> Source:
    """The document in a file."""
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
        beside = (path.with_name(path.stem + ending) for ending in SIDECARS)
        told = next((p.read_bytes() for p in beside if p != path and p.is_file()), b"")
    except OSError as error:
        return Source(path.name, str(path), problem=error.strerror or str(error))
    return Source(path.name, str(path), data, beside=told)


def _tarred(path: Path) -> Iterator[Source]:
    """The documents of a tar archive, read twice: metadata may stand behind its document."""
    beside = {name: file.read(LIMIT) for name, file in _members(path) if name.endswith(SIDECARS)}
    for name, file in _members(path):
        if not name.endswith(SIDECARS):
            yield _member(path, name, file.read(LIMIT + 1), beside)


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r|*") as archive:
        while member := archive.next():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None and not _hidden(member.name):
                yield member.name, file
            archive.members.clear()  # type: ignore[attr-defined]  # it would remember them all


def _zipped(path: Path) -> Iterator[Source]:
    """The documents of a zip archive; one that is encrypted or damaged is a source with a problem."""
    with zipfile.ZipFile(path) as archive:
        names = [i.filename for i in archive.infolist() if not i.is_dir() and not _hidden(i.filename)]
        beside = {name: archive.read(name)[:LIMIT] for name in names if name.endswith(SIDECARS)}
        for name in names:
            if name in beside:
                continue
            try:
                with archive.open(name) as file:
                    yield _member(path, name, file.read(LIMIT + 1), beside)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
                yield Source(PurePosixPath(name).name, f"{path}!{name}", problem=str(error))


def _member(archive: Path, name: str, data: bytes, beside: Mapping[str, bytes]) -> Source:
    stem = name.removesuffix(PurePosixPath(name).suffix)
    told = next((beside[stem + ending] for ending in SIDECARS if stem + ending in beside), b"")
    return Source(PurePosixPath(name).name, f"{archive}!{name}", data, beside=told)


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _lines(path: Path) -> Iterator[Source]:
    """The documents of JSON Lines: objects with `text` or `html`, and what else is known."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        number = 0
        while line := file.readline(4 * LIMIT):
            number += 1
            if line.strip():
                yield _of_line(line, f"{path.name.partition('.')[0]}-{number}", f"{path}#{number}")


def _of_line(line: bytes, name: str, place: str) -> Source:
    try:
        told: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Source(name, place, problem=f"the line is no JSON ({error})")
    kind = "html" if isinstance(told, dict) and "html" in told else "text"
    if not isinstance(told, dict) or not isinstance(told.get(kind), str):
        return Source(name, place, problem="the line is no object with a 'text' or 'html' that is a string")
    known = {key: told[key] for key in KNOWN if told.get(key)}
    if told.get("url"):
        known.setdefault("source", told["url"])
    media_type = told.get("media_type") or ("text/html" if kind == "html" else "text/plain")
    called = str(told.get("name") or told.get("id") or name)
    return Source(called, place, told[kind].encode("utf-8", "replace"), str(media_type), known)


def _crawled(path: Path) -> Iterator[Source]:
    """The documents of a web archive: what was answered with 200, and is text, HTML or PDF."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            headers = record.http_headers or record.rec_headers
            media_type = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if record.rec_type in RESPONSES and status == "200" and media_type in DOCUMENTS:
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                data = record.content_stream().read(LIMIT + 1)
                yield Source(_named(address), f"{path}!{address}", data, media_type, {"source": address})


def _named(address: str) -> str:
    """A file name for what stands at an address."""
    return re.sub(r"[^A-Za-z0-9]+", "-", address.partition("://")[2]).strip("-") or "page"


_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
CONTAINERS: Mapping[str, Callable[[Path], Iterator[Source]]] = {
    **dict.fromkeys(_TAR, _tarred),
    ".zip": _zipped,
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), _lines),
    **dict.fromkeys((".warc", ".warc.gz"), _crawled),
}
