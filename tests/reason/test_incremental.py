"""A closure kept while triples come and go is the closure built from nothing of those that are left."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Literal

from kg.reason.closure import Closure
from kg.reason.value import Derivation, Triple
from tests.reason.random_graphs import CLASSES, PROPERTIES, THINGS, E, data, ontologies

# What is added (True) or removed, step by step; a removal takes any of what was ever added.
changes = st.lists(st.tuples(st.booleans(), data), min_size=1, max_size=6)
few = settings(max_examples=20, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=1000)


def of_things(closure: Closure) -> set[Triple]:
    """What was inferred, but for what holds of literals, which stay known when nothing has them any more."""
    return {triple for triple in closure.inferred() if not isinstance(triple[0], Literal)}


def check(ontology: list[Triple], steps: list[tuple[bool, list[Triple]]], removed_axioms: int) -> None:
    closure, asserted = Closure(ontology), set(ontology)
    steps = [*steps, (False, ontology[:removed_axioms]), (False, steps[0][1])]
    for is_added, triples in steps:
        (closure.add if is_added else closure.remove)(triples)
        asserted = asserted | set(triples) if is_added else asserted - set(triples)
        anew = Closure(asserted)
        assert of_things(closure) == of_things(anew)
        assert {d.rule for d in closure.refutations()} == {d.rule for d in anew.refutations()}
        check_grounded(closure, asserted)


def steps_of(closure: Closure) -> dict[Triple, tuple[list[Derivation], bool]]:
    """Every step to every inferred triple in their order, and whether it is used."""
    return {closure.facts.decode(fact): (steps, used) for fact, steps, used in closure.ways.all()}


def settled(ontology: Iterable[Triple], asserted: Iterable[Triple] = ()) -> Closure:
    closure = Closure(ontology)
    closure.settle()
    closure.add(asserted)
    return closure


@few
@given(ontologies, changes)
def test_what_changes_tells_of_the_derivations_is_what_a_look_at_all_tells(
    ontology: list[Triple], steps: list[tuple[bool, list[Triple]]]
) -> None:
    """Whoever keeps the steps, and looks again at those that are told to have changed, has them all."""
    closure = settled(ontology)
    known = steps_of(closure)
    closure.watch()
    for is_added, triples in steps:
        (closure.add if is_added else closure.remove)(triples)
        changed = closure.changed()
        if changed is None:
            known = steps_of(closure)
        for fact in {*changed.concluded, *changed.used} if changed else ():
            triple = closure.facts.decode(fact)
            known[triple] = (closure.ways.steps(triple), bool(closure.ways.used([fact])))
        assert {triple: found for triple, found in known.items() if found[0]} == steps_of(closure)


@few
@given(ontologies, changes)
def test_however_triples_came_and_went_the_steps_are_those_of_a_build_from_nothing(
    ontology: list[Triple], steps: list[tuple[bool, list[Triple]]]
) -> None:
    """The steps to each triple, and their order; unless it brings an axiom, say by equality with a part of one."""
    closure, asserted = settled(ontology), dict[Triple, None]()
    for is_added, triples in steps:
        (closure.add if is_added else closure.remove)(triples)
        asserted |= dict.fromkeys(triples)
        asserted = asserted if is_added else {one: None for one in asserted if one not in triples}
        anew = settled(ontology, reversed(asserted))
        if not closure.is_settled:
            return
        ours, theirs = (
            {t: found for t, found in steps_of(c).items() if t[0] in THINGS} for c in (closure, anew)
        )
        assert ours == theirs


def check_grounded(closure: Closure, asserted: set[Triple]) -> None:
    """Each inferred triple rests, step by step and without a circle, on asserted ones."""
    grounded = set(asserted)
    waiting = set(closure.inferred())
    while waiting:
        ready = {t for t in waiting if set(closure.ways.derivation(t).premises) <= grounded}  # type: ignore[union-attr]  # inferred
        assert ready, "a circle, or a premise that is not there"
        grounded |= ready
        waiting -= ready


@few
@given(ontologies, changes, st.integers(0, 2))
def test_any_changes_end_as_a_build_from_nothing(
    ontology: list[Triple], steps: list[tuple[bool, list[Triple]]], removed_axioms: int
) -> None:
    """After each of any additions and removals, triples and clashes are those of a build from nothing."""
    check(ontology, steps, removed_axioms)


@pytest.mark.long
@many
@given(ontologies, changes, st.integers(0, 2))
def test_any_changes_end_as_a_build_from_nothing_many_times(
    ontology: list[Triple], steps: list[tuple[bool, list[Triple]]], removed_axioms: int
) -> None:
    """The same for many more sequences."""
    check(ontology, steps, removed_axioms)


def test_what_has_another_derivation_stays() -> None:
    """A type that follows from two statements goes with the second of them only."""
    ontology = [(PROPERTIES[0], RDFS.domain, CLASSES[0]), (PROPERTIES[1], RDFS.domain, CLASSES[0])]
    one, two = ((THINGS[0], p, THINGS[1]) for p in PROPERTIES[:2])
    closure = Closure([*ontology, one, two])
    wanted = (THINGS[0], RDF.type, CLASSES[0])
    closure.remove([one])
    assert wanted in set(closure.inferred())
    closure.remove([two])
    assert wanted not in set(closure.inferred())


def test_what_supports_only_itself_goes() -> None:
    """Two triples that derive each other, and nothing else derives, go with what they came from."""
    p, q, r = PROPERTIES[:3]
    ontology = [(p, OWL.equivalentProperty, q), (r, RDFS.subPropertyOf, p)]
    source = (THINGS[0], r, THINGS[1])
    closure = Closure([*ontology, source])
    assert {(THINGS[0], p, THINGS[1]), (THINGS[0], q, THINGS[1])} <= set(closure.inferred())
    closure.remove([source])
    assert not [t for t in closure.inferred() if t[0] == THINGS[0]]


def test_an_asserted_triple_that_also_follows_stays_inferred() -> None:
    """Withdrawing what was asserted leaves it inferred where it follows."""
    ontology = [(CLASSES[0], RDFS.subClassOf, CLASSES[1])]
    lower, upper = ((THINGS[0], RDF.type, c) for c in CLASSES[:2])
    closure = Closure([*ontology, lower, upper])
    assert upper not in set(closure.inferred())
    closure.remove([upper])
    assert upper in set(closure.inferred())


def test_a_clash_goes_with_its_cause() -> None:
    """A refutation is reported while both its premises hold."""
    ontology = [(CLASSES[0], OWL.disjointWith, CLASSES[1])]
    closure = Closure([*ontology, *((E.x, RDF.type, c) for c in CLASSES[:2])])
    (refutation,) = closure.refutations()
    assert refutation.rule == "cax-dw"
    closure.remove([(E.x, RDF.type, CLASSES[1])])
    assert closure.refutations() == []


def test_cost_follows_the_change() -> None:
    """Adding and removing a statement beside a thousand others touches a handful of facts."""
    ontology = [(PROPERTIES[0], RDFS.domain, CLASSES[0]), (PROPERTIES[0], RDF.type, OWL.SymmetricProperty)]
    others = [(E[f"a{i}"], PROPERTIES[0], E[f"b{i}"]) for i in range(1000)]
    closure = settled(ontology, others)
    before = dict(closure.facts.ranks)
    for change in (closure.add, closure.remove):
        closure.watch()
        change([(E.new, PROPERTIES[0], E.other)])
        touched = closure.changed()
        assert touched is not None
        assert len({*touched.concluded, *touched.used}) == 4
    assert closure.facts.ranks == before
