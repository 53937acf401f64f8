"""What an older release published is taken over by the next build; what a later one published is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.iri import Mint
from kg.manifest import FORMAT, FormatError, dumps_of, manifest_of
from kg.publish.dumps import FORMATS
from kg.published import open_published
from kg.settings import Settings
from kg.web import create_app
from tests.graph.readings import events_of_claims, meeting, seedlike
from tests.pipeline.small import publish, small


def made_of_format_2(folder: Path) -> dict[str, Any]:
    """Lay a version out as releases did that told of dumps in the manifest, and had no files of graphs."""
    told = manifest_of(folder)
    told |= {"format": 2, "dumps": dumps_of(folder, told)}
    for name in ("graphs", "figures"):
        del told[name]
    shutil.rmtree(folder / "graphs")
    (folder / "dumps.json").unlink()
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    return told


def made_of_format_1(folder: Path) -> None:
    """Lay a version out as the first release did: plain dumps of the whole, no format, no content, no changes."""
    told = made_of_format_2(folder)
    for name in ("format", "content", "changes"):
        del told[name]
    shutil.rmtree(folder / "dumps")
    (folder / "dumps").mkdir()
    (folder / "dumps" / "all.nt").write_bytes(b"")
    told["dumps"] = [
        {"path": "dumps/all.nt", "bytes": 0, "media_type": FORMATS["nt"].media_type, "triples": 0}
        | {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "graph": None}
    ]
    (folder / "passed.txt").unlink()
    (folder / "names.gz").unlink()
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")


@pytest.fixture(params=[made_of_format_1, made_of_format_2], ids=["1", "2"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder in which an older release published two documents."""
    published = publish(small(tmp_path, seedlike(), meeting("a"))).publication
    request.param(published.folder)
    return tmp_path


def test_what_an_older_release_published_is_read_as_it_is(old: Path) -> None:
    published = open_published(old / "dist")
    assert set(published.documents) == {"a", "seed-like"}
    assert published.store.size()
    assert published.is_dumped


def test_the_next_build_carries_names_events_and_changes_over(old: Path) -> None:
    """A document that goes with the upgrade is told as withdrawn, events keep their names, changes are listed."""
    before = open_published(old / "dist")
    events = events_of_claims(before)
    publish(small(old, seedlike()))
    now = open_published(old / "dist")
    assert manifest_of(now.folder)["format"] == FORMAT
    assert now.changes.previous == before.version
    assert now.changes.removed
    assert events_of_claims(now).items() < events.items()
    gone = {triple.subject.value for triple in now.store.triples(Mint(now.base).graph("withdrawn"))}
    assert Mint(now.base).document("a") in gone
    assert open_published(old / "dist", before.version).version == before.version


@pytest.mark.long
def test_a_build_of_the_same_documents_brings_a_version_of_this_format(old: Path) -> None:
    before = open_published(old / "dist").version
    again = publish(small(old, seedlike(), meeting("a"))).publication
    assert again.version != before
    assert manifest_of(again.folder)["format"] == FORMAT
    assert open_published(old / "dist").dump("entente.nq.gz")
    assert publish(small(old, seedlike(), meeting("a"))).publication == again


def test_what_a_later_release_published_is_refused_with_advice_and_stays(tmp_path: Path) -> None:
    work = small(tmp_path, seedlike())
    folder = publish(work).publication.folder
    told = manifest_of(folder) | {"format": FORMAT + 1}
    del told["documents"]
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(FormatError, match="install that release"):
        publish(work)
    for command in ("serve", "query"):
        done = CliRunner().invoke(
            group, [command, "--dist", str(tmp_path / "dist"), *["ASK {}"][: command == "query"]]
        )
        assert done.exit_code == 2, done.output
        assert "a later release wrote this" in done.output
    assert json.loads((folder / "manifest.json").read_text("utf-8")) == told


@pytest.mark.long
@pytest.mark.parametrize("lost", [(), ("part", "holds", "content_bytes", "content_sha256")])
def test_what_an_older_release_published_is_served_as_it_is(tmp_path: Path, lost: tuple[str, ...]) -> None:
    """No page fails, neither where the first release wrote it nor where only the newer figures are missing."""
    folder = publish(small(tmp_path, seedlike(), meeting("a"))).publication.folder
    (made_of_format_2 if lost else made_of_format_1)(folder)
    told = manifest_of(folder)
    told["dumps"] = [{k: v for k, v in file.items() if k not in lost} for file in told["dumps"]]
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    app = create_app(Settings(query_processes=1), tmp_path / "dist")
    client = app.test_client()
    pages = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    seen = {page: client.get(page, headers={"Accept": "text/html"}).status_code for page in pages}
    app.extensions["entente"].pool.close()
    assert {page: status for page, status in seen.items() if status >= 500} == {}
    assert seen["/dumps/"] == 200
