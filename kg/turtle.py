"""Reads the Turtle files that people review: ontology, reference data, links and shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import count
from pathlib import Path

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.terms import DEFAULT_BASE, rebased

STRING = str(XSD.string)  # which rdflib leaves out, and holds for another literal where it stands


class TurtleError(ValueError):
    """A file of Turtle that cannot be read, or a folder without any: which, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def graph_of(triples: Iterable[tuple[Node, Node, Node]] = ()) -> Graph:
    """Triples as a graph, in a store twice as fast as the default, which allows for contexts."""
    graph = Graph(store="SimpleMemory")
    for triple in triples:
        graph.add(triple)
    return graph


def read_turtle(files: Iterable[Path], base: str = DEFAULT_BASE) -> Graph:
    """All triples of the files, with our own IRIs under the given base. Raises TurtleError.

    The files are parsed by the compiled engine, several times as fast as by rdflib; literals keep their form.
    """
    graph, node = graph_of(), to_rdflib()
    for file in files:
        try:
            text = rebased(file, base)
            for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
        except SyntaxError as error:
            raise TurtleError(file, str(error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise TurtleError(file, f"cannot be read: {error}") from error
    return graph


def labelled(graph: Graph) -> Graph:
    """The graph with its blank nodes labelled by RDFC-1.0: the same in every run."""
    made, term = graph_of(), to_engine()
    blank = ox.Dataset()
    for s, p, o in graph:
        if isinstance(s, BNode) or isinstance(o, BNode):
            blank.add(ox.Quad(term(s), engine_name(p), term(o)))  # type: ignore[arg-type]  # no literal is a subject
        else:
            made.add((s, p, o))
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    node = to_rdflib()
    for quad in blank:
        s, p, o = (
            BNode(one.value) if isinstance(one, ox.BlankNode) else node(one)
            for one in (quad.subject, quad.predicate, quad.object)
        )
        made.add((s, p, o))
    return made


def turtle_files(folder: Path) -> list[Path]:
    """The Turtle files of a folder in the order of their names; raises TurtleError where there are none."""
    found = sorted(folder.glob("*.ttl"))
    if not found:
        raise TurtleError(folder, "no Turtle files (*.ttl) here")
    return found


def to_rdflib() -> Callable[[object], Node]:
    """A function from the engine's terms to rdflib's, which keeps those it has met.

    Blank nodes are numbered in the order they are met.
    """
    numbers = count()

    @cache
    def convert(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.Literal):
            plain = term.language or term.datatype.value == STRING
            datatype = None if plain else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        if isinstance(term, ox.BlankNode):
            return BNode(f"b{next(numbers)}")
        raise TypeError(f"no place in an RDF 1.1 graph for {term}")

    return convert


def to_engine() -> Callable[[Node], ox.NamedNode | ox.BlankNode | ox.Literal]:
    """A function from rdflib's terms to the engine's; blank nodes stay apart from those of other such functions."""

    @cache
    def blank(_: Node) -> ox.BlankNode:
        return ox.BlankNode()

    def convert(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if isinstance(term, Literal):
            return _literal(term)
        return engine_name(term) if isinstance(term, URIRef) else blank(term)

    return convert


@lru_cache(1 << 16)
def engine_name(node: Node) -> ox.NamedNode:
    """An IRI as the engine has it."""
    return ox.NamedNode(str(node))


def _literal(node: Literal) -> ox.Literal:
    """The literal as the engine has it; RDF 1.1 gives a literal a language or a datatype (section 3.3)."""
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=engine_name(node.datatype) if node.datatype else None)
