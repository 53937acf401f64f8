"""Two fronts that share nothing but files and stores, behind nginx: as one server that changes its version."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests

from bench.ports import free_port
from tests.built import kg, served
from tests.elsewhere.stores import slots, started

pytestmark = [pytest.mark.long, pytest.mark.needs("nginx")]

CONFIGURATION = """
daemon off;
pid nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    upstream fronts {{ {fronts} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://fronts;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_buffering off;
            proxy_next_upstream error timeout http_503;
            add_header X-Front $upstream_addr always;
        }}
    }}
}}
"""
VERSION = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
    SELECT ?version { GRAPH ?graph { ?dataset dcat:hasCurrentVersion ?current ; dcat:version ?version } }"""
SETTLED = 3  # seconds in which every front has seen that there is a new version


class Asker(threading.Thread):
    """Asks an address for its version all the while, and notes each answer: the status, the version, the front."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.seen: list[tuple[int, str, str]] = []
        self._address, self._enough = address, threading.Event()

    def run(self) -> None:
        while not self._enough.wait(0.02):
            told = requests.get(
                f"{self._address}/sparql",
                params={"query": VERSION},
                headers={"Accept": "text/csv"},
                timeout=30,
            )
            self.seen.append(
                (told.status_code, told.text.split()[-1], told.headers["X-Front"].split(", ")[-1])
            )

    def stop(self) -> None:
        self._enough.set()
        self.join()


@contextmanager
def balanced(fronts: list[str], folder: Path) -> Iterator[str]:
    """The address of an nginx before some fronts."""
    port = free_port()
    told = " ".join(f"server {address.removeprefix('http://')};" for address in fronts)
    (folder / "nginx.conf").write_text(CONFIGURATION.format(fronts=told, port=port))
    address = f"http://127.0.0.1:{port}"
    with started(["nginx", "-p", folder, "-c", folder / "nginx.conf"], f"{address}/health", folder):
        yield address


@pytest.mark.parametrize(
    "kind", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.needs("virtuoso-t"))]
)
def test_two_fronts_answer_as_one_while_the_version_changes_and_one_of_them_goes(
    kind: str, tmp_path: Path, build: Callable[[Path, int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request is answered, by either front, first with the one version and in the end with the other."""
    dist, proxy = tmp_path / "dist", tmp_path / "nginx"
    proxy.mkdir()
    first = build(dist, 1)
    with ExitStack() as running:
        stores = running.enter_context(slots(kind, tmp_path))
        monkeypatch.setenv("ENTENTE_STORES", ",".join(store.queries for store in stores))
        monkeypatch.setenv("ENTENTE_STORES_GRAPHS", ",".join(store.graphs for store in stores))
        monkeypatch.setenv("ENTENTE_STORES_LOGIN", stores[0].login)
        monkeypatch.setenv("ENTENTE_QUERY_PROCESSES", "1")
        assert f"version {first}" in kg("publish", "--dist", dist).stdout
        stays, ended = running.enter_context(served(dist)), ExitStack()
        goes = ended.enter_context(served(dist))
        asker = Asker(running.enter_context(balanced([stays, goes], proxy)))
        asker.start()
        time.sleep(1)
        second = build(dist, 2)
        assert f"version {second}" in kg("publish", "--dist", dist).stdout
        time.sleep(SETTLED)
        ended.close()
        time.sleep(1)
        asker.stop()
    assert {status for status, _, _ in asker.seen} == {200}
    assert {front for _, _, front in asker.seen} == {f.removeprefix("http://") for f in (stays, goes)}
    versions = [version for _, version, _ in asker.seen]
    assert set(versions) == {first, second}
    assert set(versions[-20:]) == {second}
