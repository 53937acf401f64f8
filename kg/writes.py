"""Which graph an update can change, as far as its text tells (SPARQL 1.1 Update, sections 3.1.1, 3.1.2, 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.sparql import Token, outline, resolve, tokens

DATA, WHOLE = {"INSERT", "DELETE"}, {"CLEAR", "DROP", "CREATE"}


def writes_only(update: str, graph: str, base: str = "") -> bool:
    """Whether an update can change no graph but this one; False where its tokens do not tell.

    They tell it of data inserted and deleted, and of a graph that is created, cleared or dropped. Other operations
    have expressions in them, where '<' may be an operator to one reader and begin an IRI to another.
    """
    found, about = list(tokens(update)), outline(update, base)

    def is_it(token: Token) -> bool:
        return token.kind in {"iri", "name"} and resolve(token, about.prefixes, about.base) == graph

    def allowed(operation: Sequence[Token]) -> bool:
        words = [token.text.upper() for token in operation]
        if words[:1] and words[0] in WHOLE:
            rest = [token for token in operation[1:] if token.text.upper() not in {"SILENT", "GRAPH"}]
            return len(rest) == 1 and is_it(rest[0])
        return words[:1] != [] and words[0] in DATA and words[1:3] == ["DATA", "{"] and within(operation[3:])

    def within(block: Sequence[Token]) -> bool:
        """Whether a block of data holds nothing but this graph, any number of times, and its last brace."""
        rest = list(block)
        while len(rest) > 3 and rest[0].text.upper() == "GRAPH" and is_it(rest[1]) and rest[2].text == "{":
            end = next((here for here, token in enumerate(rest) if token.text == "}"), len(rest))
            rest = rest[end + 1 :]
        return [token.text for token in rest] == ["}"]

    return all(allowed(operation) for operation in _operations(found))


def _operations(found: Sequence[Token]) -> Iterator[list[Token]]:
    """The operations of an update, each without the prologue before it."""
    operation: list[Token] = []
    depth = 0
    for token in [*found, Token("end", ";", 0)]:
        depth += (token.text == "{") - (token.text == "}")
        if token.text == ";" and depth == 0:
            if begun := _without_prologue(operation):
                yield begun
            operation = []
        else:
            operation.append(token)


def _without_prologue(operation: list[Token]) -> list[Token]:
    while operation and operation[0].text.upper() in {"BASE", "PREFIX"}:
        operation = operation[2 if operation[0].text.upper() == "BASE" else 3 :]
    return operation
