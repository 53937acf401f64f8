"""Each recorded derivation is one: its premises alone derive the triple, by the rule it names."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from rdflib import OWL, RDF, RDFS

from kg.reason import close
from kg.reason.closure import Closure
from kg.reason.rules import owl2rl
from kg.reason.value import Triple
from kg.reason.words import sentences
from tests.reason.random_graphs import CLASSES, E, data, ontologies

# The premises of these name a list by its head; its cells are part of the axiom and not told one by one.
OVER_LISTS = {rule.name for rule in owl2rl() if rule.lists}


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(ontologies, data)
def test_premises_derive_the_triple(ontology: list[Triple], facts: list[Triple]) -> None:
    """For every derivation of every inferred triple, a closure of the premises alone has the triple."""
    closure = Closure([*ontology, *facts])
    for fact, steps, _ in closure.ways.all():
        triple = closure.facts.decode(fact)
        assert steps[0] == closure.ways.derivation(triple)
        for step in steps:
            assert step.rule in sentences()
            if step.rule not in OVER_LISTS and not step.rule.startswith("dt-"):
                assert triple in set(Closure(step.premises).inferred()) | set(step.premises)


def test_all_derivations_are_found() -> None:
    """A type that follows from a subclass, a domain and an equivalence has all three ways."""
    c, d, e = CLASSES[:3]
    axioms = [(c, RDFS.subClassOf, d), (E.p0, RDFS.domain, d), (e, OWL.equivalentClass, d)]
    closure = Closure([*axioms, (E.x, RDF.type, c), (E.x, E.p0, E.y), (E.x, RDF.type, e)])
    rules = {step.rule for step in closure.ways.derivations((E.x, RDF.type, d))}
    assert {"cax-sco", "prp-dom", "cax-eqc1"} <= rules


def test_a_clash_is_traced_to_what_was_asserted() -> None:
    """A person by a domain and a state by a subclass clash; to blame are the two statements and the axioms."""
    base = str(E)
    person, state, kingdom = (E[f"id/{name}"] for name in ("Person", "State", "Kingdom"))
    ontology = [
        (person, OWL.disjointWith, state),
        (kingdom, RDFS.subClassOf, state),
        (E["id/holds"], RDFS.domain, person),
    ]
    facts = [(E["id/x"], RDF.type, kingdom), (E["id/x"], E["id/holds"], E["id/y"])]
    inference = close(ontology, facts, base)
    (clash,) = inference.clashes
    assert clash.rule == "cax-dw"
    assert inference.grounds(clash.premises) == {*ontology, *facts}
    assert "no member in common" in clash.message
