"""A server that the command line started takes a curator's write, and goes on answering."""

import os
import shutil
from pathlib import Path

import pytest
import requests

from tests.built import served

BASE = "https://w3id.org/entente/"
PARTNERS = f"<{BASE}id/state/japan> <{BASE}ontology#partnerOf> <{BASE}id/state/new-zealand>"
CURATION = f"{BASE}graph/curation"


@pytest.mark.long
def test_a_write_to_a_running_server_is_published_with_what_follows(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(built, dist, symlinks=True, copy_function=os.link)
    monkeypatch.setenv("ENTENTE_UPDATE_TOKEN", "secret")
    with served(dist) as address:
        written = requests.post(
            f"{address}/sparql",
            data={"update": f"INSERT DATA {{ GRAPH <{CURATION}> {{ {PARTNERS} }} }}"},
            headers={"Authorization": "Bearer secret"},
            timeout=300,
        )
        assert written.status_code == 204, written.text
        follows = (
            f"ASK {{ <{BASE}id/state/new-zealand> <{BASE}ontology#cooperatesWith> <{BASE}id/state/japan> }}"
        )
        asked = requests.get(f"{address}/sparql", params={"query": follows}, timeout=60)
        assert asked.json()["boolean"] is True
