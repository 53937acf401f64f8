"""How to cite: on each page, what it is about, the version, the licence, and BibTeX that a reader of it takes."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from kg.web.citing import Citation

BASE = "https://w3id.org/entente/"


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("/", ""),
        ("/page/state/arcadia", "id/state/arcadia"),
        ("/doc/talks", "doc/talks"),
        ("/ontology", "ontology"),
        ("/ontology/term/Meeting", "ontology#Meeting"),
        ("/search?q=a", "search?q=a"),
        ("/dumps/", "dumps/"),
    ],
)
def test_a_page_says_how_to_cite_it(client: FlaskClient, address: str, iri: str) -> None:
    page = unescape(client.get(address, headers={"Accept": "text/html"}).text)
    assert f"<code>{BASE}{iri}</code>" in page
    assert re.search(r"@misc\{entente[\w-]*-v1,", page)
    assert f"url = {{{BASE}{iri}}}" in page
    assert re.search(r"year = \{20\d\d\}", page)


def test_an_error_is_not_cited(client: FlaskClient) -> None:
    assert "@misc" not in client.get("/nothing", headers={"Accept": "text/html"}).text


def test_a_title_cannot_break_out_of_bibtex() -> None:
    entry = Citation(r"50% of {A}_\B & $C #~^", f"{BASE}id/a{{b", "v1", None, 2025).bibtex
    assert r"50\% of \{A\}\_\textbackslash{}B \& \$C \#" in entry
    unescaped = re.sub(r"\\[{}]", "", entry)
    assert unescaped.count("{") == unescaped.count("}")
