"""What `close` publishes and what it leaves out."""

from __future__ import annotations

from rdflib import Graph

from kg.reason import close

BASE = "https://example.org/"
PREFIXES = f"""
@prefix ent: <{BASE}ontology#> . @prefix id: <{BASE}id/> . @prefix wd: <http://www.wikidata.org/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def inferred(ontology: str, data: str) -> set[tuple[object, ...]]:
    return set(close(turtle(ontology), turtle(data), BASE).triples)


def test_types_and_relations_of_our_things_are_published() -> None:
    """A subclass gives a type, a symmetric property the way back, an alignment the other's class."""
    got = inferred(
        """ent:Meeting a owl:Class ; rdfs:subClassOf ent:Event .
           ent:Event a owl:Class ; rdfs:subClassOf sem:Event .
           ent:partner a owl:ObjectProperty , owl:SymmetricProperty .""",
        "id:m a ent:Meeting . id:japan ent:partner id:nato .",
    )
    wanted = set(
        turtle("""id:m a ent:Event , sem:Event . id:nato ent:partner id:japan .
                           ent:Meeting rdfs:subClassOf sem:Event .""")
    )
    assert got == wanted


def test_nothing_is_said_about_literals_or_things_of_others() -> None:
    """A literal's datatype, owl:Thing, reflexive identities and what follows for Wikidata stay out."""
    got = inferred(
        """ent:amount a owl:DatatypeProperty ; rdfs:range xsd:decimal .
           ent:State a owl:Class ; rdfs:subClassOf ent:Agent .
           ent:Agent a owl:Class .""",
        "id:japan a ent:State ; owl:sameAs wd:Q17 . id:deal ent:amount 1.5 .",
    )
    assert got == set(turtle("id:japan a ent:Agent ."))


def test_an_inconsistency_is_a_clash() -> None:
    """Two disjoint types of one thing are reported; without them there is nothing to report."""
    ontology = turtle("ent:Person owl:disjointWith ent:State .")
    assert close(ontology, turtle("id:x a ent:Person , ent:State ."), BASE).clashes
    assert not close(ontology, turtle("id:x a ent:Person . id:y a ent:State ."), BASE).clashes
