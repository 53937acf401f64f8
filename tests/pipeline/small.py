"""Builds from hand-written readings, with the real ontology and a handful of reference data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg import reason
from kg.model import Document, Entity, Reading
from kg.pipeline import Knowledge, Work, run
from kg.reason import worked_examples
from kg.settings import Settings
from tests.graph.readings import MINT, ontology, reference


@dataclass(frozen=True)
class Given:
    """A mapper that knows the reading of each document beforehand."""

    readings: dict[str, Reading]

    def read(self, document: Document) -> Reading:
        return replace(self.readings[document.name], document=document)


def small(folder: Path, *readings: Reading) -> Work:
    """The work of publishing readings into `folder/dist`, their texts written into `folder/seeds`."""
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    for reading in readings:
        (seeds / f"{reading.document.name}.txt").write_text(reading.document.text, "utf-8")
    paths = tuple(seeds / f"{reading.document.name}.txt" for reading in readings)
    known = Knowledge(ontology(), rows(readings), Graph())
    given = Given({reading.document.name: reading for reading in readings})
    settings = Settings(dist=folder / "dist", seeds=seeds, most_held_back=100)
    return Work(settings, paths, lambda: given, known)


def rows(readings: tuple[Reading, ...]) -> Graph:
    """Reference data for the things in readings that come from there."""
    graph = Graph() + reference()
    for entity in things(readings):
        if entity.reference:
            graph.add((URIRef(entity.iri), RDF.type, URIRef(MINT.term(entity.kind))))
            graph.add((URIRef(entity.iri), SKOS.prefLabel, Literal(entity.label, lang="en")))
    return graph


def things(readings: tuple[Reading, ...]) -> list[Entity]:
    claims = [claim for reading in readings for claim in reading.claims]
    fillers = [
        f for c in claims for _, fs in (*c.roles, ("", c.attributed_to), ("", c.reported_by)) for f in fs
    ]
    return [entity for f in fillers for entity in (f.entity, f.acts_for) if entity]


def publish(work: Work) -> Work:
    """Build and publish; what follows by each axiom, an example of which goes with a version, is worked out once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            reason, "worked_examples", lambda ontology, made_up: examples(frozenset(ontology), made_up)
        )
        return run(work, lambda *_: None)


examples = cache(lambda ontology, made_up: tuple(worked_examples(ontology, made_up)))
