"""Facts that come and go, with the rank of each kept the least there is.

What comes is followed to where it leads, from the lowest ranks up. What goes takes with it, again from the lowest
rank up, what has no step left from facts of lower ranks; where a step from others is left it comes back, with a
higher rank. So what holds, and how, is the same by whatever way one came to it, and the cost is that of the change.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import filterfalse

from kg.reason.coded import Coded, Step
from kg.reason.facts import Facts
from kg.reason.literals import Literals
from kg.reason.program import Key, Program
from kg.reason.rounds import Rounds
from kg.reason.ways import Ways

FALLEN = sys.maxsize  # the rank of what is on its way out


@dataclass(frozen=True, slots=True)
class Touched:
    """The facts to which steps may be others now, and those that may be premises now and were not, or no more."""

    concluded: dict[Coded, None] = field(default_factory=dict)
    used: dict[Coded, None] = field(default_factory=dict)


class Upkeep:
    """Takes facts in and out. `touched`, where it is not None, gathers what has changed."""

    def __init__(
        self, facts: Facts, program: Program, literals: Literals, ways: Ways, rounds: Rounds
    ) -> None:
        self._facts, self._program, self._literals = facts, program, literals
        self._ways, self._rounds = ways, rounds
        self._waiting = defaultdict[int, dict[Coded, None]](dict)
        self._falling = defaultdict[int, dict[Coded, None]](dict)
        self._ground: dict[Coded, int] = {}
        self._level = 0
        self.touched: Touched | None = None

    def settle(self) -> None:
        """Take the facts that there are for the ground: their ranks are below all others from now on."""
        self._level, self._ground = self._rounds.top, dict(self._facts.ranks)
        self._rounds.is_settled = True

    def is_ground(self, fact: Coded) -> bool:
        """Whether a fact was there when all was settled."""
        return fact in self._ground

    def add(self, facts: dict[Coded, None]) -> None:
        """Assert facts that are not asserted, and derive what follows."""
        ranks = self._facts.ranks
        for fact in facts:
            if ranks.get(fact):
                self._turn(fact)
        self._touch(facts)
        ranks.update(dict.fromkeys(facts, 0))
        if self._rounds.top == self._level and self.touched is None:  # nothing is derived above the ground
            self._rounds.run(list(facts))
        else:
            self._waiting[0] = facts
            self._spread()

    def fall(self, withdrawn: Iterable[Coded]) -> dict[Coded, None]:
        """Mark as fallen asserted facts, but for the ground, and all that has no other step left.

        What comes back is all of it; `remove` is to follow.
        """
        fallen: dict[Coded, None] = {}
        self._falling[0] = {fact: None for fact in withdrawn if not self._ground.get(fact)}
        while self._falling:
            rank = min(self._falling)
            batch = self._falling.pop(rank)
            lost = dict.fromkeys(self._baseless(batch, rank) if rank else batch, FALLEN)
            self._ways.resting_on(list(lost), self._shake)
            self._facts.ranks.update(lost)
            fallen |= dict.fromkeys(lost)
        return fallen

    def remove(self, withdrawn: dict[Coded, None], fallen: dict[Coded, None]) -> None:
        """Take out what has fallen; what was withdrawn otherwise follows from the ground, and is inferred now."""
        ranks = self._facts.ranks
        for fact in withdrawn.keys() - fallen.keys():
            ranks[fact] = self._ground[fact]
            self._turn(fact)
        self._touch(fallen)
        gone = {*self._baseless(fallen, FALLEN)}
        self._facts.remove(list(fallen))
        for fact in (fact for fact in fallen if fact not in gone):
            for step in self._ways.to(fact):
                self._offer(fact, step, max((ranks[one] for one in step[1:]), default=0))
        self._spread()
        self._rounds.forget_refuted()

    def _spread(self) -> None:
        """Follow what waits to where it leads, from the lowest ranks up, so that each fact gets its least."""
        ranks, stale = self._facts.ranks, set[int]()
        for fact, step in self._literals.enter():
            self._offer(fact, step, 0)
        while self._waiting:
            rank = min(self._waiting)
            batch = [fact for fact in self._waiting.pop(rank) if ranks[fact] == rank]
            stale |= self._rounds.enter(batch, fire=False)
            self._ways.resting_on(batch, self._offer)
        self._rounds.run(self._rounds.specialised(stale))

    def _offer(self, fact: Coded, step: Step, highest: int) -> None:
        """A step to a fact, which may be new, or get a lower rank by it."""
        if self.touched is not None:
            self._touch([fact], step[1:])
        ranks, rank = self._facts.ranks, self._rank(step, highest)
        if ranks.get(fact, FALLEN) > rank:
            ranks[fact] = rank
            self._rounds.top = max(self._rounds.top, rank)
            self._waiting[rank][fact] = None

    def _shake(self, fact: Coded, step: Step, highest: int) -> None:
        """A step goes: where it gave a fact its rank, the fact may fall."""
        if self.touched is not None:
            self._touch([fact], step[1:])
        rank = self._facts.ranks[fact]
        if self._level < rank < FALLEN and self._rank(step, highest) <= rank:
            self._falling[rank][fact] = None

    def _rank(self, step: Step, highest: int) -> int:
        """The rank of what a step leads to, by the highest of its premises."""
        if not self._rounds.is_settled:  # else axioms are of the ground
            ranks = self._facts.ranks
            highest = max(highest, *(ranks[axiom] for axiom in step[0].axioms), 0)
        return max(highest, self._level) + 1

    def _baseless(self, facts: Iterable[Coded], rank: int) -> list[Coded]:
        """Those of some facts of a rank that follow in no step from facts of lower ranks."""
        grouped = defaultdict[tuple[Key, ...], list[Coded]](list)
        for fact in facts:
            if self._literals.step_to(fact) is None:
                grouped[self._program.keys(fact)].append(fact)
        for keys in grouped:
            self._program.supporting(keys)  # asks for indexes, which are filled at once
        self._facts.fill()
        return [fact for keys, own in grouped.items() for fact in self._left_by(keys, own, rank)]

    def _left_by(self, keys: tuple[Key, ...], facts: list[Coded], rank: int) -> list[Coded]:
        """The same, of facts of the same relations."""
        ranks = self._facts.ranks
        for instance, holds in self._program.supporting(keys):
            if all(ranks[axiom] < rank for axiom in instance.axioms):
                facts = list(filterfalse(holds, facts))
        return facts

    def _touch(self, facts: Iterable[Coded], used: Iterable[Coded] = ()) -> None:
        if self.touched is not None:
            self.touched.concluded.update(dict.fromkeys(facts))
            self.touched.used.update(dict.fromkeys(used))

    def _turn(self, fact: Coded) -> None:
        """A fact that was inferred is asserted, or the other way round: it uses its premises no more, or now."""
        if self.touched is not None:
            for step in self._ways.to(fact):
                self._touch([fact], step[1:])
