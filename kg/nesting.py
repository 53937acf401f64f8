"""How deeply a query or an update is nested, as far as its tokens tell.

Engines read and evaluate by recursion, and one that runs out of stack takes its process with it. So what is nested
too deeply is refused, with the place, before an engine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.sparql import Token, tokens

DEEPEST = 200  # brackets that are open at once
LONGEST = 1_000  # operators and patterns in a row, each of which nests what is before it
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
WORDS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS"})
GROUPING = WORDS - {"FILTER", "BIND"}  # before a group, which they count for
OPERATORS = frozenset("&|*/!^")
SIGNS = frozenset("+-")  # operators in parentheses only: elsewhere they belong to numbers
SEPARATORS = frozenset(".;,")  # of patterns in braces and brackets; of values elsewhere
LISTING = frozenset(
    {"DATA", "INSERT", "DELETE", "CONSTRUCT", "VALUES"}
)  # what is in their braces is no pattern
LISTED = "listed"
LINK = re.compile(
    rf"{'|'.join(sorted(WORDS))}|[&|*/!^+.;,-]", re.IGNORECASE
)  # one, or part of something else


class NestingError(ValueError):
    """A text that is nested too deeply: from which line and column on, and what to do."""

    def __init__(self, text: str, token: Token, words: str) -> None:
        lines = text[: token.start].split("\n")
        self.line, self.column = len(lines), len(lines[-1]) + 1
        super().__init__(f"error at {self.line}:{self.column}: {words}")


def check_nesting(text: str) -> None:
    """Raises NestingError where a text is nested too deeply, by brackets or by what follows one another."""
    brackets = sum(map(text.count, OPENING))
    if brackets <= DEEPEST and (len(text) <= LONGEST or len(LINK.findall(text)) <= LONGEST):
        return
    for token, depth, links in _nested(text):
        if depth > DEEPEST:
            raise NestingError(
                text, token, f"more than {DEEPEST} brackets are open here; nest it less deeply"
            )
        if links > LONGEST:
            words = f"more than {LONGEST:,} operators and patterns follow one another here"
            raise NestingError(
                text, token, f"{words}; list values by IN or VALUES, or ask in several queries"
            )


def _nested(text: str) -> Iterator[tuple[Token, int, int]]:
    """Where the nesting grows: a token, how many brackets are open, and how many links of chains in all of them."""
    open_: list[tuple[str, int]] = []
    group, links, lists, before = "", 0, False, ""
    for token in tokens(text):
        sign = token.text.upper()
        if sign in OPENING:
            links += (
                sign == group == "{" and before not in GROUPING
            )  # one more that is joined with those before it
            open_.append((group, links))
            group = LISTED if group == LISTED or (lists and sign == "{") else sign
            yield token, len(open_), links
        elif sign in CLOSING:
            group, links = open_.pop() if open_ else ("", 0)
        elif _links(sign, before, group):
            links += 1
            yield token, len(open_), links
        lists = sign in LISTING or (lists and sign not in {"WHERE", "{"})
        before = sign


def _links(sign: str, before: str, group: str) -> bool:
    """Whether a terminal continues a chain in a group."""
    if sign in OPERATORS:
        return sign != before or sign not in "&|"  # && and || are two terminals to the tokenizer
    return sign in WORDS or (sign in SIGNS and group == "(") or (sign in SEPARATORS and group in {"{", "["})
