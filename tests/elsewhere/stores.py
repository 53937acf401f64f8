"""Servers of others, started from packages on ports of this machine, with databases that go with them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from bench.ports import free_port
from bench.virtuoso import command
from kg.endpoint import Endpoint
from tests.built import PATIENCE

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
SMALL = 10_000  # buffers of 8 KiB, of a server that holds a test's data


@contextmanager
def started(command: Sequence[str | Path], address: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that answers at an address, for as long as it is needed."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + PATIENCE
        while not answers(address):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} did not start: {(folder / 'log').read_text()[-1000:]}")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(address: str) -> bool:
    """Whether anybody answers there, whatever they say."""
    try:
        requests.get(address, timeout=5)
    except requests.RequestException:
        return False
    return True


@contextmanager
def oxigraph(folder: Path) -> Iterator[Endpoint]:
    """The Oxigraph server, from the Python package of its name."""
    at = f"127.0.0.1:{free_port()}"
    with started([OXIGRAPH, "serve", "--location", folder / "data", "--bind", at], f"http://{at}/", folder):
        yield Endpoint(f"http://{at}/query", f"http://{at}/store")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Endpoint]:
    """Virtuoso, from the package virtuoso-opensource-7-bin of Debian and Ubuntu; it asks whoever writes to log in."""
    port = free_port()
    at = f"http://127.0.0.1:{port}"
    with started(command(folder, port, buffers=SMALL), f"{at}/sparql", folder):
        yield Endpoint(f"{at}/sparql", f"{at}/sparql-graph-crud-auth", "dba:dba")


KINDS: dict[str, Callable[[Path], contextmanager[Endpoint]]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@contextmanager
def slots(kind: str, folder: Path, number: int = 2) -> Iterator[tuple[Endpoint, ...]]:
    """Some servers of a kind, side by side."""
    with ExitStack() as running:
        found = []
        for each in range(number):
            own = folder / f"{kind}{each}"
            own.mkdir()
            found.append(running.enter_context(KINDS[kind](own)))
        yield tuple(found)
