"""What must be known of a query before an engine sees it: its keywords and its data set clause.

Tokens follow the grammar of SPARQL 1.1 (section 19.8, terminals); nothing is parsed beyond them, so whatever
an engine makes of the rest of the query stays the engine's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\n\r]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable>[?$]\w+ )
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    [^\W\d_]?[\w.\-]*:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[^\w\s])* )
    | (?P<word>    [A-Za-z_]\w* )
    | (?P<other>   \d+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal of the grammar: its kind (`iri`, `string`, `variable`, `name`, `word` …) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the tokens of a query tell: its bare keywords, and the graphs that FROM and FROM NAMED choose."""

    keywords: frozenset[str]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def tokens(query: str) -> Iterator[Token]:
    """The terminals of a query in order, without white space and comments."""
    for match in TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0])


def outline(query: str) -> Outline:
    """The keywords and the data set of a query; total: a text that is no query has an outline, too."""
    found = list(tokens(query))
    keywords = frozenset(token.text.upper() for token in found if token.kind == "word")
    if "FROM" not in keywords:
        return Outline(keywords, (), ())
    prefixes, base = _prologue(found)
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for here, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "FROM":
            rest = found[here + 1 : here + 3]
            named = bool(rest) and rest[0].text.upper() == "NAMED"
            if len(rest) > named:
                graphs[named].append(_resolve(rest[named], prefixes, base))
    return Outline(keywords, tuple(graphs[False]), tuple(graphs[True]))


def _prologue(found: list[Token]) -> tuple[dict[str, str], str]:
    """The prefixes and the base that a query declares."""
    prefixes: dict[str, str] = {}
    base = ""
    for here, token in enumerate(found):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "BASE" and here + 1 < len(found):
            base = urljoin(base, found[here + 1].text[1:-1])
        elif word == "PREFIX" and here + 2 < len(found):
            prefixes[found[here + 1].text.partition(":")[0]] = urljoin(base, found[here + 2].text[1:-1])
    return prefixes, base


def _resolve(token: Token, prefixes: dict[str, str], base: str) -> str:
    """The IRI that a token stands for."""
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
