"""Which nodes a change can matter to, by the shapes: what a verdict rests on lies along the ways that shapes look.

A way is a walk from a node over properties, forwards or against them. Whatever a shape asks of a node (SHACL, sections
2 to 5), it learns from triples on such ways, the classes of what it meets among them; so where no triple on the ways
from a node has changed, its verdict stays. What SPARQL-based constraints look at they say beside themselves, as
`shape:reads` with property paths (SHACL 2.3.1). The hierarchy of classes is taken to stay as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.terms import PREFIXES

SH = Namespace(PREFIXES["sh"])

Step = tuple[bytes | None, bool]
"""A property as N-Triples writes it, None for any; whether it is followed from its object to its subject."""

Way = tuple[Step, ...]
Lines = Callable[[], Iterable[bytes]]
"""Gives the lines of a graph, as often as it is asked."""

TYPE: Way = ((f"<{RDF.type}>".encode(), False),)
INNER = {SH.property, SH.node, SH["not"], SH.qualifiedValueShape}  # their values are shapes
LISTED = {SH["and"], SH["or"], SH.xone}  # their values are lists of shapes
COMPARED = {
    SH.equals,
    SH.disjoint,
    SH.lessThan,
    SH.lessThanOrEquals,
}  # their values are properties of the node
TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
LOOKED_AT_ALONE = {
    *(
        SH.path,
        SH.minCount,
        SH.maxCount,
        SH["in"],
        SH.hasValue,
        SH.datatype,
        SH.nodeKind,
        SH.pattern,
        SH.flags,
    ),
    *(SH.minLength, SH.maxLength, SH.languageIn, SH.uniqueLang, SH.ignoredProperties, SH.qualifiedMinCount),
    *(
        SH.minInclusive,
        SH.maxInclusive,
        SH.minExclusive,
        SH.maxExclusive,
        SH.qualifiedMaxCount,
        SH.targetNode,
    ),
    *(SH.message, SH.severity, SH.deactivated, SH.name, SH.description, SH.order, SH.group, SH.defaultValue),
}  # what asks for no more than the values of the path


class UnboundedError(ValueError):
    """A shape that may look at anything, so that no change can be told not to matter to it: what it says."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways that shapes look."""

    ways: frozenset[Way]

    @classmethod
    def of(cls, shapes: Graph, reads: URIRef) -> Reach:
        """Of all shapes in a graph; `reads` is the property by which constraints in SPARQL say what they look at.

        Raises UnboundedError.
        """
        kinds = set(shapes.objects(None, RDF.type))
        if foreign := kinds & {SH.ConstraintComponent, SH.JSConstraint, SH.TripleRule, SH.SPARQLRule}:
            raise UnboundedError(str(min(map(str, foreign))))
        typed = (shapes.subjects(RDF.type, kind) for kind in (SH.NodeShape, SH.PropertyShape))
        found = {shape for some in typed for shape in some}
        found |= {shape for target in TARGETS for shape in shapes.subjects(target)}
        reader = _Reader(shapes, reads)
        return cls(frozenset({way for shape in found for way in reader.shape(shape, ())}))

    def touched(self, changed: Iterable[bytes], lines: Lines) -> set[bytes]:
        """The nodes whose verdict may be another once lines are added to a graph or taken from it.

        `lines` are those of the graph as it is after that: what the verdict on a node rests on, it reaches up
        to the first change over what has not changed.
        """
        looked: dict[bytes | None, set[tuple[Way, bool]]] = defaultdict(set)
        for way in self.ways:
            for n, (predicate, inverse) in enumerate(way):
                looked[predicate].add((way[:n], inverse))
        found: dict[Way, set[bytes]] = defaultdict(set)
        for line in changed:
            subject, predicate, value = _parts(line)
            for before, inverse in looked[predicate] | looked[None]:
                found[before].add(value if inverse else subject)
        touched = found.pop((), set())
        while found:
            steps = [((way[-1][0], not way[-1][1]), way[:-1], nodes) for way, nodes in found.items()]
            found = defaultdict(set)
            for _, before, node in _stepped(steps, lines()):
                found[before].add(node)
            touched |= found.pop((), set())
        return touched

    def around(self, nodes: Iterable[bytes], lines: Lines) -> list[bytes]:
        """The lines that the verdicts on nodes rest on."""
        found, gathered = {way: set(nodes) for way in self.ways}, list[bytes]()
        while found:
            steps = [(way[0], way[1:], at) for way, at in found.items()]
            found = defaultdict(set)
            for line, further, node in _stepped(steps, lines()):
                gathered.append(line)
                if further:
                    found[further].add(node)
        return gathered


def _stepped(
    steps: Iterable[tuple[Step, Way, set[bytes]]], lines: Iterable[bytes]
) -> Iterator[tuple[bytes, Way, bytes]]:
    """Each line that is a step from one of some nodes, with the way that each step stands for, and where it leads."""
    by: dict[bytes | None, list[tuple[bool, Way, set[bytes]]]] = defaultdict(list)
    for (predicate, inverse), way, nodes in steps:
        by[predicate].append((inverse, way, nodes))
    anything = by.pop(None, [])
    for line in lines:
        subject, predicate, value = _parts(line)
        for inverse, way, nodes in (*by.get(predicate, ()), *anything):
            start, end = (value, subject) if inverse else (subject, value)
            if start in nodes:
                yield line, way, end


def _parts(line: bytes) -> tuple[bytes, bytes, bytes]:
    subject, predicate, value = line.split(b" ", 2)
    return subject, predicate, value[:-3]


class _Reader:
    """Reads off shapes where they look."""

    def __init__(self, shapes: Graph, reads: URIRef) -> None:
        self._shapes, self._reads = shapes, reads

    def shape(self, shape: Node, within: tuple[Node, ...]) -> set[Way]:
        """The ways that a shape looks from a node that it checks, or that it is to find; `within` other shapes."""
        if shape in within:
            raise UnboundedError(f"{shape} asks for itself")
        path = self._shapes.value(shape, SH.path)
        values = {()} if path is None else self._path(path)
        found = set(values) | {TYPE} if (shape, RDF.type, RDFS.Class) in self._shapes else set(values)
        for predicate, value in self._shapes.predicate_objects(shape):
            if predicate in COMPARED or predicate in (SH.targetSubjectsOf, SH.targetObjectsOf):
                found.add((_step(value, predicate == SH.targetObjectsOf),))
            elif predicate == SH.targetClass:
                found.add(TYPE)
            elif predicate == SH.sparql:
                found |= self._read(value)
            else:
                found |= {v + way for v in values for way in self._asked(predicate, value, (*within, shape))}
        return found - {()}

    def _asked(self, predicate: Node, value: Node, within: tuple[Node, ...]) -> set[Way]:
        """The ways that a constraint looks from each value of a shape's path."""
        if predicate == SH["class"]:
            return {TYPE}
        if predicate == SH.closed:
            return {((None, False),)}
        if predicate in INNER:
            return self.shape(value, within)
        if predicate in LISTED:
            return {way for one in Collection(self._shapes, value) for way in self.shape(one, within)}
        if predicate in LOOKED_AT_ALONE or not str(predicate).startswith(SH):
            return set()
        raise UnboundedError(f"{within[-1]} {predicate}")

    def _read(self, constraint: Node) -> set[Way]:
        paths = list(self._shapes.objects(constraint, self._reads))
        if not paths:
            raise UnboundedError(f"{constraint} does not say what it reads")
        return {way for path in paths for way in self._path(path)}

    def _path(self, path: Node) -> set[Way]:
        """The ways that a property path goes (SHACL 2.3.1)."""
        if isinstance(path, URIRef) and path != RDF.nil:
            return {(_step(path, inverse=False),)}
        if (path, RDF.first, None) in self._shapes:
            ways: set[Way] = {()}
            for part in Collection(self._shapes, path):
                ways = {way + more for way in ways for more in self._path(part)}
            return ways
        told = dict(self._shapes.predicate_objects(path)) if isinstance(path, BNode) else {}
        if SH.inversePath in told:
            ways = self._path(told[SH.inversePath])
            return {tuple((p, not inverse) for p, inverse in reversed(way)) for way in ways}
        if SH.alternativePath in told:
            return {w for one in Collection(self._shapes, told[SH.alternativePath]) for w in self._path(one)}
        if SH.zeroOrOnePath in told:
            return {(), *self._path(told[SH.zeroOrOnePath])}
        raise UnboundedError(f"path {path}")


def _step(predicate: Node, inverse: bool) -> Step:
    return predicate.n3().encode(), inverse
