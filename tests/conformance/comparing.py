"""When two answers are the same: as bags of solutions or as graphs, up to the names of blank nodes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Namespace, URIRef
from rdflib.term import BNode, Literal, Node

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Term]]


def rows(body: bytes, form: ox.QueryResultsFormat) -> bool | list[Row]:
    """A truth value, or the solutions of an answer; unbound variables leave no trace in a solution."""
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [v.value for v in found.variables]
    return [frozenset((n, term) for n in names if (term := s[n]) is not None) for s in found]


def rows_of_graph(path: Path, base: str) -> bool | list[Row]:
    """The solutions that a file tells in the vocabulary of result sets."""
    found = Graph().parse(path, publicID=base)
    truth = found.value(None, RS.boolean)
    if truth is not None:
        return next(str(o) == "true" for o in found.objects(None, RS.boolean))
    return [
        frozenset(
            (str(found.value(b, RS.variable)), _as_engine(found.value(b, RS.value)))
            for b in found.objects(solution, RS.binding)
        )
        for solution in found.objects(None, RS.solution)
    ]


def _as_engine(term: Node | None) -> Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    if isinstance(term, Literal):
        datatype = ox.NamedNode(term.datatype) if term.datatype and not term.language else None
        return ox.Literal(str(term), datatype=datatype, language=term.language)
    raise TypeError(term)


def same_rows(one: Iterable[Row], other: Iterable[Row]) -> bool:
    """Whether two bags of solutions are the same, up to blank nodes."""
    bags = [Counter(one), Counter(other)]
    if bags[0] == bags[1]:
        return True
    return _dataset(bags[0]) == _dataset(bags[1])


def _dataset(bag: Mapping[Row, int]) -> ox.Dataset:
    """A bag of solutions as a graph, with canonical names for its blank nodes."""
    made = ox.Dataset()
    for number, (row, times) in enumerate(bag.items()):
        node = ox.BlankNode(f"row{number}")
        made.add(ox.Quad(node, ox.NamedNode("urn:times"), ox.Literal(times)))
        for name, value in row:
            made.add(ox.Quad(node, ox.NamedNode(f"urn:var:{name}"), value))
    made.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return made


def dataset(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Quads with canonical names for their blank nodes."""
    made = ox.Dataset(quads)
    made.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return made


def canonical(solutions: Iterable[Row]) -> list[Row]:
    """The solutions with each number in the canonical form of its value, as the engine stores it."""
    return [frozenset((name, _stored(term)) for name, term in row) for row in solutions]


def _stored(term: Term) -> Term:
    store, name = ox.Store(), ox.NamedNode("urn:x")
    store.add(ox.Quad(name, name, term))
    return next(iter(store)).object


def csv_rows(body: bytes) -> Counter[frozenset[tuple[str, str]]]:
    """The lines of a CSV answer; CSV tells blank nodes by any name, so they all count as one."""
    lines = csv.DictReader(body.decode("utf-8").splitlines())
    return Counter(
        frozenset((n, "_:" if v.startswith("_:") else v) for n, v in line.items()) for line in lines
    )
