"""The closure of ontology and data under rules, kept as data comes and goes (see `rounds` and `upkeep`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, URIRef
from rdflib.term import Node

from kg.reason.coded import Coded, Instance
from kg.reason.facts import Facts
from kg.reason.literals import Literals
from kg.reason.program import Program
from kg.reason.rounds import Rounds
from kg.reason.rules import Rule, owl2rl
from kg.reason.state import State
from kg.reason.upkeep import Touched, Upkeep
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
        self._literals = Literals(self.facts, self._full)
        self.ways = Ways(self.facts, self._program, self._literals)
        self._rounds = Rounds(self.facts, self._program, self._literals)
        self._upkeep = Upkeep(self.facts, self._program, self._literals, self.ways, self._rounds)

    def settle(self) -> None:
        """Take what holds now for the ground on which the rest stands: its ranks are below all others.

        From now on ranks are the least there are, in whatever order triples come and go: a fact is one
        above the highest of those it follows from, or above the ground. An axiom that comes or goes ends that.
        """
        self._upkeep.settle()

    @property
    def is_settled(self) -> bool:
        """Whether there is a ground, and no axiom has come or gone since."""
        return self._rounds.is_settled

    def state(self) -> State | None:
        """What a closure of the same ground goes on from; None where an axiom has come or gone since."""
        return self.facts.state() if self.is_settled else None

    def restore(self, state: State) -> None:
        """Go on from a state, with nothing but the ground there. Raises StaleError where that is another."""
        self.facts.restore(state)
        self._rounds.top = max(self.facts.ranks.values(), default=0)
        self._literals.restore()

    def is_ground(self, fact: Coded) -> bool:
        """Whether a fact was there when the closure was settled."""
        return self._upkeep.is_ground(fact)

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples, and derive what follows from them."""
        ranks, code = self.facts.ranks, self.facts.code
        self._upkeep.add(dict.fromkeys(fact for triple in triples if ranks.get(fact := code(triple)) != 0))

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples: what rested on them goes, but for what has another derivation.

        A triple that is not asserted stays as it is. Withdrawing an axiom closes everything anew.
        """
        ranks = self.facts.ranks
        known = (self.facts.known(triple) for triple in triples)
        withdrawn = {fact: None for fact in known if fact is not None and ranks.get(fact) == 0}
        fallen = self._upkeep.fall(withdrawn)
        if not any(map(self._program.is_axiom, fallen)):
            self._upkeep.remove(withdrawn, fallen)
            return
        left = [fact for fact, rank in ranks.items() if rank == 0 and fact not in withdrawn]
        asserted = [self.facts.decode(fact) for fact in left]
        self._begin()
        self.add(asserted)

    def watch(self) -> None:
        """Note from now on which derivations change."""
        self._upkeep.touched, self._rounds.axioms_came = Touched(), False

    def changed(self) -> Touched | None:
        """What is touched since this was last asked, or `watch` was called; None where an axiom came or went."""
        touched = None if self._rounds.axioms_came else self._upkeep.touched
        self.watch()
        return touched

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
        found = [self.ways.told(step) for step in self._rounds.refuted.values()]
        return sorted(found, key=lambda d: (d.rule, [[term.n3() for term in t] for t in d.premises]))
