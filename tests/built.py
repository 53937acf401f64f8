"""The seeds, built once for all tests that ask the real thing, and served by the real server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds until a server must be ready, on a machine that has much else to do


def kg(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@contextmanager
def served(dist: Path, under: str = "") -> Iterator[str]:
    """The address of a server over what is published in a folder, `under` a path where the base has one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--dist", str(dist), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}{under}"
    try:
        _await(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/ready", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server at {address} did not answer")
