"""Graphs and shapes → a report that tells a curator what is wrong, where, and what to do.

pySHACL over rdflib in memory is the engine of record (SHACL, W3C Recommendation 20 July 2017, with its
SPARQL-based constraints). By default a compiled engine does its work, which tests hold to the same reports.
Shapes and their messages stand in `shapes/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyshacl
import pyshacl_turbo
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ENGINES: dict[str, Callable[..., tuple[bool, Graph, str]]] = {
    "pyshacl": pyshacl.validate,
    "pyshacl-turbo": pyshacl_turbo.validate,
}
SH = Namespace("http://www.w3.org/ns/shacl#")
RESULT = SH.ValidationResult
RESULT_PARTS = ("focusNode", "resultPath", "value", "sourceShape", "resultMessage")
SCHEMA_TEXT = URIRef("https://schema.org/text")


Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: the shape, the node, where in which document, and the words for a curator."""

    document: str
    node: str
    shape: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        """The violation in one paragraph."""
        place = f"document {self.document}: " if self.document else ""
        value = f" (found: {self.value})" if self.value else ""
        return f"{place}{self.message}{value}\n  node  {self.node}\n  shape {self.shape}"


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; graphs conform where it found nothing."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __add__(self, other: Report) -> Report:
        """Both reports in one, each violation once."""
        return Report(tuple(dict.fromkeys(self.violations + other.violations)))


class Validator:
    """Checks graphs against shapes.

    `background` is what graphs are understood by: of the ontology the hierarchy of classes, and of things
    that other graphs describe, what they are. It is not itself checked. `engine` is one of ENGINES.
    """

    def __init__(
        self, shapes: Graph, background: Iterable[Graph] = (), engine: str = "pyshacl-turbo"
    ) -> None:
        self._shapes, self._validate = shapes, ENGINES[engine]
        self._classes: list[Triple] = []
        self._types: dict[Node, list[Triple]] = defaultdict(list)
        for graph in background:
            self._classes += graph.triples((None, RDFS.subClassOf, None))
            for triple in graph.triples((None, RDF.type, None)):
                self._types[triple[0]].append(triple)

    def document(self, name: str, graph: Graph, iri: str, text: str) -> Report:
        """Check one document's claims graph; `iri` and `text` are the document's, for its quotes."""
        quoted: Triple = (URIRef(iri), SCHEMA_TEXT, Literal(text))
        return self._check([graph], [quoted], lambda _: name)

    def whole(self, documents: Mapping[str, Graph], others: Iterable[Graph]) -> Report:
        """Check all graphs together, for what goes wrong between them; `documents` are the claims graphs."""

        def naming(node: Node) -> str:
            at = (name for name, g in documents.items() if (node, None, None) in g or (None, None, node) in g)
            return ", ".join(sorted(at))

        return self._check([*documents.values(), *others], [], naming)

    def _check(
        self, graphs: Iterable[Graph], more: Iterable[Triple], naming: Callable[[Node], str]
    ) -> Report:
        data = Graph()
        for graph in graphs:
            data += graph
        checked = set(data.subjects())
        for triple in [
            *more,
            *self._classes,
            *(t for o in set(data.objects()) for t in self._types.get(o, ())),
        ]:
            data.add(triple)
        _, results, _ = self._validate(data, shacl_graph=self._shapes, advanced=False)
        violations = (_violation(results, result, naming) for result in results.subjects(RDF.type, RESULT))
        return Report(tuple(sorted(v for v, node in violations if node in checked)))


def _violation(results: Graph, result: Node, naming: Callable[[Node], str]) -> tuple[Violation, Node]:
    """A result of the SHACL report (SHACL 3.6.2) as a value, and its focus node."""
    told = {name: results.value(result, SH[name]) for name in RESULT_PARTS}
    node = told["focusNode"] or result
    path, value = (_words(told[name]) for name in ("resultPath", "value"))
    return (
        Violation(
            naming(node),
            _words(node),
            _words(told["sourceShape"]),
            path,
            value,
            _words(told["resultMessage"]),
        ),
        node,
    )


def _words(node: Node | None) -> str:
    """A node for reading; nothing for None, and for blank nodes, whose labels say nothing."""
    return "" if node is None or isinstance(node, BNode) else str(node)
