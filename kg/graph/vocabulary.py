"""What the writer of graphs needs to know of the ontology and the reference data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, Graph, URIRef

from kg.iri import Mint
from kg.model import Filler


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The roles that agents fill, the kinds that are states or bodies or places, and what lies in what.

    All names are local names of the ontology; `country` maps a place's IRI to the IRI of what it lies in.
    """

    agent_roles: frozenset[str]
    bodies: frozenset[str]
    agents: frozenset[str]
    places: frozenset[str]
    country: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ontology: Graph, reference: Graph, mint: Mint) -> Vocabulary:
        """Read off the ontology (`ent:AgentRole` marks the roles of agents) and the reference data."""
        return cls(
            agent_roles=_names(ontology.subjects(RDF.type, URIRef(mint.term("AgentRole"))), mint),
            bodies=_below(ontology, mint, "State", "Organisation"),
            agents=_below(ontology, mint, "Agent"),
            places=_below(ontology, mint, "Place"),
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


def _names(terms: object, mint: Mint) -> frozenset[str]:
    prefix = mint.term("")
    return frozenset(str(t).removeprefix(prefix) for t in terms if str(t).startswith(prefix))  # type: ignore[attr-defined]
