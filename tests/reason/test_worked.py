"""For each axiom that says something of data, the reasoner works an example from the smallest premise."""

from __future__ import annotations

from collections import Counter

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace

from kg.reason import Worked, worked_examples

EX = Namespace("https://example.org/")
A, B, C = EX.A, EX.B, EX.C
ONTOLOGY = """
@prefix : <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:hosts rdfs:domain :State ; rdfs:range :Event ; owl:inverseOf :hostedBy .
:amount rdfs:range xsd:decimal . :since rdfs:range xsd:gYear .
:within a owl:TransitiveProperty . :grand owl:propertyChainAxiom ( :parent :parent ) .
:State owl:disjointWith :Event . :Ally owl:equivalentClass [ owl:onProperty :memberOf ; owl:someValuesFrom :Pact ] .
:Empty rdfs:label "of which nothing follows" .
"""


def worked() -> dict[object, Worked]:
    graph = Graph().parse(data=ONTOLOGY, format="turtle")
    return {one.axiom[:2]: one for one in worked_examples(graph, str(EX))}


def test_premise_and_conclusion_are_those_of_the_rule() -> None:
    found = worked()
    assert found[EX.hosts, RDFS.domain].premises == ((A, EX.hosts, B),)
    assert found[EX.hosts, RDFS.domain].conclusion == (A, RDF.type, EX.State)
    assert found[EX.within, RDF.type].conclusion == (A, EX.within, C)
    assert found[EX.grand, OWL.propertyChainAxiom].premises == ((A, EX.parent, B), (B, EX.parent, C))


def test_what_is_of_a_datatype_is_a_literal_of_it() -> None:
    """Whichever the datatype is, the literal is well-formed."""
    for name, datatype in (("amount", XSD.decimal), ("since", XSD.gYear)):
        found = worked()[EX[name], RDFS.range].conclusion
        assert found is not None
        assert isinstance(found[0], Literal)
        assert (found[0].datatype, found[2]) == (datatype, datatype)
        assert not found[0].ill_typed


def test_what_excludes_each_other_ends_in_a_contradiction() -> None:
    found = worked()[EX.State, OWL.disjointWith]
    assert found.conclusion is None
    assert set(found.premises) == {(A, RDF.type, EX.State), (A, RDF.type, EX.Event)}


def test_an_axiom_has_one_example_and_what_is_no_axiom_has_none() -> None:
    graph = Graph().parse(data=ONTOLOGY, format="turtle")
    found = Counter(one.axiom for one in worked_examples(graph, str(EX)))
    assert set(found.values()) == {1}
    assert not [axiom for axiom in found if axiom[0] == EX.Empty]
