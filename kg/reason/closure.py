"""The closure of ontology and data under rules, kept as data comes and goes.

Evaluation is semi-naive: each round applies every rule to what the round before found, and a fact's rank is the
round that found it. Later changes keep the ranks the least there are, from the lowest up: what has no step left
from facts of lower ranks falls, and comes back with a higher rank where another step leads to it. So what
holds, and how, is the same by whatever way one came to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import RDF, URIRef
from rdflib.term import Node

from kg.reason.facts import Coded, Facts, Relation, Step
from kg.reason.literals import Literals
from kg.reason.program import Program
from kg.reason.rules import Rule, owl2rl
from kg.reason.specialise import Instance
from kg.reason.state import State
from kg.reason.value import Derivation, Triple
from kg.reason.ways import Ways


@dataclass(frozen=True, slots=True)
class Touched:
    """The facts to which steps may be others now, and those that may be premises now and were not, or no more."""

    concluded: dict[Coded, None] = field(default_factory=dict)
    used: dict[Coded, None] = field(default_factory=dict)


class Closure:
    """All that some rules derive from the triples added, with how, and where they end in 'false'.

    `full` adds what holds of any graph: the closure by the letter of OWL 2 RL/RDF, for comparisons.
    """

    def __init__(
        self, triples: Iterable[Triple] = (), *, rules: tuple[Rule, ...] | None = None, full: bool = False
    ) -> None:
        self._rules = owl2rl(trivial=full) if rules is None else rules
        self._full = full
        self._begin()
        self.add(triples)

    def _begin(self) -> None:
        self.facts = Facts()
        self._program = Program(self._rules, self.facts)
        self._literals = Literals(self.facts, self._full)
        self.ways = Ways(self.facts, self._program, self._literals)
        self._anywhere = Relation()
        self._fresh: dict[Coded, None] = {}
        self._waiting: dict[int, dict[Coded, None]] = {}
        self._falling: dict[int, dict[Coded, None]] = {}
        self._settled: dict[Coded, int] = {}
        self._ground = self._top = 0
        self.is_settled = False
        self._touched: Touched | None = None
        self._refuted: dict[tuple[str, frozenset[Coded]], Step] = {}
        self._take_up(self._program.specialise(None))

    def settle(self) -> None:
        """Take what holds now for the ground on which the rest stands: its ranks are below all others.

        From now on ranks are the least there are, in whatever order triples come and go: a fact is one
        above the highest of those it follows from, or above the ground. An axiom that comes or goes ends that.
        """
        self.is_settled = True
        self._ground, self._settled = self._top, dict(self.facts.ranks)

    def state(self) -> State | None:
        """What a closure of the same ground goes on from; None where an axiom has come or gone since."""
        return self.facts.state() if self.is_settled else None

    def restore(self, state: State) -> None:
        """Go on from a state, with nothing but the ground there. Raises StaleError where that is another."""
        self.facts.restore(state)
        self._top = max(self.facts.ranks.values(), default=0)
        self._literals.restore()

    def is_ground(self, fact: Coded) -> bool:
        """Whether a fact was there when the closure was settled."""
        return fact in self._settled

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples, and derive what follows from them."""
        ranks, code = self.facts.ranks, self.facts.code
        fresh = dict.fromkeys(fact for triple in triples if ranks.get(fact := code(triple)) != 0)
        for fact in fresh:
            if ranks.get(fact):
                self._turn(fact)
        self._touch(fresh)
        ranks.update(dict.fromkeys(fresh, 0))
        if self._top == self._ground and self._touched is None:  # nothing has been derived above the ground
            self._run(list(fresh))
        else:
            self._waiting[0] = fresh
            self._spread()

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples: what rested on them goes, but for what has another derivation.

        A triple that is not asserted stays as it is. Withdrawing an axiom closes everything anew.
        """
        ranks = self.facts.ranks
        known = (self.facts.known(triple) for triple in triples)
        withdrawn = {fact: None for fact in known if fact is not None and ranks.get(fact) == 0}
        fallen = self._fall({fact: None for fact in withdrawn if not self._settled.get(fact)})
        if any(key in self._program.axiom_keys for fact in fallen for key in self._program.keys(fact)):
            left = [fact for fact, rank in ranks.items() if rank == 0 and fact not in withdrawn]
            asserted = [self.facts.decode(fact) for fact in left]
            self._begin()
            self.add(asserted)
            return
        for fact in withdrawn.keys() - fallen.keys():  # which the ground has
            ranks[fact] = self._settled[fact]
            self._turn(fact)
        self._touch(fallen)
        self.facts.remove(list(fallen))
        for fact in fallen:
            for step in self.ways.to(fact):
                self._offer(fact, step)
        self._spread()
        self._refuted = {k: step for k, step in self._refuted.items() if all(fact in ranks for fact in k[1])}

    def watch(self) -> None:
        """Note from now on which derivations change."""
        self._touched = Touched()

    def changed(self) -> Touched | None:
        """What is touched since this was last asked, or `watch` was called; None where an axiom came or went."""
        touched, self._touched = self._touched, Touched()
        return touched

    def _touch(self, facts: Iterable[Coded], used: Iterable[Coded] = ()) -> None:
        if self._touched is not None:
            self._touched.concluded.update(dict.fromkeys(facts))
            self._touched.used.update(dict.fromkeys(used))

    def _turn(self, fact: Coded) -> None:
        """A fact that was inferred is asserted, or the other way round: it uses its premises no more, or now."""
        if self._touched is not None:
            for step in self.ways.to(fact):
                self._touch([fact], step[1:])

    def inferred(self) -> Iterator[Triple]:
        """The triples derived and not added, also those of a literal as subject, which RDF does not write."""
        decode = self.facts.decode
        return (decode(fact) for fact, rank in self.facts.ranks.items() if rank)

    def is_inferred(self, triple: Triple) -> bool:
        """Whether a triple is derived and not added."""
        fact = self.facts.known(triple)
        return fact is not None and self.facts.ranks.get(fact, 0) > 0

    def triples(self) -> Iterator[Triple]:
        """All that holds, added or derived."""
        return map(self.facts.decode, self.facts.ranks)

    @property
    def instances(self) -> tuple[Instance, ...]:
        """The rules as they stand for the axioms found so far, but for those that only shorten a way."""
        return tuple(self._program.applied)

    @property
    def datatypes(self) -> tuple[URIRef, ...]:
        """The datatypes that the rules ask for."""
        return self._literals.wanted

    def axioms(self) -> Iterator[tuple[Node, Node | None]]:
        """What makes the rules special anew where it is added: properties, and types by their class."""
        terms = self.facts.terms
        for key in self._program.axiom_keys:
            yield (terms[key], None) if key >= 0 else (RDF.type, terms[~key])

    def refutations(self) -> list[Derivation]:
        """The inconsistencies: steps that end in 'false', in a fixed order."""
        found = [self.ways.told(step) for step in self._refuted.values()]
        return sorted(found, key=lambda d: (d.rule, [[term.n3() for term in t] for t in d.premises]))

    def _run(self, batch: list[Coded]) -> None:
        """Apply the rules to new facts until nothing more comes, making them special anew where axioms came."""
        stale: set[int] = set()
        while batch or self._fresh or stale:
            self._enter_literals()
            while batch or self._fresh:
                stale |= self._enter(batch, fire=True)
                batch = self._rise()
            batch, stale = self._specialised(stale), set()

    def _specialised(self, stale: set[int]) -> list[Coded]:
        """What follows by the instances of rules that come with new axioms."""
        if not stale:
            return []
        self._touched, self.is_settled = None, False
        self._take_up(self._program.specialise(stale))
        self._enter_literals()
        return self._rise()

    def _rise(self) -> list[Coded]:
        """What was found becomes facts, above all there are."""
        batch = list(self._fresh)
        self._fresh.clear()
        self._top += bool(batch)
        self.facts.ranks.update(dict.fromkeys(batch, self._top))
        return batch

    def _enter(self, batch: list[Coded], *, fire: bool) -> set[int]:
        """Take facts up into the indexes, and apply to them all rules, or those that end in 'false'.

        What comes back are the keys of the axioms among them.
        """
        self.facts.fill()
        touched = self.facts.index(batch)
        relations = [(self._anywhere, batch)]
        relations += ((self.facts.relations[key], facts) for key, facts in touched.items())
        for relation, facts in relations:
            for run in (*relation.firings, *relation.refuting) if fire else relation.refuting:
                run(facts)
        for step in self._literals.refute(batch):
            self._refute(step)
        return set(self._program.axiom_keys & touched.keys())

    def _spread(self) -> None:
        """Follow what waits to where it leads, from the lowest ranks up, so that each fact gets its least."""
        ranks, stale = self.facts.ranks, set[int]()
        for fact, step in self._literals.enter():
            self._offer(fact, step)
        while self._waiting:
            rank = min(self._waiting)
            batch = [fact for fact in self._waiting.pop(rank) if ranks[fact] == rank]
            stale |= self._enter(batch, fire=False)
            self.ways.resting_on(batch, self._offer)
        self._run(self._specialised(stale))

    def _offer(self, fact: Coded, step: Step) -> None:
        """A step to a fact, which may be new, or give it a lower rank."""
        self._touch([fact], step[1:])
        ranks, rank = self.facts.ranks, self._rank(step)
        if ranks.get(fact, rank + 1) > rank:
            ranks[fact] = rank
            self._top = max(self._top, rank)
            self._waiting.setdefault(rank, {})[fact] = None

    def _rank(self, step: Step) -> int:
        """The rank of what a step leads to."""
        instance, *premises = step
        ranks = self.facts.ranks
        return 1 + max(self._ground, *(ranks[fact] for fact in (*instance.axioms, *premises)), 0)

    def _take_up(self, instances: list[Instance]) -> None:
        """Have new instances fire from now on, and apply each to all facts there are."""
        waiting = []
        for instance in instances:
            firings = self._program.firings(instance, self._fresh, self._refute)
            for key, run in firings:
                relation = self._anywhere if key is None else self.facts.relation(key)
                (relation.firings if instance.heads else relation.refuting).append(run)
            if firings:
                waiting.append(firings[0])
            elif not instance.heads:
                self._refute((instance,))
            for head in () if firings else instance.heads:
                self._conclude(head)  # type: ignore[arg-type]  # without a body there is no variable
        self.facts.fill()
        found = self.facts.of_keys(key for key, _ in waiting if key is not None)
        for key, run in waiting:
            run(list(self.facts.ranks) if key is None else found[key])

    def _enter_literals(self) -> None:
        for fact, _ in self._literals.enter():
            self._conclude(fact)

    def _conclude(self, fact: Coded) -> None:
        if fact not in self.facts.ranks:
            self._fresh[fact] = None

    def _refute(self, step: Step) -> None:
        instance, *premises = step
        self._refuted.setdefault((instance.rule, frozenset(premises)), step)

    def _fall(self, withdrawn: dict[Coded, None]) -> dict[Coded, None]:
        """Some facts, and all that have no other step left from facts of lower ranks."""
        fallen: dict[Coded, None] = {}
        self._falling = {0: withdrawn}
        while self._falling:
            rank = min(self._falling)
            batch = self._falling.pop(rank)
            lost = list(batch if rank == 0 else (fact for fact in batch if not self._holds(fact, fallen)))
            fallen |= dict.fromkeys(lost)
            self.ways.resting_on(lost, self._shake)
        return fallen

    def _shake(self, fact: Coded, step: Step) -> None:
        """A step goes: where it gave a fact its rank, the fact may fall."""
        self._touch([fact], step[1:])
        rank = self.facts.ranks[fact]
        if rank > self._ground and self._rank(step) <= rank:
            self._falling.setdefault(rank, {})[fact] = None

    def _holds(self, fact: Coded, fallen: dict[Coded, None]) -> bool:
        rank = self.facts.ranks[fact]
        return any(
            self._rank(step) <= rank and not any(one in fallen for one in step[1:])
            for step in self.ways.to(fact)
        )
