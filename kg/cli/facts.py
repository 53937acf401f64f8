"""`kg facts`: the flat export, of what is published or of documents at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kg.cli.common import Failure, documents_at, settings_with, told_in_words
from kg.export import Record, csv_lines, json_lines, record
from kg.mapper import load_mapper
from kg.published import open_published
from kg.published_claims import published_claims
from kg.read import ReadError, read
from kg.settings import Settings

FORMATS = {"jsonl": json_lines, "csv": csv_lines}


@click.command(name="facts")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--accepted", is_flag=True, help="Only claims that were lifted to facts (of what is published)."
)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
def command(paths: tuple[Path, ...], accepted: bool, format_: str, dist: Path | None) -> None:
    """Print what documents say, one fact a line.

    Without PATH: all published claims, of whatever modality. With PATH, a document or a folder of them: maps
    these and prints, without publishing. A document that cannot be read is reported and the others go on; the
    exit code is then 1.
    """
    if paths and accepted:
        raise click.UsageError("--accepted is for what is published: leave out PATH, or leave out --accepted")
    with told_in_words():
        settings = settings_with(dist=dist)
        failed: list[ReadError] = []
        records = (
            _mapped(documents_at(paths), settings, failed)
            if paths
            else map(record, published_claims(open_published(settings.dist), accepted=accepted))
        )
        for line in FORMATS[format_](records):
            click.echo(line)
    if failed:
        raise Failure(f"{len(failed)} of the documents could not be read")


def _mapped(files: Iterable[Path], settings: Settings, failed: list[ReadError]) -> Iterator[Record]:
    """The records of documents; those that cannot be read are reported and noted."""
    mapper = load_mapper(settings)
    for file in files:
        try:
            document = read(file)
        except ReadError as error:
            failed.append(error)
            click.echo(f"Error: {error}", err=True)
            continue
        yield from map(record, mapper.read(document).claims)
