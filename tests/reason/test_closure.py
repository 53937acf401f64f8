"""The compiled closure derives what the standard's rules derive: no triple less, none more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import OWL, RDFS, XSD, Literal

from kg.reason.closure import Closure
from kg.reason.oracle import closure as owlrl_closure
from kg.reason.value import Triple
from tests.reason.by_the_book import Book
from tests.reason.random_graphs import data, ontologies

few = settings(
    max_examples=25,
    suppress_health_check=list(HealthCheck),
)
many = settings(few, max_examples=1000)

# Triples of the axiomatic kind, about datatypes and annotation properties, which engines add as they like.
AXIOMATIC = (RDFS.Datatype, OWL.AnnotationProperty)
# owlrl never compares the last member of a list of this kind with those before it.
LISTS_HALF_READ = {"eq-diff2", "eq-diff3", "prp-adp", "cax-adc"}


def is_telling(triple: Triple) -> bool:
    s, p, o = triple
    return (
        not (p == OWL.sameAs and s == o)
        and o not in AXIOMATIC
        and not isinstance(s, Literal)
        and not str(s).startswith((str(XSD), str(RDFS)))
    )


def check_with_owlrl(triples: set[Triple]) -> None:
    closure = Closure(triples, full=True)
    ours = set(filter(is_telling, closure.inferred()))
    # scm-sco, scm-spo, scm-eqc2 … hold of one class or property too. owlrl leaves that out, and is given it.
    given = {triple for triple in ours if triple[0] == triple[2]}
    added, messages = owlrl_closure(triples | given)
    theirs = {triple for triple in added if is_telling(triple) and triple[0] != triple[2]}
    assert theirs - ours == set(), "missed"
    assert ours - given - theirs == set(), "too much"
    refuting = {refutation.rule for refutation in closure.refutations()}
    assert bool(messages) == bool(refuting) or refuting <= LISTS_HALF_READ


def check_by_the_book(triples: set[Triple]) -> None:
    closure = Closure(triples, full=True)
    book = Book(triples)
    ours = set(closure.inferred()) | triples
    assert {t for t in book.triples - ours if is_telling(t)} == set(), "missed"
    assert {t for t in ours - book.triples if is_telling(t)} == set(), "too much"
    assert {refutation.rule for refutation in closure.refutations()} == book.refuting


def without_keys(triples: list[Triple]) -> set[Triple]:
    """owlrl ignores the last property of a key, and so finds things the same that are not."""
    return {triple for triple in triples if triple[1] != OWL.hasKey}


@pytest.mark.long
@few
@given(ontologies, data)
def test_equal_to_owlrl(ontology: list[Triple], facts: list[Triple]) -> None:
    """On random ontologies and data, owlrl and the compiled closure derive the same triples."""
    check_with_owlrl(without_keys(ontology + facts))


@few
@given(ontologies, data)
def test_equal_to_the_rules_by_the_book(ontology: list[Triple], facts: list[Triple]) -> None:
    """On random ontologies and data, rules applied in the plainest way derive the same triples."""
    check_by_the_book({*ontology, *facts})


@pytest.mark.long
@many
@given(ontologies, data)
def test_equal_to_owlrl_many_times(ontology: list[Triple], facts: list[Triple]) -> None:
    """The same on many more random graphs."""
    check_with_owlrl(without_keys(ontology + facts))


@pytest.mark.long
@many
@given(ontologies, data)
def test_equal_to_the_rules_by_the_book_many_times(ontology: list[Triple], facts: list[Triple]) -> None:
    """The same on many more random graphs."""
    check_by_the_book({*ontology, *facts})
