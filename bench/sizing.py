"""The page of sizing, computed from measured figures: python -m bench.sizing > docs/sizing.md

`bench/sizing.toml` holds what was measured, by which command, on how many documents; the rest is arithmetic.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("sizing.toml")
DOCUMENTS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
LOCAL, CLUSTER = 8, 256  # processors of one machine, and of a cluster
GIB, HOUR = 1 << 30, 3600
COLUMNS = (
    *("documents", "quads", "dumps, GiB", "store, GiB", f"{LOCAL} processors, h", "its memory, GiB"),
    *(f"{CLUSTER} on Spark, h", "load, h", "€ once", "€ a month"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """What so many documents take: quads, bytes of dumps and of a store, hours, memory and money."""

    documents: int
    quads: float
    dump_gib: float
    store_gib: float
    local_hours: float
    local_gib: float
    cluster_hours: float
    load_hours: float
    euros: float
    euros_a_month: float


def read(file: Path = FIGURES) -> Mapping[str, Any]:
    """The figures."""
    return tomllib.loads(file.read_text("utf-8"))


def size(documents: int, told: Mapping[str, Any]) -> Size:
    """What a number of documents takes, every figure being proportional to documents but for what is spent once."""
    build, store, cluster, assumed = (told[part] for part in ("build", "store", "cluster", "assumed"))
    quads = documents * build["quads_each"]
    work = documents * build["seconds_each"] * assumed["overhead"]
    kept = quads * store["bytes_a_quad"] / GIB
    alone = build["seconds_alone_each"]
    local = alone + (build["seconds_each"] - alone) / LOCAL
    return Size(
        documents=documents,
        quads=quads,
        dump_gib=documents * build["dump_bytes_each"] / GIB,
        store_gib=kept,
        local_hours=(build["seconds_once"] + documents * local) / HOUR,
        local_gib=(build["mib_once"] + LOCAL * build["mib_a_job"] + documents * build["mib_each"]) / 1024,
        cluster_hours=(cluster["seconds_once"] + work / CLUSTER) / HOUR,
        load_hours=quads / store["quads_a_second"] / HOUR,
        euros=(cluster["seconds_once"] + work) / HOUR * assumed["euro_core_hour"],
        euros_a_month=kept * assumed["euro_gigabyte_month"],
    )


def shown(number: float) -> str:
    """A figure with two that count."""
    if number >= 10:
        digits = len(str(int(number))) - 2
        return f"{round(number / 10**digits) * 10**digits:,}"
    return f"{number:.2g}" if number >= 0.01 else "< 0.01"


def page(told: Mapping[str, Any]) -> Iterator[str]:
    """The page, line by line."""
    build, store, cluster, assumed = (told[part] for part in ("build", "store", "cluster", "assumed"))
    price, disk = assumed["euro_core_hour"], assumed["euro_gigabyte_month"]
    bound, mapper = assumed["most_facts"], build["mib_a_job"]
    most = int(bound / build["facts_each"])
    yield f"""# Sizing

What a corpus takes: made by `python -m bench.sizing` from `bench/sizing.toml`, which holds what was measured. The
largest corpus measured for this page had {build["documents"]:,} documents, the store {store["quads"]:,} quads. **All
that is larger is extrapolated in proportion**, which holds for mapping, validation and dumps, and is optimistic for
merging, sorting and indexing, whose cost grows a little faster than their input.

| {" | ".join(COLUMNS)} |
|{" ---: |" * len(COLUMNS)}
"""
    for one in (size(documents, told) for documents in DOCUMENTS):
        fits = one.documents <= most
        cells = [
            *(f"{one.documents:,}", *map(shown, (one.quads, one.dump_gib, one.store_gib))),
            *(shown(figure) if fits else "–" for figure in (one.local_hours, one.local_gib)),
            *map(shown, (one.cluster_hours, one.load_hours, one.euros, one.euros_a_month)),
        ]
        yield f"| {' | '.join(cells)} |\n"
    yield f"""
- **Documents** are those that `bench.corpus` makes: some hundred words, seven facts and {build["quads_each"]:.0f} quads
  each. Longer ones take more in proportion.
- **Quads** are claims, facts, what these imply, and the words they rest on.
- **{LOCAL} processors** is one machine with the local engine, each processor with a mapper of {mapper:.0f} MiB. Its
  reasoner takes {bound:,} triples, those of {most // 1000 * 1000:,} such documents; beyond that use Spark, or set
  `ENTENTE_MOST_FACTS` higher where there is memory.
- **{CLUSTER} on Spark** assumes that Spark takes {assumed["overhead"]} times the time of our own work, which was not
  measured at size.
- **Load** is the bulk loader of the embedded store on one machine; a cluster of stores loads its shards at once.
- **€ once** is the build on Spark at {price} € for a processor and hour, **€ a month** the disks of one copy of the
  store at {disk} € for a gibibyte. Both prices are assumptions; put yours into the file.

## Measured

| what | figure | by |
| --- | ---: | --- |
| a document, all stages | {build["seconds_each"] * 1000:.0f} ms of a processor | {build["command"]} |
| of that, what one processor has to do | {build["seconds_alone_each"] * 1000:.0f} ms | the same |
| once for a build | {build["seconds_once"]:.0f} s | the same |
| memory of a document | {build["mib_each"]:.2f} MiB | {build["memory"]} |
| memory once for a build, and of a process that maps | {build["mib_once"]:.0f} MiB, {mapper:.0f} MiB | the same |
| quads and facts of a document | {build["quads_each"]:.0f}, {build["facts_each"]:.0f} | {build["contents"]} |
| once on Spark | {cluster["seconds_once"]:.0f} s of a processor | {cluster["command"]} |
| a quad in the store | {store["bytes_a_quad"]:.0f} bytes | {store["command"]} |
| quads that are loaded in a second of a processor | {store["quads_a_second"]:,.0f} | the same |
"""


def main() -> None:
    """Print the page."""
    sys.stdout.write("".join(page(read())))


if __name__ == "__main__":
    main()
