"""Worked examples: what the reasoner concludes by each axiom from the smallest premise about made-up things.

worked_examples(ontology, made_up) -> Worked(axiom, rule, premises, conclusion) for each axiom that says something
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from string import ascii_uppercase

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.reason.closure import Closure
from kg.reason.coded import Coded, Instance, Pattern, Slot
from kg.reason.datatypes import DATATYPES
from kg.reason.rules import owl2rl
from kg.reason.specialise import specialise
from kg.reason.value import Triple

# Each datatype has one of these texts.
TEXTS = (
    *("text", "text@en", "1", "-1", "true", ""),
    *("2024", "2024-01", "2024-01-31", "2024-01-31T12:00:00Z"),
)


@dataclass(frozen=True, slots=True)
class Worked:
    """An axiom, a premise about made-up things, and what follows; without a conclusion it is a contradiction."""

    axiom: Triple
    rule: str
    premises: tuple[Triple, ...]
    conclusion: Triple | None


def worked_examples(ontology: Iterable[Triple], made_up: str) -> Iterator[Worked]:
    """For each asserted axiom by which rules draw conclusions from data, the first that the reasoner draws.

    `made_up` is how the IRIs of made-up things begin.
    """
    closure = Closure(ontology)
    done: set[Coded] = set()
    for instance in sorted(_instances(closure), key=lambda one: (len(one.axioms), len(one.body))):
        for axiom in instance.axioms:
            if axiom not in done and closure.facts.ranks.get(axiom) == 0:
                found = _tried(closure, instance, axiom, made_up)
                if found is not None:
                    done.add(axiom)
                    yield found


def _instances(closure: Closure) -> Iterator[Instance]:
    """The rules with the axioms filled in, those that ask something of data."""
    found = chain.from_iterable(specialise(rule, closure.facts) for rule in owl2rl())
    return (instance for instance in found if instance.axioms and instance.body)


def _tried(closure: Closure, instance: Instance, axiom: Coded, made_up: str) -> Worked | None:
    """The premise of an instance given to the reasoner: its conclusion, if it is by this axiom and rule."""
    term = _stand_ins(closure, instance, made_up)
    premises = [_triple(pattern, term) for pattern in instance.body]
    given = closure.facts.decode(axiom)
    closure.add(premises)
    try:
        if not instance.heads:
            steps, conclusion = closure.refutations(), None
        else:
            conclusion = _triple(instance.heads[0], term)
            steps = list(closure.ways.derivations(conclusion))
        drawn = any(step.rule == instance.rule and given in step.premises for step in steps)
        return Worked(given, instance.rule, tuple(premises), conclusion) if drawn else None
    finally:
        closure.remove(premises)


def _stand_ins(closure: Closure, instance: Instance, made_up: str) -> dict[Slot, Node]:
    """A term for each place: the constants, a literal for what is of a datatype, made-up things for the rest."""
    patterns = (*instance.body, *instance.heads)
    terms: dict[Slot, Node] = {s: closure.facts.terms[s] for s in chain(*patterns) if isinstance(s, int)}
    for s, p, o in patterns:
        if isinstance(s, str) and p == closure.facts.type and terms.get(o) in DATATYPES:
            terms[s] = _literal(URIRef(str(terms[o])))
    letters = iter(ascii_uppercase)
    for slot in chain(*patterns):
        if slot not in terms:
            terms[slot] = URIRef(made_up + next(letters))
    return terms


def _literal(datatype: URIRef) -> Literal:
    known = DATATYPES[datatype]
    fit = (text for text in TEXTS if known.form.fullmatch(text) and known.contains(known.read(text)))
    return Literal(next(fit, TEXTS[0]), datatype=datatype, normalize=False)


def _triple(pattern: Pattern, terms: dict[Slot, Node]) -> Triple:
    s, p, o = (terms[slot] for slot in pattern)
    return s, p, o
