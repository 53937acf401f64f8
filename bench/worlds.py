"""A made-up ontology and data for the benches: every construct of OWL 2 RL, any size, the same each time."""

from __future__ import annotations

from random import Random

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

BASE = "https://example.org/"
TERM = Namespace(BASE + "ontology#")
THING = Namespace(BASE + "id/")

ONTOLOGY = """
@prefix : <https://example.org/ontology#> . @prefix id: <https://example.org/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Person owl:disjointWith :Group . :City owl:disjointWith :Person .
[] a owl:AllDisjointClasses ; owl:members ( :Meeting :Agreement :Aid :Exercise ) .
:Ally owl:equivalentClass [ a owl:Restriction ; owl:onProperty :memberOf ; owl:someValuesFrom :Alliance ] .
:Host owl:equivalentClass [ a owl:Restriction ; owl:onProperty :hosts ; owl:someValuesFrom owl:Thing ] .
:Pact owl:equivalentClass [ owl:intersectionOf ( :Agreement :Binding ) ] .
:Actor owl:equivalentClass [ owl:unionOf ( :Person :Group ) ] .
:Alliance rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :member ; owl:allValuesFrom :State ] .
:Signed owl:equivalentClass [ a owl:Restriction ; owl:onProperty :status ; owl:hasValue :signed ] .
:Meeting rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :venue ; owl:maxCardinality 1 ] .
:Office rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :holder ; owl:onClass :Person ;
                          owl:maxQualifiedCardinality 1 ] .
:Power owl:oneOf ( id:thing1 id:thing2 id:thing3 ) .
:memberOf owl:inverseOf :member . :partner a owl:SymmetricProperty . :within a owl:TransitiveProperty .
:engages owl:propertyChainAxiom ( :takesPartIn :participant ) . :capital a owl:FunctionalProperty .
:isoCode a owl:InverseFunctionalProperty . :talksWith owl:equivalentProperty :meetsWith .
:Person owl:hasKey ( :name :born ) . :attacks a owl:AsymmetricProperty , owl:IrreflexiveProperty .
:attacks owl:propertyDisjointWith :partner . :takesPartIn owl:inverseOf :participant .
"""
TREE = """Event: Meeting Agreement Aid Exercise Visit Statement Deployment Sanction
Meeting: Summit Talks | Agreement: Treaty Memorandum | Aid: ArmsAid MoneyAid
Exercise: NavalExercise AirExercise | Agent: Person Group State | Organisation: Alliance Body
Group: Organisation Force Company | State: Kingdom Republic
Place: State City Region Facility | Facility: Base Port | Thing: Agent Place Event Office Weapon
Weapon: Missile Ship Aircraft | Ship: Frigate Carrier | Binding: Treaty"""
RELATIONS = """role participant party hosts provider recipient supports member partner within capital signs
attacks venue holder takesPartIn visits deploys talksWith trains equips funds leads advises monitors"""
HIERARCHY = """participant<role party<role provider<role recipient<role hosts<role supports<partner
trains<supports equips<supports funds<supports advises<supports
signs<takesPartIn visits<takesPartIn leads<takesPartIn"""
KINDS = ["Summit", "Talks", "Treaty", "Memorandum", "ArmsAid", "MoneyAid", "NavalExercise", "Visit"]
SIGNATURES = {
    "participant": ("Event", "Agent"), "party": ("Agreement", "Agent"), "provider": ("Aid", "Agent"),
    "hosts": ("Agent", "Event"), "within": ("Place", "Place"), "capital": ("State", "City"),
    "member": ("Organisation", "State"), "venue": ("Event", "Place"), "holder": ("Office", "Person"),
    "signs": ("Agent", "Agreement"), "deploys": ("Agent", "Weapon"), "visits": ("Agent", "Event"),
}  # fmt: skip


def ontology() -> Graph:
    """About fifty classes and fifty properties, with every construct of the profile among their axioms."""
    graph = Graph().parse(data=ONTOLOGY, format="turtle")
    for line in TREE.replace("|", "\n").splitlines():
        upper, _, lower = line.partition(":")
        for name in lower.split():
            graph.add((TERM[name], RDFS.subClassOf, TERM[upper.strip()]))
    for name in set(TREE.replace(":", " ").replace("|", " ").split()) | {
        "Ally",
        "Host",
        "Pact",
        "Actor",
        "Signed",
        "Power",
    }:
        graph.add((TERM[name], RDF.type, OWL.Class))
    for name in RELATIONS.split():
        graph.add((TERM[name], RDF.type, OWL.ObjectProperty))
    for name in ("name", "born", "isoCode", "amount", "label"):
        graph.add((TERM[name], RDF.type, OWL.DatatypeProperty))
    for pair in HIERARCHY.split():
        lower, upper = pair.split("<")
        graph.add((TERM[lower], RDFS.subPropertyOf, TERM[upper]))
    for name, (domain, range_) in SIGNATURES.items():
        graph.add((TERM[name], RDFS.domain, TERM[domain]))
        graph.add((TERM[name], RDFS.range, TERM[range_]))
    graph.add((TERM.amount, RDFS.range, XSD.decimal))
    return graph


def document(number: int, random: Random) -> list[tuple[URIRef, URIRef, URIRef | Literal]]:
    """Some twenty triples about an event, those who take part and the place, most known from before."""
    event = THING[f"event{number}"]
    states = [THING[f"state{random.randrange(number + 30)}"] for _ in range(3)]
    person, place = THING[f"person{number}"], THING[f"city{random.randrange(number + 30)}"]
    kind = TERM[random.choice(KINDS)]
    return [  # type: ignore[return-value]  # rdflib's namespaces give URIRef
        (event, RDF.type, kind), (event, TERM.venue, place), (place, RDF.type, TERM.City),
        (place, TERM.within, states[0]), (person, RDF.type, TERM.Person),
        (person, TERM.name, Literal(f"N{number}")), (person, TERM.born, Literal(str(1940 + number % 60))),
        (event, TERM.status, TERM.signed), (event, TERM.amount, Literal(number)),
        (person, TERM.takesPartIn, event), (states[0], TERM.hosts, event), (states[1], TERM.funds, states[2]),
        (THING[f"alliance{number % 40}"], TERM.member, states[1]),
        (THING[f"alliance{number % 40}"], RDF.type, TERM.Alliance),
        *((event, TERM.participant, state) for state in states),
        *((state, RDF.type, TERM.Republic) for state in states),
    ]  # fmt: skip


def data(size: int, seed: int = 7, first: int = 0) -> Graph:
    """A graph of at least `size` triples, its events numbered from `first`."""
    graph, random, number = Graph(), Random(seed), first  # noqa: S311  # a bench wants the same numbers each time
    while len(graph) < size:
        for triple in document(number, random):
            graph.add(triple)
        number += 1
    return graph
