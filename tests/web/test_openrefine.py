"""OpenRefine itself, run without its window, links a column of names to the seeds and fetches values for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.long, pytest.mark.needs("openrefine")]

TABLE = "name,country\nJapan,\nRutte Mark,\nnato,\nMinister of Defense,Japan\nqqxzzy,\n"
WHOLE = json.dumps({"facets": [], "mode": "row-based"})
PATIENCE = 120  # seconds until Java has started, on a machine that has much else to do


class OpenRefine:
    """What its window asks of it, over HTTP."""

    def __init__(self, address: str) -> None:
        self._root, self._session = f"{address}/command/core/", requests.Session()

    def get(self, command: str, **asked: Any) -> Any:
        """What it tells."""
        return self._session.get(f"{self._root}{command}", params=asked, timeout=PATIENCE).json()

    def post(self, command: str, data: dict[str, str], **asked: Any) -> requests.Response:
        """What it answers to a command; each needs a token."""
        token = {"csrf_token": self.get("get-csrf-token")["token"]}
        answer = self._session.post(
            f"{self._root}{command}", params={**asked, **token}, data={**data, **token}, timeout=PATIENCE
        )
        answer.raise_for_status()
        return answer

    def open(self, table: str) -> str:
        """A project of a table in CSV."""
        options = json.dumps({"separator": ",", "headerLines": 1})
        answer = self._session.post(
            f"{self._root}create-project-from-upload",
            params={"csrf_token": self.get("get-csrf-token")["token"], "options": options},
            data={"project-name": "names", "format": "text/line-based/*sv"},
            files={"project-file": ("names.csv", table)},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        return answer.headers["Location"].rpartition("project=")[2]

    def finish(self, project: str) -> None:
        """Wait until nothing is under way."""
        deadline = time.monotonic() + PATIENCE
        while self.get("get-processes", project=project)["processes"]:
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("openrefine")
    command = ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "600M"]
    with Path(folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [*command, "-x", "refine.headless=true"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + PATIENCE
        while not _answers(address):
            assert running.poll() is None and time.monotonic() < deadline, (folder / "log").read_text("utf-8")
            time.sleep(0.5)
        yield OpenRefine(address)
    finally:
        os.killpg(running.pid, signal.SIGTERM)  # of the script, and of the Java that it runs
        running.wait(timeout=PATIENCE)


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/command/core/get-version", timeout=5).ok
    except requests.RequestException:
        return False


@pytest.fixture(scope="module")
def project(refine: OpenRefine, server: str) -> str:
    """A table of which a column is reconciled with the seeds, another one helping."""
    manifest = requests.get(f"{server}/reconcile", timeout=PATIENCE).json()
    detail = {"column": "country", "propertyName": "country", "propertyID": "country"}
    config = {
        "mode": "standard-service",
        "service": f"{server}/reconcile",
        "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"],
        "type": None,
        "autoMatch": True,
        "columnDetails": [detail],
        "limit": 0,
    }
    name = refine.open(TABLE)
    asked = {"project": name, "columnName": "name", "config": json.dumps(config), "engine": WHOLE}
    refine.post("reconcile", asked)
    refine.finish(name)
    return name


def test_a_column_of_names_is_linked_to_our_things(refine: OpenRefine, project: str) -> None:
    told = refine.post("get-rows", {}, project=project, start=0, limit=10).json()
    recons = [told["pool"]["recons"][str(row["cells"][0]["r"])] for row in told["rows"]]
    matched = [recon.get("m", {}).get("id") for recon in recons]
    assert matched[:3] == ["state/japan", "person/mark-rutte", "alliance/nato"]
    assert "minister-of-defense-japan" in (matched[3] or recons[3]["c"][0]["id"])
    assert (matched[4], recons[4]["c"]) == (None, [])


def test_values_are_fetched_for_it(refine: OpenRefine, project: str, server: str) -> None:
    extension = {
        "properties": [
            {"id": "skos:notation", "name": "code", "settings": {"limit": "1"}},
            {"id": "memberOf", "name": "member of"},
        ]
    }
    manifest = requests.get(f"{server}/reconcile", timeout=PATIENCE).json()
    asked = {
        "extension": json.dumps(extension),
        "endpoint": f"{server}/reconcile",
        "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"],
        "columnInsertIndex": "1",
        "engine": WHOLE,
    }
    refine.post("extend-data", asked, project=project, baseColumnName="name")
    refine.finish(project)
    lines = refine.post("export-rows/t.csv", {"project": project, "format": "csv", "engine": WHOLE}).text
    assert lines.splitlines()[0] == "name,code,member of,country"
    assert lines.splitlines()[1].startswith("Japan,JP,")
    assert "Group of Seven" in lines
