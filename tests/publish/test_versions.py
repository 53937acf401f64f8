"""Versions side by side: what one changed, which names are gone and why, and the same under another base."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.history import history
from kg.publish import ABOUT, publish
from kg.publish.rebased import rebase_published
from kg.publish.withdrawn import NOTE, REPLACED, State, read_reasons, withdrawn
from kg.published import open_published
from kg.published_versions import Versions
from kg.settings import Settings
from kg.web import create_app
from tests.graph.readings import MINT, meeting, seedlike
from tests.publish.test_publish import dump, edition

WITHDRAWN = MINT.graph("withdrawn")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions: in the second, a document is gone."""
    folder = tmp_path_factory.mktemp("dist")
    publish(edition(seedlike(), meeting("gone")), folder)
    publish(edition(seedlike()), folder)
    return folder


def test_the_changes_lead_from_one_version_to_the_next(dist: Path) -> None:
    """Applied to the quads of the version before, they give those of the version."""
    one, other = (open_published(dist, moment.version) for moment in history(dist))
    before, now = (set(dump(one_.folder, "entente.nq").splitlines()) for one_ in (one, other))
    told = gzip.decompress((other.folder / "changes.rdfp.gz").read_bytes()).splitlines()
    for line in told:
        if line.startswith(b"D "):
            before.remove(line[2:])
        elif line.startswith(b"A "):
            before.add(line[2:])
    assert before == now
    assert other.changes is not None
    assert other.changes.previous == one.version


def test_two_versions_beside_each_other_differ_by_all_that_was_changed_between_them(tmp_path: Path) -> None:
    """Over several versions, too, in either direction: what was added and removed again is no difference."""
    for readings in ([seedlike()], [seedlike(), meeting("more")], [seedlike(), meeting("other")]):
        publish(edition(*readings), tmp_path)
    moments = history(tmp_path)
    versions = Versions(tmp_path, moments)
    held = [set(dump(open_published(tmp_path, m.version).folder, "entente.nq").splitlines()) for m in moments]
    for old in range(3):
        for new in range(3):
            told = versions.difference(moments[old].version, moments[new].version)
            lines = {
                added: {f"{s.quad} .".encode() for s in told if s.added is added} for added in (True, False)
            }
            assert lines == {True: held[new] - held[old], False: held[old] - held[new]}


def test_the_page_of_two_versions_shows_both(dist: Path) -> None:
    """Figures, documents and statements; by default the latest two; of an unknown version it is said so."""
    app = create_app(Settings(query_processes=1), dist)
    client = app.test_client()
    old, new = (moment.version for moment in history(dist))
    page = client.get("/compare/versions").text
    main = page.partition("<details")[0]
    assert client.get(f"/compare/versions?a={old}&b={new}").text.startswith(main)
    assert f"/dataset/{old}/doc/gone" in page
    assert f"/dataset/{new}/doc/gone" not in page
    assert f"/dataset/{old}/doc/gone" in client.get(f"/compare/versions?a={new}&b={old}").text
    assert "Both say the same" in client.get(f"/compare/versions?a={new}&b={new}").text
    assert client.get(f"/compare/versions?a={new}&b=nothing").status_code == 404
    app.extensions["entente"].pool.close()


def test_the_page_of_a_version_tells_facts_before_statements(dist: Path) -> None:
    """In sentences, under whether they are new or gone; of the first version there is nothing to tell."""
    app = create_app(Settings(query_processes=1), dist)
    old, new = (moment.version for moment in history(dist))
    page = app.test_client().get(f"/changes/{new}").text
    told, _, listed = page.partition("Every statement")
    assert "Facts that are gone" in told
    assert "Facts that are new" not in told
    assert 'class="happening' in told
    assert "<del>removed</del>" in listed
    first = app.test_client().get(f"/changes/{old}")
    assert "first version" in first.text
    assert f"/changes/{old}.rdfp" not in f"{first.text} {first.headers}"
    app.extensions["entente"].pool.close()


def test_the_links_of_an_old_version_stay_in_it(dist: Path) -> None:
    app = create_app(Settings(query_processes=1), dist)
    old = history(dist)[0].version
    for address, other in (("doc/gone", "doc/gone.txt"), ("doc/gone.txt", "doc/gone")):
        links = (
            app.test_client().get(f"/dataset/{old}/{address}", headers={"Accept": "text/html, */*"}).headers
        )
        assert f"</dataset/{old}/{other}>" in links["Link"]
        assert f"</{other}>" not in links["Link"]
    app.extensions["entente"].pool.close()


def test_what_only_a_withdrawn_document_told_is_gone_and_told_of(dist: Path) -> None:
    one, other = (open_published(dist, moment.version) for moment in history(dist))
    gone = {t.subject.value for t in other.store.triples(WITHDRAWN)}
    assert {MINT.document("gone"), MINT.claims("gone")} <= gone
    assert MINT.claims("gone") in one.store.graphs()
    assert MINT.claims("gone") not in other.store.graphs()
    assert all(q.graph_name.value == WITHDRAWN for iri in gone for q in other.store.about(iri))
    versions = Versions(dist, history(dist))
    assert [m.version for m in versions.of(MINT.document("gone"))] == [one.version]


def test_an_event_that_became_another_is_replaced_by_that() -> None:
    claim, claims = f"<{MINT.base}id/claim/c>", f"<{MINT.term('claims')}>"
    one, other = (f"<{MINT.base}id/event/{name}>" for name in "ab")
    graph = MINT.claims("talks")

    def state(version: str, event: str) -> State:
        lines = [f"{claim} {claims} {event} .\n", f"{event} <x:p> <x:o> .\n"]
        return State(version, {graph: sorted(line.encode() for line in lines)})

    told = withdrawn(state("v1", one), state("v2", other), MINT.base, {})
    assert f"{one} <{REPLACED}> {other} .\n".encode() in told
    assert any(NOTE.encode() in line for line in told)


def test_another_base_is_the_same_data_set_under_other_names(dist: Path, tmp_path: Path) -> None:
    """And exchanging the bases once more gives the first one back."""
    base = "http://example.org/kg/"
    there = rebase_published(dist, base, tmp_path / "there", ABOUT.read_text("utf-8"))
    told = dump(there.folder, "facts.nt")
    assert MINT.base.encode() not in told
    assert f"<{base}id/".encode() in told
    back = rebase_published(tmp_path / "there", MINT.base, tmp_path / "back", ABOUT.read_text("utf-8"))
    for part in ("facts.nt", "ontology.nq", "claims-*.nt"):
        assert dump(back.folder, part) == dump(dist / "current", part)


def test_names_are_asked_for_by_date(dist: Path) -> None:
    """Memento (RFC 7089): the version that was current then, its time, and the list of all; now it is gone (410)."""
    first, _ = history(dist)
    app = create_app(Settings(query_processes=1), dist)
    try:
        client, address = app.test_client(), "/doc/gone"
        now = client.get(address)
        assert now.status_code == 410
        assert "withdrawn" in now.text
        when = (first.published - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        led = client.get(address, headers={"Accept-Datetime": when})
        assert (led.status_code, led.location) == (302, f"/dataset/{first.version}{address}")
        memento = client.get(led.location)
        assert memento.status_code == 200
        assert memento.headers["Memento-Datetime"] == memento.headers["Last-Modified"]
        assert led.location in client.get(f"/timemap{address}").text
        assert client.get(address, headers={"Accept-Datetime": "soon"}).status_code == 400
        assert client.get("/changes.atom").text.count("<entry>") == 2
        for page in ("/changes", f"/changes/{history(dist)[1].version}", "/dataset", "/dumps/"):
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 200
        void = client.get("/.well-known/void")
        assert len(list(ox.parse(void.data, format=ox.RdfFormat.TURTLE))) > 100
    finally:
        app.extensions["entente"].pool.close()


def test_an_operator_says_why_a_document_is_gone(tmp_path: Path) -> None:
    """In a file beside the documents; a file that is something else is refused in words."""
    path = tmp_path / "withdrawn.yaml"
    assert read_reasons(path) == {}
    path.write_text("gone:\n  reason: It was wrong.\n  replaced_by: better\n", "utf-8")
    before = State("v1", {}, {"gone": MINT.document("gone")})
    told = b"".join(withdrawn(before, State("v2", {}), MINT.base, read_reasons(path))).decode()
    assert "It was wrong." in told
    assert f"<{REPLACED}> <{MINT.document('better')}>" in told
    path.write_text("- gone\n", "utf-8")
    with pytest.raises(ValueError, match="replaced_by"):
        read_reasons(path)
