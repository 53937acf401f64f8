"""The reasoner as the rest of the package sees it: what is worth publishing of a closure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kg.reason.closure import Closure
from kg.reason.oracle import closure as owlrl_closure
from kg.reason.publishable import foreign_identity, publishable
from kg.reason.value import Clash, Derivation, Inference, Triple
from kg.reason.words import sentences

ENGINES = ("compiled", "owlrl")


class EngineError(ValueError):
    """An engine that there is not: its name."""

    def __init__(self, engine: str) -> None:
        super().__init__(f"no reasoner is called {engine!r}; there are: {', '.join(ENGINES)}")
        self.engine = engine


def close(
    ontology: Iterable[Triple], data: Iterable[Triple], base: str, engine: str = "compiled"
) -> Inference:
    """What OWL 2 RL adds to the ontology and the data (facts, curation and reference, as rdflib graphs).

    `base` is the data set's base IRI. Identities with things of other data sets take no part in it.
    The inputs stay as they are. `engine` is `compiled`, or `owlrl` for the engine of record, which keeps
    no derivations; raises EngineError for another.
    """
    if engine not in ENGINES:
        raise EngineError(engine)
    if engine == "compiled":
        return Reasoner(ontology, data, base).inference()
    foreign = foreign_identity(base)
    added, messages = owlrl_closure(t for t in chain(ontology, data) if not foreign(t))
    clashes = tuple(Clash("owlrl", (), message) for message in messages)
    return Inference(frozenset(filter(publishable(base), added)), _Kept(Closure()), clashes)


class Reasoner:
    """The closure of ontology and data, kept up to date as triples come and go."""

    def __init__(self, ontology: Iterable[Triple], data: Iterable[Triple], base: str) -> None:
        self._says_something, self._is_foreign = publishable(base), foreign_identity(base)
        self._closure = Closure()
        self.add(ontology)  # before the data, so that rules are made special to it once
        self.add(data)

    def add(self, triples: Iterable[Triple]) -> None:
        """Assert triples; the cost is that of what follows from them."""
        self._closure.add(t for t in triples if not self._is_foreign(t))

    def remove(self, triples: Iterable[Triple]) -> None:
        """Withdraw asserted triples; the cost is that of what rested on them, or of all for an axiom."""
        self._closure.remove(triples)

    def inference(self) -> Inference:
        """What holds now: the publishable triples, the derivation of each inferred one, and the clashes."""
        clashes = (
            Clash(d.rule, d.premises, f"{sentences()[d.rule]}: {_in_turtle(d.premises)}")
            for d in self._closure.refutations()
        )
        triples = frozenset(filter(self._says_something, self._closure.inferred()))
        return Inference(triples, _Kept(self._closure), tuple(clashes))

    def derivations(self, triple: Triple) -> frozenset[Derivation]:
        """All the steps by which a triple follows from other triples."""
        return self._closure.derivations(triple)


class _Kept:
    """The derivations that a closure keeps, put into terms when they are asked for."""

    def __init__(self, closure: Closure) -> None:
        self._closure = closure

    def get(self, triple: Triple) -> Derivation | None:
        return self._closure.derivation(triple)

    def beneath(self, triples: Iterable[Triple]) -> Iterator[tuple[Triple, list[Derivation]]]:
        return self._closure.beneath(triples)


def _in_turtle(triples: Iterable[Triple]) -> str:
    return " ".join(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in triples)
