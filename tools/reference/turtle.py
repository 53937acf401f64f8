"""Turtle in a fixed order, one file for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.iri import Mint
from kg.terms import DEFAULT_BASE, PREFIXES

MINT = Mint(DEFAULT_BASE)
TYPE = PREFIXES["rdf"] + "type"


def term(name: str) -> str:
    """The IRI of a prefixed name such as `skos:prefLabel`."""
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


def text(words: str) -> Literal:
    """A text in English."""
    return Literal(words, language="en")


def typed(value: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype."""
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + datatype))


def time(value: str) -> Literal:
    """A year, a month or a day, typed as coarse as it is."""
    return typed(value, {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)])


def day(value: date) -> Literal:
    """A day."""
    return typed(value.isoformat(), "date")


@dataclass
class Sheet:
    """The triples of one Turtle file; repeated ones count once."""

    heading: str
    triples: set[tuple[str, str, str | Literal]] = field(default_factory=set)

    def add(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """Enter one triple for each object; IRIs are strings, the predicate a prefixed name."""
        self.triples.update((subject, term(predicate), value) for value in objects)

    def write(self, path: Path) -> None:
        """Write the file: subjects, predicates (the type first) and objects in alphabetical order."""
        path.parent.mkdir(parents=True, exist_ok=True)
        body = path.with_suffix(".part")
        serialize(self._sorted(), body, RdfFormat.TURTLE, prefixes=self._prefixes(), base_iri=DEFAULT_BASE)
        heading = f"# {self.heading}\n# Written by tools/reference; edit its tables.\n"
        # The writer leaves out the scheme of all IRIs that share the base's, which another base need not share.
        turtle = body.read_text(encoding="utf-8").replace("<//", "<https://")
        path.write_text(heading + turtle, encoding="utf-8", newline="\n")
        body.unlink()

    def _sorted(self) -> Iterator[Triple]:
        def order(triple: tuple[str, str, str | Literal]) -> tuple[str, bool, str, str]:
            subject, predicate, value = triple
            return subject, predicate != TYPE, predicate, str(value)

        for subject, predicate, value in sorted(self.triples, key=order):
            node = value if isinstance(value, Literal) else NamedNode(value)
            yield Triple(NamedNode(subject), NamedNode(predicate), node)

    def _prefixes(self) -> dict[str, str]:
        iris = {t[1] for t in self.triples} | {t[2] for t in self.triples if isinstance(t[2], str)}
        iris |= {t[2].datatype.value for t in self.triples if isinstance(t[2], Literal)}
        return {p: ns for p, ns in sorted(PREFIXES.items()) if any(iri.startswith(ns) for iri in iris)}
