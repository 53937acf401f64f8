"""Every comparison with a peer, one after the other, and a page of what came out.

make bench                                   small, in a few minutes; writes docs/bench.md
python -m bench --size full --out FILE.md    as large as the figures that documentation quotes
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.comparisons import COMPARISONS, SIZES, Comparison, Row

HEAD = """# Beside others

What `make bench` measured, ours and each peer's in one run on one machine: compare the ratios, not the times. A ratio
of 2 says that ours does twice as well (half the time, or twice as many answers a second); below 1 the peer does better.

"""
REPEAT = """
## How to repeat it

    make bench                       # small: a few minutes
    make bench SIZE=full             # an hour: larger data, a minute and 64 clients for each load of queries

Peers that are Python packages come from `requirements.lock` and `bench/peers.lock`, both with hashes; `wrk` and
`virtuoso-opensource-7-bin` are packages of Debian. What is not installed is left out, and said above. One comparison
alone:

"""


def measured(comparison: Comparison, size: str) -> list[Row] | str:
    """The rows of a comparison, or why there are none."""
    if missing := comparison.missing():
        return f"not measured: {', '.join(missing)} not installed"
    return list(comparison.measure(SIZES[size]))


def page(found: Sequence[tuple[Comparison, list[Row] | str]], size: str) -> Iterator[str]:
    """The page, line by line."""
    yield HEAD
    yield f"Size: {size}. {machine()}\n"
    yield f"\nOf late {os.getloadavg()[2]:.0f} programs wanted a processor at a time: above the number of processors, "
    yield "times of the\nprocessor compare better than rates and tails, which hang on what else ran just then.\n"
    for comparison, rows in found:
        yield f"\n## {comparison.title}\n\n"
        if isinstance(rows, str):
            yield f"{rows}\n"
            continue
        yield "| what | beside | unit | ours | theirs | ratio |\n| --- | --- | --- | ---: | ---: | ---: |\n"
        for row in rows:
            figures = " | ".join(
                f"{figure:,.3g}" if figure < 100 else f"{figure:,.0f}" for figure in (row.ours, row.theirs)
            )
            yield f"| {row.what} | {row.peer} | {row.unit} | {figures} | {row.ratio:.2f} |\n"
    yield REPEAT
    yield from (f"    {comparison.again}\n" for comparison, _ in found)


def machine() -> str:
    """Where and with what it was measured."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = [
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB, {platform.system()}",
        f"Python {platform.python_version()}",
        f"entente {version('entente')} at {done.stdout.strip() or 'no commit'}",
    ]
    return ", ".join(told) + "."


def main() -> None:
    options = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--size", choices=SIZES, default="small")
    options.add_argument("--out", type=Path, default=Path("docs/bench.md"))
    given = options.parse_args()
    found: list[tuple[Comparison, list[Row] | str]] = []
    for comparison in COMPARISONS:
        print(f"{comparison.title} …", flush=True)
        found.append((comparison, measured(comparison, given.size)))
    given.out.write_text("".join(page(found, given.size)), "utf-8")
    print(f"written to {given.out}")


if __name__ == "__main__":
    main()
