"""Content negotiation (RFC 9110 section 12.5): which of the media types on offer a client likes best."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from kg.engine.formats import GRAPH_FORMATS

HTML = "text/html"
ENDINGS = {form.name: kind for kind, form in reversed(GRAPH_FORMATS.items())}  # of files of RDF
NO_WEIGHT = re.compile(  # a weight beyond what RFC 9110 section 12.4.2 allows
    r";\s*q\s*=(?!\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:[;,]|$))[^;,]*", re.IGNORECASE
)
HEADERS = 1024  # headers whose outcome is remembered; clients send few different ones


def best(accept: str | None, offers: Iterable[str]) -> str | None:
    """The offer of the highest quality, the earliest of equals; None where none is acceptable.

    The most specific range of the header counts for an offer, and `q=0` excludes it. Parameters of a range
    (`charset`, `profile`) do not keep it from matching. Without a header anything is acceptable.
    """
    return _best(accept, tuple(offers))


@lru_cache(HEADERS)
def _best(accept: str | None, offers: tuple[str, ...]) -> str | None:
    accepted = _accepted(accept)
    chosen, quality = None, 0.0
    for offer in offers:
        here = accepted.quality(offer)
        if here > quality:
            chosen, quality = offer, here
    return chosen


@lru_cache(HEADERS)
def prefers_html(accept: str | None) -> bool:
    """Whether a client asks for HTML by name and likes nothing better, as browsers do and programs do not."""
    accepted = _accepted(accept)
    named = any(range_ in {HTML, "application/xhtml+xml"} and quality > 0 for range_, quality in accepted)
    return named and accepted.quality(HTML) >= max((quality for _, quality in accepted), default=0)


@lru_cache(HEADERS)
def accepts_gzip(encodings: str | None) -> bool:
    """Whether a client takes gzip, by its Accept-Encoding."""
    ranges = parse_accept_header(_weighed(encodings or ""))
    named = [quality for range_, quality in ranges if range_ in {"gzip", "x-gzip"}]
    return max(named or [quality for range_, quality in ranges if range_ == "*"], default=0) > 0


def split_ending(name: str) -> tuple[str, str | None]:
    """A name without the ending of a file of RDF, and the media type that the ending stands for."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ENDINGS[ending]) if dot and ending in ENDINGS else (name, None)


def _weighed(header: str) -> str:
    """A header without the weights that are none: such a range is taken as one without a weight."""
    return NO_WEIGHT.sub("", header)


def _accepted(accept: str | None) -> MIMEAccept:
    """The ranges of an Accept header, without their parameters."""
    ranges = parse_accept_header(_weighed(accept or "*/*"), MIMEAccept)
    return MIMEAccept([(range_.partition(";")[0].strip().lower(), quality) for range_, quality in ranges])
