"""Hypothesis strategies for ontologies and data that use all of OWL 2 RL."""

from __future__ import annotations

from itertools import chain

from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, XSD, Literal, Namespace, URIRef

from kg.reason.value import Triple

E = Namespace("https://example.org/")
CLASSES = [E[f"C{i}"] for i in range(4)]
PROPERTIES = [E[f"p{i}"] for i in range(4)]
THINGS = [E[f"x{i}"] for i in range(5)]
RESTRICTIONS = [E[f"R{i}"] for i in range(2)]
TRAITS = [
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.TransitiveProperty,
]
OF_CLASSES = [RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith, OWL.complementOf]
OF_PROPERTIES = [RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith]
LISTS = {
    OWL.intersectionOf: CLASSES,
    OWL.unionOf: CLASSES,
    OWL.oneOf: THINGS,
    OWL.hasKey: PROPERTIES,
    OWL.propertyChainAxiom: PROPERTIES,
}
GROUPS = {OWL.AllDifferent: THINGS, OWL.AllDisjointClasses: CLASSES, OWL.AllDisjointProperties: PROPERTIES}

classes = st.sampled_from(CLASSES + RESTRICTIONS)
properties = st.sampled_from(PROPERTIES)
things = st.sampled_from(THINGS)
Terms = st.SearchStrategy[URIRef]
Part = st.SearchStrategy[list[Triple]]


def _between(subjects: Terms, predicates: list[URIRef] | Terms, objects: Terms) -> Part:
    predicates = st.sampled_from(predicates) if isinstance(predicates, list) else predicates
    return st.tuples(subjects, predicates, objects).map(lambda triple: [triple])


def rdf_list(members: list[URIRef]) -> list[Triple]:
    """The cells of a list; one with the same members has the same cells."""
    names = ["-".join(member.rsplit("/", 1)[1] for member in members[i:]) for i in range(len(members))]
    cells = [*(E[f"list-{name}"] for name in names), RDF.nil]
    return [
        triple
        for cell, member, rest in zip(cells, members, cells[1:], strict=False)
        for triple in ((cell, RDF.first, member), (cell, RDF.rest, rest))
    ]


@st.composite
def restrictions(draw: st.DrawFn) -> list[Triple]:
    """A restriction of a property."""
    me, filler = draw(st.sampled_from(RESTRICTIONS)), draw(st.one_of(classes, st.just(OWL.Thing)))
    number = Literal(draw(st.sampled_from(["0", "1", "1", "1"])), datatype=XSD.nonNegativeInteger)
    kinds: list[list[Triple]] = [
        [(me, OWL.someValuesFrom, filler)],
        [(me, OWL.allValuesFrom, filler)],
        [(me, OWL.hasValue, draw(things))],
        [(me, OWL.maxCardinality, number)],
        [(me, OWL.maxQualifiedCardinality, number), (me, OWL.onClass, filler)],
    ]
    return [(me, OWL.onProperty, draw(properties)), *draw(st.sampled_from(kinds))]


@st.composite
def listed(draw: st.DrawFn) -> list[Triple]:
    """An axiom over a list of one to three members."""
    predicate = draw(st.sampled_from([*LISTS, *GROUPS]))
    items = (LISTS | GROUPS)[predicate]
    members = draw(st.lists(st.sampled_from(items), min_size=1, max_size=3, unique=True))
    cells = rdf_list(members)
    if predicate in LISTS:
        owner = draw(properties if predicate == OWL.propertyChainAxiom else classes)
        return [(owner, predicate, cells[0][0]), *cells]
    group = E[f"group-{'-'.join(member.rsplit('/', 1)[1] for member in members)}"]
    return [(group, RDF.type, predicate), (group, OWL.members, cells[0][0]), *cells]


axioms = st.one_of(
    _between(classes, OF_CLASSES, classes),
    _between(properties, OF_PROPERTIES, properties),
    _between(properties, [RDFS.domain, RDFS.range], classes),
    _between(properties, [RDF.type], st.sampled_from(TRAITS)),
    _between(classes, [RDF.type], st.just(OWL.Class)),
    restrictions(),
    listed(),
)
statements = st.one_of(
    _between(things, [RDF.type], classes),
    *[_between(things, properties, things)] * 3,
    _between(things, [OWL.sameAs, OWL.differentFrom], things),
)


def _joined(parts: Part, most: int) -> Part:
    return st.lists(parts, min_size=1, max_size=most).map(lambda found: list(dict.fromkeys(chain(*found))))


ontologies = _joined(axioms, 8)
data = _joined(statements, 10)
