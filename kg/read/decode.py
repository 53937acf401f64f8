"""From bytes to text: without byte order mark, lines ending in LF, every other character kept."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.read.verdict import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAVE = "save the document as UTF-8 text"


def decode(data: bytes, name: str) -> str:
    """The text of the bytes, with universal newlines. Raises ReadError for what is no text."""
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROLS.search(text):
        raise ReadError(name, "binary", "it holds control characters, so it is no text", _SAVE)
    return text


def _decode(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise ReadError(
                name, "encoding", f"its byte order mark promises {encoding}, which it is not", _SAVE
            ) from error
    guess = from_bytes(data).best()
    if guess is None:
        raise ReadError(name, "binary", "it is no text in any known encoding", _SAVE)
    return str(guess)
