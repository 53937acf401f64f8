"""Real servers, each in its own process on a port of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from bench.ports import free_port

TOKEN = "conformance"  # noqa: S105  # of servers that live as long as a test
PROGRAM = """
import sys
from pathlib import Path
from kg.settings import Settings
from kg.web import serve_empty
serve_empty(Settings.from_environment(), Path(sys.argv[1]), int(sys.argv[2]))
"""


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and a session that may write."""

    address: str
    session: requests.Session

    @property
    def sparql(self) -> str:
        """The address of queries and updates."""
        return f"{self.address}/sparql"

    @property
    def graph_store(self) -> str:
        """The address of the graph store protocol."""
        return f"{self.address}/graph-store"

    def put(self, turtle: str) -> None:
        """Make its default graph these triples."""
        headers = {"Content-Type": "text/turtle"}
        self.session.put(
            f"{self.graph_store}?default", data=turtle.encode(), headers=headers
        ).raise_for_status()


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """A server of a plain, empty data set for as long as it is needed; settings may name its `{port}`."""
    port = free_port()
    given = {f"ENTENTE_{name.upper()}": value.format(port=port) for name, value in settings.items()}
    environment = {**os.environ, "ENTENTE_UPDATE_TOKEN": TOKEN, "ENTENTE_QUERY_PROCESSES": "1", **given}
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, folder, str(port)], env=environment)
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {TOKEN}"
        server = Server(f"http://127.0.0.1:{port}", session)
        try:
            wait_for(server, process)
            yield server
        finally:
            session.close()
            process.terminate()
            process.wait(20)


def wait_for(server: Server, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{server.address}/health", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError(f"no server at {server.address}")
