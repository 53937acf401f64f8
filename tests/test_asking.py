"""SPARQL stands where it can be read whole: what is asked for is bound to its variables, not written into its text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
FILES = sorted(file for folder in ("kg", "tests", "tools") for file in (HERE / folder).rglob("*.py"))
# Who writes SPARQL by trade, each with what it makes of what.
WRITERS = {
    "kg/sparql.py": "queries and updates of those that a client sent, by their tokens",
    "kg/cluster/joins.py": "the joins of a cluster, which is asked in SQL, of rules",
    "tests/written.py": "updates of terms, which have no variables to bind",
    "tests/test_outbound.py": "texts of which nobody knows what they are, until the engine has read them",
}
ASKING = re.compile(
    r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|(?:INSERT|DELETE)(?: DATA| WHERE)?|WHERE|GRAPH|FILTER|VALUES|SERVICE)"
    r"\s*(?:[{<(?*%]|$)|\bPREFIX \w*:"
)
PUTTING = {"format", "join", "replace"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HERE)))
def test_no_sparql_is_put_together_from_strings(file: Path) -> None:
    """Constants may be named in a constant; whatever a call gives, or a function is given, may not."""
    if str(file.relative_to(HERE)) not in WRITERS:
        assert [*put_together(ast.parse(file.read_text()))] == []


@pytest.mark.parametrize(
    ("text", "is_put_together"),
    [
        ('f"ASK {{ <{iri}> ?p ?o }}"', True),
        ('"ASK { <%s> ?p ?o }" % iri', True),
        ('"ASK { ?s ?p " + term + " }"', True),
        ('"SELECT * {{ {} }}".format(pattern)', True),
        ('QUERY + "LIMIT 1"', False),
        ('f"ASK {{ <{IRI}> ?p ?o }}"', False),
        ('f"ASK {{ {" ".join(PATTERNS)} }}"', False),
        ('f"the answer to {query}"', False),
    ],
)
def test_it_is_seen_however_it_is_written(text: str, is_put_together: bool) -> None:
    assert bool([*put_together(ast.parse(text.replace('" "', "' '")))]) is is_put_together


def put_together(tree: ast.AST) -> Iterator[str]:
    """The expressions that make SPARQL of more than constants, each with its line."""
    for node in ast.walk(tree):
        texts, parts = told_by(node)
        if any(map(ASKING.search, texts)) and not all(map(is_constant, parts)):
            yield f"line {node.lineno}: {ast.unparse(node)}"  # type: ignore[attr-defined]  # expressions have lines


def told_by(node: ast.AST) -> tuple[list[str], list[ast.expr]]:
    """What an expression that puts strings together has of text, and what it puts into or behind it."""
    match node:
        case ast.JoinedStr(values=values):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else " " for part in values)
            return [text], [part.value for part in values if isinstance(part, ast.FormattedValue)]
        case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Mod()):
            return [text_of(left), text_of(right)], [left, right]
        case ast.Call(func=ast.Attribute(value=text, attr=name)) if name in PUTTING:
            return [text_of(text)], [*node.args, *(keyword.value for keyword in node.keywords)]
    return [], []


def text_of(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_constant(node: ast.expr) -> bool:
    """Whether an expression has no name but those of constants, and no call but of joining them."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
    joining = all(isinstance(call, ast.Attribute) and call.attr == "join" for call in calls)
    return joining and all(name.isupper() for name in names)
