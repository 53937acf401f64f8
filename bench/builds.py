"""What builds over corpora cost: seconds by stage, memory, with one document added, and the exponent over documents.

    python -m bench.builds 100 300 1000 [--gold] [--jobs J]

Seconds are the processors', as others may use the machine. With `--gold` the readings are made from the corpus's gold
and not by the mapping, which would take most of the time: so the stages beyond it can be seen at sizes that
would else take hours. That is done by one process, as those of several jobs load the mapping that settings name. The
dumps, which are written once the version is published, are a stage of their own, and are left out of the sums.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import documents, write
from kg.pipeline import prepare, run
from kg.settings import Settings

DUMPS = "Dumping"
RECORDS = Path(__file__).parent.parent / "examples" / "entente-records"  # an extractor that reads gold


@dataclass(frozen=True)
class Cost:
    """Seconds by stage, and the most memory that the build's own process had, in MiB."""

    stages: dict[str, float]
    memory: int

    @property
    def seconds(self) -> float:
        """All stages together, without the dumps."""
        return sum(seconds for name, seconds in self.stages.items() if name != DUMPS)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of time over size, both as logarithms, by least squares: 1 is linear."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(t) for _, t in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def build(place: Path, jobs: int, *, gold: bool) -> None:
    """Build from the texts in a folder, and print the seconds of each stage as JSON."""
    jobs = 1 if gold else jobs
    settings = Settings(dist=place / "dist", seeds=place / "texts", jobs=jobs, most_held_back=100)
    seconds: dict[str, float] = {}
    stage, began = "Starting", 0.0

    def watch(name: str, *_: int) -> None:
        nonlocal stage, began
        if name != stage:
            end()
            stage = name

    def end() -> None:
        nonlocal began
        now = spent()
        seconds[stage], began = now - began, now

    work = prepare(settings, sorted(settings.seeds.iterdir()), watch)
    if gold:
        os.environ["ENTENTE_RECORDS"] = str(place / "gold")
        sys.path.insert(0, str(RECORDS))
        from entente_records import Records  # noqa: PLC0415  # an example, which is not installed

        work = replace(work, mapper=lambda: Records(settings), edition="gold")
    run(work, watch)
    end()
    print(json.dumps(seconds))


def spent() -> float:
    """Seconds of the processors until now, those of processes that have ended among them."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def cost(place: Path, jobs: int, *, gold: bool) -> Cost:
    """What a build in a process of its own costs."""
    command = [sys.executable, "-m", "bench.builds", "--build", place, "--jobs", jobs, *["--gold"][:gold]]
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, told
    return Cost(json.loads(told.splitlines()[-1]), used.ru_maxrss >> 10)


def measure(sizes: Sequence[int], jobs: int, *, gold: bool) -> None:
    """Print what builds of these sizes cost, anew and with one document added, and the exponents."""
    found: dict[str, list[tuple[int, Cost]]] = {"anew": [], "one added": []}
    for size in (1, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            for what, upto in (("anew", size), ("one added", size + 1)):
                write(list(documents(upto))[0 if what == "anew" else -1 :], place)
                began = time.monotonic()
                one = cost(place, jobs, gold=gold)
                found[what].append((size, one))
                stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in one.stages.items())
                print(
                    f"{size:>7,} documents {what:<10} {one.seconds:7.1f} s of the processors, {one.memory:,} MiB, "
                    f"{time.monotonic() - began:.0f} s on the clock\n        {stages}",
                    flush=True,
                )
    alone = found["anew"][0][1].seconds
    for what, told in found.items():
        over = [(size, one.seconds - (alone if what == "anew" else 0)) for size, one in told[1:]]
        print(f"exponent, {what}: {exponent(over):.2f}" if len(over) > 1 else "")
    print(f"one added to {sizes[-1]:,} costs {found['one added'][-1][1].seconds / alone:.1f} times one alone")


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.builds")
    options.add_argument("sizes", type=int, nargs="*", default=[100, 300, 1000])
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--gold", action="store_true")
    options.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.build:
        build(given.build, given.jobs, gold=given.gold)
    else:
        measure(given.sizes, given.jobs, gold=given.gold)


if __name__ == "__main__":
    main()
