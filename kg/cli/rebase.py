"""`kg rebase`: what is published, under another base IRI."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import NOT_PUBLISHED, Failure, settings_with, told_in_words
from kg.publish.rebased import NothingToRebaseError, rebase_published
from kg.settings import Settings

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(name="rebase")
@click.argument("base", metavar="IRI")
@click.option("--dist", type=FOLDER, help="What is published. [default: dist/]")
@click.option("--out", type=FOLDER, required=True, help="Where to publish it under the other base.")
def command(base: str, dist: Path | None, out: Path) -> None:
    """Publish what is published under another base IRI, without building it anew.

    The names of the data set begin with the base, and lead to a server where the base is its address. Serve
    the outcome with 'kg serve --dist OUT'.
    """
    with told_in_words():
        Settings.from_environment({"ENTENTE_BASE": base})
        settings = settings_with(dist=dist)
        try:
            made = rebase_published(settings.dist, base, out, settings.about.read_text("utf-8"))
        except NothingToRebaseError as error:
            raise Failure(str(error), NOT_PUBLISHED) from error
        click.echo(f"published {made.folder} (version {made.version}) under {base}")
