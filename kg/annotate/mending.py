"""Mends what a parser often gets wrong and names give away, before anything is read off the parse."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg import syntax
from kg.annotate.kinds import is_side
from kg.annotated import Referent


def mend(doc: Doc, names: Mapping[int, Referent]) -> None:
    """Hangs counted things on the things before them, and not on their verb or on whom these came from.

    In 'ordered 116 tanks from Spain and 20 jets from France' the jets go with the tanks; `names` are the referents of
    the names of `doc`.
    """
    for token in doc:
        if token.dep_ != "conj" or not _is_counted(token, names):
            continue
        thing = _thing(syntax.first_conjunct(token), names)
        if thing is not None and thing.i < token.i and not _is_named(thing, names):
            token.head = thing
            syntax.forget(doc)


def _thing(first: Token, names: Mapping[int, Referent]) -> Token | None:
    """The object beside what a counted thing was hung on: whom things came from or went to, or the verb itself."""
    if syntax.is_verb(first):
        return next(iter(syntax.children(first, "dobj")), None)
    if first.dep_ != "pobj" or not _is_named(first, names):
        return None
    above = first.head.head
    return above if above.dep_ == "dobj" else next(iter(syntax.children(above, "dobj")), None)


def _is_named(token: Token, names: Mapping[int, Referent]) -> bool:
    return token.i in names and is_side(names[token.i])


def _is_counted(token: Token, names: Mapping[int, Referent]) -> bool:
    return bool(syntax.children(token, "nummod")) and not _is_named(token, names)
