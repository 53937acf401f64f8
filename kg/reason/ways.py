"""The steps to what a closure holds, in an order that depends on nothing but what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import Literal

from kg.packed import in_stretches
from kg.reason.coded import Coded, Step
from kg.reason.facts import Facts
from kg.reason.firing import Visit
from kg.reason.literals import Literals
from kg.reason.program import Key, Program
from kg.reason.value import Derivation, Triple

AT_HAND = 1 << 14  # facts whose steps are at hand at a time


class Ways:
    """How the facts of a closure follow from each other by its program; always as the facts stand.

    The step that is told first has premises of lower ranks only, so whoever goes from fact to fact by these
    comes to asserted ones, and not round in a circle. Of several, it is the first by its text.
    """

    def __init__(self, facts: Facts, program: Program, literals: Literals) -> None:
        self._facts, self._program, self._literals = facts, program, literals
        self._used: set[Coded] = set()

    def to(self, fact: Coded) -> Iterator[Step]:
        """The steps to a fact by the instances that are applied, in any order."""
        step = self._literals.step_to(fact)
        if step is not None:
            yield step
        yield from (step for _, step in self._sought([fact], applied=True))

    def steps(self, triple: Triple) -> list[Derivation]:
        """The steps to a triple by the rules that are applied, in their order; none for one not inferred."""
        fact = self._facts.known(triple)
        if fact is None or not self._facts.ranks.get(fact):
            return []
        return self._in_order(fact, (step for step in self.to(fact) if fact not in step))

    def derivation(self, triple: Triple) -> Derivation | None:
        """The first of the steps to a triple; None for one that was not inferred."""
        return next(iter(self.steps(triple)), None)

    def derivations(self, triple: Triple) -> frozenset[Derivation]:
        """All the steps by which a triple follows from others than itself, asserted or not."""
        fact = self._facts.known(triple)
        if fact is None or fact not in self._facts.ranks:
            return frozenset()
        return frozenset(
            self.told(variant)
            for _, step in self._sought([fact], applied=False)
            if fact not in step
            for variant in self._variants(step)
        )

    def all(self) -> Iterator[tuple[Coded, list[Derivation], bool]]:
        """Each inferred fact with its steps in their order, and whether it is used, as below; few are at hand."""
        inferred = (fact for fact, rank in self._facts.ranks.items() if rank)
        for facts in in_stretches(inferred, AT_HAND):
            found, used = self._all_to(facts), self.used(facts)
            for fact in facts:
                yield fact, self._in_order(fact, found[fact]), fact in used

    def used(self, facts: list[Coded]) -> set[Coded]:
        """Those of some facts from which something else than a literal follows that is not asserted."""
        self._used.clear()
        self.resting_on([fact for fact in facts if fact in self._facts.ranks], self._note_use)
        return self._used.intersection(facts)

    def resting_on(self, batch: list[Coded], visit: Visit) -> None:
        """Tell `visit` each step that has one of some facts as a premise, with what it leads to."""
        groups: list[tuple[int | None, list[Coded]]] = [
            (None, batch),
            *self._facts.by_relation(batch).items(),
        ]
        visits = {key: self._program.visiting(key, visit) for key, _ in groups}
        self._facts.fill()
        for key, facts in groups:
            for run in visits[key]:
                run(facts)

    def told(self, step: Step) -> Derivation:
        """A step in terms, the axioms that made its rule special among its premises."""
        instance, *premises = step
        decode = self._facts.decode
        return Derivation(instance.rule, tuple(decode(fact) for fact in (*instance.axioms, *premises)))

    def _note_use(self, head: Coded, step: Step, _rank: int) -> None:
        if self._is_use(head, step):
            self._used.update(step[1:])

    def _is_use(self, head: Coded, step: Step) -> bool:
        facts = self._facts
        return (
            bool(facts.ranks.get(head)) and head not in step and not isinstance(facts.terms[head[0]], Literal)
        )

    def _in_order(self, fact: Coded, steps: Iterable[Step]) -> list[Derivation]:
        variants = [variant for step in steps for variant in self._variants(step)]
        if len(variants) > 1:
            placed = {self._place(fact, variant): variant for variant in variants}
            variants = [placed[place] for place in sorted(placed)]
        return [self.told(variant) for variant in variants]

    def _place(self, fact: Coded, step: Step) -> tuple[bool, str, tuple[bytes, ...]]:
        """Where a step to a fact stands among the others."""
        instance, *premises = step
        ranks, text = self._facts.ranks, self._facts.terms.text
        used = (*instance.axioms, *premises)
        rank = ranks[fact]
        return (
            any(ranks[one] >= rank for one in used),
            instance.rule,
            tuple(text(t) for one in used for t in one),
        )

    def _all_to(self, facts: list[Coded]) -> dict[Coded, list[Step]]:
        """The steps to each of some facts from others than itself, in any order."""
        found: dict[Coded, list[Step]] = {fact: [] for fact in facts}
        alike = defaultdict[tuple[Key, ...], list[Coded]](list)
        for fact in facts:
            alike[self._program.keys(fact)].append(fact)
            if (step := self._literals.step_to(fact)) is not None:
                found[fact].append(step)
        for some in alike.values():
            for fact, step in self._sought(some, applied=True):
                if fact not in step:
                    found[fact].append(step)
        return found

    def _variants(self, step: Step) -> Iterator[Step]:
        """A step, and those by other rules or axioms from the same premises."""
        instance, *premises = step
        for variant in self._program.variants(instance):
            yield variant, *premises

    def _sought(self, facts: list[Coded], *, applied: bool) -> Iterator[tuple[Coded, Step]]:
        """The steps by which facts of the same relations follow from facts, by one instance of those that are alike."""
        seeking = self._program.seeking(facts[0], applied)
        self._facts.fill()
        for find in seeking:
            yield from find(facts)
