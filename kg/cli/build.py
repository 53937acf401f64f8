"""`kg build`: documents in, a published version out."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.cli.common import HELD_BACK, Failure, documents_at, progress, settings_with, told_in_words
from kg.graph import PolicyError, SameAddressError
from kg.pipeline import DocumentsError, InvalidError, Work, prepare, run
from kg.reports import FORMATS

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(name="build")
@click.option(
    "--seeds", type=click.Path(path_type=Path, exists=True), help="The folder of documents. [default: seeds/]"
)
@click.option("--out", type=FOLDER, help="Where to publish. [default: dist/]")
@click.option("--extractor", help="An extractor that is plugged in. [default: the built-in one, by frames]")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="How many documents to map and check at once. [default: 1]"
)
def command(seeds: Path | None, out: Path | None, extractor: str | None, jobs: int | None) -> None:
    """Build the graph from documents and publish it.

    Reads every document (.txt, .html, .pdf) in the folder, maps it to claims, builds the graphs, checks them,
    reasons, and publishes dumps and a store. A document that breaks a rule or contradicts what is known is
    held back and the rest is published; the exit code is then 4. What was published before stays until the
    new version is whole, and altogether where nothing can be published.
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
            found = FORMATS["text"](error.work.report, error.work.checked())
            raise Failure(
                f"not published, {len(error.work.report.violations)} violations:\n{found}"
            ) from error
        except (SameAddressError, PolicyError, OSError) as error:
            raise Failure(f"not published: {error}") from error
        Console(file=sys.stderr).print(summary(work, time.monotonic() - began))
        if work.held:
            names = ", ".join(document.name for document in work.held)
            found = FORMATS["text"](work.report, work.checked())
            raise Failure(f"published without {names}:\n{found}", HELD_BACK)


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
        ("held back", ", ".join(document.name for document in work.held) or "none"),
        ("seconds", f"{seconds:.1f}"),
    ]
    if work.publication:
        rows.append(("published", f"{work.publication.folder} (version {work.publication.version})"))
    for name, value in rows:
        table.add_row(name, value)
    return table
