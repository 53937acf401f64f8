"""`kg build`: documents in, a published version out."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.cli.common import Failure, documents_at, progress, settings_with, told_in_words
from kg.graph import PolicyError, SameAddressError
from kg.pipeline import DocumentsError, InconsistentError, InvalidError, Work, prepare, run

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(name="build")
@click.option(
    "--seeds", type=click.Path(path_type=Path, exists=True), help="The folder of documents. [default: seeds/]"
)
@click.option("--out", type=FOLDER, help="Where to publish. [default: dist/]")
@click.option("--extractor", help="An extractor that is plugged in. [default: the built-in one, by frames]")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that map documents. [default: 1]")
def command(seeds: Path | None, out: Path | None, extractor: str | None, jobs: int | None) -> None:
    """Build the graph from documents and publish it.

    Reads every document (.txt, .html, .pdf) in the folder, maps it to claims, builds the graphs, checks them,
    reasons, and publishes dumps and a store. What was published before stays until the new version is whole;
    if anything is wrong, it stays altogether.
    """
    with told_in_words():
        settings = settings_with(seeds=seeds, dist=out, extractor=extractor, jobs=jobs)
        paths = documents_at([settings.seeds])
        began = time.monotonic()
        try:
            with progress() as watch:
                work = run(prepare(settings, paths, watch), watch)
        except DocumentsError as error:
            raise Failure(f"not published, documents cannot be read:\n{error}") from error
        except InvalidError as error:
            raise Failure(f"not published, {len(error.report.violations)} violations:\n{error}") from error
        except InconsistentError as error:
            raise Failure(f"not published, the facts contradict the ontology:\n{error}") from error
        except (SameAddressError, PolicyError, OSError) as error:
            raise Failure(f"not published: {error}") from error
        Console(file=sys.stderr).print(summary(work, time.monotonic() - began))


def summary(work: Work, seconds: float) -> Table:
    """The closing summary: what was built, found valid and published, and in what time."""
    counts = work.counts()
    table = Table(show_header=False, box=None, pad_edge=False)
    rows = [
        ("documents", f"{counts['documents']:,}"),
        ("mentions", f"{counts['mentions']:,}"),
        ("claims", f"{counts['claims']:,}"),
        ("facts", f"{counts['facts']:,} ({counts['disputed']:,} disputed claims not lifted)"),
        ("not understood", f"{counts['omissions']:,} (see 'kg explain-document')"),
        ("triples", f"{counts['asserted']:,} asserted, {counts['inferred']:,} inferred"),
        ("validation", "conforms" if work.report.conforms else "violations"),
        ("seconds", f"{seconds:.1f}"),
    ]
    if work.publication:
        rows.append(("published", f"{work.publication.folder} (version {work.publication.version})"))
    for name, value in rows:
        table.add_row(name, value)
    return table
