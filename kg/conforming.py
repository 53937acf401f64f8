"""What the engine understands otherwise than SPARQL 1.1 says, said so that it does not."""

from __future__ import annotations

from kg.sparql import mentions, tokens

CONCATENATION = "GROUP_CONCAT"


def conforming(text: str) -> str:
    """A query or an update whose GROUP_CONCAT gives a literal without a language (SPARQL 1.1 section 18.5.1.7).

    The engine keeps a language that all values share, which STR takes away. Total: a text that cannot be read comes
    out as one that cannot be read either.
    """
    if not mentions(text, (CONCATENATION,)):
        return text
    parts: list[str] = []
    calls: list[bool] = []  # of the parentheses that are open, which are such a call's
    done, before = 0, ""
    for token in tokens(text):
        if token.text == "(":
            calls.append(before == CONCATENATION)
        elif token.text == ")" and calls and calls.pop():
            parts += [text[done : token.start], "))"]
            done = token.start + 1
        before = token.text.upper() if token.kind == "word" else ""
        if before == CONCATENATION:
            parts += [text[done : token.start], "STR("]
            done = token.start
    return "".join([*parts, text[done:]])
