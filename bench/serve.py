"""How fast the endpoint answers, beside others with the same data in the same run: ratios, not absolute times.

Where other programs use the machine as well, the processor's time for each request compares better than rates.

    python -m bench.serve [--seconds 60] [--clients 64] [--triples 100000] [--loads mixed …]
        [--rdflib-endpoint PYTHON]

Needs `wrk` (Debian: apt-get install wrk) and the Oxigraph server of the development requirements; PYTHON is
an interpreter that has rdflib-endpoint and uvicorn (bench/peers.lock). Virtuoso is asked where it is installed
(Debian: apt-get install virtuoso-opensource-7-bin). Each server is asked alone, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Timer
from urllib.parse import quote

import pyoxigraph as ox
import requests

from bench import virtuoso
from bench.ports import free_port
from kg.sparql import tokens
from kg.store import copy_store

OURS, OXIGRAPH, RDFLIB, VIRTUOSO = "entente", "oxigraph server", "rdflib-endpoint", "Virtuoso"
PROPERTIES = 5
QUERIES = Path(__file__).parent / "queries"
PLACEHOLDER = "<urn:bench:asked>"
SCRIPT = """
local paths, next = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
function request()
  next = next % #paths + 1
  return wrk.format("GET", paths[next], {["Accept"] = "application/sparql-results+json"})
end
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %.1f %.2f %.2f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
"""
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


@dataclass(frozen=True)
class Figures:
    """What a load gave: requests a second, median and 99th percentile in milliseconds, requests that failed,
    and microseconds of the processor for each request, over all processes of the server; and the KiB that these
    hold before the load, in the middle of it and after it.
    """

    rate: float
    median: float
    tail: float
    failed: int
    processor: float = 0.0
    memory: tuple[int, ...] = ()


def asking(name: str) -> Callable[[ox.NamedNode | ox.Literal], str]:
    """The query of a name, to be asked of a term that stands wherever the file has the placeholder.

    The term is put into the text, as clients do: a VALUES clause would be planned otherwise. The file is a query
    itself, and is parsed as one; of its tokens, only a whole IRI is taken for the placeholder.
    """
    text = (QUERIES / f"{name}.rq").read_text("utf-8")
    text = text[text.index("SELECT") :]
    ox.Store().query(text)
    *parts, last = text.split(PLACEHOLDER)
    assert all(token.kind == "iri" for token in tokens(text) if token.text == PLACEHOLDER)

    def asked(term: ox.NamedNode | ox.Literal) -> str:
        return "".join(f"{part}{term}" for part in parts) + last

    return asked


def thing(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"http://example.org/{number}")


def loads(things: int) -> dict[str, list[str]]:
    """The queries of each load; of `repeated` there are few, the others never ask the same twice in a while."""
    of_thing, of_value = asking("lookup"), asking("star")

    def lookup(number: int) -> str:
        return of_thing(thing(number))

    def star(number: int) -> str:
        return of_value(ox.Literal(number))

    return {
        "lookups": [lookup(n) for n in range(things)],
        "stars": [star(n) for n in range(things)],
        "repeated": [ask(n) for n in range(10) for ask in (lookup, star)],
        "mixed": [
            query for n in range(things) for query in (lookup(n), star(things - 1 - n), lookup(n % 10))
        ],
    }


def build(folder: Path, triples: int) -> None:
    """The data as a store and as N-Triples."""
    properties = [ox.NamedNode(f"http://example.org/p{n}") for n in range(PROPERTIES)]
    quads = [
        ox.Quad(thing(number), one, ox.Literal(number))
        for number in range(triples // PROPERTIES)
        for one in properties
    ]
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads)
    store.flush()
    ox.serialize((q.triple for q in quads), str(folder / "data.nt"), ox.RdfFormat.N_TRIPLES)


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


def load(address: str, queries: list[str], seconds: int, clients: int) -> Figures:
    """Ask for so many seconds from so many connections."""
    base, _, path = address.partition("//")[2].partition("/")
    with tempfile.TemporaryDirectory() as folder:
        paths, script = Path(folder) / "paths", Path(folder) / "load.lua"
        paths.write_text("".join(f"/{path}?query={quote(q)}\n" for q in queries))
        script.write_text(SCRIPT)
        told = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{clients}",
                f"-d{seconds}s",
                "--timeout",
                "30s",
                "-s",
                str(script),
                f"http://{base}",
            ],
            env={**os.environ, "PATHS": str(paths)},
            capture_output=True,
            text=True,
            check=True,
        )
    rate, median, tail, failed = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+)", told.stdout).groups()
    return Figures(float(rate), float(median), float(tail), int(failed))


def family(pid: int) -> set[int]:
    """A process and its descendants."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = dict(map(int, line.split()) for line in listed.stdout.splitlines())
    found = {pid}
    for _ in range(4):
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def memory(pid: int) -> int:
    """KiB that a process and its descendants hold."""
    return sum(_numbers(member, 21) * os.sysconf("SC_PAGE_SIZE") // 1024 for member in family(pid))


def processor(pid: int) -> float:
    """Microseconds of the processor that a process and its descendants have used."""
    return sum(_numbers(member, 11, 12) for member in family(pid)) * 1e6 / os.sysconf("SC_CLK_TCK")


def _numbers(pid: int, *fields: int) -> int:
    """The sum of fields of a process's status, counted from its state (proc(5)); nothing of one that has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(told[field]) for field in fields)


def measured(address: str, pid: int, queries: list[str], seconds: int, clients: int) -> Figures:
    """The figures of a load, the processor's time among them."""
    time.sleep(2)  # the last load's clients went in the middle of their requests
    held = [memory(pid)]
    middle = Timer(seconds / 2, lambda: held.append(memory(pid)))
    before = processor(pid)
    middle.start()
    figures = load(address, queries, seconds, clients)
    used = processor(pid) - before
    middle.join()
    return replace(
        figures,
        processor=round(used / max(1.0, figures.rate * seconds), 1),
        memory=(*held, memory(pid)),
    )


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


def ratios(ours: dict[str, Figures], other: dict[str, Figures]) -> dict[str, object]:
    """Ours to the other's: rates (more is better), and tails and processor's time (less is)."""
    return {
        kind: {
            name: round(getattr(ours[kind], name) / max(0.01, getattr(other[kind], name)), 2)
            for name in ("rate", "tail", "processor")
        }
        for kind in ours
    }


def main() -> None:
    """Run all loads on all servers and print the figures and the ratios as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument(
        "--loads", nargs="+", default=list(loads(PROPERTIES)), choices=list(loads(PROPERTIES))
    )
    parser.add_argument("--rdflib-endpoint", metavar="PYTHON")
    given = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is not installed: apt-get install wrk")
    told: dict[str, dict[str, object]] = {}
    found: dict[str, dict[str, Figures]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, given.triples)
        for server, (command, path) in servers(folder, given.rdflib_endpoint).items():
            with running(command, path) as (address, pid):
                figures = {
                    kind: measured(address, pid, queries, given.seconds, given.clients)
                    for kind, queries in loads(given.triples // PROPERTIES).items()
                    if kind in given.loads
                }
                told[server] = {kind: vars(f) for kind, f in figures.items()}
                found[server] = figures
    for other in found.keys() - {OURS}:
        told[f"ratios to {other}"] = ratios(found[OURS], found[other])
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
