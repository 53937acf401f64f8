"""The steps to what a closure holds: the one recorded when it was found, and all that lead to it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.reason.facts import Coded, Facts, Step
from kg.reason.program import Program
from kg.reason.value import Derivation, Triple


class Ways:
    """How the facts of a closure follow from each other by its program; always as the facts stand."""

    def __init__(self, facts: Facts, program: Program) -> None:
        self._facts, self._program = facts, program

    def steps(self, triple: Triple) -> list[Derivation]:
        """The steps to a triple by the rules that are applied, the recorded one first; none for one not inferred."""
        fact = self._facts.known(triple)
        recorded = None if fact is None else self._facts.steps.get(fact)
        if fact is None or recorded is None:
            return []
        applied = self._program.is_applied
        others = (step for step in self._steps_to(fact) if fact not in step and applied(step[0]))
        found = dict.fromkeys((recorded, *others))
        return [self.told(variant) for step in found for variant in self._variants(step)]

    def derivation(self, triple: Triple) -> Derivation | None:
        """The step by which a triple was derived; None for one that was not."""
        fact = self._facts.known(triple)
        step = None if fact is None else self._facts.steps.get(fact)
        return None if step is None else self.told(step)

    def derivations(self, triple: Triple) -> frozenset[Derivation]:
        """All the steps by which a triple follows from others than itself, asserted or not."""
        fact = self._facts.known(triple)
        if fact is None or fact not in self._facts.steps:
            return frozenset()
        return frozenset(
            self.told(variant)
            for step in self._steps_to(fact)
            if fact not in step
            for variant in self._variants(step)
        )

    def beneath(self, triples: Iterable[Triple]) -> Iterator[tuple[Triple, list[Derivation]]]:
        """The inferred ones of some triples, and all those that they rest on, each with the steps to it.

        They are the steps of the rules that are applied, the recorded step first.
        """
        steps = self._all_steps()
        waiting = [fact for triple in triples if (fact := self._facts.known(triple)) in steps]
        while waiting:
            fact = waiting.pop()
            found = steps.pop(fact, None)
            if found is not None:
                waiting += (premise for (_, *premises) in found for premise in premises if premise in steps)
                waiting += (axiom for (i, *_) in found for axiom in i.axioms if axiom in steps)
                yield self._facts.decode(fact), [self.told(step) for step in found]

    def told(self, step: Step) -> Derivation:
        """A step in terms, the axioms that made its rule special among its premises."""
        instance, *premises = step
        decode = self._facts.decode
        return Derivation(instance.rule, tuple(decode(fact) for fact in (*instance.axioms, *premises)))

    def _all_steps(self) -> dict[Coded, list[Step]]:
        found: dict[Coded, dict[Step, None]] = {
            fact: {step: None} for fact, step in self._facts.steps.items() if step is not None
        }

        def visit(fact: Coded, step: Step) -> None:
            if fact in found and fact not in step:
                found[fact][step] = None

        runs = self._program.visits(visit)
        self._facts.fill()
        held = self._facts.of_keys(key for key, _ in runs if key is not None)
        for key, run in runs:
            run(list(self._facts.steps) if key is None else held[key])
        return {fact: [v for step in steps for v in self._variants(step)] for fact, steps in found.items()}

    def _variants(self, step: Step) -> Iterator[Step]:
        """A step, and those by other rules or axioms from the same premises."""
        instance, *premises = step
        for variant in self._program.variants(instance):
            yield variant, *premises

    def _steps_to(self, fact: Coded) -> Iterator[Step]:
        """All the steps by which a fact follows from facts, by one instance of those that are alike."""
        seeking = self._program.seeking(fact)
        self._facts.fill()
        for find in seeking:
            yield from find([fact])
