"""The door to a store that another server keeps: the same questions as to an embedded one, over HTTP.

A version that was published there has a mark, a graph of its own that names it and lists its graphs. What makes
the mark whole is the last step of a publication, and it goes with the first step of the next. So an answer is
of that version if the mark is still there after it; where it is not, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.endpoint import PATIENCE, Endpoint, EndpointError
from kg.sparql import graphs_named, mentions, outline, with_values
from kg.store import Answer, QueryError, Store, StoreError, Term, named_node

QUERIES = Path(__file__).parent / "queries"
MARK = "publication"  # the graph, below the base, that tells what is published at an endpoint


class MovedError(StoreError):
    """A version that is not, or no longer, where it was asked: another one is being published there."""


class StoreElsewhere(Store):
    """Named graphs at an endpoint.

    With a `mark`, the graph that tells what is published there, only the `version` (an IRI) answers; without,
    whatever is there. An answer is waited for so many seconds.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        default_graphs: Sequence[str] = (),
        *,
        mark: str = "",
        version: str = "",
        seconds: float = PATIENCE,
    ) -> None:
        super().__init__(ox.Store(), default_graphs)
        self.endpoint, self.mark, self.version, self._seconds = endpoint, mark, version, seconds

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        bindings: Mapping[str, Term] | None = None,
        base: str = "",
        federated: bool = False,  # noqa: ARG002  # whom it asks, the endpoint decides for itself
    ) -> Answer:
        """The answer to a query, as of an embedded store. Raises QueryError, StoreError, MovedError."""
        chosen: tuple[Sequence[str], Sequence[str]] = (default_graphs or (), named_graphs or ())
        if default_graphs is None and named_graphs is None and self.mark:
            chosen = self._seen_by(text, base)
        based = f"BASE <{base}> {text}" if base else text
        found = self._ask(with_values(based, _written(bindings or {})), *chosen)
        if self.mark and not self.is_published():
            raise MovedError(Path(self.version), "another version is being published there; ask again")
        return found

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a named graph, in the endpoint's order."""
        found = self.query(_text("whole"), default_graphs=(graph,))
        if isinstance(found, ox.QueryTriples):
            yield from found

    def about(self, iri: str, property_: str | None = None) -> Iterator[ox.Quad]:
        """What is said of a thing, by one property or any, in the endpoint's order; nothing of what is no IRI."""
        thing, by = named_node(iri), {"property": ox.NamedNode(property_)} if property_ else {}
        return self._quads(subject=thing, **by) if thing else iter(())

    def naming(self, iri: str) -> Iterator[ox.Quad]:
        """What is said with a thing as the object, in the endpoint's order; nothing with what is no IRI."""
        thing = named_node(iri)
        return self._quads(value=thing) if thing else iter(())

    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs, sorted."""
        return tuple(sorted(self._names))

    def size(self, graph: str | None = None) -> int:
        """How many triples a graph holds; without a name, how many quads all graphs do."""
        found = _solutions(self.query(_text("sizes")))
        sizes = {row["graph"].value: int(row["triples"].value) for row in found}
        return sum(sizes.values()) if graph is None else sizes.get(graph, 0)

    def is_published(self) -> bool:
        """Whether the version is there, whole."""
        return any(True for _ in self._marked("published_here"))

    @cached_property
    def _names(self) -> frozenset[str]:
        """The graphs of the version, as the mark lists them."""
        return frozenset(row["graph"].value for row in self._marked("marked"))

    def _seen_by(self, text: str, base: str) -> tuple[Sequence[str], Sequence[str]]:
        """The data set of a query that chooses none: of the named graphs, those that it can ask."""
        if mentions(text, ("FROM",)) and "FROM" in outline(text, base).keywords:
            return (), ()
        named = graphs_named(text, base)
        seen = self._names if named is None else named & self._names
        return self.default_graphs, sorted(seen) or [
            f"{self.mark}/none"
        ]  # no name at all means all to Virtuoso

    def _marked(self, query: str) -> ox.QuerySolutions:
        values = {"mark": ox.NamedNode(self.mark), "version": ox.NamedNode(self.version)}
        return _solutions(self._ask(with_values(_text(query), _written(values)), (), (self.mark,)))

    def _quads(self, **bindings: ox.NamedNode) -> Iterator[ox.Quad]:
        for row in _solutions(self.query(_text("about"), bindings=bindings)):
            yield ox.Quad(row["subject"], row["property"], row["value"], row["graph"])

    def _ask(self, text: str, default: Sequence[str], named: Sequence[str]) -> Answer:
        try:
            return self.endpoint.ask(text, default, named, self._seconds)
        except EndpointError as error:
            if error.status == 400:
                raise QueryError(str(error)) from error
            raise StoreError(Path(self.endpoint.queries), str(error)) from error


def version_at(endpoint: Endpoint, base: str) -> str | None:
    """The version that is published at an endpoint, whole; None where there is none. Raises EndpointError."""
    told = _asked(endpoint, "published_here", base)
    return next((row["version"].value.removeprefix(f"{base}dataset/") for row in told), None)


def marked_sums(endpoint: Endpoint, base: str) -> dict[str, str]:
    """The hash of each graph of the version that is published at an endpoint; nothing where none is whole."""
    if version_at(endpoint, base) is None:
        return {}
    return {row["graph"].value: row["sum"].value for row in _asked(endpoint, "sums", base)}


def _asked(endpoint: Endpoint, query: str, base: str) -> ox.QuerySolutions:
    """What the mark at an endpoint says."""
    mark = f"{base}{MARK}"
    text = with_values(_text(query), _written({"mark": ox.NamedNode(mark)}))
    return _solutions(endpoint.ask(text, (), (mark,)))


@lru_cache
def _text(query: str) -> str:
    """One of the queries beside this file."""
    return (QUERIES / f"{query}.rq").read_text("utf-8")


def _solutions(found: Answer) -> ox.QuerySolutions:
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("a SELECT query gives solutions")
    return found


def _written(values: Mapping[str, Term]) -> dict[str, str]:
    """Terms in N-Triples syntax."""
    return {name: str(term) for name, term in values.items()}
