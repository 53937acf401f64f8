"""`kg why`: how a published statement is known."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from kg.cli.common import WRONG, Failure, settings_with, told_in_words
from kg.published import open_published
from kg.why import NotStatedError, StatementError, Why, parse_statement, why

LONG = 2000  # columns where no terminal folds the lines


@click.command(name="why")
@click.argument("statement", nargs=-1, metavar="SUBJECT PROPERTY OBJECT")
@click.option("--all", "every", is_flag=True, help="All derivations, not the shortest alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the tree as JSON.")
@click.option(
    "--dist", type=click.Path(path_type=Path, file_okay=False), help="What is published. [default: dist/]"
)
def command(statement: tuple[str, ...], every: bool, as_json: bool, dist: Path | None) -> None:
    """Tell why a published statement holds, down to the words of documents.

    SUBJECT, PROPERTY and OBJECT are written as in N-Triples, or with the usual prefixes; id:
    stands before the things of this data set.

    \b
        kg why id:state/japan ent:engagesWith id:alliance/nato
    """
    if len(statement) != 3:
        raise click.UsageError("give a SUBJECT, a PROPERTY and an OBJECT; quote what has spaces or brackets")
    subject, predicate, object_ = statement
    with told_in_words():
        published = open_published(settings_with(dist=dist).dist)
    try:
        told = why(published, parse_statement(subject, predicate, object_, published.base), every=every)
    except StatementError as error:
        raise click.UsageError(str(error)) from error
    except NotStatedError as error:
        raise Failure(str(error), WRONG) from error
    except FileNotFoundError as error:
        raise Failure(f"{error}: this version tells no derivations; run 'kg build' again") from error
    if as_json:
        click.echo(json.dumps(asdict(told), ensure_ascii=False, indent=2))
    else:
        Console(width=None if sys.stdout.isatty() else LONG, highlight=False).print(_tree(told))


def _tree(told: Why, tree: Tree | None = None) -> Tree:
    """The tree as it is printed: statements in bold, rules and sources under them."""
    title = f"[bold]{escape(told.words)}[/bold]{' (explained above)' if told.above else ''}"
    here = Tree(title) if tree is None else tree.add(title)
    for source in told.sources:
        for line in source.in_words():
            here.add(escape(line))
    for step in told.steps:
        branch = here.add(f"because: {escape(step.sentence)} [dim]({step.rule})[/dim]")
        for premise in step.premises:
            _tree(premise, branch)
    return here
