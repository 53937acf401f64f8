"""Rules made special to an ontology: what its axioms say is filled in, and only conditions on data remain.

`prp-dom` with the axiom `ent:party rdfs:domain ent:Agreement` becomes 'x ent:party y → x a ent:Agreement'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from rdflib import OWL, RDF, Literal, Variable
from rdflib.term import Node

from kg.reason.coded import Coded, Instance, Pattern, Slot
from kg.reason.facts import Facts
from kg.reason.rules import Atom, ListAtom, Rule

Binding = dict[Node, int]

DATA = frozenset({OWL.sameAs, OWL.differentFrom})
ANY_CLASS = frozenset({OWL.Thing, OWL.Nothing})


def is_axiom(atom: Atom, rule: Rule) -> bool:
    """Whether an atom of a rule speaks of the ontology, so that its solutions are filled in beforehand.

    Rules that name all their properties and classes (those of table 9) are run as they stand.
    """
    open_ = rule.lists or any(
        isinstance(p, Variable) or (p == RDF.type and isinstance(o, Variable)) for _, p, o in rule.body
    )
    _, p, o = atom
    if not open_ or isinstance(p, Variable) or p in DATA:
        return False
    return p != RDF.type or not (isinstance(o, Variable) or o in ANY_CLASS)


def axiom_keys(rules: Iterable[Rule], facts: Facts) -> frozenset[int]:
    """The keys of the relations whose facts are axioms: a new one of them makes rules special anew."""
    atoms = [atom for rule in rules for atom in rule.body if is_axiom(atom, rule)]
    keys = {~facts.number(o) if p == RDF.type else facts.number(p) for _, p, o in atoms}
    return frozenset(keys | {facts.first, facts.rest})


def specialise(rule: Rule, facts: Facts) -> Iterator[Instance]:
    """The instances of a rule for the axioms among the facts."""
    axioms = [atom for atom in rule.body if is_axiom(atom, rule)]
    rest = [atom for atom in rule.body if not is_axiom(atom, rule)]
    for binding, used in _solutions(axioms, facts, {}):
        for binding_, more in _over_lists(rule.lists, facts, binding):
            body = tuple(_fill(atom, binding_, facts) for atom in (*rest, *more))
            heads = tuple(_fill(atom, binding_, facts) for atom in rule.heads)
            if not any(head in body for head in heads):
                yield Instance(rule.name, used, body, heads)


def _solutions(
    atoms: list[Atom], facts: Facts, binding: Binding
) -> Iterator[tuple[Binding, tuple[Coded, ...]]]:
    """The ways to find some atoms among the facts, each with the facts found."""
    if not atoms:
        yield binding, ()
        return
    atom, *others = atoms
    known = [binding.get(term) if isinstance(term, Variable) else _constant(term, facts) for term in atom]
    for fact in facts.match(*known):
        if all(_agrees(term, facts.terms[number]) for term, number in zip(atom, fact, strict=True)):
            bound = binding | {t: n for t, n in zip(atom, fact, strict=True) if isinstance(t, Variable)}
            for solution, used in _solutions(others, facts, bound):
                yield solution, (fact, *used)


def _constant(term: Node, facts: Facts) -> int | None:
    """A constant's number; literals are found by value, as equal ones are the same (dt-eq, eq-rep-o)."""
    return None if isinstance(term, Literal) else facts.number(term)


def _agrees(term: Node, found: Node) -> bool:
    if not isinstance(term, Literal):
        return True
    return isinstance(found, Literal) and found.value == term.value and not isinstance(found.value, bool)


def _over_lists(
    lists: tuple[ListAtom, ...], facts: Facts, binding: Binding
) -> Iterator[tuple[Binding, list[Atom]]]:
    """The ways to meet the conditions on lists: by binding members, or by further atoms for each member."""
    if not lists:
        yield binding, []
        return
    (condition,) = lists
    members = facts.items(binding[condition.list])
    terms = condition.terms
    if condition.word == "member":
        for item in members:
            yield binding | {terms[0]: item}, []
    elif condition.word == "pair":
        for pair in combinations(members, 2):
            yield binding | dict(zip(terms, pair, strict=True)), []
    elif members:
        places = [Variable(f"list{i}") for i in range(len(members))]
        yield binding | dict(zip(places, members, strict=True)), _WIDENED[condition.word](places, terms)


def _every(members: list[Variable], terms: tuple[Node, ...]) -> list[Atom]:
    return [(terms[0], RDF.type, class_) for class_ in members]


def _chain(members: list[Variable], terms: tuple[Node, ...]) -> list[Atom]:
    inner = [Variable(f"step{i}") for i in range(len(members) - 1)]
    stops = (terms[0], *inner, terms[1])
    return [(x, p, y) for p, (x, y) in zip(members, pairwise(stops), strict=True)]


def _shared(members: list[Variable], terms: tuple[Node, ...]) -> list[Atom]:
    return [(x, p, Variable(f"value{i}")) for i, p in enumerate(members) for x in terms]


_WIDENED = {"every": _every, "chain": _chain, "shared": _shared}


def _fill(atom: Atom, binding: Binding, facts: Facts) -> Pattern:
    s, p, o = (_slot(term, binding, facts) for term in atom)
    return s, p, o


def _slot(term: Node, binding: Binding, facts: Facts) -> Slot:
    if isinstance(term, Variable):
        return binding.get(term, str(term))
    return facts.number(term)
