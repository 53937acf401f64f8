"""The rules applied by the book: every rule to every combination of triples, until nothing new comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rdflib import RDF, Literal, Variable
from rdflib.term import Node

from kg.reason.rules import Atom, ListAtom, owl2rl
from kg.reason.value import Triple

Binding = dict[Node, Node]


class Book:
    """A graph closed under the rules of OWL 2 RL in the plainest way there is: slow, and easy to believe."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples: set[Triple] = set(triples)
        self.refuting: set[str] = set()
        self.lists = {head: self._members(head) for head, p, _ in self.triples if p == RDF.first}
        size = -1
        while size != len(self.triples):
            size = len(self.triples)
            self._by_predicate: dict[Node, list[Triple]] = defaultdict(list)
            for triple in self.triples:
                self._by_predicate[triple[1]].append(triple)
            self._apply()

    def _apply(self) -> None:
        known = set(self.triples)
        for rule in owl2rl(trivial=True):
            if rule.name.startswith("dt-") or rule.name == "prp-ap":
                continue
            for binding in self._solutions(list(rule.body), list(rule.lists), {}, known):
                self.triples.update(_fill(head, binding) for head in rule.heads)
                if not rule.heads:
                    self.refuting.add(rule.name)

    def _solutions(
        self, atoms: list[Atom], lists: list[ListAtom], binding: Binding, known: set[Triple]
    ) -> Iterator[Binding]:
        if lists and lists[0].list in binding:
            for bound, more in self._unfold(lists[0], binding):
                yield from self._solutions(more + atoms, lists[1:], bound, known)
        elif atoms:
            for triple in self._found(_fill(atoms[0], binding), known):
                yield from self._solutions(atoms[1:], lists, binding | _matched(atoms[0], triple), known)
        else:
            yield binding

    def _found(self, pattern: Triple, known: set[Triple]) -> Iterable[Triple]:
        if not any(isinstance(term, (Variable, Literal)) for term in pattern):
            return [pattern] if pattern in known else []
        pool = known if isinstance(pattern[1], Variable) else self._by_predicate[pattern[1]]
        return [triple for triple in pool if _fits(pattern, triple)]

    def _unfold(self, condition: ListAtom, binding: Binding) -> Iterator[tuple[Binding, list[Atom]]]:
        members = self.lists.get(binding[condition.list], ())
        x, *others = condition.terms
        if condition.word == "member":
            yield from ((binding | {x: member}, []) for member in members)
        elif condition.word == "pair":
            yield from ((binding | {x: a, others[0]: b}, []) for a, b in combinations(members, 2))
        elif members and condition.word == "every":
            yield binding, [(x, RDF.type, member) for member in members]
        elif members and condition.word == "shared":
            values = [Variable(f"value{i}") for i in range(len(members))]
            yield binding, [(t, p, v) for p, v in zip(members, values, strict=True) for t in condition.terms]
        elif members:
            stops = [x, *(Variable(f"stop{i}") for i in range(1, len(members))), others[0]]
            yield binding, list(zip(stops, members, stops[1:], strict=False))

    def _members(self, head: Node) -> tuple[Node, ...]:
        value = {(s, p): o for s, p, o in self.triples}
        members = []
        while head != RDF.nil:
            members.append(value[head, RDF.first])
            head = value[head, RDF.rest]
        return tuple(members)


def _fill(atom: Atom, binding: Binding) -> Triple:
    s, p, o = (binding.get(term, term) for term in atom)
    return s, p, o


def _matched(atom: Atom, triple: Triple) -> Binding:
    return {term: found for term, found in zip(atom, triple, strict=True) if isinstance(term, Variable)}


def _fits(pattern: Triple, triple: Triple) -> bool:
    bound: Binding = {}
    for term, found in zip(pattern, triple, strict=True):
        if isinstance(term, Variable):
            if bound.setdefault(term, found) != found:
                return False
        elif isinstance(term, Literal):
            if not isinstance(found, Literal) or found.value != term.value:
                return False
        elif term != found:
            return False
    return True
