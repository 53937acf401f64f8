"""Reads what pages show: fixed queries with bound variables over the published store."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from textwrap import shorten

import pyoxigraph as ox

from kg.published import Published
from kg.search import THING, Index, read_index
from kg.store import AnyTerm, Term, named_node
from kg.terms import rebased

QUERIES = Path(__file__).parent / "queries"
QUOTED = 120  # characters of a stretch of text that stand for it
Row = Mapping[str, AnyTerm | None]


@lru_cache
def query_text(name: str, base: str) -> str:
    """One of the queries beside this file, for a data set of the given base."""
    return rebased(QUERIES / f"{name}.rq", base)


@dataclass(frozen=True)
class Statement:
    """One triple as a page shows it, and the name of the graph that holds it."""

    graph: str
    subject: AnyTerm
    property: str
    value: AnyTerm


class Reader:
    """Reads one version of the data set; keeps the labels that it has looked up."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self._labels: dict[str, str] = {}
        self._about = {f"{published.base}graph/{name}" for name in ("dataset", "withdrawn")}
        self._index: Index | None = None
        self._indexing = threading.Lock()

    @property
    def index(self) -> Index:
        """What can be found by its name; made when it is first asked for, which takes a second or two."""
        with self._indexing:
            if self._index is None:
                self._index = read_index(self.published)
            return self._index

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of what has a name here."""
        named = (entry for entry in self.index.entries if THING in entry.kinds)
        return frozenset(kind for entry in named for kind in entry.kinds)

    def rows(self, query: str, **bindings: str | ox.Literal) -> Iterator[Row]:
        """The solutions of a query, whose variables of these names are bound to these IRIs or literals.

        None for a text that is no IRI: nothing is said of what cannot be named.
        """
        bound: dict[str, Term] = {}
        for name, value in bindings.items():
            term = named_node(value) if isinstance(value, str) else value
            if term is None:
                return
            bound[name] = term
        found = self.published.store.query(query_text(query, self.published.base), bindings=bound)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError(f"{query}.rq is no SELECT query")
        names = [variable.value for variable in found.variables]
        for solution in found:
            yield {name: solution[name] for name in names}

    def outgoing(self, iri: str, start: int = 0, most: int | None = None) -> list[Statement]:
        """What is said of a thing; a stretch of it where a thing has much said."""
        return self._stretch(self.published.store.about(iri), start, most)

    def said(self, iri: str, property_: str) -> list[Statement]:
        """What is said of a thing by a property."""
        return self._stretch(self.published.store.about(iri, property_), 0, None)

    def relations(self, iri: str) -> list[Statement]:
        """What follows of a thing's relations with others, the first of them; events are told themselves."""
        graph = f"{self.published.base}graph/inferred"
        thing = named_node(iri)
        return [
            Statement(graph, thing, value_of(row["property"]), _term(row["value"]))
            for row in self.rows("relations", thing=iri)
            if thing and value_of(row["value"]) in self.index
        ]

    def incoming(self, iri: str, start: int = 0, most: int | None = None) -> list[Statement]:
        """What is said with a thing as the object."""
        return self._stretch(self.published.store.naming(iri), start, most)

    def _stretch(self, quads: Iterable[ox.Quad], start: int, most: int | None) -> list[Statement]:
        """A stretch of the quads as statements, without those of the graphs about the data set as a whole."""
        data = (quad for quad in quads if value_of(quad.graph_name) not in self._about)
        found = islice(data, start, None if most is None else start + most)
        return [Statement(value_of(q.graph_name), q.subject, q.predicate.value, q.object) for q in found]

    def stretches(self, iri: str) -> list[Statement]:
        """What is said of the stretches of a document's text."""
        return [
            Statement(value_of(r["graph"]), _term(r["stretch"]), value_of(r["property"]), _term(r["value"]))
            for r in self.rows("stretches", thing=iri)
        ]

    def label(self, iri: str) -> str:
        """What a thing is called: its English name, else any, else what it is, else the end of its IRI.

        A stretch of a text is called by its words.
        """
        if iri not in self._labels:
            found = [row["label"] for row in self.rows("label", thing=iri)]
            names = [name for name in found if isinstance(name, ox.Literal)]
            names.sort(key=lambda name: ((name.language or "en") != "en", name.value))
            own = iri.startswith(f"{self.published.base}id/")
            self._labels[iri] = names[0].value if names else (own and self.kind(iri)) or self.short(iri)
            if names and "#char=" in iri:
                self._labels[iri] = f"“{shorten(names[0].value, QUOTED, placeholder=' …')}”"
        return self._labels[iri]

    def kind(self, iri: str) -> str | None:
        """What a thing without a name is, and when it began: `meeting, 2025-04-08`."""
        found = [
            (self.label(value_of(r["type"])), value_of(r["start"])) for r in self.rows("kind", thing=iri)
        ]
        return min((", ".join(part for part in one if part) for one in found), default=None)

    def knows(self, name: str) -> bool:
        """Whether the data set has anything of this name: a graph, a document, or what something is said of."""
        iri = f"{self.published.base}{name}"
        if name.startswith("doc/"):
            return any(document.iri == iri for document in self.published.documents.values())
        if name.startswith("graph/"):
            return iri in self.graphs
        return bool(self.outgoing(iri, 0, 1) or self.incoming(iri, 0, 1))

    def withdrawal(self, iri: str) -> Mapping[str, list[str]]:
        """What is said of a name that was withdrawn, by property; nothing of one that was not."""
        held_in, found = f"{self.published.base}graph/withdrawn", defaultdict[str, list[str]](list)
        for quad in self.published.store.about(iri):
            if value_of(quad.graph_name) == held_in:
                found[quad.predicate.value].append(value_of(quad.object))
        return found

    def types(self, iri: str) -> list[str]:
        """The classes of a thing that somebody asserts, sorted."""
        return sorted({value_of(row["type"]) for row in self.rows("kind", thing=iri)})

    @cached_property
    def licence(self) -> str | None:
        """The licence that the data set is published under, or the ontology where only that has one."""
        names = (f"{self.published.base}{name}" for name in ("dataset", "ontology"))
        found = (value_of(row["licence"]) for name in names for row in self.rows("licence", thing=name))
        return next(found, None)

    def short(self, iri: str) -> str:
        """An IRI in the shortest form that still tells what it is."""
        end = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        return end or iri

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of ours that the data set says something of, and those of its documents; no fragments."""
        base = self.published.base
        rows = (value_of(row["name"]) for row in self.rows("subjects"))
        own = (name for name in rows if name.startswith(base) and "#" not in name)
        return frozenset((*own, *(document.iri for document in self.published.documents.values())))

    @cached_property
    def graphs(self) -> Mapping[str, int]:
        """The named graphs and how many triples each holds."""
        return {value_of(row["graph"]): int(value_of(row["triples"])) for row in self.rows("graphs")}


def value_of(term: AnyTerm | ox.DefaultGraph | None) -> str:
    """The IRI or the text of a term; empty for what is unbound."""
    return "" if term is None or isinstance(term, ox.Triple | ox.DefaultGraph) else term.value


def _term(term: AnyTerm | None) -> AnyTerm:
    if term is None:
        raise ValueError("a triple has no unbound part")
    return term
