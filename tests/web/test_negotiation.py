"""Which media type a client gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.web.negotiation import accepts_gzip, best, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
OFFERS = ["text/turtle", "application/n-triples", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        ("text/turtle;q=0.3, application/n-triples;q=0.4", "application/n-triples"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("*/*;q=0.9, text/turtle;q=0.1", "application/n-triples"),
        ("TEXT/TURTLE", "text/turtle"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("", "text/turtle"),
        ("application/ld+json;q=high", "application/ld+json"),
        ("application/n-triples; q=7, text/turtle;q=0.5", "application/n-triples"),
        ("text/turtle;q=-1;charset=utf-8, */*;q=0.1", "text/turtle"),
    ],
)
def test_the_offer_of_the_highest_quality_is_chosen(accept: str | None, expected: str | None) -> None:
    assert best(accept, OFFERS) == expected


@given(st.sampled_from([*RESULT_FORMATS, *GRAPH_FORMATS]), st.floats(0.001, 1))
def test_whoever_asks_for_one_type_gets_that_type(kind: str, quality: float) -> None:
    """A client that names exactly one type on offer gets it, whatever quality it gives."""
    assert best(f"{kind};q={quality:.3f}", [*RESULT_FORMATS, *GRAPH_FORMATS]) == kind


def test_only_browsers_prefer_html() -> None:
    """Pages go to those who ask for HTML by name; a wildcard or RDF at equal quality is no such wish."""
    assert prefers_html(BROWSER)
    assert not prefers_html("*/*")
    assert not prefers_html(None)
    assert not prefers_html("text/csv, text/html;q=0.5")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        ("gzip", True),
        ("br, gzip;q=0.1", True),
        ("gzip;q=0", False),
        ("*", True),
        ("gzip;q=0, *", False),
        ("gzip;q=yes", True),
    ],
)
def test_compression_is_for_those_who_take_it(header: str | None, expected: bool) -> None:
    assert accepts_gzip(header) is expected
