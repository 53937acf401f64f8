"""`kg static`: the site as files, for a host that runs no Python."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Failure, progress, settings_with, told_in_words
from kg.published import current_version
from kg.web import create_app
from kg.web.frozen import dead_links, freeze

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(name="static")
@click.option("--dist", type=FOLDER, help="What is published. [default: dist/]")
@click.option(
    "--out", type=FOLDER, default="site", show_default=True, help="The folder to write; empty or new."
)
@click.option("--server", default="", help="The address of a server for what needs one: search, SPARQL …")
def command(dist: Path | None, out: Path, server: str) -> None:
    """Write the whole site as files: pages, data in all formats, dumps, with links that work anywhere.

    What answers questions (SPARQL, search, why, compare, reconciliation) needs a server; links to it are left
    out unless --server names one. Any host of files can serve the folder: python -m http.server -d site
    """
    with told_in_words():
        settings = settings_with(dist=dist)
        current_version(settings.dist)
        app = create_app(settings, settings.dist)
        try:
            with progress() as watch:
                done = freeze(app, out, server, watch)
        except FileExistsError as error:
            raise Failure(str(error)) from error
        finally:
            app.extensions["entente"].pool.close()
        lost = [f"{page} to {target}" for page, target in dead_links(out)]
        if lost:
            raise Failure(
                f"{len(lost)} links in {out} lead to no file, which should not be: {', '.join(lost[:10])} …"
            )
        click.echo(f"{done.files} files in {out}, each link among them leads to one")
        if done.dead:
            click.echo(f"links left out, as nothing is there: {', '.join(done.dead)}", err=True)
