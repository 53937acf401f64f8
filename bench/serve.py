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
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Timer
from urllib.parse import quote

import pyoxigraph as ox

from bench.processes import memory, processor
from bench.servers import OURS, running, servers
from kg.sparql import tokens

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
