"""The servers that are compared: how each is started over the same data, and where it answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from bench import virtuoso
from bench.ports import free_port
from kg.store import copy_store

OURS, OXIGRAPH, RDFLIB, VIRTUOSO = "entente", "oxigraph server", "rdflib-endpoint", "Virtuoso"
SERVE = """
import sys
from pathlib import Path
from kg.settings import Settings
from kg.web import serve_empty
serve_empty(Settings(), Path(sys.argv[1]), int(sys.argv[2]))
"""
SERVE_RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


def servers(folder: Path, rdflib_python: str | None) -> dict[str, tuple[Callable[[int], list[str]], str]]:
    """How to start each server on a port, and where it answers."""
    revision = folder / "plain" / "revisions" / "0"
    copy_store(folder / "store", revision)
    oxigraph = [
        str(Path(sys.executable).parent / "oxigraph"),
        "serve-read-only",
        "--location",
        str(folder / "store"),
    ]
    known = {
        OURS: (lambda port: [sys.executable, "-c", SERVE, str(folder / "plain"), str(port)], "/sparql"),
        OXIGRAPH: (lambda port: [*oxigraph, "--bind", f"127.0.0.1:{port}"], "/query"),
    }
    if shutil.which("virtuoso-t"):
        known[VIRTUOSO] = (virtuoso.prepared(folder), "/sparql")
    if rdflib_python:
        data = str(folder / "data.nt")
        known[RDFLIB] = (lambda port: [rdflib_python, "-c", SERVE_RDFLIB, data, str(port)], "/sparql")
    return known


@contextmanager
def running(command: Callable[[int], list[str]], path: str) -> Iterator[tuple[str, int]]:
    """A server, for as long as it is asked: its address and its process."""
    port = free_port()
    process = subprocess.Popen(command(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}{path}"
    try:
        for _ in range(1200):
            try:
                requests.get(address, params={"query": "ASK {}"}, timeout=30).raise_for_status()
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)
