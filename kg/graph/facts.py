"""The events that the publication policy accepts as having happened, as the triples of the graph of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from rdflib import RDF, SKOS, Literal, URIRef

from kg.graph.identity import Told
from kg.graph.tables import Nodes, Table, Triple, describe
from kg.graph.times import agreed
from kg.graph.vocabulary import Vocabulary
from kg.model import Entity, Filler, Time, Values


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
    labels = [entity.label for entity in minted[:1]] if len(minted) == len(named) else []
    names = dict.fromkeys(name for entity in minted for name in (entity.label, *entity.alt))
    table: Table = {
        RDF.type: [nodes[entity.kind] for entity in minted],
        SKOS.prefLabel: [Literal(label, lang="en") for label in labels],
        SKOS.altLabel: [Literal(name, lang="en") for name in names if labels and name not in labels],
    }
    yield from describe(URIRef(named[0].iri), table)
