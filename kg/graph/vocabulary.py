"""What the writer of graphs needs to know of the ontology and the reference data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from kg.iri import Mint
from kg.model import Filler


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The roles that agents fill, the kinds that are states or bodies or places, and what lies in what.

    All names are local names of the ontology. `engagement` maps a class of events to the properties under
    which it engages sides; `country` a place's IRI to the IRI of what it lies in.
    """

    agent_roles: frozenset[str]
    bodies: frozenset[str]
    agents: frozenset[str]
    places: frozenset[str]
    engagement: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    country: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ontology: Graph, reference: Graph, mint: Mint) -> Vocabulary:
        """Read off the ontology (`ent:AgentRole` marks the roles of agents) and the reference data."""
        engagement: dict[str, tuple[str, ...]] = {}
        for event, prop in sorted(ontology.subject_objects(URIRef(mint.term("engagement")))):
            engagement[_local(event, mint)] = (*engagement.get(_local(event, mint), ()), _local(prop, mint))
        return cls(
            agent_roles=_names(ontology.subjects(RDF.type, URIRef(mint.term("AgentRole"))), mint),
            bodies=_below(ontology, mint, "State", "Organisation"),
            agents=_below(ontology, mint, "Agent"),
            places=_below(ontology, mint, "Place"),
            engagement=engagement,
            country={str(s): str(o) for s, o in reference.subject_objects(URIRef(mint.term("country")))},
        )

    def side(self, filler: Filler) -> str:
        """The IRI of the side that a filler is on: the state or body acted for, else the filler itself."""
        acts_for = None if filler.entity.kind in self.bodies else filler.acts_for
        return (acts_for or filler.entity).iri

    def engaged(self, filler: Filler) -> str | None:
        """The IRI of the state or body that takes part through a filler; None for persons acting for none."""
        if filler.entity.kind in self.bodies:
            return filler.entity.iri
        return filler.acts_for.iri if filler.acts_for else None


def _below(ontology: Graph, mint: Mint, *names: str) -> frozenset[str]:
    """The named classes and all that are narrower."""
    tops = (URIRef(mint.term(name)) for name in names)
    return _names((c for top in tops for c in ontology.transitive_subjects(RDFS.subClassOf, top)), mint)


def _names(terms: Iterable[Node | None], mint: Mint) -> frozenset[str]:
    return frozenset(_local(term, mint) for term in terms if str(term).startswith(mint.term("")))


def _local(term: Node | None, mint: Mint) -> str:
    return str(term).removeprefix(mint.term(""))
