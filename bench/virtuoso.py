"""Virtuoso, from the package virtuoso-opensource-7-bin of Debian and Ubuntu: how it is started, and loaded."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from bench.ports import await_port, free_port

GRAPH = "http://example.org/graph"
LARGE = 85_000  # buffers of 8 KiB, for a server that is measured
SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
TransactionFile = {folder}/virtuoso.trx
LockFile = {folder}/virtuoso.lck
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
ServerThreads = 100
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 80
[SPARQL]
ResultSetMaxRows = 10000000
{default}
"""


def command(folder: Path, http: int, *, buffers: int, sql: int = 0, graph: str = "") -> list[str]:
    """What starts a server over the database in a folder, its settings written there; `graph` is its default one."""
    settings = SETTINGS.format(
        folder=folder,
        sql=sql or free_port(),
        http=http,
        buffers=buffers,
        dirty=buffers * 3 // 4,
        default=f"DefaultGraph = {graph}" if graph else "",
    )
    file = folder / f"virtuoso-{http}.ini"
    file.write_text(settings)
    return ["virtuoso-t", "+foreground", "+configfile", str(file)]


def prepared(folder: Path) -> Callable[[int], list[str]]:
    """Load `data.nt` of a folder; what starts the server on a port then."""
    place = folder / "virtuoso"
    place.mkdir()
    (place / "data.nt").write_bytes((folder / "data.nt").read_bytes())
    sql = free_port()
    loading = command(place, free_port(), buffers=LARGE, sql=sql, graph=GRAPH)
    server = subprocess.Popen(loading, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(sql)
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
    return lambda port: command(place, port, buffers=LARGE, graph=GRAPH)
