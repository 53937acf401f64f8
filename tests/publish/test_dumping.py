"""Dumps come after the version: until then readers are told so, and whatever ends a build the next one writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.manifest import DUMPS
from kg.publish import Publication, dump_all, publish, publish_version
from kg.publish.dumping import NoDumpsError, dump
from kg.publish.whole import put_damaged_aside
from kg.published import open_published
from kg.settings import Settings
from kg.web import create_app
from tests.graph.readings import meeting, seedlike
from tests.publish.test_publish import edition, files


@contextmanager
def client_of(dist: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(query_processes=1), dist)
    try:
        yield app.test_client()
    finally:
        app.extensions["entente"].pool.close()


def test_dumps_that_come_later_are_to_the_byte_those_that_come_at_once(tmp_path: Path) -> None:
    """Also of a version that another one followed before it had any."""
    given = [edition(seedlike()), edition(seedlike(), meeting("a"))]
    at_once = [publish(one, tmp_path / "one") for one in given]
    later = [publish_version(one, tmp_path / "other") for one in given]
    dump_all(tmp_path / "other")
    assert [one.version for one in at_once] == [one.version for one in later]
    for one, other in zip(at_once, later, strict=True):
        assert files(one.folder) == files(other.folder)


def test_a_server_says_of_dumps_that_they_come_and_gives_them_once_they_are_there(tmp_path: Path) -> None:
    """Without starting anew: file, page and description; what there will never be is not there (404)."""
    version = publish_version(edition(seedlike()), tmp_path).version
    with client_of(tmp_path) as client:
        coming = client.get("/dumps/latest/facts.nt", follow_redirects=True)
        assert (coming.status_code, coming.headers["Retry-After"]) == (503, "30")
        assert client.get(f"/dumps/{version}/facts.nt.gz").status_code == 503
        assert client.get("/dumps/facts.exe").status_code == 404
        page = client.get("/dumps/")
        assert "On their way" in page.text
        before = client.get("/dataset.nt")
        assert "dataDump" not in before.text
        assert "Last-Modified" not in {**page.headers, **before.headers}
        dump_all(tmp_path)
        assert "On their way" not in client.get("/dumps/").text
        file = client.get(f"/dumps/{version}/facts.nt")
        assert file.status_code == 200
        since = {"If-None-Match": before.headers["ETag"]}
        after = client.get("/dataset.nt", headers=since)
        assert after.status_code == 200
        assert "Last-Modified" in after.headers
        assert f'"{hashlib.sha256(file.data).hexdigest()}"' in after.text
        assert f"dataDump> <https://w3id.org/entente/dumps/{version}/entente.nq>" in after.text


def test_of_a_build_and_a_server_that_come_to_the_same_dumps_one_writes_them(tmp_path: Path) -> None:
    folder = publish_version(edition(seedlike()), tmp_path).folder
    steps = list[int]()
    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(dump, folder, lambda done, _: steps.append(done)) for _ in range(2)]:
            one.result()
    assert len(steps) == max(steps) + 2, "each begins, and one goes on"
    assert open_published(tmp_path).is_dumped


def damaged_in(publication: Publication) -> None:
    """Damage a dump where it stands, in all versions that share it."""
    path = publication.folder / "dumps" / "ontology.nt.gz"
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def test_damaged_dumps_are_written_anew_and_not_taken_from_the_version_before(tmp_path: Path) -> None:
    publish(edition(seedlike()), tmp_path)
    last = publish(edition(seedlike(), meeting("a")), tmp_path)
    whole = files(last.folder)
    damaged_in(last)
    put_damaged_aside(tmp_path)
    assert not open_published(tmp_path).is_dumped
    dump_all(tmp_path)
    assert files(last.folder) == whole
    (last.folder / DUMPS).write_text("{")
    put_damaged_aside(tmp_path)
    dump_all(tmp_path)
    assert files(last.folder) == whole


def test_a_disk_that_is_full_leaves_the_version_published_and_says_what_to_do(tmp_path: Path) -> None:
    publication = publish_version(edition(seedlike()), tmp_path)
    (publication.folder / "dumps").write_text("in the way")
    with pytest.raises(NoDumpsError, match=r"is published, but its dumps could not be written.*next build"):
        dump_all(tmp_path)
    published = open_published(tmp_path)
    assert (published.version, published.dumps) == (publication.version, ())
    (publication.folder / "dumps").unlink()
    dump_all(tmp_path)
    assert published.is_dumped
