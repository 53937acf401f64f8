"""The readings of a corpus → its claims, facts and what is wrong with them, as distributed collections."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyspark import RDD, Broadcast, StorageLevel
from pyspark.sql import SparkSession
from rdflib import RDF, Graph, URIRef

from kg.cluster import claims
from kg.cluster.claims import BATCH, Judged, Known, Shared, batches
from kg.cluster.closure import triples
from kg.graph.facts import facts_graph
from kg.graph.identity import Told
from kg.graph.tables import Triple
from kg.iri import Mint
from kg.model import Reading
from kg.packed import Packed
from kg.publish.quads import canonical, quad_lines
from kg.validate import DocumentGraph
from kg.violations import Violation

SIZE = BATCH // 10  # documents whose graphs are put into canonical form together


@dataclass(frozen=True, slots=True)
class With:
    """A function of what processes share, to be called with the rest of its arguments in any of them."""

    shared: Broadcast[Any]
    do: Callable[..., Any]

    def __call__(self, *given: Any) -> Any:
        """What the function makes of that and of these."""
        return self.do(self.shared.value, *given)


class Corpus:
    """What some readings (by the names of their documents) say together.

    `documents` are (reading, claims with events, disputes) by name; `judged` the events; `facts` lines of N-Triples.
    """

    def __init__(
        self,
        spark: SparkSession,
        readings: RDD[tuple[str, Reading]],
        reviewed: Known,
        shared: Broadcast[Shared],
        known: Broadcast[Known],
    ) -> None:
        self._spark, self._reviewed, self._shared, self._known = spark, reviewed, shared, known
        self._parts = (
            readings.getNumPartitions()
        )  # of joins, too, which would else have as many as both sides
        blocks = readings.values().flatMap(With(shared, claims.by_block)).groupByKey().values()
        events = blocks.flatMap(With(shared, claims.events_in)).groupByKey()
        told = _kept(readings.leftOuterJoin(events, self._parts).mapValues(With(shared, _with_events)))
        spoken = told.values().flatMap(With(shared, _by_event)).groupByKey()
        self.judged = _kept(spoken.mapPartitions(With(known, claims.judged)))
        self.documents = told.leftOuterJoin(self.judged.flatMap(_disputes).groupByKey(), self._parts)
        named = self.judged.flatMap(claims.named_in).reduceByKey(claims.earliest).values()
        self.facts = _kept(
            self.judged.mapPartitions(With(known, claims.facts_of)).union(
                named.mapPartitions(With(known, claims.things_in))
            )
        )

    def quads(self) -> RDD[str]:
        """The claims graphs as lines of N-Quads."""
        return self.documents.values().mapPartitions(With(self._shared, _quads))

    def wrong_documents(self) -> RDD[tuple[str, Violation]]:
        """What is wrong within documents, by their names."""
        mentions = self.documents.values().flatMap(With(self._shared, _mentions))
        given = self.documents.leftOuterJoin(self._types_of(mentions), self._parts)
        return _kept(given.values().mapPartitions(With(self._known, _check_documents)))

    def wrong_facts(self) -> RDD[Violation]:
        """What is wrong with the facts of all, each thing or event with what its values are."""
        by_subject = self.facts.map(lambda line: (line.partition(" ")[0], line)).groupByKey()
        mentions = self.facts.flatMap(_mentioned)
        given = by_subject.leftOuterJoin(self._types_of(mentions), self._parts).values()
        return given.mapPartitions(With(self._known, _check_facts))

    def named(self) -> list[str]:
        """The things of the reference data that documents name."""
        subjects = self._spark.sparkContext.broadcast({str(s) for s in self._reviewed.reference.subjects()})
        found = self.documents.values().flatMap(With(self._shared, _mentions)).keys()
        facts = self.facts.flatMap(_mentioned).keys()
        return list(found.union(facts).filter(lambda thing: thing in subjects.value).distinct().collect())

    def support(self, subjects: Collection[str], lines: Collection[str]) -> dict[Triple, list[Told]]:
        """The accepted claims that give the facts of some subjects, and some facts (`s p o`)."""
        wanted = ({URIRef(subject) for subject in subjects}, set(triples(f"{line} ." for line in lines)))
        rows = self.judged.flatMap(With(self._shared, _Support(*wanted))).collect()
        found: dict[Triple, list[Told]] = {}
        for triple, one in rows:
            found.setdefault(triple, []).append(one)
        return found

    def _types_of(self, mentions: RDD[tuple[str, str]]) -> RDD[tuple[str, Iterable[tuple[str, str]]]]:
        """For who mentions things: what the documents take these for, as pairs of thing and class.

        It is a join of tables, as some things are mentioned everywhere, which Spark then sees to.
        """
        types = self.documents.values().flatMap(With(self._shared, _types))
        frames = (
            self._spark.createDataFrame(pairs, f"thing string, {name} string").distinct()
            for pairs, name in ((types, "kind"), (mentions, "by"))
        )
        kinds, by = frames
        met = by.join(kinds, "thing").select("by", "thing", "kind")
        return met.rdd.map(lambda row: (row[0], (row[1], row[2]))).groupByKey()


def _kept(some: RDD[Any]) -> RDD[Any]:
    """What is asked for more than once stays on the disks of those that made it."""
    return some.persist(StorageLevel.DISK_ONLY)


def _with_events(shared: Shared, given: tuple[Reading, Any]) -> tuple[Reading, tuple[Told, ...]]:
    return claims.with_events(shared, given[0], given[1] or ())


def _by_event(shared: Shared, given: tuple[Reading, tuple[Told, ...]]) -> Iterator[tuple[str, claims.Spoken]]:
    return claims.by_event(shared, *given)


def _disputes(one: Judged) -> Iterator[tuple[str, tuple[str, str]]]:
    return ((told.claim.document, (told.iri, claim)) for told, claim in one.disputes)


def _graph(shared: Shared, given: Any) -> tuple[Reading, Graph]:
    (reading, told), disputes = given
    return reading, claims.claims_of(shared, reading, told, disputes or ())


def _quads(shared: Shared, documents: Iterable[Any]) -> Iterator[str]:
    mint = Mint(shared.settings.base)
    for batch in batches(documents, SIZE):
        graphs = (_graph(shared, one) for one in batch)
        named = {mint.claims(reading.document.name): graph for reading, graph in graphs}
        yield from (line.decode().rstrip("\n") for line in quad_lines(canonical(named)))


def _types(shared: Shared, given: Any) -> Iterator[tuple[str, str]]:
    """The types that a document gives to things, but for its own stretches of text, which no other names."""
    reading, graph = _graph(shared, given)
    own = Mint(shared.settings.base).document(reading.document.name)
    return ((str(s), str(o)) for s, o in graph.subject_objects(RDF.type) if not str(s).startswith(own))


def _mentions(shared: Shared, given: Any) -> Iterator[tuple[str, str]]:
    reading, graph = _graph(shared, given)
    own = Mint(shared.settings.base).document(reading.document.name)
    named = {str(o) for o in graph.objects() if isinstance(o, URIRef) and not o.startswith(own)}
    return ((thing, reading.document.name) for thing in named)


def _mentioned(line: str) -> Iterator[tuple[str, str]]:
    """What a fact names, with its subject as it stands there."""
    subject, _, value = line.split(" ", 2)
    if value[0] == "<":
        yield value[1:-3], subject


def _check_documents(known: Known, given: Iterable[Any]) -> Iterator[tuple[str, Violation]]:
    validator, mint = known.validator(), Mint(known.settings.base)
    for document, types in given:
        reading, graph = _graph(known, document)
        name = reading.document.name
        one = DocumentGraph(name, Packed.of(graph), mint.document(name), reading.document.text)
        report = validator.document(one, _typed(types))
        yield from ((name, violation) for violation in report.violations)


def _check_facts(known: Known, given: Iterable[Any]) -> Iterator[Violation]:
    validator = known.validator()
    for batch in batches(given, BATCH):
        graph = Graph()
        for triple in triples(line for lines, _ in batch for line in lines):
            graph.add(triple)
        beside = (triple for _, types in batch for triple in _typed(types))
        yield from validator.whole([graph], beside).violations


def _typed(types: Iterable[tuple[str, str]] | None) -> Iterator[Triple]:
    return ((URIRef(thing), RDF.type, URIRef(kind)) for thing, kind in types or ())


@dataclass(frozen=True, slots=True)
class _Support:
    """Finds the claims of an event that give facts which are asked for."""

    subjects: set[URIRef]
    facts: set[Triple]

    def __call__(self, shared: Shared, one: Judged) -> Iterator[tuple[Triple, Told]]:
        for _, told in one.accepted:
            for triple in dict.fromkeys(facts_graph([told], shared.vocabulary, shared.nodes)):
                if triple[0] in self.subjects or triple in self.facts:
                    yield triple, told
