"""A document's page has its text, without what the file says of itself, and the triples that it gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from kg.published import PublishedDocument, open_published
from kg.web.documents import LISTED, parted

GRAPH = "https://w3id.org/entente/graph/claims/talks"


def test_all_triples_that_a_document_gave_are_listed_page_by_page(client: FlaskClient, dist: Path) -> None:
    triples = sum(1 for _ in open_published(dist).store.triples(GRAPH))
    page = client.get("/doc/talks").text
    assert f"{triples} triples in the graph" in page
    assert page.partition('class="triples"')[2].count("<tr>") == 1 + min(triples, LISTED)
    assert "<code>ent:toldIn</code>" in page
    assert client.get("/doc/talks?page=2").text.partition('class="triples"')[2].count("<tr>") == 1 + max(
        0, triples - LISTED
    )


def test_what_a_file_says_of_itself_is_no_part_of_the_text_that_is_shown(tmp_path: Path) -> None:
    front, prose = "---\ntitle: Talks\n---\n", "Arcadia met Elbonia."
    path = tmp_path / "talks.txt"
    path.write_text(front + prose, "utf-8")
    known = PublishedDocument("talks", "https://example.org/doc/talks", "Talks", None, None, "en", "", path)
    for body, hidden in ((len(front), front), (0, "")):
        found, pieces = parted(replace(known, body=body), ())
        assert found == hidden
        assert found + "".join(piece.text for piece in pieces) == front + prose
