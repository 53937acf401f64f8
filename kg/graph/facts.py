"""The events that the publication policy accepts as having happened, as the triples of the graph of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.graph.identity import Told
from kg.graph.tables import Nodes, Table, Triple, describe
from kg.graph.times import agreed
from kg.graph.vocabulary import Vocabulary
from kg.model import Entity, Filler, Time, Values
from kg.packed import Packed, to_lines


@dataclass(frozen=True, slots=True)
class Share:
    """What the events that one document is the first to tell of give to the facts: packed triples, the things
    named that are minted from text, in their order, and the IRIs of those that are not.
    """

    triples: bytes
    minted: list[Entity]
    known: list[str]

    @classmethod
    def of(
        cls,
        events: Mapping[str, Sequence[Told]],
        vocabulary: Vocabulary,
        nodes: Nodes,
        reference: Graph,
    ) -> Share:
        """Of the accepted claims by their events."""
        triples = (t for event, told in events.items() for t in fact(event, told, vocabulary, nodes))
        named = dict.fromkeys(entity for told in events.values() for entity in things_of(told))
        return cls(
            Packed.of(triple for triple in triples if triple not in reference).stored,
            [entity for entity in named if not entity.reference],
            sorted({entity.iri for entity in named if entity.reference}),
        )


def shared(shares: Iterable[Share], nodes: Nodes, reference: Graph) -> Packed:
    """The graph of facts, of the shares of documents in their order."""
    things: dict[str, dict[Entity, None]] = {}
    known: set[str] = set()

    def told() -> Iterator[bytes]:
        for share in shares:
            known.update(share.known)
            for entity in share.minted:
                things.setdefault(entity.iri, {})[entity] = None
            yield from Packed.restored(share.triples).each()
        triples = (
            triple
            for iri, entities in things.items()
            for triple in _minted([*entities], nodes, alone=iri not in known)
        )
        yield from to_lines(triple for triple in triples if triple not in reference)

    return Packed(told())


def facts_graph(accepted: Iterable[Told], vocabulary: Vocabulary, nodes: Nodes) -> Iterator[Triple]:
    """The triples of the facts that accepted claims support, event by event, and of the things in them."""
    events: dict[str, list[Told]] = defaultdict(list)
    for told in accepted:
        events[told.event].append(told)
    things: dict[str, list[Entity]] = defaultdict(list)
    for event, told_by in events.items():
        yield from fact(event, told_by, vocabulary, nodes)
        for entity in things_of(told_by):
            things[entity.iri].append(entity)
    for named in things.values():
        yield from thing(named, nodes)


def fact(event: str, told_by: Sequence[Told], vocabulary: Vocabulary, nodes: Nodes) -> Iterator[Triple]:
    """One event: the fillers of all its accepted claims, and the times and numbers on which these agree."""
    claims = [told.claim for told in told_by]
    roles: dict[str, list[Filler]] = defaultdict(list)
    for claim in claims:
        for role, fillers in claim.roles:
            roles[role] += fillers
    agents = [f for role, fillers in roles.items() if role in vocabulary.agent_roles for f in fillers]
    engaged = [URIRef(body) for f in agents if (body := vocabulary.engaged(f))]
    kind = claims[0].type
    time = Time(agreed(_given(claims, "time", "start")), agreed(_given(claims, "time", "end")))
    values = Values(**{name: _only(_given(claims, "values", name)) for name in Values.__dataclass_fields__})
    table: Table = {
        RDF.type: [nodes[kind]],
        **{nodes[role]: [URIRef(f.entity.iri) for f in fillers] for role, fillers in roles.items()},
        **nodes.time(time),
        **nodes.values(values),
        **{nodes[name]: engaged for name in ("engages", *vocabulary.engagement.get(kind, ()))},
        nodes["supportedBy"]: [URIRef(told.iri) for told in told_by],
    }
    yield from describe(URIRef(event), table)


def _given(claims: Iterable[Any], part: str, name: str) -> set[Any]:
    """What claims give for one part of their time or numbers."""
    return {value for claim in claims if (value := getattr(getattr(claim, part), name)) is not None}


def _only(values: Collection[Any]) -> Any:
    """The one value given; None where there is none, or where claims disagree."""
    return next(iter(values)) if len(values) == 1 else None


def things_of(told_by: Iterable[Told]) -> Iterator[Entity]:
    """The things in claims, in their order, each as often as it is named."""
    for told in told_by:
        for _, fillers in told.claim.roles:
            for filler in fillers:
                yield filler.entity
                if filler.acts_for:
                    yield filler.acts_for


def thing(named: Sequence[Entity], nodes: Nodes) -> Iterator[Triple]:
    """A thing minted from text: every kind that it is taken for, so that a clash shows; the label that it has
    in the first document, every other name beside it. What the reference data knows has its labels there.
    """
    minted = [entity for entity in named if not entity.reference]
    return _minted(minted, nodes, alone=len(minted) == len(named))


def _minted(minted: Sequence[Entity], nodes: Nodes, *, alone: bool) -> Iterator[Triple]:
    """The same of what is minted; `alone` where the reference data does not know it."""
    labels = [entity.label for entity in minted[:1]] if alone else []
    names = dict.fromkeys(name for entity in minted for name in (entity.label, *entity.alt))
    table: Table = {
        RDF.type: [nodes[entity.kind] for entity in minted],
        SKOS.prefLabel: [Literal(label, lang="en") for label in labels],
        SKOS.altLabel: [Literal(name, lang="en") for name in names if labels and name not in labels],
    }
    for entity in minted[:1]:
        yield from describe(URIRef(entity.iri), table)
