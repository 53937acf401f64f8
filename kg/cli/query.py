"""`kg query`: a SPARQL query over what is published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click
import pyoxigraph as ox
from rich.console import Console
from rich.table import Column, Table

from kg.cli.common import settings_with, told_in_words
from kg.published import open_published
from kg.store import Answer
from kg.terms import prefixes

BINDINGS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

WIDE = 10_000  # columns where no terminal bounds the lines


@click.command(name="query")
@click.argument("query", required=False)
@click.option(
    "--file",
    type=click.File("r", encoding="utf-8"),
    help="Read the query from a file; '-' is standard input.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", *BINDINGS, *GRAPHS]),
    help="[default: table, or turtle]",
)
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
def command(query: str | None, file: TextIO | None, format_: str | None, dist: Path | None) -> None:
    """Ask what is published a SPARQL QUERY.

    The usual prefixes (ent:, skos:, rdfs: …) are declared. Without FROM, the query sees facts, what was
    inferred from them, reference data and ontology; claims are asked for by the name of their graph:
    GRAPH ?g { ?claim a ent:Claim }.

    \b
        kg query 'SELECT ?a ?b { ?a ent:engagesWith ?b }'
    """
    if (query is None) == (file is None):
        raise click.UsageError("give either a QUERY or --file")
    text = file.read() if file else query
    with told_in_words():
        published = open_published(settings_with(dist=dist).dist)
        declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes(published.base).items())
        _show(published.store.query(f"{declared} {text}"), format_)


def _show(answer: Answer, format_: str | None) -> None:
    """Print an answer in the wanted form, or in the one that its kind has by default."""
    if isinstance(answer, ox.QueryTriples):
        if format_ not in {None, *GRAPHS}:
            raise click.UsageError(f"triples are printed as {', '.join(GRAPHS)}, not as {format_}")
        answer.serialize(sys.stdout.buffer, format=GRAPHS[format_ or "turtle"])
    elif format_ in GRAPHS:
        raise click.UsageError(f"this answer is printed as table, {', '.join(BINDINGS)}, not as {format_}")
    elif format_ in BINDINGS:
        answer.serialize(sys.stdout.buffer, format=BINDINGS[format_])
    elif isinstance(answer, ox.QueryBoolean):
        click.echo("yes" if answer else "no")
    else:
        _table(answer)


def _table(answer: ox.QuerySolutions) -> None:
    """Print solutions as a table, with as many rows as there are."""
    table = Table(*(Column(variable.value, overflow="fold") for variable in answer.variables))
    count = 0
    for count, row in enumerate(answer, 1):  # noqa: B007  (the last number is how many there were)
        table.add_row(*("" if value is None else _words(value) for value in row))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
    click.echo(f"{count} row{'' if count == 1 else 's'}", err=True)


def _words(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
