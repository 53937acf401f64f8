"""`kg validate`: documents in, a report out; nothing is published."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import WRONG, Failure, documents_at, progress, settings_with, told_in_words
from kg.graph import PolicyError, SameAddressError
from kg.pipeline import DocumentsError, InvalidError, TooManyError, prepare, run
from kg.reports import FORMATS


@click.command(name="validate")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(min=1), help="How many documents to map and check at once. [default: 1]"
)
def command(paths: tuple[Path, ...], form: str, jobs: int | None) -> None:
    """Check what documents give against the shapes and the ontology, without publishing.

    PATH is a document or a folder of them; without one, the documents that 'kg build' would publish. Each
    violation names the document, the words, the node and the shape, and says what to do. Exits with 1 if there
    is any. The report goes to standard output: as text, as SHACL in Turtle, or as JUnit or SARIF for CI.
    """
    with told_in_words():
        settings = settings_with(jobs=jobs)
        files = documents_at(paths or [settings.seeds])
        try:
            with progress() as watch:
                work = run(prepare(settings, files, watch), watch, until="Reasoning")
        except (InvalidError, TooManyError) as error:
            work = error.work
        except (DocumentsError, SameAddressError, PolicyError) as error:
            raise Failure(str(error)) from error
    click.echo(FORMATS[form](work.report, work.checked()), nl=False)
    for fate in (fate for fate in work.fates if fate.outcome.bad):
        click.echo(f"{fate.place}: {fate.outcome}: {fate.reason}", err=True)
    if not work.report.conforms or any(fate.outcome.bad for fate in work.fates):
        raise click.exceptions.Exit(WRONG)
