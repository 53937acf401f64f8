"""How the embedded store stands up to size: load, questions, the next version, memory and disk.

    python -m bench.store 50000000 [--folder FOLDER]

So many quads of synthetic claims are made as they are loaded, and never stand in a file. Each step runs in a
process of its own, so that its memory is its own; each prints a line of JSON.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyoxigraph as ox

from kg.store import Store, copy_store

BASE = "https://w3id.org/entente/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
CLASSES = ("Meeting", "Visit", "Aid", "ArmsTransfer", "Deployment", "Sanction", "Training")
STATES, PERSONS, CLAIMS = 200, 20_000, 10  # claims of a document
QUADS = 12  # of a claim
CHANGED = 100  # documents that another version changes

QUESTIONS = {
    "what is said of a thing": "SELECT * WHERE { GRAPH ?g { <%(claim)s> ?p ?o } }",
    "claims of a document": "SELECT ?c WHERE { GRAPH ?g { ?c <%(b)sontology#toldIn> <%(b)sdoc/made-77> } }",
    "events of two states": """SELECT ?e WHERE { GRAPH ?g {
        ?e <%(b)sontology#participant> <%(b)sid/state/s7>, <%(b)sid/state/s8> } } LIMIT 100""",
    "claims with their words, of a person": """SELECT ?c ?words WHERE { GRAPH ?g {
        ?e <%(b)sontology#visitor> <%(b)sid/person/p77> . ?c <%(b)sontology#claims> ?e ;
        <%(b)sontology#evidence> ?s . ?s <http://www.w3.org/ns/oa#exact> ?words } } LIMIT 100""",
    "how many events of a class": """SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g {
        ?e a <%(b)sontology#Training> } }""",
}


def document(number: int) -> str:
    """The quads of a document's claims, as N-Quads."""
    random = Random(number)  # noqa: S311  # a bench wants the same each time
    graph, doc = f"<{BASE}graph/claims/made-{number}>", f"<{BASE}doc/made-{number}>"
    lines: list[str] = []
    for n in range(CLAIMS):
        claim, event = f"<{BASE}id/claim/{number:x}-{n}>", f"<{BASE}id/event/{number:x}-{n}>"
        stretch = f"<{BASE}doc/made-{number}#char={n * 90},{n * 90 + 80}>"
        one, other = random.sample(range(STATES), 2)
        for s, p, o in (
            (claim, TYPE, f"<{BASE}ontology#Claim>"),
            (claim, f"<{BASE}ontology#claims>", event),
            (claim, f"<{BASE}ontology#toldIn>", doc),
            (claim, f"<{BASE}ontology#evidence>", stretch),
            (event, TYPE, f"<{BASE}ontology#{random.choice(CLASSES)}>"),
            (event, f"<{BASE}ontology#participant>", f"<{BASE}id/state/s{one}>"),
            (event, f"<{BASE}ontology#participant>", f"<{BASE}id/state/s{other}>"),
            (event, f"<{BASE}ontology#visitor>", f"<{BASE}id/person/p{random.randrange(PERSONS)}>"),
            (stretch, TYPE, f"<{BASE}ontology#Evidence>"),
            (
                stretch,
                "<http://www.w3.org/ns/oa#start>",
                f'"{n * 90}"^^<http://www.w3.org/2001/XMLSchema#integer>',
            ),
            (
                stretch,
                "<http://www.w3.org/ns/oa#exact>",
                f'"State {one} received state {other}, words {n} of {number}."',
            ),
            (stretch, "<http://purl.org/dc/terms/isPartOf>", doc),
        ):
            lines.append(f"{s} {p} {o} {graph} .\n")
    return "".join(lines)


class Made(io.RawIOBase):
    """The quads of so many documents as a file that is made as it is read."""

    def __init__(self, documents: int) -> None:
        self._parts: Iterator[bytes] = (document(number).encode() for number in range(documents))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # the type of a buffer has no name before Python 3.12
        if not self._left:
            self._left = next(self._parts, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def load(folder: Path, quads: int) -> dict[str, Any]:
    """Load by the bulk loader, then compact."""
    engine = ox.Store(str(folder / "one"))
    started = time.perf_counter()
    engine.bulk_load(io.BufferedReader(Made(quads // (CLAIMS * QUADS)), 1 << 20), ox.RdfFormat.N_QUADS)
    loaded = time.perf_counter()
    engine.optimize()
    engine.flush()
    size = sum(file.stat().st_size for file in (folder / "one").iterdir())
    seconds = loaded - started
    told = {"seconds": seconds, "quads a second": quads / seconds, "bytes on disk": size}
    return told | {"seconds to compact": time.perf_counter() - loaded}


def ask(folder: Path, _: int) -> dict[str, Any]:
    """Open to read; each question cold, then the middle of ten."""
    started = time.perf_counter()
    store = Store.open(folder / "one")
    told: dict[str, Any] = {"open": time.perf_counter() - started}
    for name, text in QUESTIONS.items():
        query = text % {"b": BASE, "claim": f"{BASE}id/claim/4d-3"}
        took = [_timed(lambda query=query: len(list(store.query(query)))) for _ in range(11)]  # type: ignore[misc, arg-type]  # bound by its default; a SELECT
        told[name] = {"rows": took[0][1], "cold": took[0][0], "warm": sorted(t for t, _ in took[1:])[5]}
    return told


def publish(folder: Path, quads: int) -> dict[str, Any]:
    """The next version: a copy that shares tables, with the claims of some documents exchanged."""
    last = quads // (CLAIMS * QUADS)
    copied = _timed(lambda: copy_store(folder / "one", folder / "two"))[0]
    engine = ox.Store(str(folder / "two"))

    def change() -> None:
        gone, new = (
            "".join(document(number) for number in range(first, first + CHANGED)) for first in (0, last)
        )
        for quad in ox.parse(gone, ox.RdfFormat.N_QUADS):
            engine.remove(quad)
        engine.bulk_extend(ox.parse(new, ox.RdfFormat.N_QUADS))
        engine.flush()

    changed = _timed(change)[0]
    own = sum(f.stat().st_size for f in (folder / "two").iterdir() if f.stat().st_nlink == 1)
    return {"copy": copied, f"exchange {CHANGED} documents": changed, "bytes not shared": own}


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    made = do()
    return time.perf_counter() - started, made


STEPS = {"load": load, "ask": ask, "publish": publish}


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.store")
    options.add_argument("quads", type=int)
    options.add_argument("--folder", type=Path, help="where there is room: some 100 bytes a quad")
    options.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        told = STEPS[given.step](given.folder, given.quads)
        used = resource.getrusage(resource.RUSAGE_SELF)
        told |= {"MiB at most": used.ru_maxrss >> 10, "processor seconds": used.ru_utime + used.ru_stime}
        print(json.dumps({"step": given.step, "quads": given.quads} | told), flush=True)
        return
    folder = Path(tempfile.mkdtemp(prefix="bench-store-", dir=given.folder))
    try:
        for step in STEPS:
            command = [
                sys.executable,
                "-m",
                "bench.store",
                str(given.quads),
                "--folder",
                folder,
                "--step",
                step,
            ]
            subprocess.run([*map(str, command)], check=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
