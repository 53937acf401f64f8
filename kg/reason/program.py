"""The rules as they stand for the axioms found so far, compiled as they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from kg.reason.coded import Coded, Instance, Pattern, Step
from kg.reason.facts import Facts, Firing
from kg.reason.firing import INFER, REFUTE, VISIT, Seeking, Supporting, Visit, fire, seek, support
from kg.reason.rules import Rule
from kg.reason.shortcuts import Shortcuts
from kg.reason.specialise import axiom_keys, specialise

# The key of the relation that an atom speaks of; None for an atom of any property.
Key = int | None
Place = tuple[Instance, int]


class Program:
    """The instances of rules, found by the relations of their atoms and of their heads."""

    def __init__(self, rules: tuple[Rule, ...], facts: Facts) -> None:
        self._facts = facts
        self._rules = {rule: axiom_keys([rule], facts) for rule in rules}
        self.axiom_keys = frozenset[int]().union(*self._rules.values())
        self._variants: dict[tuple[tuple[Pattern, ...], ...], list[Instance]] = {}
        self._by_body: dict[Key, list[Place]] = defaultdict(list)
        self._by_head: dict[Key, list[Place]] = defaultdict(list)
        self.applied: dict[Instance, None] = {}
        self._shortcuts = Shortcuts()
        self._visiting: dict[tuple[Key, Visit], list[Firing]] = {}
        self._seeking: dict[tuple[Key, bool], list[Seeking]] = {}
        self._supporting: dict[tuple[Key, ...], list[tuple[Instance, Supporting]]] = {}

    def keys(self, fact: Coded | Pattern) -> tuple[Key, ...]:
        """The keys of the relations that a fact belongs to."""
        _, p, o = fact
        own = (~o,) if p == self._facts.type and isinstance(o, int) else ()
        return (*own, p if isinstance(p, int) else None)

    def is_axiom(self, fact: Coded) -> bool:
        """Whether rules are made special by facts such as this."""
        return any(key in self.axiom_keys for key in self.keys(fact))

    def specialise(self, stale: set[int] | None) -> list[Instance]:
        """The instances to apply that came with new facts of the stale relations; for None, all there are."""
        new: list[Instance] = []
        for rule, axioms in self._rules.items():
            if stale is None or axioms & stale:
                new += [instance for instance in specialise(rule, self._facts) if self._is_new(instance)]
        for instance in new:
            for place, head in enumerate(instance.heads):
                self._by_head[self.keys(head)[0]].append((instance, place))
        self._visiting, self._seeking, self._supporting = {}, {}, {}
        needed = self._shortcuts.needed(new)
        for instance in needed:
            for place, atom in enumerate(instance.body):
                self._by_body[self.keys(atom)[0]].append((instance, place))
        self.applied |= dict.fromkeys(needed)
        return needed

    def _is_new(self, instance: Instance) -> bool:
        """Whether its body and heads are new; where not, it is kept as a variant, for who asks why."""
        variants = self._variants.setdefault((instance.body, (), instance.heads), [])
        if all((known.rule, known.axioms) != (instance.rule, instance.axioms) for known in variants):
            variants.append(instance)
        return variants == [instance]

    def variants(self, instance: Instance) -> list[Instance]:
        """The instances with the same body and heads, by other rules or axioms."""
        return self._variants.get((instance.body, (), instance.heads), [instance])

    def firings(
        self, instance: Instance, infer: dict[Coded, None], refute: Callable[[Step], None]
    ) -> list[tuple[Key, Firing]]:
        """What an instance does with new facts, for each of its atoms."""
        facts = self._facts
        return [
            (
                self.keys(atom)[0],
                fire(instance, place, facts, INFER, infer)
                if instance.heads
                else fire(instance, place, facts, REFUTE, refute),
            )
            for place, atom in enumerate(instance.body)
        ]

    def visiting(self, key: Key, visit: Visit) -> list[Firing]:
        """What tells `visit` all that rests on facts of a relation."""
        if (key, visit) not in self._visiting:
            places = [place for place in self._by_body[key] if place[0].heads]
            self._visiting[key, visit] = [fire(*place, self._facts, VISIT, visit) for place in places]
        return self._visiting[key, visit]

    def seeking(self, fact: Coded, applied: bool = True) -> list[Seeking]:
        """What finds the steps to a fact, by the applied instances, or by all that there are."""
        found = []
        for key in (*self.keys(fact), None):
            if (key, applied) not in self._seeking:
                places = (place for place in self._by_head[key] if place[0] in self.applied or not applied)
                self._seeking[key, applied] = [seek(*place, self._facts) for place in places]
            found += self._seeking[key, applied]
        return found

    def supporting(self, keys: tuple[Key, ...]) -> list[tuple[Instance, Supporting]]:
        """What tells, for each applied instance, whether a fact of these keys follows from facts of lower ranks."""
        if keys not in self._supporting:
            places = [
                place for key in (*keys, None) for place in self._by_head[key] if place[0] in self.applied
            ]
            self._supporting[keys] = [(place[0], support(*place, self._facts)) for place in places]
        return self._supporting[keys]
