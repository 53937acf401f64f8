"""The closure of ontology and data under rules, kept as data comes and goes.

Evaluation is semi-naive: each round applies every rule to what the round before found, so a fact is recorded
with the step of the first round that found it, and its premises never rest on it. Removal follows those
steps: what rests on a removed fact falls with it, and what has another derivation left comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from rdflib import RDF, URIRef
from rdflib.term import Node

from kg.reason.facts import Coded, Facts, Firing, Step
from kg.reason.literals import Literals
from kg.reason.program import Key, Program
from kg.reason.rules import Rule, owl2rl
from kg.reason.specialise import Instance
from kg.reason.value import Derivation, Triple
from kg.reason.ways import Ways


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
        self.ways = Ways(self.facts, self._program)
        self._literals = Literals(self.facts, self._full)
        self._anywhere: list[Firing] = []
        self._fresh: list[Coded] = []
        self._falling: dict[Coded, None] = {}
        self._touched: dict[Coded, None] | None = None
        self._refuted: dict[tuple[str, frozenset[Coded]], Step] = {}
        self._take_up(self._program.specialise(None))

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples, and derive what follows from them."""
        steps, code, known = self.facts.steps, self.facts.code, len(self.facts.steps)
        for triple in triples:
            fact = code(triple)
            if fact not in steps:
                self._fresh.append(fact)
            elif steps[fact] is not None:
                self._touch([fact])
            steps[fact] = None
        self._run()
        if self._touched is not None:
            new = list(islice(steps, known, None))
            self._touch(new)
            self._rests_on(new, self._note)

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples: what rested on them goes, but for what has another derivation.

        A triple that is not asserted stays as it is. Withdrawing an axiom closes everything anew.
        """
        steps = self.facts.steps
        known = (self.facts.known(triple) for triple in triples)
        withdrawn = {fact: None for fact in known if fact is not None and steps.get(fact, ()) is None}
        fallen = self._fall(withdrawn)
        if any(key in self._program.axiom_keys for fact in fallen for key in self._program.keys(fact)):
            left = [fact for fact, step in steps.items() if step is None and fact not in withdrawn]
            asserted = [self.facts.decode(fact) for fact in left]
            self._begin()
            self.add(asserted)
            return
        self._touch(fallen)
        self.facts.remove(fallen)
        for fact, step in self._reinstated(fallen):
            self._conclude(fact, step)
        self._run()
        self._refuted = {k: step for k, step in self._refuted.items() if all(fact in steps for fact in k[1])}

    def watch(self) -> None:
        """Note from now on which derivations change."""
        self._touched = {}

    def changed(self) -> list[Triple] | None:
        """The triples whose derivations may be others than when this was last asked, or `watch` was called.

        None where an axiom came or went, and so any may be.
        """
        touched, self._touched = self._touched, {}
        return None if touched is None else [self.facts.decode(fact) for fact in touched]

    def _touch(self, facts: Iterable[Coded]) -> None:
        if self._touched is not None:
            self._touched.update(dict.fromkeys(facts))

    def inferred(self) -> Iterator[Triple]:
        """The triples derived and not added, also those of a literal as subject, which RDF does not write."""
        decode = self.facts.decode
        return (decode(fact) for fact, step in self.facts.steps.items() if step is not None)

    def triples(self) -> Iterator[Triple]:
        """All that holds, added or derived."""
        return map(self.facts.decode, self.facts.steps)

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

    def _run(self) -> None:
        """Apply the rules until nothing new comes, making them special anew where axioms came."""
        self._enter_literals()
        while self._fresh:
            stale: set[int] = set()
            while self._fresh:
                stale |= self._round()
            if stale:
                self._touched = None
                self._take_up(self._program.specialise(stale))
                self._enter_literals()

    def _round(self) -> set[int]:
        """Apply the rules to what is new; what comes back are the keys of the axioms among it."""
        batch, self._fresh = self._fresh, []
        self.facts.fill()
        touched = self.facts.index(batch)
        for key, facts in touched.items():
            for run in self.facts.relations[key].firings:
                run(facts)
        for run in self._anywhere:
            run(batch)
        for step in self._literals.refute(batch):
            self._refute(step)
        return set(self._program.axiom_keys & touched.keys())

    def _take_up(self, instances: list[Instance]) -> None:
        """Have new instances fire from now on, and apply each to all facts there are."""
        waiting = []
        for instance in instances:
            firings = self._program.firings(instance, self._sink, self._refute)
            for key, run in firings:
                (self._anywhere if key is None else self.facts.relation(key).firings).append(run)
            if firings:
                waiting.append(firings[0])
            elif not instance.heads:
                self._refute((instance,))
            for head in () if firings else instance.heads:
                self._conclude(head, (instance,))  # type: ignore[arg-type]  # without a body there is no variable
        self.facts.fill()
        found = self.facts.of_keys(key for key, _ in waiting if key is not None)
        for key, run in waiting:
            run(list(self.facts.steps) if key is None else found[key])

    def _sink(self, fact: Coded) -> None:
        self._fresh.append(fact)

    def _enter_literals(self) -> None:
        for fact, step in self._literals.enter():
            self._conclude(fact, step)

    def _conclude(self, fact: Coded, step: Step) -> None:
        if fact not in self.facts.steps:
            self.facts.steps[fact] = step
            self._fresh.append(fact)

    def _refute(self, step: Step) -> None:
        instance, *premises = step
        self._refuted.setdefault((instance.rule, frozenset(premises)), step)

    def _fall(self, withdrawn: dict[Coded, None]) -> list[Coded]:
        """Some facts, and all whose recorded steps rest on them."""
        self._falling = dict(withdrawn)
        fallen = batch = list(withdrawn)
        while batch:
            self._rests_on(batch, self._visit)
            batch = list(self._falling)[len(fallen) :]
            fallen = fallen + batch
        return fallen

    def _note(self, fact: Coded, _step: Step) -> None:
        self._touch([fact])

    def _rests_on(self, batch: list[Coded], visit: Callable[[Coded, Step], None]) -> None:
        """Tell `visit` each step that has one of some facts as a premise."""
        groups: list[tuple[Key, list[Coded]]] = [(None, batch), *self.facts.by_relation(batch).items()]
        visits = {key: self._program.visiting(key, visit) for key, _ in groups}
        self.facts.fill()
        for key, facts in groups:
            for run in visits[key]:
                run(facts)

    def _visit(self, fact: Coded, step: Step) -> None:
        self._touch([fact])
        if self.facts.steps.get(fact) == step:
            self._falling[fact] = None

    def _reinstated(self, fallen: list[Coded]) -> Iterator[tuple[Coded, Step]]:
        """The fallen facts that still follow from what is left, each with a step."""
        for fact in fallen:
            alone = (fact,)
            for find in self._program.finding(fact):
                step = find(alone)
                if step is not None:
                    yield fact, step
                    break
