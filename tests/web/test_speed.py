"""How long the server works on a page that is read."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from kg.settings import Settings
from kg.web import create_app

PAGES = ["/", "/doc/", "/doc/japan-nato", "/page/state/japan", "/page/person/mark-rutte", "/page/alliance/nato",
         "/overview/", "/overview/cooperation", "/ontology", "/ontology/term/Meeting", "/ontology/entailments",
         "/search?q=japan", "/compare?a=state/japan&b=alliance/nato", "/compare/versions", "/changes"]  # fmt: skip
MOST = 0.05  # seconds


@pytest.mark.long
def test_a_page_takes_the_server_less_than_a_twentieth_of_a_second(built: Path) -> None:
    """Of the processor's time, once what pages share has been read; the median of nine requests."""
    app = create_app(Settings(), built)
    client = app.test_client()
    taken = {address: _seconds(client.get, address) for address in PAGES}
    app.extensions["entente"].pool.close()
    assert {address: seconds for address, seconds in taken.items() if seconds >= MOST} == {}


def _seconds(get: object, address: str) -> float:
    assert callable(get)
    found = []
    for _ in range(10):
        begun = time.thread_time()
        assert get(address, headers={"Accept": "text/html"}).status_code == 200
        found.append(time.thread_time() - begun)
    return median(found[1:])
