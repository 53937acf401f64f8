"""`kg serve`: what is published, over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import settings_with, told_in_words
from kg.published import open_published
from kg.web import serve

ADDRESSES = (("start page", ""), ("SPARQL", "sparql"), ("dumps", "dumps/"), ("ontology", "ontology"))


@click.command(name="serve")
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all."
)
def command(dist: Path | None, port: int, host: str) -> None:
    """Serve what is published, until it is stopped with Ctrl-C.

    A version that is built meanwhile is served as soon as it is whole.
    """
    with told_in_words():
        settings = settings_with(dist=dist)
        open_published(settings.dist)
        for name, path in ADDRESSES:
            click.echo(f"{name:<11} http://{host}:{port}/{path}")
        serve(settings, settings.dist, port, host)
