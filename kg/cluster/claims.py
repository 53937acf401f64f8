"""Readings → claims, events and facts: what meets in one place is what may have to do with each other.

The functions take and give what a partition holds, and know nothing of Spark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, TypeVar

from rdflib import Graph, URIRef

from kg.graph import Policy, described
from kg.graph.claims import claims_graph
from kg.graph.facts import fact, thing, things_of
from kg.graph.identity import Told, block_of, merged, minted
from kg.graph.policy import Judge
from kg.graph.tables import Nodes, Triple
from kg.graph.vocabulary import Vocabulary
from kg.iri import Mint
from kg.model import Claim, Entity, Reading
from kg.packed import Packed
from kg.pipeline import Knowledge
from kg.settings import Settings
from kg.terms import rebased
from kg.turtle import read_turtle, turtle_files
from kg.validate import Validator

BATCH = 1_000  # events that are judged together
T = TypeVar("T")
Position = tuple[str, int]
"""Where a claim stands: its document, and its number there."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every process needs to know."""

    settings: Settings
    vocabulary: Vocabulary

    @property
    def nodes(self) -> Nodes:
        """The names of the data set."""
        return Nodes(Mint(self.settings.base))


@dataclass(frozen=True, slots=True)
class Known(Shared):
    """What those need who judge and check besides; it takes a process seconds to take it in."""

    ontology: Graph
    reference: Graph
    shapes: Graph
    policy: Policy

    @classmethod
    def of(cls, settings: Settings, knowledge: Knowledge) -> Known:
        """What the settings name; raises OSError where the policy cannot be read, TurtleError."""
        mint, path = Mint(settings.base), settings.policy
        vocabulary = Vocabulary.of(knowledge.ontology, knowledge.reference, mint)
        policy = Policy(rebased(path, mint.base), path)
        shapes = read_turtle(turtle_files(settings.shapes), mint.base)
        return cls(settings, vocabulary, knowledge.ontology, knowledge.reference, shapes, policy)

    def validator(self) -> Validator:
        """What checks graphs, by what the ontology and the reference data say."""
        return Validator(self.shapes, [self.ontology, self.reference], base=self.settings.base)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim of an event, with the triples that its document says of it."""

    position: Position
    told: Told
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An event with its accepted claims, and with the pairs of a denial and a claim that it disputes."""

    event: str
    accepted: tuple[tuple[Position, Told], ...]
    disputes: tuple[tuple[Told, str], ...]


def by_block(shared: Shared, reading: Reading) -> Iterator[tuple[object, tuple[Position, Claim, str]]]:
    """The claims of a document by what those of one event have in common, with the event each would have alone."""
    _, own = minted(reading.claims, Mint(shared.settings.base))
    for number, claim in enumerate(reading.claims):
        yield block_of(claim, shared.vocabulary), ((reading.document.name, number), claim, own[number])


def events_in(
    shared: Shared, block: Iterable[tuple[Position, Claim, str]]
) -> Iterator[tuple[str, tuple[int, str]]]:
    """For each claim of a block: its document, its number there, and its event."""
    ordered = sorted(block, key=lambda one: one[0])
    for group in merged([claim for _, claim, _ in ordered], shared.vocabulary):
        for member in group:
            document, number = ordered[member][0]
            yield document, (number, ordered[group[0]][2])


def with_events(
    shared: Shared, reading: Reading, events: Iterable[tuple[int, str]]
) -> tuple[Reading, tuple[Told, ...]]:
    """A reading with its claims and their events."""
    names, own = minted(reading.claims, Mint(shared.settings.base))
    event = dict(events)
    return reading, tuple(Told(c, names[i], event[i], own[i]) for i, c in enumerate(reading.claims))


def by_event(shared: Shared, reading: Reading, told: Iterable[Told]) -> Iterator[tuple[str, Spoken]]:
    """The claims of a document by their events."""
    nodes, alone = shared.nodes, replace(reading, omissions=())
    for number, one in enumerate(told):
        triples = tuple(claims_graph(alone, [one], nodes))
        yield one.event, Spoken((reading.document.name, number), one, triples)


def judged(known: Known, events: Iterable[tuple[str, Iterable[Spoken]]]) -> Iterator[Judged]:
    """What the policy says of events: it is asked of the claims of many at once, each event with all of its own."""
    judge = Judge(known.policy, [known.reference, known.ontology])
    for some in batches(events):
        batch = {event: sorted(spoken, key=_position) for event, spoken in some}
        said = {event: Packed.of(t for s in spoken for t in s.triples) for event, spoken in batch.items()}
        verdict = judge.verdict({e: [s.told for s in spoken] for e, spoken in batch.items()}, said)
        for event, spoken in batch.items():
            told = {one.told.iri: one.told for one in spoken}
            accepted = tuple((s.position, s.told) for s in spoken if s.told.iri in verdict.accepted)
            disputes = tuple((told[d], iri) for iri in told for d in sorted(verdict.disputed.get(iri, ())))
            yield Judged(event, accepted, disputes)


def batches(given: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """So many at a time."""
    waiting = iter(given)
    while batch := list(islice(waiting, size)):
        yield batch


def _position(spoken: Spoken) -> Position:
    return spoken.position


def facts_of(known: Known, events: Iterable[Judged]) -> Iterator[str]:
    """The facts of events that have an accepted claim, as lines of N-Triples."""
    for batch in batches(one for one in events if one.accepted):
        told = ((one.event, [told for _, told in one.accepted]) for one in batch)
        found = (fact(event, by, known.vocabulary, known.nodes) for event, by in told)
        yield from lines(_new(known, chain.from_iterable(found)))


def named_in(one: Judged) -> Iterator[tuple[str, dict[Entity, tuple[Any, ...]]]]:
    """The things in the accepted claims of an event, each with where it stands in the order of the facts."""
    for position, told in one.accepted:
        for number, entity in enumerate(things_of([told])):
            yield entity.iri, {entity: (one.accepted[0][0], position, number)}


def earliest(
    some: dict[Entity, tuple[Any, ...]], others: dict[Entity, tuple[Any, ...]]
) -> dict[Entity, tuple[Any, ...]]:
    """All of both, each where it stands first."""
    both = [*some.items(), *others.items()]
    return dict(sorted(both, key=lambda one: one[1], reverse=True))


def things_in(known: Known, named: Iterable[Mapping[Entity, tuple[Any, ...]]]) -> Iterator[str]:
    """What things minted from text are and are called, as lines of N-Triples."""
    for batch in batches(named):
        ordered = (sorted(places, key=places.__getitem__) for places in batch)
        found = (thing(entities, known.nodes) for entities in ordered)
        yield from lines(_new(known, chain.from_iterable(found)))


def _new(known: Known, triples: Iterable[Triple]) -> Iterator[Triple]:
    """Without what the reference data says: what both held, engines would count twice."""
    return (triple for triple in triples if triple not in known.reference)


def claims_of(
    shared: Shared, reading: Reading, told: tuple[Told, ...], disputes: Iterable[tuple[str, str]]
) -> Graph:
    """The claims graph of a document."""
    graph, disputing = _graph(claims_graph(reading, told, shared.nodes)), shared.nodes["disputes"]
    for denial, claim in disputes:
        graph.add((URIRef(denial), disputing, URIRef(claim)))
    return graph


def reference_of(known: Known, named: Iterable[str]) -> Graph:
    """The reference data of some things."""
    return _graph(described(map(URIRef, named), known.reference))


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def lines(triples: Iterable[Triple]) -> list[str]:
    """Triples without blank nodes as sorted lines of canonical N-Triples."""
    return [line.decode().rstrip("\n") for line in Packed.of(triples).lines]
