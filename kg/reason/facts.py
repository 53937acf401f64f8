"""The facts of a closure: triples of numbers for terms, the rank of each, and indexes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from rdflib import OWL, RDF
from rdflib.term import Node

from kg.reason.coded import Coded
from kg.reason.grouped import Grouped
from kg.reason.state import StaleError, State
from kg.reason.terms import Terms
from kg.reason.value import Triple

Firing = Callable[[list[Coded]], None]
Index = dict[int, set[int]]
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Relation:
    """What is kept of the facts of one property, or one class: the indexes and the rules that want them."""

    forward: Index | None = None
    backward: Index | None = None
    members: set[int] | None = None
    firings: list[Firing] = field(default_factory=list)
    refuting: list[Firing] = field(default_factory=list)

    def index(self, facts: list[Coded]) -> None:
        """Enter facts into the indexes."""
        if self.forward is not None:
            forward = self.forward
            for s, _, o in facts:
                forward[s].add(o)
        if self.backward is not None:
            backward = self.backward
            for s, _, o in facts:
                backward[o].add(s)
        if self.members is not None:
            self.members.update([fact[0] for fact in facts])

    def unindex(self, facts: list[Coded]) -> None:
        """Take facts out of the indexes."""
        for s, _, o in facts:
            if self.forward is not None:
                self.forward[s].discard(o)
            if self.backward is not None:
                self.backward[o].discard(s)
            if self.members is not None:
                self.members.discard(s)


class Facts:
    """Facts with their ranks. A relation's key is a property's number, or a class's inverted (`~`).

    An asserted fact is of rank 0; an inferred one follows in some step from facts of lower ranks.
    """

    def __init__(self) -> None:
        self.terms = Terms()
        self.ranks: dict[Coded, int] = {}
        self.relations: dict[int, Relation] = {}
        self._unfilled: dict[int, Relation] = {}
        self._wild: tuple[dict[int, set[Coded]], dict[int, set[Coded]]] | None = None
        self.type = self.number(RDF.type)
        self._grouped = Grouped(self.ranks, self.type)
        self.same = self.number(OWL.sameAs)
        self.first, self.rest, self.nil = (self.number(term) for term in (RDF.first, RDF.rest, RDF.nil))

    def number(self, term: Node) -> int:
        """The number that stands for a term."""
        return self.terms.number(term)

    def code(self, triple: Triple) -> Coded:
        """A triple in numbers."""
        s, p, o = map(self.terms.number, triple)
        return s, p, o

    def known(self, triple: Triple) -> Coded | None:
        """A triple in numbers if all its terms have one."""
        s, p, o = map(self.terms.find, triple)
        return None if s is None or p is None or o is None else (s, p, o)

    def decode(self, fact: Coded) -> Triple:
        """The triple that numbers stand for."""
        terms = self.terms
        return terms[fact[0]], terms[fact[1]], terms[fact[2]]

    def state(self) -> State:
        """All terms and facts, to go on from later."""
        return State.of(self.terms.texts(), self.ranks)

    def restore(self, state: State) -> None:
        """Take up the facts of a state, which begins with the terms that there are. Raises StaleError."""
        texts, known = state.terms.split(b"\n"), len(self.terms)
        if texts[:known] != self.terms.texts():
            raise StaleError
        self.terms.extend_with(texts[known:])
        before = set(self.ranks)
        self.ranks.update(state.facts())
        self.fill()
        self.index([fact for fact in self.ranks if fact not in before])

    def relation(self, key: int) -> Relation:
        """The relation of a key."""
        return self.relations.setdefault(key, Relation())

    def forward(self, predicate: int) -> Index:
        """The objects of each subject, for a property."""
        relation = self.relation(predicate)
        if relation.forward is None:
            relation.forward = defaultdict(set)
            self._unfilled[predicate] = relation
        return relation.forward

    def backward(self, predicate: int) -> Index:
        """The subjects of each object, for a property."""
        relation = self.relation(predicate)
        if relation.backward is None:
            relation.backward = defaultdict(set)
            self._unfilled[predicate] = relation
        return relation.backward

    def members(self, class_: int) -> set[int]:
        """The instances of a class."""
        relation = self.relation(~class_)
        if relation.members is None:
            relation.members = set()
            self._unfilled[~class_] = relation
        return relation.members

    def fill(self) -> None:
        """Enter all facts into the indexes that were asked for since the last time."""
        if not self._unfilled:
            return
        waiting, self._unfilled = self._unfilled, {}
        for key, facts in self.of_keys(waiting).items():
            waiting[key].index(facts)

    def of_keys(self, keys: Iterable[int]) -> dict[int, list[Coded]]:
        """All facts of each of the relations with these keys, of those that were entered."""
        return self._grouped.of_keys(keys)

    def by_relation(self, facts: list[Coded]) -> dict[int, list[Coded]]:
        """Some facts by the keys of their relations, for the relations that anybody asks for."""
        found: dict[int, list[Coded]] = self._grouped.sorted_out(facts, {key: [] for key in self.relations})
        return {key: facts for key, facts in found.items() if facts}

    def index(self, facts: list[Coded]) -> dict[int, list[Coded]]:
        """Enter new facts into all indexes; what comes back are the facts by relation."""
        found = self.by_relation(facts)
        self._grouped.note(facts)
        for key, own in found.items():
            self.relations[key].index(own)
        if self._wild is not None:
            of_subject, of_object = self._wild
            for fact in facts:
                of_subject[fact[0]].add(fact)
                of_object[fact[2]].add(fact)
        return found

    def remove(self, facts: list[Coded]) -> None:
        """Take facts out."""
        for key, own in self.by_relation(facts).items():
            self.relations[key].unindex(own)
        for fact in facts:
            del self.ranks[fact]
            if self._wild is not None:
                self._wild[0][fact[0]].discard(fact)
                self._wild[1][fact[2]].discard(fact)

    def match(self, s: int | None, p: int | None, o: int | None) -> Iterator[Coded]:
        """The facts with these terms, in any order; None stands for any term."""
        if p is None:
            yield from self._match_any(s, o)
        elif s is not None:
            objects = self._filled(self.forward(p)).get(s, ())
            yield from ((s, p, found) for found in objects if o is None or found == o)
        elif o is None:
            for subject, objects in self._filled(self.forward(p)).items():
                yield from ((subject, p, found) for found in objects)
        elif p == self.type:
            yield from ((found, p, o) for found in self._filled(self.members(o)))
        else:
            yield from ((found, p, o) for found in self._filled(self.backward(p)).get(o, ()))

    def _filled(self, index: T) -> T:
        self.fill()
        return index

    def _match_any(self, s: int | None, o: int | None) -> Iterator[Coded]:
        if self._wild is None:
            self._wild = (defaultdict(set), defaultdict(set))
            for fact in self.ranks:
                self._wild[0][fact[0]].add(fact)
                self._wild[1][fact[2]].add(fact)
        if s is not None:
            yield from (fact for fact in self._wild[0].get(s, ()) if o is None or fact[2] == o)
        elif o is not None:
            yield from self._wild[1].get(o, ())
        else:
            yield from tuple(self.ranks)

    def items(self, head: int) -> tuple[int, ...]:
        """The members of an RDF list; none of them for one that is broken or runs in a circle."""
        items: list[int] = []
        seen: set[int] = set()
        while head != self.nil:
            item, rest = self._value(head, self.first), self._value(head, self.rest)
            if head in seen or item is None or rest is None:
                return ()
            seen.add(head)
            items.append(item)
            head = rest
        return tuple(items)

    def _value(self, subject: int, predicate: int) -> int | None:
        """The one value of a property, the asserted one where equality has added others."""
        found = ((self.ranks[fact] > 0, fact[2]) for fact in self.match(subject, predicate, None))
        return min(found, default=(True, None))[1]
