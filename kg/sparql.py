"""What must be known of a query before an engine sees it: its keywords and its data set clause.

Tokens follow the grammar of SPARQL 1.1 (section 19.8, terminals); nothing is parsed beyond them, so whatever
an engine makes of the rest of the query stays the engine's matter. A text is read in a time that grows with its
length only: a quote without its end is one token, up to the end of its line, and no prefix is longer than 200.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from urllib.parse import urljoin

TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\n\r]* )
    | (?P<iri>     <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<string>  \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<broken>  "(?:[^"\\\n\r]|\\.)*+ | '(?:[^'\\\n\r]|\\.)*+ )
    | (?P<variable>[?$]\w+ )
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    [^\W\d_]?[\w.\-]{0,200}:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[^\w\s])* )
    | (?P<word>    [A-Za-z_]\w* )
    | (?P<other>   \d+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}  # the forms of queries (SPARQL 1.1 Query section 16)
DATASET_WORDS = {"USING", "WITH"}  # by which an operation of an update names the graphs of its pattern
CODE_POINT = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal of the grammar: its kind (`iri`, `string`, `name`, `word` …), text and offset."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What the tokens of a query tell: its bare keywords, the graphs of FROM and FROM NAMED, its prologue."""

    keywords: frozenset[str]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    prefixes: Mapping[str, str]
    base: str


def tokens(query: str) -> Iterator[Token]:
    """The terminals of a query in order, without white space and comments."""
    for match in TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], match.start())


def outline(query: str, base: str = "") -> Outline:
    """The keywords and the data set of a query; total: a text that is no query has an outline, too.

    `base` is what relative IRIs are resolved against where the query declares nothing else.
    """
    found = list(tokens(query))
    keywords = frozenset(token.text.upper() for token in found if token.kind == "word")
    prefixes, base = _prologue(found, base)
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for here, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "FROM":
            rest = found[here + 1 : here + 3]
            named = bool(rest) and rest[0].text.upper() == "NAMED"
            if len(rest) > named:
                graphs[named].append(resolve(rest[named], prefixes, base))
    return Outline(keywords, tuple(graphs[False]), tuple(graphs[True]), prefixes, base)


def _prologue(found: list[Token], base: str) -> tuple[dict[str, str], str]:
    """The prefixes and the base that a query declares."""
    prefixes: dict[str, str] = {}
    for here, token in enumerate(found):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "BASE" and here + 1 < len(found):
            base = resolve(found[here + 1], {}, base)
        elif word == "PREFIX" and here + 2 < len(found):
            prefixes[found[here + 1].text.partition(":")[0]] = resolve(found[here + 2], {}, base)
    return prefixes, base


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of some words, in upper case, stands anywhere in a text, in whatever case of ASCII's letters.

    Keywords are compared so (SPARQL 1.1 section 19.8, note 1). It costs a small part of what reading tokens does.
    """
    upper = text.upper()
    for word in words:  # noqa: SIM110  # `any` costs twice as much, for each of the times that a query is looked at
        if word in upper:
            return True
    return False


def resolve(token: Token, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that an `iri` or a `name` token stands for."""
    if token.kind == "iri":
        return urljoin(base, CODE_POINT.sub(lambda found: chr(int(found[0][2:], 16)), token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)


def with_limit(query: str, most: int) -> str:
    """A SELECT query that gives at most so many solutions; any other query as it is.

    The limit of the whole query is the LIMIT outside all braces (SPARQL 1.1 section 15.5); it goes before a
    VALUES clause that ends the query.
    """
    outer = list(_outside_braces(query))
    words = {t.text.upper(): here for here, t in reversed(list(enumerate(outer))) if t.kind == "word"}
    if "SELECT" not in words:
        return query
    if "LIMIT" in words and words["LIMIT"] + 1 < len(outer):
        given = outer[words["LIMIT"] + 1]
        limit = min(most, int(given.text)) if given.text.isdigit() else most
        return f"{query[: given.start]}{limit}{query[given.start + len(given.text) :]}"
    end = outer[words["VALUES"]].start if "VALUES" in words else len(query)
    return f"{query[:end]}\nLIMIT {most}\n{query[end:]}"


def with_values(query: str, values: Mapping[str, str]) -> str:
    """A query whose variables have these values, terms in N-Triples syntax, wherever its pattern has them.

    The pattern of a CONSTRUCT stands behind its template (SPARQL 1.1 Query 16.2); the short form, which has none, can
    take no values.
    """
    if not values:
        return query
    braces = (token for token in _outside_braces(query) if token.text == "{")
    brace = next(islice(braces, form_of(query) == "CONSTRUCT", None))
    names, terms = (" ".join(told) for told in ((f"?{name}" for name in values), values.values()))
    end = brace.start + 1
    return f"{query[:end]} VALUES ({names}) {{ ({terms}) }} {query[end:]}"


def form_of(query: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; empty for what is no query."""
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    return next((word for word in words if word in FORMS), "")


def as_select(query: str) -> str | None:
    """An ASK query as one that has a solution where the answer is yes; None for one without variables."""
    found = list(tokens(query))
    ask = next(token for token in found if token.text.upper() == "ASK")
    if not any(token.kind == "variable" for token in found):
        return None
    return f"{query[: ask.start]}SELECT *{query[ask.start + 3 :]}\nLIMIT 1"


def graphs_named(query: str, base: str = "") -> frozenset[str] | None:
    """The graphs that GRAPH names in a query; None where a variable stands for any."""
    found = list(tokens(query))
    about = outline(query, base)
    named = [
        after for before, after in pairwise(found) if before.kind == "word" and before.text.upper() == "GRAPH"
    ]
    if any(token.kind not in {"iri", "name"} for token in named):
        return None
    return frozenset(resolve(token, about.prefixes, about.base) for token in named)


def solutions_at_most(query: str) -> int | None:
    """The LIMIT of a SELECT query (SPARQL 1.1 section 15.5), None where there is none or for other queries."""
    outer = list(_outside_braces(query))
    words = {t.text.upper(): here for here, t in reversed(list(enumerate(outer))) if t.kind == "word"}
    if "SELECT" not in words or "LIMIT" not in words:
        return None
    given = outer[words["LIMIT"] + 1 : words["LIMIT"] + 2]
    return int(given[0].text) if given and given[0].text.isdigit() else None


def _outside_braces(query: str) -> Iterator[Token]:
    """The tokens that stand outside all braces and parentheses."""
    depth = 0
    for token in tokens(query):
        depth -= token.text in {"}", ")"}
        if depth == 0:
            yield token
        depth += token.text in {"{", "("}


class DatasetConflictError(ValueError):
    """An update with a data set of its own, where the request chooses one, too."""


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update whose patterns are matched against the given graphs (SPARQL 1.1 Protocol 2.2.3).

    Raises DatasetConflictError where the update says USING or WITH itself.
    """
    if {t.text.upper() for t in tokens(update) if t.kind == "word"} & DATASET_WORDS:
        raise DatasetConflictError("the update says USING or WITH, and the request chooses graphs as well")
    return with_default_dataset(update, default, named)


def with_default_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update whose patterns are matched against the given graphs, but in operations that name their own.

    An operation names them by USING or WITH (SPARQL 1.1 Update 3.1.3).
    """
    clause = " ".join([*(f"USING <{g}>" for g in default), *(f"USING NAMED <{g}>" for g in named)])
    outer = list(_outside_braces(update))
    parts, done, own = [], 0, False
    for here, token in enumerate(outer):
        word = token.text.upper() if token.kind == "word" else token.text
        own = word != ";" and (own or word in DATASET_WORDS)
        if word != "WHERE" or own:
            continue
        parts.append(update[done : token.start])
        if here and outer[here - 1].text.upper() == "DELETE":  # its pattern is its template, too
            parts.append(update[outer[here + 1].start : outer[here + 2].start + 1])
        parts.append(f" {clause} ")
        done = token.start
    return "".join([*parts, update[done:]])


def with_services(query: str, address: Callable[[str], str]) -> str:
    """A query whose SERVICE clauses ask at other addresses."""
    found = list(tokens(query))
    about = outline(query)
    parts, done = [], 0
    for before, token in pairwise(found):
        if token.kind not in {"iri", "name"} or before.text.upper() not in {"SERVICE", "SILENT"}:
            continue
        asked = address(resolve(token, about.prefixes, about.base))
        parts += [query[done : token.start], f"<{asked}>"]
        done = token.start + len(token.text)
    return "".join([*parts, query[done:]])
