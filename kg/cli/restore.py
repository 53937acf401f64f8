"""`kg restore`: a backup, published again."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Failure, settings_with, told_in_words
from kg.publish.alone import BusyError
from kg.publish.backup import BackupError, restore


@click.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="Where to publish. [default: dist/]"
)
def command(file: Path, dist: Path | None) -> None:
    """Publish what 'kg backup' wrote into FILE, where nothing is published yet.

    Every version is checked by its sums before any is published.
    """
    with told_in_words():
        settings = settings_with(dist=dist)
        try:
            version = restore(file, settings.dist)
        except (BackupError, BusyError, OSError) as error:
            raise Failure(f"not restored: {error}") from error
        click.echo(f"{settings.dist}: version {version} is current")
