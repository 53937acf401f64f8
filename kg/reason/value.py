"""The values that reasoning gives: inferred triples, their derivations, and clashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rdflib.term import Node

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step: the rule, by its name in the OWL 2 RL tables (`prp-spo2`), and the triples it was applied to.

    The axioms of the ontology come first among the premises, then the data in the order of the rule's text.
    A premise is asserted, or inferred with derivations of its own.
    """

    rule: str
    premises: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """An inconsistency: the rule that ends in 'false', the triples that met in it, and the clash in words."""

    rule: str
    premises: tuple[Triple, ...]
    message: str


class Derivations(Protocol):
    """How inferred triples were derived."""

    def get(self, triple: Triple) -> Derivation | None:
        """The first of the steps to a triple; None for one that was not inferred.

        Whoever follows these comes to asserted triples, and not round in a circle.
        """

    def told(self) -> Iterator[tuple[Triple, Sequence[Derivation]]]:
        """The steps to what is published, and to all that it rests on; the one that `get` gives comes first."""


class Untold:
    """No derivations, of an engine that keeps none."""

    def get(self, triple: Triple) -> None:  # as the protocol has it
        """Nothing."""

    def told(self) -> Iterator[tuple[Triple, Sequence[Derivation]]]:
        """None."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Inference:
    """What reasoning adds to ontology and data.

    `triples` is what is new and says something: what the inferred graph publishes. `derivations` has the
    steps to each triple inferred on the way, published or not; it is empty under owlrl, which keeps none.
    `clashes` is empty when ontology and data are consistent.
    """

    triples: frozenset[Triple]
    derivations: Derivations
    clashes: tuple[Clash, ...]

    def grounds(self, triples: Iterable[Triple]) -> frozenset[Triple]:
        """The asserted triples that the given ones rest on by their recorded derivations.

        An asserted triple rests on itself. Asked with a clash's premises, it answers what to blame.
        """
        grounds: set[Triple] = set()
        seen: set[Triple] = set()
        waiting = list(triples)
        while waiting:
            triple = waiting.pop()
            if triple in seen:
                continue
            seen.add(triple)
            step = self.derivations.get(triple)
            if step is None:
                grounds.add(triple)
            else:
                waiting.extend(step.premises)
        return frozenset(grounds)
