"""Semi-naive evaluation: each round applies every rule to what the round before found.

A fact's rank is the round that found it, so what a fact was derived from is always of lower ranks.
"""

from __future__ import annotations

from kg.reason.coded import Coded, Instance, Step
from kg.reason.facts import Facts, Relation
from kg.reason.literals import Literals
from kg.reason.program import Program


class Rounds:
    """Applies a program to facts until nothing more comes, making the rules special anew where axioms come.

    `top` is the highest rank there is; `refuted` are the steps that end in 'false'; `axioms_came` says whether the
    rules were made special anew since somebody set it to false.
    """

    def __init__(self, facts: Facts, program: Program, literals: Literals) -> None:
        self._facts, self._program, self._literals = facts, program, literals
        self._anywhere = Relation()
        self._fresh: dict[Coded, None] = {}
        self.top = 0
        self.axioms_came = self.is_settled = False
        self.refuted: dict[tuple[str, frozenset[Coded]], Step] = {}
        self._take_up(program.specialise(None))

    def run(self, batch: list[Coded]) -> None:
        """Apply the rules to new facts, and to all that follows."""
        stale: set[int] = set()
        while batch or self._fresh or stale:
            self._enter_literals()
            while batch or self._fresh:
                stale |= self.enter(batch, fire=True)
                batch = self._rise()
            batch, stale = self.specialised(stale), set()

    def enter(self, batch: list[Coded], *, fire: bool) -> set[int]:
        """Take facts up into the indexes, and apply to them all rules, or those that end in 'false'.

        What comes back are the keys of the axioms among them.
        """
        self._facts.fill()
        touched = self._facts.index(batch)
        relations = [(self._anywhere, batch)]
        relations += ((self._facts.relations[key], facts) for key, facts in touched.items())
        for relation, facts in relations:
            for run in (*relation.firings, *relation.refuting) if fire else relation.refuting:
                run(facts)
        for step in self._literals.refute(batch):
            self._refute(step)
        return set(self._program.axiom_keys & touched.keys())

    def specialised(self, stale: set[int]) -> list[Coded]:
        """What follows by the instances of rules that come with new axioms, those of the stale keys."""
        if not stale:
            return []
        self.axioms_came, self.is_settled = True, False
        self._take_up(self._program.specialise(stale))
        self._enter_literals()
        return self._rise()

    def _rise(self) -> list[Coded]:
        """What was found becomes facts, above all there are."""
        batch = list(self._fresh)
        self._fresh.clear()
        self.top += bool(batch)
        self._facts.ranks.update(dict.fromkeys(batch, self.top))
        return batch

    def _take_up(self, instances: list[Instance]) -> None:
        """Have new instances fire from now on, and apply each to all facts there are."""
        waiting = []
        for instance in instances:
            firings = self._program.firings(instance, self._fresh, self._refute)
            for key, run in firings:
                relation = self._anywhere if key is None else self._facts.relation(key)
                (relation.firings if instance.heads else relation.refuting).append(run)
            if firings:
                waiting.append(firings[0])
            elif not instance.heads:
                self._refute((instance,))
            for head in () if firings else instance.heads:
                self._conclude(head)  # type: ignore[arg-type]  # without a body there is no variable
        self._facts.fill()
        found = self._facts.of_keys(key for key, _ in waiting if key is not None)
        for key, run in waiting:
            run(list(self._facts.ranks) if key is None else found[key])

    def _enter_literals(self) -> None:
        for fact, _ in self._literals.enter():
            self._conclude(fact)

    def _conclude(self, fact: Coded) -> None:
        if fact not in self._facts.ranks:
            self._fresh[fact] = None

    def _refute(self, step: Step) -> None:
        instance, *premises = step
        self.refuted.setdefault((instance.rule, frozenset(premises)), step)

    def forget_refuted(self) -> None:
        """Drop the inconsistencies that rest on facts that are gone."""
        ranks = self._facts.ranks
        self.refuted = {
            key: step for key, step in self.refuted.items() if all(one in ranks for one in key[1])
        }
