"""Files → documents: plain text with or without front matter, HTML and PDF, with what is known about them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from kg.model import Document, Span
from kg.read.dateline import told_date
from kg.read.decode import decode
from kg.read.html import read_html
from kg.read.language import is_english
from kg.read.metadata import Metadata, front_matter, given_metadata, parse_metadata
from kg.read.pdf import read_pdf
from kg.read.sources import LIMIT, Source, is_container, source, sources
from kg.read.verdict import ReadError

__all__ = [
    "LIMIT",
    "ReadError",
    "Source",
    "is_container",
    "read",
    "read_bytes",
    "read_source",
    "source",
    "sources",
]

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_TITLE = re.compile(r"\s*(?:#\s+)?(?P<title>[^\n]{3,120}[^\s.,;:!\n])[ \t]*\n[ \t]*\n\s*\S")
_UNBROKEN = re.compile(r"\S{1001}")  # encoded data, not words: tokenizers take quadratic time over it
_TYPES = "give plain text, HTML or PDF"


def read(path: Path) -> Document:
    """The document in a file.

    More about it may stand in a file beside it, NAME.meta.yaml or NAME.yaml, whose word counts first.
    Raises ReadError for a document that cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise _too_large(str(path), size)
        data = path.read_bytes()
        beside = _beside(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise ReadError(str(path), "missing", why, "check the path and its rights") from error
    return _read(data, str(path), _media_type(data, path.suffix.lower(), str(path)), beside)


def read_bytes(
    data: bytes, name: str, media_type: str | None = None, metadata: Mapping[str, object] | None = None
) -> Document:
    """The document in some bytes, which came under a file name, with what its bringer knows about it.

    `metadata` may have title, date, publisher, source and language. Raises ReadError.
    """
    if len(data) > LIMIT:
        raise _too_large(name, len(data))
    stated = media_type.split(";")[0].strip().lower() if media_type else None
    kind = stated or _media_type(data, Path(name).suffix.lower(), name)
    return _read(data, name, kind, given_metadata(metadata or {}, name))


def read_source(given: Source) -> Document:
    """The document that a source brings. Raises ReadError."""
    if given.problem:
        raise ReadError(given.place, "missing", given.problem, "check the path and its rights")
    if len(given.data) > LIMIT:
        raise _too_large(given.place, len(given.data))
    stated = given.media_type
    kind = stated or _media_type(given.data, Path(given.name).suffix.lower(), given.place)
    told = given_metadata(given.known, given.place)
    if given.beside:
        told = told.over(parse_metadata(decode(given.beside[:LIMIT], given.place), given.place))
    name = given.name if stated else Path(given.name).stem
    return _read(given.data, given.place, kind, told, name)


def _read(data: bytes, path: str, media_type: str, given: Metadata, name: str | None = None) -> Document:
    if not data.strip():
        raise ReadError(path, "empty", "the document is empty", "give a document with text")
    start = 0
    match media_type:
        case "text/html" | "application/xhtml+xml":
            text, own = read_html(data, path)
        case "application/pdf":
            text, own = read_pdf(data, path)
        case "text/plain" | "text/markdown":
            text = decode(data, path)
            own, start = front_matter(text, path)
        case _:
            raise ReadError(path, "unsupported", f"documents of type {media_type} are not read", _TYPES)
    known = given.over(own).over(Metadata(title=_heading(text, start), date=told_date(text, start)))
    if _UNBROKEN.search(text):
        raise ReadError(path, "binary", "it has a run of over 1,000 characters without a space", "give prose")
    body = Span(start, len(text))
    _check_language(body.of(text), known.language, path)
    return Document(
        name=_name(Path(path).stem if name is None else name, path),
        text=text,
        title=known.title,
        date=known.date,
        source=known.source,
        publisher=known.publisher,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        body=body,
    )


def _beside(path: Path) -> Metadata:
    """What a file beside the document says about it."""
    for ending in (".meta.yaml", ".yaml"):
        beside = path.with_name(path.stem + ending)
        if beside != path and beside.is_file():
            return parse_metadata(decode(beside.read_bytes()[:LIMIT], str(beside)), str(beside))
    return Metadata()


def _media_type(data: bytes, suffix: str, path: str) -> str:
    """The type of a document by its first bytes, else by the ending of its name."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if _HTML.match(data[:2048]):
        return "text/html"
    if suffix and suffix not in MEDIA_TYPES:
        raise ReadError(path, "unsupported", f"files ending in {suffix} are not read", _TYPES)
    return MEDIA_TYPES.get(suffix, "text/plain")


def _name(stem: str, path: str) -> str:
    """The document's name: its file name without the ending, made fit for an address where it is not."""
    if _SLUG.fullmatch(stem):
        return stem
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9._~]+", "-", letters).strip("-._~")
    if not slug:
        raise ReadError(
            path, "name", "its file name has no letters or digits", "give it a name of Latin letters"
        )
    return slug


def _heading(text: str, start: int) -> str | None:
    """The first line, where it is clearly a title: short, without a full stop, before a blank line."""
    found = _TITLE.match(text, start)
    if not found or told_date(found["title"], 0):
        return None
    return found["title"].strip()


def _check_language(body: str, language: str | None, path: str) -> None:
    if not body.strip():
        raise ReadError(
            path, "empty", "the document has no text besides its metadata", "give a document with text"
        )
    stated = (language or "en").split("-")[0].lower()
    if stated not in {"en", "eng", "english"} or not is_english(body):
        said = f"its language is given as {language}" if stated != "en" else "its text is not English"
        raise ReadError(path, "language", said, "give an English document or a translation")


def _too_large(path: str, size: int) -> ReadError:
    return ReadError(path, "too-large", f"it has {size} bytes, more than {LIMIT}", "split the document")
