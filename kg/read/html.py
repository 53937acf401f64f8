"""HTML pages: the readable text, and what the page says of itself."""

from __future__ import annotations

from datetime import date

from lxml.etree import LxmlError  # type: ignore[import-untyped]  # published without types
from trafilatura import bare_extraction
from trafilatura.settings import Document as Page

from kg.read.metadata import Metadata
from kg.read.verdict import ReadError

_ADVICE = "save the text of the page"
# Only dates that the page states: guesses from its text, and the clock's limits, are not ours.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read_html(data: bytes, name: str) -> tuple[str, Metadata]:
    """The paragraphs of a page, parted by blank lines, and its metadata.

    Raises ReadError where the page has no readable text.
    """
    try:
        page = bare_extraction(
            data,
            with_metadata=True,
            include_comments=False,
            include_images=False,
            include_links=False,
            date_extraction_params=_DATES,
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise ReadError(name, "html", f"its markup cannot be read ({error})", _ADVICE) from error
    if not isinstance(page, Page) or not page.text or not page.text.strip():
        raise ReadError(name, "html", "the page has no readable text", _ADVICE)
    day = date.fromisoformat(page.date) if page.date else None
    text = "\n\n".join(line.rstrip() for line in page.text.splitlines() if line.strip())
    return text + "\n", Metadata(page.title, day, page.sitename, page.url, page.language)
