"""The comparisons with peers: each measures ours and theirs in one run, on the same data."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench import mapping_speed, reason, serve, validate
from kg.settings import Settings
from kg.turtle import read_turtle, turtle_files

PEERS = Path(os.environ.get("BENCH_PEERS", ".venv-peers")) / "bin" / "python"
"""The interpreter of the environment in which peers are that are no dependencies: `make bench` makes it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: triples to reason over, to check and to serve, seconds and clients of each load."""

    reasoned: int
    checked: int
    served: int
    seconds: int
    clients: int
    rounds: int


SIZES = {
    "small": Size(reasoned=2_000, checked=5_000, served=20_000, seconds=4, clients=16, rounds=2),
    "full": Size(reasoned=20_000, checked=50_000, served=100_000, seconds=60, clients=64, rounds=5),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what was done, by which peer, in how much of which unit by ours and by theirs."""

    what: str
    peer: str
    unit: str
    ours: float
    theirs: float
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        """How many times as well ours does."""
        best, other = (self.ours, self.theirs) if self.more_is_better else (self.theirs, self.ours)
        return best / max(other, 1e-9)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, with whom, what it needs, and the command that repeats it alone."""

    title: str
    measure: Callable[[Size], Iterator[Row]]
    again: str
    needs: tuple[str, ...] = field(default=())

    def missing(self) -> list[str]:
        """The programs that it needs and does not find."""
        return [program for program in self.needs if shutil.which(program) is None]


def reasoning(size: Size) -> Iterator[Row]:
    theirs, ours = reason.apart(reason.beside_owlrl, size.reasoned)
    what = f"closure of {size.reasoned:,} triples under OWL 2 RL"
    yield Row(what, f"owlrl {version('owlrl')}", "s of the processor", ours, theirs)


def shapes(size: Size) -> Iterator[Row]:
    rules, data = read_turtle(turtle_files(Settings().shapes)), validate.many(size.checked)
    ours, found = validate.timed(validate.product, data, rules)
    theirs, wanted = validate.timed(validate.ENGINES["pySHACL"][1], data, rules)
    assert found == wanted, "the engines differ in what they find"
    yield Row(f"validation of {len(data):,} triples", f"pySHACL {version('pyshacl')}", "s", ours, theirs)


def mapping(size: Size) -> Iterator[Row]:
    speed = mapping_speed.measure([Settings().seeds], size.rounds)
    what = f"mapping {speed.words:,} words to claims, beside parsing them only"
    yield Row(what, f"bare spaCy {version('spacy')}", "s of the processor", speed.whole, speed.bare)


def serving(size: Size) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        serve.build(folder, size.served)
        found: dict[str, dict[str, serve.Figures]] = {}
        for server, (command, path) in serve.servers(folder, str(PEERS) if PEERS.exists() else None).items():
            with serve.running(command, path) as (address, pid):
                found[server] = {
                    kind: serve.measured(address, pid, queries, size.seconds, size.clients)
                    for kind, queries in serve.loads(size.served // serve.PROPERTIES).items()
                }
    ours = found.pop(serve.OURS)
    for peer, figures in found.items():
        for kind, theirs in figures.items():
            assert not ours[kind].failed, f"{ours[kind].failed} of our answers failed"
            yield Row(f"queries: {kind}", peer, "answers a second", ours[kind].rate, theirs.rate, True)
            yield Row(f"queries: {kind}", peer, "ms, 99th percentile", ours[kind].tail, theirs.tail)
            spent = "µs of the processor for each"
            yield Row(f"queries: {kind}", peer, spent, ours[kind].processor, theirs.processor)


COMPARISONS = (
    Comparison("Reasoning", reasoning, "python -m bench.reason"),
    Comparison("Validation", shapes, "python -m bench.validate"),
    Comparison("Mapping", mapping, "python -m bench.mapping_speed seeds"),
    Comparison(
        "Answering queries",
        serving,
        f"python -m bench.serve --rdflib-endpoint {PEERS}",
        needs=("wrk", str(Path(sys.executable).parent / "oxigraph")),
    ),
)
