"""On the data set's own ontology, facts and reference data, the compiled reasoner infers what owlrl infers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from kg.published import Published, open_published
from kg.reason import close
from kg.turtle import graph_of, labelled, to_rdflib

EACH = 12  # things of each class of the reference data: owlrl takes milliseconds for each triple


def graph(published: Published, name: str) -> Graph:
    convert, found = to_rdflib(), graph_of()
    for t in published.store.triples(f"{published.base}graph/{name}"):
        found.add((convert(t.subject), convert(t.predicate), convert(t.object)))
    return found


def some(reference: Graph) -> set[URIRef]:
    """A few things of every class there is, by their IRIs."""
    return {
        thing
        for class_ in set(reference.objects(None, RDF.type))
        for thing in sorted(reference.subjects(RDF.type, class_))[:EACH]
        if isinstance(thing, URIRef)
    }


def about(things: Iterable[object], reference: Graph) -> Graph:
    """What the reference data say of things."""
    found = Graph()
    for thing in things:
        found += reference.triples((thing, None, None))  # type: ignore[arg-type]  # a literal has none
    return found


@pytest.mark.long
def test_the_inferred_graph_is_owlrls(built: Path) -> None:
    """For all facts, what they name, and things of each class of the reference data."""
    published = open_published(built)
    ontology = labelled(graph(published, "ontology"))
    facts, reference = graph(published, "facts"), graph(published, "reference")
    data = facts + about({*facts.objects(), *some(reference)}, reference)
    ours, theirs = (close(ontology, data, published.base, engine) for engine in ("compiled", "owlrl"))
    assert not ours.clashes
    assert not theirs.clashes
    assert len(ours.triples) > len(facts)
    assert ours.triples == theirs.triples
