"""`kg build`: documents in, a published version out."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click
import structlog
from click.exceptions import Exit
from rich.console import Console
from rich.table import Table

from kg.cli.common import (
    HELD_BACK,
    NOT_UNDERSTOOD,
    Failure,
    Place,
    documents_at,
    here,
    progress,
    settings_with,
    told_in_words,
)
from kg.cli.on_spark import build_on_spark
from kg.graph import PolicyError, SameAddressError
from kg.logs import log_as_json, stages
from kg.pipeline import (
    BusyError,
    DocumentsError,
    InvalidError,
    TooManyError,
    TooManyFactsError,
    Work,
    prepare,
    run,
)
from kg.pipeline.fates import Fate, json_lines
from kg.publish.dumping import NoDumpsError
from kg.reports import FORMATS
from kg.settings import Settings
from kg.watching import Watch


@click.command(name="build")
@click.option(
    "--seeds",
    type=Place(),
    help="A folder of documents, or a .tar, .zip, .jsonl or .warc that holds them. [default: seeds/]",
)
@click.option(
    "--list", "listed", type=click.File(), help="A file with a path to a document or archive on each line."
)
@click.option("--out", type=Place(must_exist=False), help="Where to publish. [default: dist/]")
@click.option("--extractor", help="An extractor that is plugged in. [default: the built-in one, by frames]")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="How many documents to map and check at once. [default: 1]"
)
@click.option(
    "--most-held-back",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Publish nothing where more of the documents than this would be held back. [default: 50]",
)
@click.option(
    "--report", type=click.Path(path_type=Path), help="Write what became of each document, as JSON Lines."
)
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option(
    "--master",
    default="local[*]",
    show_default=True,
    help="With --engine spark: the cluster, such as spark://HOST:7077.",
)
def command(
    listed: IO[str] | None, report: Path | None, engine: str, master: str, **given: Path | str | int | None
) -> None:
    """Build the graph from documents and publish it.

    Reads every document (.txt, .html, .pdf) in the folder, maps it to claims, builds the graphs, checks them,
    reasons, and publishes dumps and a store. A document that cannot be read, breaks a rule or contradicts what is
    known is held back and the rest is published; the exit code is then 4. What was published before stays until the
    new version is whole, and altogether where nothing can be published.

    A document is mapped again where it has changed, or a frame or a row of the reference data that it may have been
    read by. A build that was killed goes on where it was when it is started again.

    With --engine spark the same stages run on a cluster: --seeds and --out are addresses that Hadoop knows
    (hdfs://…, s3a://…, file:///…), and what comes out are N-Quads for the bulk loader of a store (docs/cluster.md).
    """
    with told_in_words():
        if engine == "spark":
            build_on_spark(master, [line.strip() for line in listed or () if line.strip()], given)
            return
        settings = settings_with(dist=here(given.pop("out")), seeds=here(given.pop("seeds")), **given)
        paths = documents_at(
            [Path(line.strip()) for line in listed if line.strip()] if listed else [settings.seeds]
        )
        if settings.dist.exists() and not settings.dist.is_dir():
            raise Failure(
                f"{settings.dist}: this is a file; --out names a folder to publish into", NOT_UNDERSTOOD
            )
        (_logging if settings.log == "json" else _showing)(settings, paths, report)


def _showing(settings: Settings, paths: Sequence[Path], report: Path | None) -> None:
    """Build with bars and tables for people to see."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    began = time.monotonic()
    with progress() as watch:
        work = _built(settings, paths, report, watch)
    Console(file=sys.stderr).print(summary(work, time.monotonic() - began))
    if bad := _bad(work):
        names = ", ".join(fate.document or fate.place for fate in bad)
        raise Failure(f"published without {names}:\n{_reasons(work)}", HELD_BACK)


def _logging(settings: Settings, paths: Sequence[Path], report: Path | None) -> None:
    """Build with a line of JSON for each event, and nothing else."""
    log_as_json()
    log = structlog.get_logger("kg.pipeline")
    try:
        with stages() as watch:
            work = _built(settings, paths, report, watch)
    except Failure as failure:
        log.error("not published", reason=failure.message)
        raise Exit(failure.exit_code) from failure
    for fate in _bad(work):
        log.warning(str(fate.outcome), place=fate.place, document=fate.document, reason=fate.reason)
    version = work.publication.version if work.publication else None
    log.info("published", version=version, folder=str(settings.dist), **work.counts())
    if _bad(work):
        raise Exit(HELD_BACK)


def _bad(work: Work) -> list[Fate]:
    return [fate for fate in work.all_fates() if fate.outcome.bad]


def _built(settings: Settings, paths: Sequence[Path], report: Path | None, watch: Watch) -> Work:
    """The work of a build, done; raises Failure where nothing is published."""
    try:
        work = run(prepare(settings, paths, watch), watch)
    except DocumentsError as error:
        raise Failure(f"not published, documents cannot be read:\n{error}") from error
    except InvalidError as error:
        _tell(error.work, report)
        found = FORMATS["text"](error.work.report, error.work.checked())
        raise Failure(f"not published, {len(error.work.report.violations)} violations:\n{found}") from error
    except TooManyError as error:
        _tell(error.work, report)
        raise Failure(f"not published: {error}\n{_reasons(error.work)}") from error
    except NoDumpsError as error:
        raise Failure(str(error)) from error
    except (SameAddressError, PolicyError, BusyError, TooManyFactsError, OSError) as error:
        raise Failure(f"not published: {error}") from error
    _tell(work, report)
    return work


def _tell(work: Work, report: Path | None) -> None:
    """Write what became of each document."""
    if report is None:
        return
    try:
        report.write_text("".join(f"{line}\n" for line in json_lines(work.all_fates())), "utf-8")
    except OSError as error:
        raise Failure(f"the report could not be written ({error}); all else is done") from error


def _reasons(work: Work) -> str:
    """Why documents are held back: first what could not be mapped, then what validation and reasoning found."""
    unmapped = [fate for fate in work.fates if fate.outcome.bad]
    found = [f"{fate.place}: {fate.outcome}: {fate.reason}" for fate in unmapped]
    return "\n".join([*found, FORMATS["text"](work.report, work.checked()) if work.held else ""])


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
        ("held back", f"{counts['held back']:,}"),
        ("unchanged", f"{sum(fate.kept for fate in work.fates):,} documents were not mapped again"),
        ("seconds", f"{seconds:.1f}"),
    ]
    if work.again:
        rows.insert(-1, ("", work.again))
    if work.publication:
        rows.append(("published", f"{work.publication.folder} (version {work.publication.version})"))
    for name, value in rows:
        table.add_row(name, value)
    return table
