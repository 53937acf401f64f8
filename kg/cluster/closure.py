"""What facts imply together with what is known: semi-naive rounds of joins over tables of terms.

The ontology and the reference data are closed in memory, which makes the rules special to them. Facts come as new;
each round joins what the round before found with all there is. What a round finds is written out and read again: so
plans do not grow from round to round, and what died with a process is not worked out from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from operator import itemgetter

import pyoxigraph as ox
from pyspark import RDD
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as f
from rdflib import OWL, RDF, Literal, URIRef
from rdflib.term import Node

from kg.cluster.joins import PLACES, Key, Shape, concluded, key, refuted, shapes
from kg.cluster.kept import FACT, Kept
from kg.cluster.session import ClusterError
from kg.reason.closure import Closure
from kg.reason.datatypes import IllTypedError, is_in, value_of
from kg.reason.publishable import publishable
from kg.reason.value import Triple
from kg.turtle import to_rdflib

TYPE, SAME = f"<{RDF.type}>", f"<{OWL.sameAs}>"
CLASHES = 1_000  # that are told at once
TOGETHER = 8  # joins in one plan: each more of them costs the driver time and memory, each plan a job


@dataclass(frozen=True, slots=True)
class Clash:
    """An inconsistency: the rule that ends in 'false', and the facts that met in it, as `s p o`."""

    rule: str
    premises: tuple[str, ...]


class Reasoning:
    """The closure of facts, a table of lines of N-Triples, over what is known; it is kept at a place.

    Raises ClusterError where facts bring axioms, for which the rules would have to be made anew.
    """

    def __init__(self, spark: SparkSession, known: Closure, facts: DataFrame, place: str) -> None:
        self._spark, self._known, self._kept = spark, known, Kept(spark, place)
        self._shapes = shapes(known.instances, lambda number: word(known.facts.terms[number]))
        base = self._kept.add(spark.createDataFrame([(*map(word, t), None) for t in known.triples()], FACT))
        self.asserted = self._kept.add(_columns(facts))
        typed = self._kept.add(self._typed())
        self.clashes: list[Clash] = []
        self._rounds(self.asserted.unionByName(typed).join(base, PLACES, "left_anti"))

    @property
    def all(self) -> DataFrame:
        """All that holds, with the premises of what was found."""
        return self._kept.all

    def inferred(self, base: str) -> RDD[str]:
        """The lines of what is inferred and worth publishing: by the joins, or over what is known alone."""
        says_something = publishable(base)
        before = [(*map(word, triple),) for triple in self._known.inferred() if says_something(triple)]
        known = self._spark.createDataFrame(before, "s string, p string, o string")
        here = self.all.where("because IS NOT NULL").select(*PLACES)
        new = known.join(self.asserted.select(*PLACES), PLACES, "left_anti").unionByName(here)
        lines = new.where(~f.col("s").startswith('"')).select(f.concat_ws(" ", *PLACES, f.lit(".")))
        return lines.rdd.map(itemgetter(0)).mapPartitions(partial(_publishable, base))

    def grounds(self, wanted: Iterable[str]) -> dict[str, frozenset[str]]:
        """The asserted facts that some facts rest on by the steps that found them, for each."""
        steps: dict[str, list[str]] = {}
        waiting = set(wanted)
        while waiting:
            rows = self._spark.createDataFrame([(one,) for one in waiting], "fact string")
            fact = self.all.select(f.concat_ws(" ", "s", "p", "o").alias("fact"), "because")
            found = fact.where("because IS NOT NULL").join(f.broadcast(rows), "fact").collect()
            steps |= {one: [] for one in waiting} | {row.fact: row.because.split("\n") for row in found}
            waiting = set(chain.from_iterable(steps.values())) - steps.keys()
        return {one: frozenset(_leaves(one, steps)) for one in wanted}

    def _typed(self) -> DataFrame:
        """The datatypes of literals, as far as rules ask for them (dt-type2)."""
        literals = self.asserted.select("o").where(f.col("o").startswith('"')).distinct()
        typed = literals.rdd.mapPartitions(partial(_typed, tuple(self._known.datatypes)))
        return self._spark.createDataFrame(typed, FACT)

    def _rounds(self, new: DataFrame) -> None:
        present = {(row.p, row.o) for row in _keys(self.all).collect()}
        literal = f.col("s").startswith('"') | f.col("o").startswith('"')
        while True:
            fresh = {(row.p, row.o) for row in _keys(new).collect()}
            if not fresh:
                return
            self._refuse_axioms(fresh)
            present |= fresh
            wrong = new.where(literal).rdd.mapPartitions(_refuted).take(CLASHES)
            self.clashes += (Clash(rule, (fact,)) for rule, fact in wrong)
            new = self._kept.add(self._round(new, fresh, present))

    def _round(self, new: DataFrame, fresh: set[Key], present: set[Key]) -> DataFrame:
        """What follows from new facts in one step, and is not known."""
        new.createOrReplaceTempView("new")
        self.all.createOrReplaceTempView("known")
        live = [
            (shape, place, among)
            for shape, rows in self._shapes.items()
            for place in range(len(shape.body))
            if (among := [row for row in rows if _is_live(shape, place, row, fresh, present)])
        ]
        for query in _together(refuted(*one) for one in live if not one[0].heads):
            found = self._spark.sql(query).distinct().take(CLASHES)
            self.clashes += (Clash(row.rule, tuple(row.because.split("\n"))) for row in found)
        found = Kept(self._spark, f"{self._kept.place}/round-{len(self._kept)}")
        for query in _together(concluded(*one, SAME) for one in live if one[0].heads):
            found.add(self._spark.sql(query))
        if not len(found):
            return new.limit(0)
        once = found.all.groupBy(*PLACES).agg(f.min("because").alias("because"))
        return once.join(self.all, PLACES, "left_anti")

    def _refuse_axioms(self, fresh: set[Key]) -> None:
        axioms = {(word(p), word(c) if c else "") for p, c in self._known.axioms()}
        if brought := {(p, o) for p, o in fresh if (p, "") in axioms or (p, o) in axioms}:
            told = ", ".join(f"{p} {o}".strip() for p, o in sorted(brought))
            raise ClusterError(
                f"facts bring axioms ({told}); write them into the ontology, or build on one machine"
            )


def _together(queries: Iterable[str]) -> Iterator[str]:
    """Queries for rows of one kind, some at a time as one."""
    waiting = iter(queries)
    while some := list(islice(waiting, TOGETHER)):
        yield " UNION ALL ".join(some)


def word(term: Node) -> str:
    """A term in N-Triples."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, Literal):
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        given = {"language": term.language} if term.language else {"datatype": datatype}
        return str(ox.Literal(str(term), **given))
    return f"_:{term}"


def _columns(facts: DataFrame) -> DataFrame:
    """Lines of N-Triples as columns of terms."""
    parts = f.split(f.col(facts.columns[0]), " ", 3)
    return facts.select(
        parts[0].alias("s"),
        parts[1].alias("p"),
        f.regexp_replace(parts[2], r" \.$", "").alias("o"),
        f.lit(None).cast("string").alias("because"),
    )


def _keys(facts: DataFrame) -> DataFrame:
    """The relations of facts: properties, and classes."""
    class_ = f.when(f.col("p") == TYPE, f.col("o")).otherwise("")
    return facts.select("p", class_.alias("o")).distinct()


def _is_live(shape: Shape, place: int, row: tuple[str, ...], fresh: set[Key], present: set[Key]) -> bool:
    """Whether an instance can find anything with the atom at a place among new facts."""

    def some(atom: tuple[str, str, str], among: set[Key]) -> bool:
        p, o = key(atom, row, TYPE)
        return not p or ((p, o) in among if o else any(p == one for one, _ in among))

    rest = (atom for n, atom in enumerate(shape.body) if n != place)
    return some(shape.body[place], fresh) and all(some(atom, present) for atom in rest)


def _leaves(fact: str, steps: Mapping[str, list[str]]) -> Iterator[str]:
    """The facts at the ends of the steps to one."""
    if not steps[fact]:
        yield fact
    for premise in steps[fact]:
        yield from _leaves(premise, steps)


def triples(lines: Iterable[str]) -> Iterator[Triple]:
    """Lines of N-Triples as rdflib's terms."""
    convert = to_rdflib()
    for line in lines:
        for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES):
            yield convert(quad.subject), convert(quad.predicate), convert(quad.object)


def _literal(text: str) -> Literal:
    ((_, _, found),) = triples([f"<x:x> <x:x> {text} ."])
    if not isinstance(found, Literal):
        raise TypeError(f"{text} is no literal")
    return found


def _publishable(base: str, lines: Iterable[str]) -> Iterator[str]:
    says_something = publishable(base)
    return (line for line in lines if all(map(says_something, triples([line]))))


def _typed(datatypes: tuple[URIRef, ...], rows: Iterable[Row]) -> Iterator[tuple[str, str, str, None]]:
    for (text,) in rows:
        try:
            value = value_of(_literal(text))
        except IllTypedError:
            continue
        for datatype in datatypes:
            if value is not None and is_in(value, datatype):
                yield text, TYPE, f"<{datatype}>", None


def _refuted(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """What is wrong with literals: they have no value, one of a wrong datatype, or two (dt-not-type, dt-diff)."""
    for s, p, o, _ in rows:
        try:
            subject, value = (value_of(_literal(t)) if t[0] == '"' else None for t in (s, o))
        except IllTypedError:
            yield "dt-not-type", f"{s} {p} {o}"
            continue
        if subject is not None and p == TYPE and not is_in(subject, URIRef(o[1:-1])):
            yield "dt-not-type", f"{s} {p} {o}"
        elif subject is not None and p == SAME and value is not None and subject != value:
            yield "dt-diff", f"{s} {p} {o}"
