"""Hand-written readings for tests: documents and the claims in them, and a little ontology for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from rdflib import RDF, Graph, URIRef

from kg.graph import DEFAULT_POLICY, AtHand, Graphs, Policy, build
from kg.iri import Mint
from kg.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Filler,
    Modality,
    Omission,
    Reading,
    Span,
    Time,
    Values,
)
from kg.published import Published
from kg.terms import ONTOLOGY
from kg.turtle import read_turtle

MINT = Mint("https://w3id.org/entente/")
POLICY = Policy(DEFAULT_POLICY.read_text("utf-8"))


def thing(kind: str, label: str, *, reference: bool = True) -> Entity:
    return Entity(MINT.thing(kind, label), kind, label, reference=reference)


JAPAN, NATO, RUSSIA = thing("State", "Japan"), thing("Alliance", "NATO"), thing("State", "Russia")
MINISTRY = thing("GovernmentBody", "Ministry of Defense")
NAKATANI, RUTTE = thing("Person", "Gen Nakatani"), thing("Person", "Mark Rutte")
TOKYO, BRUSSELS = thing("City", "Tokyo"), thing("City", "Brussels")
MISSION = thing("Institution", "diplomatic mission", reference=False)
TOMAHAWK = thing("WeaponSystem", "Tomahawk missiles", reference=False)
TALISMAN = thing("Exercise", "Talisman Sabre")

NO_TIME, NO_VALUES, APRIL = Time(), Values(), Time("2025-04")

Who = Entity | tuple[Entity, Entity]


def filler(who: Who, text: str) -> Filler:
    entity, acts_for = who if isinstance(who, tuple) else (who, None)
    start = max(text.find(entity.label), 0)
    return Filler(entity, Span(start, start + len(entity.label)), acts_for)


def claim(
    document: Document,
    type_: str,
    quote: str,
    modality: Modality = Modality.ACTUAL,
    *,
    by: Sequence[Who] = (),
    reported: Sequence[Who] = (),
    time: Time = NO_TIME,
    values: Values = NO_VALUES,
    **roles: Sequence[Who],
) -> Claim:
    start = document.text.index(quote)
    return Claim(
        document=document.name,
        type=type_,
        roles=tuple((role, tuple(filler(w, document.text) for w in who)) for role, who in roles.items()),
        modality=modality,
        evidence=Evidence(Span(start, start + len(quote)), quote),
        rule="test-frame",
        time=time,
        values=values,
        attributed_to=tuple(filler(w, document.text) for w in by),
        reported_by=tuple(filler(w, document.text) for w in reported),
    )


def document(name: str, text: str, **known: Any) -> Document:
    return Document(name, text, body=Span(0, len(text)), **known)


def meeting(name: str, *, time: Time = APRIL, **more: Any) -> Reading:
    """A document that tells of one meeting in Tokyo."""
    doc = document(name, f"In {name}: Mark Rutte met Gen Nakatani in Tokyo.", date=date(2025, 4, 9))
    told = {"participant": [(RUTTE, NATO), (NAKATANI, JAPAN)], "place": [TOKYO]} | more
    quote = "Mark Rutte met Gen Nakatani in Tokyo"
    return Reading(doc, claims=(claim(doc, "Meeting", quote, time=time, **told),))


def seedlike() -> Reading:
    """One document with every kind of thing that a claims graph holds."""
    text = (
        "Mark Rutte met Gen Nakatani in Tokyo. Japan opened a diplomatic mission in Brussels. "
        "Gen Nakatani said Japan will deploy Tomahawk missiles by 2027, according to Kyodo News. "
        "It may rain."
    )
    doc = document("seed-like", text, title="A test", date=date(2025, 5, 1), source="https://example.org/a")
    said = "Gen Nakatani said Japan will deploy Tomahawk missiles by 2027, according to Kyodo News."
    kyodo = thing("NewsOutlet", "Kyodo News")
    nakatani = (NAKATANI, JAPAN)
    claims = (
        claim(
            doc,
            "Meeting",
            "Mark Rutte met Gen Nakatani in Tokyo",
            participant=[(RUTTE, NATO), nakatani],
            place=[TOKYO],
        ),
        claim(
            doc,
            "Establishment",
            "Japan opened a diplomatic mission in Brussels",
            founder=[JAPAN],
            institution=[MISSION],
            place=[BRUSSELS],
            time=Time("2025-01"),
        ),
        claim(doc, "Statement", said, speaker=[nakatani], reported=[kyodo]),
        claim(
            doc,
            "Deployment",
            "Japan will deploy Tomahawk missiles by 2027",
            Modality.PLANNED,
            by=[nakatani],
            reported=[kyodo],
            deployer=[JAPAN],
            asset=[TOMAHAWK],
            time=Time(end="2027"),
            values=Values(quantity=400),
        ),
    )
    rain = Evidence(Span(len(text) - 9, len(text) - 1), "may rain")
    return Reading(
        doc, claims=claims, omissions=(Omission("trigger", rain, "no-filler"),), extractor="by hand"
    )


@cache
def ontology() -> Graph:
    """The product's own ontology."""
    return read_turtle([ONTOLOGY])


def reference() -> Graph:
    """That Tokyo lies in Japan, and the ministry is Japan's."""
    graph = Graph()
    for thing_ in (TOKYO, MINISTRY):
        graph.add((URIRef(thing_.iri), URIRef(MINT.term("country")), URIRef(JAPAN.iri)))
        graph.add((URIRef(thing_.iri), RDF.type, URIRef(MINT.term(thing_.kind))))
    return graph


def graphs(*readings: Reading, before: Mapping[str, str] | None = None, policy: Policy = POLICY) -> Graphs:
    return build(map(AtHand, readings), ontology(), reference(), MINT, policy, before=(before or {}).get)


def events_of_claims(published: Published) -> dict[str, str]:
    """The event that each published claim tells of, both by their IRIs."""
    told = (triple for graph in published.store.graphs() for triple in published.store.triples(graph))
    return {t.subject.value: t.object.value for t in told if t.predicate.value == MINT.term("claims")}
