"""Every shape has data that passes it and data that breaks it, and says in words what to do."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from kg.settings import Settings
from kg.terms import ONTOLOGY
from kg.turtle import read_turtle, to_rdflib, turtle_files
from kg.validate import Validator
from kg.violations import SH, Report

HERE = Path(__file__).parent
SHAPE = Namespace("https://w3id.org/entente/shapes#")
CONSTRAINTS = {
    SH[name]
    for name in (
        "class",
        "datatype",
        "disjoint",
        "in",
        "maxCount",
        "minCount",
        "nodeKind",
        "or",
        "pattern",
        "sparql",
    )
}


@cache
def shapes() -> Graph:
    return read_turtle(turtle_files(Settings().shapes))


@cache
def validator() -> Validator:
    return Validator(shapes(), [read_turtle([ONTOLOGY])])


def check(*graphs: Graph) -> Report:
    return validator().whole(graphs)


def constraining() -> list[URIRef]:
    """The shapes that constrain something themselves."""
    named = {s for s in shapes().subjects() if isinstance(s, URIRef) and s.startswith(SHAPE)}
    return sorted(s for s in named if CONSTRAINTS & set(shapes().predicates(s)))


@cache
def failing() -> dict[URIRef, Graph]:
    node, graphs = to_rdflib(), defaultdict[URIRef, Graph](Graph)
    for quad in ox.parse(path=HERE / "failing.trig"):
        triple = (node(quad.subject), node(quad.predicate), node(quad.object))
        graphs[URIRef(quad.graph_name.value)].add(triple)
    return graphs


@cache
def passing() -> Graph:
    return read_turtle([HERE / "passing.ttl"])


def test_the_passing_example_breaks_no_shape() -> None:
    assert not check(passing()).violations


def test_the_passing_example_is_a_target_of_every_shape() -> None:
    data = passing()
    classes = set(shapes().objects(None, SH.targetClass))
    ontology, types = read_turtle([ONTOLOGY]), set(data.objects(None, RDF.type))
    hit = {c for c in classes if types & set(ontology.transitive_subjects(RDFS.subClassOf, c))}
    assert hit == classes
    assert set(shapes().objects(None, SH.targetSubjectsOf)) <= set(data.predicates())


@pytest.mark.parametrize("shape", constraining(), ids=lambda shape: shape.removeprefix(SHAPE))
def test_a_shape_finds_its_failing_example_and_says_what_to_do(shape: URIRef) -> None:
    broken = passing() + failing()[shape]
    found = [v for v in check(broken).violations if v.shape == str(shape)]
    assert found, f"{shape} lets its failing example pass"
    messages = set(map(str, shapes().objects(shape, SH.message))) | {
        str(m) for c in shapes().objects(shape, SH.sparql) for m in shapes().objects(c, SH.message)
    }
    assert {v.message for v in found} <= messages


def test_no_failing_example_is_left_without_its_shape() -> None:
    assert failing().keys() == set(constraining())
