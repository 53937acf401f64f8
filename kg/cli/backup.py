"""`kg backup`: what is published, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Failure, settings_with, told_in_words
from kg.publish.alone import BusyError
from kg.publish.backup import BackupError, back_up


@click.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
def command(file: Path, dist: Path | None) -> None:
    """Write everything that is published into FILE, a .tar.gz.

    Servers go on meanwhile; builds wait for the next time. FILE appears when it is whole. 'kg restore' is the way
    back.
    """
    with told_in_words():
        settings = settings_with(dist=dist)
        try:
            back_up(settings.dist, file)
        except (BackupError, BusyError, OSError) as error:
            raise Failure(f"no backup: {error}") from error
        click.echo(f"{file}: {file.stat().st_size:,} bytes")
