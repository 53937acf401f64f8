"""What pages share is read before anybody asks for it, and again when another version is published."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kg.settings import Settings
from kg.web import create_app
from kg.web.service import reader
from kg.web.sources import PublishedSource
from kg.web.warming import Warmer, pages

PATIENCE = 60  # seconds


def await_index(app: Flask, version: str) -> None:
    """Wait until the names of a version are read, and nobody has asked for them."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        reader = app.extensions["entente"].source.reader
        if reader.published.version == version and reader._index is not None:  # asking would read it
            return
        time.sleep(0.05)
    raise AssertionError(f"version {version} was not read beforehand")


def source_of(app: Flask) -> PublishedSource:
    found: PublishedSource = app.extensions["entente"].source
    return found


def test_where_writes_are_allowed_the_first_does_not_wait_for_the_reasoner(
    tmp_path: Path, publish_into: Callable[..., None]
) -> None:
    publish_into(tmp_path)
    app = create_app(Settings(query_processes=1, update_token="secret"), tmp_path)  # noqa: S106  # a test's own
    warmer = Warmer(app)
    warmer.start()
    until = time.monotonic() + PATIENCE
    while source_of(app)._curation._known is None and time.monotonic() < until:
        time.sleep(0.05)
    assert source_of(app)._curation._known is not None
    warmer.end()
    app.extensions["entente"].pool.close()


def test_each_version_is_read_beforehand(tmp_path: Path, publish_into: Callable[..., None]) -> None:
    """No request is made, and none is counted."""
    publish_into(tmp_path)
    app = create_app(Settings(query_processes=1), tmp_path)
    warmer = Warmer(app)
    warmer.start()
    await_index(app, "v1")
    publish_into(tmp_path, "v2")
    await_index(app, "v2")
    warmer.end()
    assert source_of(app)._curation._known is None  # nobody may write
    assert "entente_requests_total{" not in app.extensions["entente"].observer.exposition().decode()
    app.extensions["entente"].pool.close()


@pytest.mark.long
def test_those_that_most_is_told_of_are_among_the_pages(built: Path) -> None:
    """And each page that is made beforehand is there."""
    app = create_app(Settings(query_processes=1), built)
    with app.test_request_context("/"):
        made = list(pages(reader()))
    assert "/page/state/japan" in made
    answers = {app.test_client().get(one, headers={"Accept": "text/html"}).status_code for one in made}
    assert answers == {200}
    app.extensions["entente"].pool.close()
