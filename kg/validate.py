"""Graphs and shapes → a report that tells a curator what is wrong, where, and what to do.

pySHACL over rdflib in memory is the engine of record (SHACL, W3C Recommendation 20 July 2017, with its
SPARQL-based constraints). By default a compiled engine does its work, which tests hold to the same reports.
Shapes and their messages stand in `shapes/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pyshacl
import pyshacl_turbo
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from kg import reach, violations
from kg.packed import Packed, in_stretches, to_lines, to_triples
from kg.reach import Reach, UnboundedError
from kg.terms import DEFAULT_BASE, PREFIXES
from kg.together import Together
from kg.violations import Reader, Report, Triple, Violation

RECORD, COMPILED = "pyshacl", "pyshacl-turbo"
ENGINES: dict[str, Callable[..., tuple[bool, Graph | Exception, str]]] = {
    RECORD: pyshacl.validate,
    COMPILED: pyshacl_turbo.validate,
}
SCHEMA_TEXT = URIRef(PREFIXES["schema"] + "text")

NOTHING: frozenset[bytes] = frozenset()
AT_HAND = 256  # documents that are checked by several threads before the next are opened
STRETCH = 200_000  # triples that are checked at a time: about 1 KiB each
SUB_CLASS = f" <{RDFS.subClassOf}> ".encode()


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """What one document gave: its name, its claims graph, its IRI and its text."""

    name: str
    graph: Packed
    iri: str
    text: str


def shacl(
    data: Graph, shapes: Graph, engine: str = COMPILED, nodes: Collection[Node] = ()
) -> Graph | Exception:
    """The validation report of an engine, on some nodes or on all, or why it gives none.

    Ill-typed literals are left to the engine of record: rdflib may have written them anew as it read them
    (`"none"^^xsd:boolean` is `false` to it, and remembered as ill-typed), which only pySHACL asks for.
    """
    if engine == COMPILED and any(isinstance(o, Literal) and o.ill_typed for o in data.objects()):
        engine = RECORD
    # The engine of record loses results where it is given nodes; names that are no web address are taken for CURIEs.
    given = engine == COMPILED and all(str(node).startswith("http") for node in nodes)
    focus = list(nodes) if given else None
    return ENGINES[engine](data, shacl_graph=shapes, advanced=False, focus_nodes=focus)[1]


class Validator:
    """Checks graphs against shapes. Safe to share between threads.

    `background` is what graphs are understood by: of the ontology the hierarchy of classes, and of things
    that other graphs describe, what they are. It is not itself checked. `engine` is one of ENGINES.
    """

    def __init__(
        self,
        shapes: Graph,
        background: Iterable[Graph] = (),
        engine: str = COMPILED,
        base: str = DEFAULT_BASE,
    ) -> None:
        self._shapes, self._engine, self._base = shapes, engine, base
        self._read = Reader.of(base)
        self._classes: list[Triple] = []
        self._types: dict[bytes, frozenset[bytes]] = {}
        self._met: dict[frozenset[bytes], frozenset[bytes]] = {}  # for each set of types the one that is held
        for graph in background:
            self._classes += graph.triples((None, RDFS.subClassOf, None))
            self.learn(to_lines(graph.triples((None, RDF.type, None))))

    def learn(self, types: Iterable[bytes]) -> None:
        """Take up what more things are, which graphs may point to, as lines of N-Triples."""
        for line in types:
            thing, _, kind = line.partition(b" ")
            found = self._types.get(thing, NOTHING) | {kind}
            self._types[thing] = self._met.setdefault(found, found)

    def document(self, told: DocumentGraph, beside: Iterable[Triple] = ()) -> Report:
        """Check one document's claims graph; its quotes are held against its text.

        `beside` is what more is known of the things in it than the background says.
        """
        quoted: Triple = (URIRef(told.iri), SCHEMA_TEXT, Literal(told.text))
        return self._check([told.graph], [quoted, *beside], told.name)

    def documents(self, told: Iterable[DocumentGraph], jobs: int = 1) -> Iterator[Report]:
        """The report of each document, in their order; several at once, as the engine computes beside Python."""
        with ThreadPoolExecutor(jobs) as pool:
            for some in in_stretches(told, AT_HAND):  # a pool takes up all that it is given before it begins
                yield from pool.map(self.document, some)

    def whole(self, graphs: Iterable[Iterable[Triple]], beside: Iterable[Triple] = ()) -> Report:
        """Check graphs together, for what goes wrong between documents; `beside` as above."""
        return self._check(graphs, beside, "")

    def together(self, graphs: Iterable[Packed]) -> Together:
        """Graphs as they are checked together."""
        checked = Packed.merging(graphs)
        things = (line.split(b" ", 2)[2][:-3] for line in checked.each())
        return Together(checked, Packed(self._described(things)))

    def all_of(self, told: Together) -> Report:
        """Check graphs together: all at once, or so many nodes at a time, each with what its verdict rests on."""
        if self._reach is None or len(told.checked) <= STRETCH:
            return self._check([told.checked], told.beside, "")
        found: list[Violation] = []
        for nodes in told.stretches(STRETCH):
            report = self._looked_at(nodes, told, self._reach)
            if report is None:
                return self._check([told.checked], told.beside, "")
            found += report.violations
        return Report(tuple(sorted(found)))

    def still(self, told: Together, before: Together) -> bool:
        """Whether graphs conform, now that they have changed since they did; only what that can matter to is
        checked, so True is sure, and False is not.
        """
        changed = told.changed(before)
        if self._reach is None or any(SUB_CLASS in line for line in changed):
            return not changed
        new = {line[: line.index(b" ")] for line in told.checked.minus(before.checked)}
        touched = self._reach.touched(changed, told.lines) | new
        touched = {one for line in told.checked.each() if (one := line[: line.index(b" ")]) in touched}
        report = self._looked_at(touched, told, self._reach)
        return report is not None and report.conforms

    def _looked_at(self, nodes: Collection[bytes], told: Together, reach_: Reach) -> Report | None:
        """Check some nodes by what their verdicts rest on; None where some are blank, whose labels do not last."""
        named = {URIRef(node[1:-1].decode()) for node in nodes if node.startswith(b"<")}
        around = to_triples({*reach_.around(nodes, told.lines)})
        return self._check([around], (), "", named) if len(named) == len(nodes) else None

    @cached_property
    def _reach(self) -> Reach | None:
        """How far the shapes look; None where nobody can tell."""
        try:
            return Reach.of(self._shapes, URIRef(f"{self._base}shapes#reads"))
        except UnboundedError:
            return None

    def fingerprint(self, graph: Packed, text: bytes, things: Iterable[bytes]) -> str:
        """A hash of all that a document's report depends on: while it stays, so does the report.

        `text` is a hash of its text; `things` are what its claims graph points to outside of itself.
        """
        content = hashlib.sha256(self._own_fingerprint)
        content.update(text + graph.sum + b"".join(sorted({*self._described(things)})))
        return content.hexdigest()

    @cached_property
    def edition(self) -> str:
        """A name for the rules: the shapes, the classes, the engine, and the code that applies them."""
        told = hashlib.sha256(self._own_fingerprint)
        for module in (__file__, reach.__file__, violations.__file__):
            told.update(Path(module).read_bytes())
        return told.hexdigest()

    @cached_property
    def _own_fingerprint(self) -> bytes:
        return f"{self._engine} {version(self._engine)}\n".encode() + _told([*self._shapes, *self._classes])

    def _described(self, things: Iterable[bytes]) -> Iterator[bytes]:
        """What things are, as lines of N-Triples, some perhaps more than once."""
        return (thing + b" " + kind for thing in things for kind in self._types.get(thing, NOTHING))

    def _check(
        self,
        graphs: Iterable[Iterable[Triple]],
        more: Iterable[Triple],
        name: str,
        nodes: Collection[Node] | None = None,
    ) -> Report:
        """What is wrong with nodes, or else with all that graphs tell of, in the light of what more there is."""
        data = Graph()  # in the default store, which the engine of record asks for
        for triple in chain.from_iterable(graphs):
            data.add(triple)
        checked = set(data.subjects()) if nodes is None else nodes
        if not checked:
            return Report()
        things = {f"<{thing}>".encode() for thing in set(data.objects()) if isinstance(thing, URIRef)}
        for triple in [*more, *self._classes, *to_triples({*self._described(things)})]:
            data.add(triple)
        results = shacl(data, self._shapes, self._engine, checked)
        if not isinstance(results, Graph):
            raise results
        return self._read.report(results, data, checked, name)


def _told(triples: Iterable[Triple]) -> bytes:
    return "\n".join(sorted({" ".join(term.n3() for term in triple) for triple in triples})).encode()
