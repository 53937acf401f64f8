"""What validation finds: the results of a SHACL report as values, with the words of the document that are wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.paths import Path
from rdflib.term import Node

from kg.model import Evidence, Span
from kg.terms import PREFIXES

SH, OA = Namespace(PREFIXES["sh"]), Namespace(PREFIXES["oa"])
Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: the shape, the node, where in which document, and the words for a curator.

    `document` is empty where no single one is to blame. `evidence` are the words of the document that the
    node was read from; `result` is the violation in the terms of SHACL (3.6.2).
    """

    document: str
    node: str
    shape: str
    path: str
    value: str
    message: str
    evidence: Evidence | None = field(default=None, compare=False)
    result: tuple[Triple, ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        """The violation in one paragraph."""
        place = f"document {self.document}: " if self.document else ""
        value = f" (found: {self.value})" if self.value else ""
        quote = f"\n  words “{self.evidence.exact}”" if self.evidence else ""
        return f"{place}{self.message}{value}{quote}\n  node  {self.node}\n  shape {self.shape}"


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


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the reports of engines; `ways` lead from things to the stretches of text that they were read from."""

    ways: tuple[Path | URIRef, ...]

    @classmethod
    def of(cls, base: str) -> Reader:
        """A reader for the data sets under a base IRI: the ways from claims, events, participations and things."""
        ent = Namespace(f"{base}ontology#")
        return cls(
            (
                ent.evidence,
                ~ent.claims / ent.evidence,
                ent.namedAt,
                ~ent.participation / ent.evidence,
                ~ent.filler / ent.namedAt,
            )
        )

    def report(self, results: Graph, data: Graph, checked: Collection[Node], name: str) -> Report:
        """What a SHACL report (3.6) says of the nodes that were checked, in order.

        `data` is what was validated; `name` the document it was read from, empty where there is no single one.
        """
        found = (result for result in results.subjects(RDF.type, SH.ValidationResult))
        focused = ((result, results.value(result, SH.focusNode)) for result in found)
        told = (self._violation(results, r, node, data, name) for r, node in focused if node in checked)
        return Report(tuple(sorted(told)))

    def _violation(
        self, results: Graph, result: Node, node: Node | None, data: Graph, name: str
    ) -> Violation:
        """A result of the SHACL report (SHACL 3.6.2) as a value."""
        parts = ("sourceShape", "resultPath", "value", "resultMessage")
        shape, path, value, message = (results.value(result, SH[part]) for part in parts)
        return Violation(
            document=name,
            node=_words(node),
            shape=_words(shape),
            path=_words(path),
            value=_words(value),
            message=_words(message),
            evidence=self._evidence(value, node, data),
            result=tuple(_description(results, result)),
        )

    def _evidence(self, value: Node | None, node: Node | None, data: Graph) -> Evidence | None:
        """The words that are wrong themselves, else those that the node was read from, else those of the value.

        Of several the first in the text.
        """
        named = [one for one in (node, value) if isinstance(one, URIRef)]
        ways = [data.objects(one, way) for one in named for way in self.ways]
        for stretches in (iter(reversed(named)), *ways):
            found = [evidence for stretch in stretches if (evidence := _evidence_at(stretch, data))]
            if found:
                return min(found, key=lambda evidence: evidence.span)
        return None


def _evidence_at(stretch: Node, data: Graph) -> Evidence | None:
    """The evidence that a node describes, if it does."""
    start, end, exact = (data.value(stretch, OA[part]) for part in ("start", "end", "exact"))
    if not (isinstance(start, Literal) and isinstance(end, Literal) and exact is not None):
        return None
    if not (isinstance(start.value, int) and isinstance(end.value, int)):
        return None
    return Evidence(Span(start.value, end.value), str(exact))


def _description(graph: Graph, node: Node) -> Iterator[Triple]:
    """What a graph says of a node, and of the blank nodes in it."""
    for s, p, o in graph.triples((node, None, None)):
        yield s, p, o
        if isinstance(o, BNode):
            yield from _description(graph, o)


def _words(node: Node | None) -> str:
    """A node for reading; nothing for None, and for blank nodes, whose labels say nothing."""
    return "" if node is None or isinstance(node, BNode) else str(node)
