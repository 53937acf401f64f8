"""The one door to the triple store: an embedded Oxigraph, opened to read or built anew.

A query that chooses no graphs sees, as its default graph, the merge of `default_graphs`. A publication keeps
those disjoint, so that listing them is their RDF merge. Graphs that a client chooses may overlap: they are
merged for that query before it is evaluated, for engines count a triple once for each graph that holds it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from kg.conforming import conforming
from kg.nesting import NestingError, check_nesting
from kg.outbound import outbound
from kg.sparql import mentions, outline

LOAD = 500_000  # quads that are loaded at a time, as the loader holds them in memory: about 1 KiB each
MANY_FILES = 60  # files of a store beyond which a write also compacts it

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = ox.NamedNode | ox.Literal
Name = ox.NamedNode | ox.BlankNode  # what the engine's own signatures ask for, where lists are invariant
AnyTerm = Name | ox.Literal | ox.Triple
AnyGraph = Name | ox.DefaultGraph


class StoreError(Exception):
    """A store that cannot be opened or built: which, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class QueryError(ValueError):
    """A query that is not evaluated; the message is the parser's, or says what is not allowed."""


def named_node(iri: str) -> ox.NamedNode | None:
    """The term of an IRI; None for a text that is none (RFC 3987), which a client may well send."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def copy_store(source: Path, target: Path) -> None:
    """Copy a store that nobody writes to: tables are never changed, so a copy shares them."""
    target.mkdir(parents=True)
    for file in source.iterdir():
        if file.suffix == ".sst":
            os.link(file, target / file.name)
        elif file.name != "LOCK" and not file.name.startswith("LOG"):
            shutil.copyfile(file, target / file.name)


def settle(engine: ox.Store, path: Path) -> None:
    """Have what was written to a store in its files, of which there are not too many."""
    if sum(1 for _ in path.iterdir()) > MANY_FILES:
        engine.optimize()
    engine.flush()


class Store:
    """Named graphs of triples that answer SPARQL 1.1 queries; safe to share between threads."""

    def __init__(self, engine: ox.Store, default_graphs: Sequence[str] = ()) -> None:
        self._engine = engine
        self.default_graphs = tuple(default_graphs)
        self._default: list[AnyGraph] | None = [ox.NamedNode(g) for g in default_graphs] or None  # its own

    @classmethod
    def open(cls, path: Path, default_graphs: Sequence[str] = ()) -> Store:
        """The store in a folder, read-only. Raises StoreError where there is none."""
        if not (path / "CURRENT").is_file():
            raise StoreError(path, "no store here; build one with 'kg build'")
        try:
            return cls(ox.Store.read_only(str(path)), default_graphs)
        except OSError as error:
            raise StoreError(path, str(error)) from error

    @classmethod
    def memory(cls, quads: Iterable[ox.Quad] = (), default_graphs: Sequence[str] = ()) -> Store:
        """A store in memory with the given quads."""
        engine = ox.Store()
        engine.bulk_extend(quads)
        return cls(engine, default_graphs)

    @classmethod
    def build(cls, path: Path, quads: Iterable[ox.Quad]) -> None:
        """Write a new store into a folder that does not exist yet. Raises StoreError where it does."""
        if path.exists():
            raise StoreError(path, "exists already; a store is built into a fresh folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = ox.Store(str(path))
        rest = iter(quads)
        for first in rest:
            engine.bulk_extend(chain([first], islice(rest, LOAD - 1)))
        engine.optimize()
        engine.flush()

    @classmethod
    def follow(
        cls, before: Path, path: Path, added: Iterable[ox.Quad], removed: Iterable[ox.Quad], size: int
    ) -> bool:
        """Write a store that differs from another in some quads, sharing what it can with that.

        Where it then does not hold `size` quads, the other one was not what it was taken for: there is no new
        store then, and the answer is False.
        """
        copy_store(before, path)
        engine = ox.Store(str(path))
        touched = set()
        for quad in removed:
            engine.remove(quad)
            touched.add(quad.graph_name)
        engine.bulk_extend(added)
        for graph in touched:
            if next(engine.quads_for_pattern(None, None, None, graph), None) is None:
                engine.remove_graph(graph)  # else the store would go on listing it
        settle(engine, path)
        same = len(engine) == size
        del engine  # closes it
        if not same:
            shutil.rmtree(path)
        return same

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        bindings: Mapping[str, Term] | None = None,
        base: str = "",
        federated: bool = False,
    ) -> Answer:
        """The answer to a SPARQL query; solutions and triples are computed as they are iterated.

        `default_graphs` and `named_graphs` are the data set of the protocol (SPARQL 1.1 Protocol 2.1.4) and
        go before FROM and FROM NAMED in the query. Choosing either leaves the other empty; choosing neither
        means the published default graph, and every named graph. `bindings` give values to variables, which
        the query must project; relative IRIs are resolved against `base`. Raises QueryError with the parser's
        words, or for SERVICE, which would make requests from the server's own network: it is refused unless
        `federated` says that whoever asks has looked at what it may ask.
        """
        try:
            check_nesting(text)
        except NestingError as error:
            raise QueryError(str(error)) from error
        if not federated and outbound(text):
            raise QueryError("SERVICE is not allowed here: this endpoint asks no other endpoints")
        if default_graphs is None and named_graphs is None and mentions(text, ("FROM",)):
            about = outline(text, base)
            if "FROM" in about.keywords:
                default_graphs, named_graphs = about.default_graphs, about.named_graphs
        engine, default, named = self._dataset(default_graphs, named_graphs)
        values: dict[ox.Variable, AnyTerm] = {ox.Variable(n): value for n, value in (bindings or {}).items()}
        ask = partial(
            engine.query,
            base_iri=base or None,
            substitutions=values,
            default_graph=default,
            named_graphs=named,
        )
        try:
            try:
                return ask(conforming(text))
            except (SyntaxError, ValueError):
                return ask(text)  # which tells where the error is in the text as it was given
        except (SyntaxError, ValueError) as error:
            raise QueryError(str(error)) from error

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a named graph, in the store's own order."""
        return (q.triple for q in self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def about(self, iri: str, property_: str | None = None) -> Iterator[ox.Quad]:
        """What is said of a thing, by one property or any, in the store's own order; nothing of what is no IRI."""
        thing, by = named_node(iri), ox.NamedNode(property_) if property_ else None
        return iter(self._engine.quads_for_pattern(thing, by, None, None) if thing else ())

    def naming(self, iri: str) -> Iterator[ox.Quad]:
        """What is said with a thing as the object, in the store's own order; nothing with what is no IRI."""
        thing = named_node(iri)
        return iter(self._engine.quads_for_pattern(None, None, thing, None) if thing else ())

    def matching(
        self, pattern: tuple[AnyTerm | None, AnyTerm | None, AnyTerm | None], graph: str | None = None
    ) -> Iterator[ox.Quad]:
        """The quads with these subject, predicate and object, where None is any; of one graph, or of all."""
        held_in = ox.NamedNode(graph) if graph else None
        return iter(self._engine.quads_for_pattern(*pattern, held_in))  # type: ignore[arg-type]  # no literal is a subject

    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs, sorted."""
        return tuple(sorted(g.value for g in self._engine.named_graphs() if isinstance(g, ox.NamedNode)))

    def size(self, graph: str | None = None) -> int:
        """How many triples a graph holds; without a name, how many quads the store does."""
        if graph is None:
            return len(self._engine)
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def _dataset(
        self, default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None
    ) -> tuple[ox.Store, list[AnyGraph] | None, list[Name] | None]:
        """The engine to ask and its data set; a merge in memory where chosen graphs may overlap."""
        if default_graphs is None and named_graphs is None:
            return self._engine, self._default, None
        default = [ox.NamedNode(g) for g in dict.fromkeys(default_graphs or ())]
        named = [ox.NamedNode(g) for g in dict.fromkeys(named_graphs or ())]
        if len(default) < 2 or {g.value for g in default} <= set(self.default_graphs):
            return self._engine, [*default], [*named]
        merged = ox.Store()
        for graph in default:
            quads = self._engine.quads_for_pattern(None, None, None, graph)
            merged.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
        for graph in named:
            merged.bulk_extend(self._engine.quads_for_pattern(None, None, None, graph))
        return merged, [ox.DefaultGraph()], [*named]
