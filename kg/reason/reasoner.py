"""The reasoner as the rest of the package sees it: what is worth publishing of a closure."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol

from kg.reason.closure import Closure
from kg.reason.coded import Coded
from kg.reason.oracle import closure as owlrl_closure
from kg.reason.publishable import foreign_identity, publishable
from kg.reason.state import State
from kg.reason.value import Clash, Derivation, Inference, Triple, Untold
from kg.reason.words import sentences


class EngineError(ValueError):
    """An engine that there is not: its name."""

    def __init__(self, engine: str) -> None:
        super().__init__(f"no reasoner is called {engine!r}; there are: {', '.join(ENGINES)}")
        self.engine = engine


class Engine(Protocol):
    """Keeps what ontology and data imply, as data comes and goes."""

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples."""

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples."""

    def clashes(self) -> tuple[Clash, ...]:
        """The inconsistencies there are now."""

    def inference(self) -> Inference:
        """What holds now."""

    def published(self) -> Iterable[Triple]:
        """The publishable triples of that, each once."""

    def close(self) -> None:
        """Let go of all that it holds; nothing is asked of it afterwards."""


def start(ontology: Iterable[Triple], data: Iterable[Triple], base: str, engine: str = "compiled") -> Engine:
    """A reasoner over the ontology and the data (facts, curation and reference, as rdflib graphs).

    `base` is the data set's base IRI. Identities with things of other data sets take no part in it.
    The inputs stay as they are. `engine` is `compiled`, or `owlrl` for the engine of record, which keeps
    no derivations; raises EngineError for another.
    """
    if engine not in ENGINES:
        raise EngineError(engine)
    return ENGINES[engine](ontology, data, base)


def close(
    ontology: Iterable[Triple], data: Iterable[Triple], base: str, engine: str = "compiled"
) -> Inference:
    """What OWL 2 RL adds to the ontology and the data, once and for all; see `start`."""
    return start(ontology, data, base, engine).inference()


class Reasoner:
    """The closure of ontology and data, kept up to date as triples come and go.

    With the `state` of another over the same ontology it goes on from there. Raises StaleError.
    """

    def __init__(
        self, ontology: Iterable[Triple], data: Iterable[Triple], base: str, state: State | None = None
    ) -> None:
        self._says_something, self._is_foreign = publishable(base), foreign_identity(base)
        self._closure = Closure()
        self.add(
            sorted(ontology, key=_in_words)
        )  # before the data, so that rules are made special to it once
        self._closure.settle()
        if state is not None:
            self._closure.restore(state)
            self.watch()
        self.add(data)

    def state(self) -> State | None:
        """What to go on from later; None where data brought axioms."""
        return self._closure.state()

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples; the cost is that of what follows from them."""
        self._closure.add(t for t in triples if not self._is_foreign(t))

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples; the cost is that of what rested on them, or of all for an axiom."""
        self._closure.remove(triples)

    def clashes(self) -> tuple[Clash, ...]:
        """The inconsistencies there are now."""
        return tuple(
            Clash(d.rule, d.premises, f"{sentences()[d.rule]}: {_in_turtle(d.premises)}")
            for d in self._closure.refutations()
        )

    def inference(self) -> Inference:
        """What holds now: the publishable triples, the derivation of each inferred one, and the clashes."""
        return Inference(frozenset(self.published()), self, self.clashes())

    def published(self) -> Iterator[Triple]:
        """The publishable triples that are inferred, one after the other."""
        return filter(self._says_something, self._closure.inferred())

    def close(self) -> None:
        """Let go of the closure."""
        del self._closure
        gc.collect()  # as facts, rules and what they are compiled to hold each other

    def get(self, triple: Triple) -> Derivation | None:
        """The first of the steps to a triple; None for one that is not inferred."""
        return self._closure.ways.derivation(triple)

    def told(self) -> Iterator[tuple[Triple, list[Derivation]]]:
        """All inferred triples that are worth telling, with the steps to each; see `steps`."""
        decode = self._closure.facts.decode
        for fact, steps, used in self._closure.ways.all():
            if used or self._is_worth_telling(fact):
                yield decode(fact), steps

    def steps(self, triple: Triple) -> list[Derivation]:
        """The steps to a triple, the recorded one first; none for one that is not worth telling.

        Those are that are published, that others are derived from, or that the ontology alone implies.
        """
        fact, ways = self._closure.facts.known(triple), self._closure.ways
        if fact is not None and (self._is_worth_telling(fact) or ways.used([fact])):
            return ways.steps(triple)
        return []

    def watch(self) -> None:
        """Note from now on which derivations change."""
        self._closure.watch()

    def changed(self) -> list[Triple] | None:
        """The triples whose `steps` may be others than when this was last asked; None where all may be."""
        changed, decode = self._closure.changed(), self._closure.facts.decode
        if changed is None:
            return None
        used = (decode(fact) for fact in changed.used if fact not in changed.concluded)
        return [*map(decode, changed.concluded), *(t for t in used if not self._says_something(t))]

    def could_publish(self, triple: Triple) -> bool:
        """Whether a triple says something that is published where it is inferred."""
        return self._says_something(triple)

    def publishes(self, triple: Triple) -> bool:
        """Whether it does, and is inferred now."""
        return self._says_something(triple) and self._closure.is_inferred(triple)

    def derivations(self, triple: Triple) -> frozenset[Derivation]:
        """All the steps by which a triple follows from other triples."""
        return self._closure.ways.derivations(triple)

    def _is_worth_telling(self, fact: Coded) -> bool:
        closure = self._closure
        return closure.is_ground(fact) or self._says_something(closure.facts.decode(fact))


class Oracle:
    """owlrl as a reasoner: it closes everything anew for each answer."""

    def __init__(self, ontology: Iterable[Triple], data: Iterable[Triple], base: str) -> None:
        self._says_something, self._is_foreign = publishable(base), foreign_identity(base)
        self._asserted = set(chain(ontology, data))

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples."""
        self._asserted.update(triples)

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples."""
        self._asserted.difference_update(triples)

    def clashes(self) -> tuple[Clash, ...]:
        """The inconsistencies there are now."""
        return self.inference().clashes

    def inference(self) -> Inference:
        """What holds now, without derivations; clashes are owlrl's messages."""
        added, messages = owlrl_closure(t for t in self._asserted if not self._is_foreign(t))
        clashes = tuple(Clash("owlrl", (), message) for message in messages)
        return Inference(frozenset(filter(self._says_something, added)), Untold(), clashes)

    def published(self) -> frozenset[Triple]:
        """The publishable triples that are inferred."""
        return self.inference().triples

    def close(self) -> None:
        """Let go of the triples."""
        self._asserted.clear()


ENGINES: dict[str, Callable[[Iterable[Triple], Iterable[Triple], str], Engine]] = {
    "compiled": Reasoner,
    "owlrl": Oracle,
}


def _in_words(triple: Triple) -> list[str]:
    return [term.n3() for term in triple]


def _in_turtle(triples: Iterable[Triple]) -> str:
    return " ".join(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in triples)
