"""`kg serve`: what is published, over HTTP."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import click

from kg.cli.common import settings_with, told_in_words
from kg.published import open_published
from kg.settings import Settings
from kg.web import serve, serve_empty

ADDRESSES = (("start page", ""), ("SPARQL", "sparql"), ("dumps", "dumps/"), ("ontology", "ontology"))


@click.command(name="serve")
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all."
)
@click.option(
    "--empty",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIRECTORY",
    help="Serve a plain data set kept in this folder instead, empty at first, that can be written.",
)
def command(dist: Path | None, port: int, host: str, empty: Path | None) -> None:
    """Serve what is published, until it is stopped with Ctrl-C.

    A version that is built meanwhile is served as soon as it is whole. Whoever sends the token that
    ENTENTE_UPDATE_TOKEN holds may write: of what is published the graph of curation, of a plain data set all.
    """
    with told_in_words():
        if empty:
            settings = Settings.from_environment()
            click.echo(f"SPARQL      http://{host}:{port}/sparql")
            click.echo(f"graph store http://{host}:{port}/graph-store")
            if not settings.update_token:
                settings = replace(settings, update_token=secrets.token_urlsafe(24))
                click.echo(f"token       {settings.update_token}")
            serve_empty(settings, empty, port, host)
            return
        settings = settings_with(dist=dist)
        open_published(settings.dist)  # opens no store: its threads would not outlive the fork into a server
        for name, path in ADDRESSES:
            click.echo(f"{name:<11} http://{host}:{port}/{path}")
        serve(settings, settings.dist, port, host)
