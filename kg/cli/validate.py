"""`kg validate`: documents in, a report out; nothing is published."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Failure, documents_at, progress, settings_with, told_in_words
from kg.graph import PolicyError, SameAddressError
from kg.pipeline import DocumentsError, InvalidError, prepare, run


@click.command(name="validate")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
def command(paths: tuple[Path, ...]) -> None:
    """Check what documents give against the shapes, without publishing.

    PATH is a document or a folder of them; without one, the documents that 'kg build' would publish. Each
    violation names the document, the node and the shape, and says what to do. Exits with 1 if there is any.
    """
    with told_in_words():
        settings = settings_with()
        files = documents_at(paths or [settings.seeds])
        try:
            with progress() as watch:
                work = run(prepare(settings, files, watch), watch, until="Validating")
        except InvalidError as error:
            count = len(error.report.violations)
            raise Failure(f"{count} violation{'s' if count > 1 else ''}:\n{error}") from error
        except (DocumentsError, SameAddressError, PolicyError) as error:
            raise Failure(str(error)) from error
        click.echo(f"{len(work.documents)} documents conform", err=True)
