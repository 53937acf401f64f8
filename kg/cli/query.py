"""`kg query`: a SPARQL query over what is published."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import click
import pyoxigraph as ox
import structlog
from msgspec.structs import replace
from rich.console import Console
from rich.table import Column, Table

from kg.cli.common import NOT_UNDERSTOOD, WRONG, Failure, settings_with, told_in_words
from kg.complaints import legible, moved_up
from kg.engine.job import Answer, Bounds, Dataset, Job, Refusal
from kg.engine.outcome import RefusedError
from kg.engine.pool import Pool, PoolSize
from kg.engine.process import Share
from kg.published import Published, open_published
from kg.settings import Settings
from kg.sparql import tokens
from kg.store import Store
from kg.terms import prefixes

BINDINGS = {
    "table": "application/sparql-results+json",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
GRAPHS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
SETTINGS = {  # by which an answer may take more, by what it has too much of
    "time": "ENTENTE_QUERY_SECONDS",
    "memory": "ENTENTE_QUERY_MEMORY",
    "rows": "ENTENTE_ANSWER_ROWS",
    "size": "ENTENTE_ANSWER_SIZE",
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
    type=click.Choice([*BINDINGS, *GRAPHS]),
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
    text = _read(file) if file else query or ""
    if not text.strip():
        raise click.UsageError("the query is empty")
    with told_in_words():
        settings = settings_with(dist=dist)
        published = open_published(settings.dist)
        _print(_answer(text, published, settings, format_), format_)


def _read(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name} is no text in UTF-8 ({error})") from error


def _answer(text: str, published: Published, settings: Settings, format_: str | None) -> Answer:
    """The whole answer to a query, by a process that ends at the bounds of the settings; raises Failure."""
    used = {token.text.partition(":")[0] for token in tokens(text) if token.kind == "name"}
    known = (f"PREFIX {name}: <{iri}>" for name, iri in prefixes(published.base).items() if name in used)
    bounds = Bounds(settings.query_seconds, settings.answer_rows, settings.answer_size << 20)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())  # what ended it is told below
    with ExitStack() as stack:
        pool = Pool(PoolSize(processes=1, reserve=0, share=Share(settings.query_memory)))
        stack.callback(pool.close)
        job = Job(
            _dataset(published, stack),
            f"{' '.join(known)}\n{text}",
            published.base,
            bounds,
            pool.spool(),
            bindings=BINDINGS.get(format_ or "table"),
            graph=GRAPHS.get(format_ or "turtle"),
        )
        try:
            answer = pool.query(job)
            return replace(answer, body=answer.take(), spooled=None)
        except RefusedError as error:
            raise _failure(error.refusal) from error


def _dataset(published: Published, stack: ExitStack) -> Dataset:
    """The store of a version; one that is read from its graphs, where it has none."""
    path = published.folder / "store"
    if not path.is_dir():
        path = Path(stack.enter_context(TemporaryDirectory())) / "store"
        Store.build(path, published.store.matching((None, None, None)))
    return Dataset(str(path), published.default_graphs)


def _failure(refusal: Refusal) -> click.ClickException:
    """Why there is no answer, and what to do."""
    if refusal.reason == "unacceptable":
        kinds = ("triples are", GRAPHS) if refusal.detail == "graph" else ("this answer is", BINDINGS)
        return click.UsageError(f"{kinds[0]} printed as {', '.join(kinds[1])}, not in the format asked for")
    words = legible(moved_up(refusal.detail, 1)) if refusal.reason == "syntax" else refusal.detail
    setting = SETTINGS.get(refusal.reason)
    advice = f"; make it narrower, or allow more by {setting}" if setting else ""
    return Failure(words + advice, WRONG if setting else NOT_UNDERSTOOD)


def _print(answer: Answer, format_: str | None) -> None:
    """Print an answer in the wanted form, or in the one that its kind has by default."""
    if answer.kind != "graph" and format_ in {None, "table"}:
        _table(ox.parse_query_results(answer.body, ox.QueryResultsFormat.JSON))
    else:
        click.echo(answer.body, nl=not answer.body.endswith(b"\n"))


def _table(answer: ox.QuerySolutions | ox.QueryBoolean) -> None:
    """Print solutions as a table, and how many there are; of a question that has none, yes or no."""
    if isinstance(answer, ox.QueryBoolean):
        click.echo("yes" if answer else "no")
        return
    table = Table(*(Column(variable.value, overflow="fold") for variable in answer.variables))
    count = 0
    for count, row in enumerate(answer, 1):  # noqa: B007  (the last number is how many there were)
        table.add_row(*("" if value is None else _words(value) for value in row))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
    click.echo(f"{count} row{'' if count == 1 else 's'}", err=True)


def _words(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
