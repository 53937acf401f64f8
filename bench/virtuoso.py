"""Virtuoso for comparisons: a database of its own, loaded once, served on a port of this machine."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

GRAPH = "http://example.org/graph"
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
TransactionFile = virtuoso.trx
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = .
ServerThreads = 100
NumberOfBuffers = 85000
MaxDirtyBuffers = 65000
[HTTPServer]
ServerPort = {http}
ServerThreads = 80
[SPARQL]
DefaultGraph = {graph}
"""


def prepared(folder: Path) -> Callable[[int], list[str]]:
    """Load `data.nt` of a folder; what starts the server on a port then."""
    place = folder / "virtuoso"
    place.mkdir()
    (place / "data.nt").write_bytes((folder / "data.nt").read_bytes())
    sql = _free()
    server = subprocess.Popen(
        _command(place, sql, _free()), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(sql)
        said = f"ld_dir('{place}', 'data.nt', '{GRAPH}'); rdf_loader_run(); checkpoint;"
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={said}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert not re.search(r"\*\*\* Error", done.stdout + done.stderr), done.stderr
    finally:
        server.terminate()
        server.wait(60)
    return lambda port: _command(place, _free(), port)


def _command(place: Path, sql: int, http: int) -> list[str]:
    settings = SETTINGS.format(sql=f"127.0.0.1:{sql}", http=f"127.0.0.1:{http}", graph=GRAPH)
    lines = (
        line.replace("= virtuoso", f"= {place}/virtuoso").replace("= .", f"= {place}")
        for line in settings.splitlines()
    )
    file = place / f"virtuoso-{http}.ini"
    file.write_text("\n".join(lines) + "\n")
    return ["virtuoso-t", "-f", "-c", str(file)]


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(port: int) -> None:
    """Wait until something listens at a port."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Virtuoso does not listen at port {port}")
