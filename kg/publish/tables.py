"""Descriptions as tables: of each subject its properties, as prefixed names, with their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.iri import slug
from kg.terms import PREFIXES, prefixes

Value = str | int | ox.Literal
Table = Mapping[str, Mapping[str, Value | Sequence[Value]]]


def triples(table: Table, base: str) -> Iterator[ox.Triple]:
    """The triples of a table: a subject's properties, as prefixed names, and their values."""
    names = prefixes(base)
    for subject, properties in table.items():
        for name, values in properties.items():
            prefix, _, local = name.partition(":")
            predicate = ox.NamedNode(names[prefix] + local)
            for value in values if isinstance(values, list | tuple) else (values,):
                yield ox.Triple(ox.NamedNode(subject), predicate, _node(value, names))


def _node(value: Value, names: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    """A value as a node: a literal, a number, an IRI, or a prefixed name."""
    if isinstance(value, ox.Literal):
        return value
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    prefix, colon, local = value.partition(":")
    return ox.NamedNode(names[prefix] + local if colon and prefix in names else value)


def fragment(base: str, name: str) -> str:
    """The IRI of something that the description names as a part of itself."""
    return f"{base}dataset#{name}"


def short(iri: str, base: str) -> str:
    """An IRI as part of a name: its prefix and local name."""
    table = prefixes(base)
    name = max(
        (n for n, space in table.items() if iri.startswith(space)), key=lambda n: len(table[n]), default=""
    )
    return f"{name}-{iri.removeprefix(table[name])}" if name else slug(iri.partition("://")[2])
