"""A build on a cluster: documents from any file system in, N-Quads for a store's bulk loader out.

out/quads/{known,claims,facts,inferred}-NNNNN.nq.gz
out/fates.jsonl-NNNNN.gz      what became of each document
out/manifest.json             written last: a build is whole where it stands
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, TypeAlias, TypeVar

import msgspec
from pyspark import RDD, StorageLevel
from pyspark.sql import SparkSession

from kg.cluster.claims import Known, Shared, reference_of
from kg.cluster.closure import Clash, Reasoning, triples
from kg.cluster.corpus import Corpus
from kg.cluster.documents import Load, mapped
from kg.cluster.session import ClusterError, Files, session
from kg.iri import Mint, slug
from kg.mapper import load_mapper
from kg.model import Reading
from kg.pipeline import Knowledge
from kg.pipeline.blame import CONSISTENCY, Blame
from kg.pipeline.fates import Fate, Outcome, settled
from kg.pipeline.readings import HeldReading
from kg.publish.quads import canonical, quad_lines
from kg.reason import sentences
from kg.reason.closure import Closure
from kg.reason.publishable import foreign_identity
from kg.settings import Settings
from kg.tracing import begin, span
from kg.violations import Violation
from kg.watching import Watch

GZIP = "org.apache.hadoop.io.compress.GzipCodec"
WORK, MANIFEST = "work", "manifest.json"
T = TypeVar("T")
Held: TypeAlias = "RDD[tuple[str, str]]"
"""Documents that are held back, by name, and why."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be built where: `places` and `out` are addresses of Hadoop file systems, or local paths."""

    settings: Settings
    master: str
    places: Sequence[str]
    out: str
    knowledge: Knowledge
    load: Load = field(default=load_mapper)


def build(task: Task, watch: Watch) -> dict[str, int]:
    """Build, and tell how many documents, claims, facts and triples there are.

    Raises ClusterError where Spark cannot do it, where what is known contradicts itself, or where more documents would
    be held back than the settings allow.
    """
    begin()
    with session(task.master) as spark, span("build", {"entente.engine": "spark"}):
        files = Files(spark, task.out)
        if files.exists(MANIFEST):
            raise ClusterError(f"{task.out} holds a build already; name another folder")
        for left in (WORK, "quads", "fates"):
            files.remove(left)
        counts = _Build(task, spark, files, watch).run()
        files.remove(WORK)
        files.write(MANIFEST, json.dumps({"base": task.settings.base, "counts": counts}, indent=2) + "\n")
        return counts


class _Build:
    """One build, in its session."""

    def __init__(self, task: Task, spark: SparkSession, files: Files, watch: Watch) -> None:
        self._task, self._spark, self._files, self._watch = task, spark, files, watch
        self._settings, self._knowledge = task.settings, task.knowledge
        self._attempts = count()
        self._reviewed = Known.of(task.settings, task.knowledge)
        shared = Shared(task.settings, self._reviewed.vocabulary)
        self._everywhere = tuple(map(spark.sparkContext.broadcast, (shared, self._reviewed)))
        is_foreign = foreign_identity(task.settings.base)
        self._known = Closure(
            task.knowledge.ontology
        )  # first alone, so that rules are made special to it once
        self._known.add(triple for triple in task.knowledge.reference if not is_foreign(triple))
        if found := self._known.refutations():
            raise ClusterError(
                f"ontology and reference data contradict themselves: {sentences()[found[0].rule]}"
            )

    def run(self) -> dict[str, int]:
        """All stages, in their order."""
        settled_ = self._done("Mapping", self._map)
        fates: RDD[Fate] = settled_.flatMap(lambda one: one[0])
        readings: RDD[tuple[str, Reading]] = settled_.flatMap(_reading)
        held: Held = self._spark.sparkContext.emptyRDD()
        total, bad = fates.count(), fates.filter(lambda fate: fate.outcome.bad).count()
        while True:
            self._refuse_too_many(bad + held.count(), total)
            left = readings.subtractByKey(held, readings.getNumPartitions()) if held.count() else readings
            if not left.count():
                raise ClusterError("no document is left that could be published")
            corpus = Corpus(self._spark, left, self._reviewed, *self._everywhere)
            wrong = self._done("Validating", self._wrong, corpus)
            if not wrong.count():
                reasoning = self._done("Reasoning", self._reason, corpus)
                wrong = self._blamed(corpus, self._contradictions(reasoning))
                if not wrong.count():
                    break
            held = held.union(wrong).reduceByKey(min, 1).persist(StorageLevel.DISK_ONLY)
        return self._done("Publishing", self._write, corpus, reasoning, fates, held)

    def _done(self, stage: str, do: Callable[..., T], *given: Any) -> T:
        self._watch(stage, 0, 1)
        with span(stage, {}):
            done = do(*given)
        self._watch(stage, 1, 1)
        return done

    def _map(self) -> RDD[tuple[list[Fate], list[Reading]]]:
        """Map, and keep what came of it in the file system, where the death of a process does not reach it."""
        task, place = self._task, self._files.at(f"{WORK}/readings")
        mapped(self._spark, task.places, task.settings, task.load).saveAsPickleFile(place)
        found = self._spark.sparkContext.pickleFile(place)
        return (
            found.map(_by_address).groupByKey().mapValues(_settled).values().persist(StorageLevel.DISK_ONLY)
        )

    def _refuse_too_many(self, bad: int, total: int) -> None:
        bound = self._settings.most_held_back
        if bad * 100 > bound * total:
            raise ClusterError(
                f"{bad} of {total} documents would be held back, more than the {bound} percent that are allowed; "
                "correct them, or set ENTENTE_MOST_HELD_BACK or --most-held-back higher"
            )

    def _wrong(self, corpus: Corpus) -> Held:
        """The documents to hold back: for what is wrong in them, else for what is wrong between them."""
        within = corpus.wrong_documents()
        if within.count():
            return within.mapValues(str).reduceByKey(min)
        named = reference_of(self._reviewed, corpus.named())
        known = self._reviewed.validator().whole([named])
        between = [*known.violations, *corpus.wrong_facts().collect()]
        return self._blamed(corpus, [(violation, ()) for violation in between])

    def _reason(self, corpus: Corpus) -> Reasoning:
        facts = self._spark.createDataFrame(corpus.facts.map(lambda line: (line,)), "line string")
        place = self._files.at(f"{WORK}/closure-{next(self._attempts)}")
        return Reasoning(self._spark, self._known, facts, place)

    def _contradictions(self, reasoning: Reasoning) -> list[tuple[Violation, frozenset[str]]]:
        """Clashes as violations, each with the asserted facts that it rests on."""
        if not reasoning.clashes:
            return []
        grounds = reasoning.grounds({fact for clash in reasoning.clashes for fact in clash.premises})
        return [
            (self._violation(clash), frozenset().union(*(grounds[fact] for fact in clash.premises)))
            for clash in reasoning.clashes
        ]

    def _violation(self, clash: Clash) -> Violation:
        words = f"{sentences()[clash.rule]} ({clash.rule}): {' . '.join(clash.premises)}"
        node = clash.premises[-1].partition(" ")[0].strip("<>")
        return Violation("", node, f"{self._settings.base}{CONSISTENCY}", "", "", words)

    def _blamed(self, corpus: Corpus, found: Sequence[tuple[Violation, Iterable[str]]]) -> Held:
        """The documents to blame, with why. Raises ClusterError for what none is to blame for."""
        context = self._spark.sparkContext
        if not found:
            return context.emptyRDD()
        nodes = {violation.node for violation, grounds in found if not grounds}
        support = corpus.support(nodes, {fact for _, grounds in found for fact in grounds})
        blame, named = Blame(support, frozenset()), list[Violation]()
        for violation, grounds in found:
            facts = triples(f"{fact} ." for fact in sorted(grounds))
            named += blame.for_clash(violation, facts) if grounds else blame.for_violation(violation)
        if nobodys := [str(violation) for violation in named if not violation.document]:
            raise ClusterError("\n".join(("not published, no document is to blame:", *nobodys)))
        return context.parallelize([(one.document, str(one)) for one in named]).reduceByKey(min)

    def _write(self, corpus: Corpus, reasoning: Reasoning, fates: RDD[Fate], held: Held) -> dict[str, int]:
        """Write all graphs and what became of each document; how much of what there is."""
        mint, known, context = Mint(self._settings.base), self._knowledge, self._spark.sparkContext
        texts = {"ontology": known.ontology, "reference": known.reference}
        texts |= {"lexicon": known.lexicon, **known.links}
        reviewed = quad_lines(canonical({mint.graph(name): graph for name, graph in texts.items()}))
        graphs = {
            "known": context.parallelize([line.decode().rstrip("\n") for line in reviewed]),
            "claims": corpus.quads(),
            "facts": corpus.facts.map(_In(mint.graph("facts"))),
            "inferred": reasoning.inferred(mint.base).map(_In(mint.graph("inferred"))),
        }
        for name, lines in graphs.items():
            self._save(lines, f"quads/{name}", ".nq.gz")
        ended = (
            fates.keyBy(_document).leftOuterJoin(held).values().map(_ended).persist(StorageLevel.DISK_ONLY)
        )
        self._save(ended.map(_json), "fates/fates", ".jsonl.gz")
        outcomes = ended.map(lambda fate: fate.outcome).countByValue()
        return {
            "documents": outcomes[Outcome.PUBLISHED],
            "held back": sum(count for outcome, count in outcomes.items() if outcome.bad),
            "claims": corpus.documents.values().map(lambda one: len(one[0][1])).sum(),
            "facts": corpus.judged.filter(lambda one: one.accepted).count(),
            "asserted": graphs["known"].count() + graphs["claims"].count() + graphs["facts"].count(),
            "inferred": graphs["inferred"].count(),
        }

    def _save(self, lines: RDD[str], name: str, ending: str) -> None:
        aside = f"{WORK}/{name}"
        lines.saveAsTextFile(self._files.at(aside), GZIP)
        self._files.take(aside, name, ending)


@dataclass(frozen=True, slots=True)
class _In:
    """Puts a line of N-Triples into a graph."""

    graph: str

    def __call__(self, line: str) -> str:
        return f"{line[:-1]}<{self.graph}> ."


def _by_address(made: tuple[str, bytes]) -> tuple[str, tuple[str, HeldReading]]:
    """What was made of a document by the address that it would have; one that cannot be read stays alone."""
    place, found = made[0], HeldReading.of(made[1])
    return slug(found.name) if found.name else f"/{place}", (place, found)


def _settled(found: Iterable[tuple[str, HeldReading]]) -> tuple[list[Fate], list[Reading]]:
    fates, held = settled((place, one, False) for place, one in found)
    return fates, [one.reading() for one in held]


def _reading(one: tuple[list[Fate], list[Reading]]) -> Iterator[tuple[str, Reading]]:
    return ((reading.document.name, reading) for reading in one[1])


def _document(fate: Fate) -> str:
    return fate.document if fate.outcome is Outcome.PUBLISHED else ""


def _ended(given: tuple[Fate, str | None]) -> Fate:
    fate, why = given
    return replace(fate, outcome=Outcome.HELD_BACK, reason=why) if why else fate


def _json(fate: Fate) -> str:
    return msgspec.json.encode(fate).decode()
