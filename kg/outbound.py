"""Whom a query or an update would make the engine ask: the endpoints of SERVICE, the documents of LOAD.

An engine that parses without a scanner takes `trueSERVICE<iri>{` and `SERVICE:name{` for what a tokenizer
does not, and `<` is an operator to one and the start of an IRI to the other. So every reading of a text is
followed that its tokens allow; a request that shows up in any of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from kg.sparql import TOKEN, Token, mentions, outline, resolve, tokens, with_services

WORDS = ("SERVICE", "LOAD")
ASKING = re.compile("|".join(WORDS), re.IGNORECASE)
ASKING_PREFIX = re.compile(r"(?:SERVICE|LOAD)(?:SILENT)?:", re.IGNORECASE)
UNKNOWN = ""  # an endpoint that a variable names, or that only some readings have
OPERANDS = {"iri", "string", "variable", "language", "name", "word"}


class OutboundError(ValueError):
    """A text that asks hosts that nobody allowed: what it would ask."""

    def __init__(self, asked: Iterable[str]) -> None:
        self.asked = tuple(sorted(asked))
        named = ", ".join(
            f"<{iri}>" if iri != UNKNOWN else "what is known only when it runs" for iri in self.asked
        )
        super().__init__(f"SERVICE and LOAD may not ask {named}: the operator has not listed the host")


def permitted(text: str, hosts: Mapping[str, str], base: str = "") -> str:
    """A query or an update that asks none but these hosts, each where it is, if that is not where its name says.

    Raises OutboundError where it asks another.
    """
    if not mentions(text, WORDS):
        return text
    refused = {iri for iri in outbound(text, base) if host(iri) not in hosts}
    if refused:
        raise OutboundError(refused)
    moved = {name: where for name, where in hosts.items() if where}
    return with_services(text, lambda iri: _at(iri, moved.get(host(iri), ""))) if moved else text


def host(iri: str) -> str:
    """The host that an IRI names, with its port if there is one."""
    return urlsplit(iri).netloc.rpartition("@")[2].lower()


def _at(iri: str, where: str) -> str:
    """The IRI at another origin."""
    origin = urlsplit(where)
    return urlsplit(iri)._replace(scheme=origin.scheme, netloc=origin.netloc).geturl() if where else iri


def outbound(text: str, base: str = "") -> frozenset[str]:
    """The IRIs that SERVICE and LOAD ask; UNKNOWN among them where one is known only when it is evaluated."""
    if not mentions(text, WORDS):
        return frozenset()
    about = outline(text, base)
    found = list(tokens(text))
    plain = {t.start for t in found if _is_keyword(t)}
    hidden = {UNKNOWN for start in _asking(text) if start not in plain}
    return frozenset(_asked(found, about.prefixes, about.base) | hidden)


def _is_keyword(token: Token) -> bool:
    return token.kind == "word" and token.text.upper() in {"SERVICE", "LOAD"}


def _asked(found: list[Token], prefixes: Mapping[str, str], base: str) -> set[str]:
    """What the plain reading of a text asks."""
    asked = set()
    for here, token in enumerate(found):
        if _is_keyword(token):
            rest = [t for t in found[here + 1 : here + 3] if t.text.upper() != "SILENT"]
            whom = rest[0] if rest else token
            if whom.kind in {"iri", "name"}:
                asked.add(resolve(whom, prefixes, base))
            elif whom.kind in {"variable", "word"} or whom.text == "<":
                asked.add(UNKNOWN)
    return asked


def _asking(text: str) -> Iterator[int]:
    """Where any reading of a text has something that an engine could take for SERVICE or LOAD."""
    ahead, seen = [(0, "other", 0)], set()
    while ahead:
        here, before, before_start = ahead.pop()
        match = TOKEN.match(text, here)
        if match is None or (here, before) in seen:
            continue
        seen.add((here, before))
        kind, word = match.lastgroup or "other", match[0]
        if kind == "space":
            ahead.append((match.end(), before, before_start))
            continue
        if word == "/" and before == "/" and text[here - 1] == "/":
            continue  # no grammar has two slashes in a row: this reading began inside an IRI
        if kind == "iri" and before == "operand":
            ahead.append((here + 1, "other", here))
        if _could_ask(kind, word, text, match.end(), text[before_start:here]):
            yield here
        operand = kind in OPERANDS or word == ")" or word.isdigit()
        ahead.append((match.end(), "operand" if operand else word, here))


def _could_ask(kind: str, word: str, text: str, end: int, before: str) -> bool:
    """Whether a terminal may be read as a keyword that asks, going by what stands around it."""
    following = next((m for m in TOKEN.finditer(text, end) if m.lastgroup != "space"), None)
    after = following[0].upper() if following else ""
    if kind == "word" and ASKING.search(word):
        return after == "<" or (following and following.lastgroup) in {"iri", "variable", "name", "word"}
    if kind == "name" and ASKING_PREFIX.search(word):
        previous = before.strip().upper()
        operation = after in {"", ";", "INTO"} and (previous in {"", ";"} or previous.endswith(">"))
        return operation or (after == "{" and previous != "GRAPH")
    return False
