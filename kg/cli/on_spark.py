"""`kg build --engine spark`: the same stages on a cluster, N-Quads for a store's bulk loader out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.cli.common import HELD_BACK, NOT_UNDERSTOOD, Failure, progress, settings_with
from kg.pipeline import Knowledge


def build_on_spark(master: str, listed: Sequence[str], given: dict[str, Path | str | int | None]) -> None:
    """Build from documents at addresses of Hadoop file systems into a folder at such an address.

    `given` are the options of the command. Raises Failure where Spark is not installed, cannot build, or documents
    are held back.
    """
    seeds, to = given.pop("seeds"), given.pop("out")
    settings = settings_with(**given)
    places, out = listed or [str(seeds or settings.seeds)], str(to or settings.dist)
    try:
        from kg.cluster.build import Task, build  # noqa: PLC0415  # an extra, which few install
        from kg.cluster.session import ClusterError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in {"pyspark", "py4j"}:
            raise
        words = "--engine spark needs the extra 'spark': pip install 'entente[spark]', and Java 17 or later"
        raise Failure(words, NOT_UNDERSTOOD) from error
    try:
        with progress() as watch:
            watch("Loading", 0, 1)
            task = Task(settings, master, places, out, Knowledge.load(settings))
            watch("Loading", 1, 1)
            counts = build(task, watch)
    except ClusterError as error:
        raise Failure(f"not built: {error}") from error
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    table.add_row("written", f"{out} (quads for a bulk loader, and the fate of each document)")
    Console(file=sys.stderr).print(table)
    if held := counts["held back"]:
        raise Failure(f"built without {held:,} documents; {out}/fates tells which, and why", HELD_BACK)
