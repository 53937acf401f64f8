"""PDF files: the text of their pages."""

from __future__ import annotations

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kg.read.metadata import Metadata
from kg.read.verdict import ReadError

_PAGES = 500
_ADVICE = "save its text as a text file"
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
# What pypdf lets through of files that are not what they say they are.
_MALFORMED = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def read_pdf(data: bytes, name: str) -> tuple[str, Metadata]:
    """The text of the pages, parted by blank lines, words broken at line ends joined, and the title.

    Raises ReadError for a file that is malformed, encrypted, too long, or only has pictures of pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself interests nobody
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ReadError(name, "pdf", "the file is encrypted", "save it without a password")
        if len(reader.pages) > _PAGES:
            raise ReadError(name, "too-large", f"it has more than {_PAGES} pages", "split it")
        pages = [page.extract_text().strip() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except ReadError:
        raise
    except _MALFORMED as error:
        raise ReadError(name, "pdf", f"it is no well-formed PDF ({error})", _ADVICE) from error
    text = _BROKEN_WORD.sub("", "\n\n".join(page for page in pages if page))
    if not text:
        raise ReadError(name, "pdf", "its pages have no text, only pictures", "run text recognition over it")
    return text + "\n", Metadata(title=str(title).strip() or None if title else None)
