"""`kg publish`: what is published here, loaded into the stores of other servers."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Failure, settings_with, told_in_words
from kg.endpoint import EndpointError
from kg.publish.elsewhere import NoSlotError, load
from kg.published import current_version
from kg.slots import slots_of


@click.command(name="publish")
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
def command(dist: Path | None) -> None:
    """Load the current version into a store of another server, from which 'kg serve' then answers.

    ENTENTE_STORES names the SPARQL endpoints of two stores, or of one, and ENTENTE_STORES_GRAPHS where they take
    graphs by the graph store protocol. The version goes into the one that is not served, and is served once it is
    whole; into the only one, servers say 503 meanwhile.
    """
    with told_in_words():
        settings = settings_with(dist=dist)
        current_version(settings.dist)
        try:
            done = load(settings.dist, slots_of(settings), settings.query_seconds)
        except (NoSlotError, EndpointError) as error:
            raise Failure(f"not published elsewhere: {error}") from error
        click.echo(f"{done.address}: version {done.version}, {done.put} graphs put, {done.removed} removed")
