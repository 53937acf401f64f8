"""A small published data set, and the application over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from kg.store import Store
from kg.web import create_app

HERE = Path(__file__).parent
BASE = "https://w3id.org/entente/"
DEFAULT_GRAPHS = ["facts", "curation", "inferred", "reference", "ontology"]


TITLE = "Arcadia & <b>Elbonia</b> talk"


def publish(
    dist: Path, version: str = "v1", extra: str = "", text: str | None = None, title: str = TITLE
) -> None:
    """Lay a version of the small data set out as the publication does, and make it current.

    Another text and title of its document may be given.
    """
    folder = dist / "versions" / version
    trig = (HERE / "data.trig").read_text("utf-8").replace(json.dumps(TITLE), json.dumps(title)) + extra
    Store.build(folder / "store", ox.parse(trig.encode(), ox.RdfFormat.TRIG))
    read = (HERE / "data.txt").read_bytes() if text is None else text.encode()
    (folder / "documents").mkdir()
    (folder / "documents" / "talks.txt").write_bytes(read)
    (folder / "dumps").mkdir()
    (folder / "dumps" / "all.trig").write_text(trig, "utf-8")
    document = {
        "name": "talks",
        "iri": f"{BASE}doc/talks",
        "title": title,
        "date": "2025-04-09",
        "source": "javascript:alert(1)",
        "language": "en",
        "sha256": hashlib.sha256(read).hexdigest(),
        "path": "documents/talks.txt",
    }
    dump = {
        "path": "dumps/all.trig",
        "bytes": len(trig.encode()),
        "sha256": hashlib.sha256(trig.encode()).hexdigest(),
        "media_type": "application/trig",
        "graph": None,
        "triples": None,
    }
    manifest = {
        "version": version,
        "base": BASE,
        "counts": {"claims": 2, "facts": 1},
        "documents": [document],
        "dumps": [dump],
        "default_graphs": [f"{BASE}graph/{name}" for name in DEFAULT_GRAPHS],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    link = dist / "next"
    link.symlink_to(Path("versions") / version)
    link.rename(dist / "current")


@pytest.fixture
def publish_into() -> Callable[..., None]:
    """Lays a version of the small data set out in a folder: `(dist, version, extra)`."""
    return publish


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def app(dist: Path) -> Iterator[Flask]:
    settings = Settings(query_seconds=5, query_processes=2, answer_rows=1000)
    app = create_app(settings, dist)
    yield app
    app.extensions["entente"].pool.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
