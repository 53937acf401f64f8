"""What follows from curation, kept from write to write: the reasoner, and what it inferred for a version."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from rdflib import Graph

from kg import derivations, reason
from kg.closed import Closed, resumed
from kg.examples import MADE_UP, write_examples
from kg.packed import Packed, to_lines


class Following:
    """The reasoner over a version, to which curated triples come and from which they go.

    `data` is all that is reasoned over, the curated triples among it, and `inferred` the graph that was published
    with them. It goes on from what a build kept of the closure, where that is given.
    """

    def __init__(
        self,
        ontology: Graph,
        data: Packed,
        curated: frozenset[reason.Triple],
        inferred: Packed,
        base: str,
        kept: Closed | None = None,
    ) -> None:
        self.ontology, self._base, self._curated = ontology, base, curated
        self._reasoner, follows = _gone_on(ontology, data, base, kept) or _anew(ontology, data, base)
        # where something else was published, its derivations are of something else
        self._inferred = inferred if inferred == follows else None

    def take(self, curated: frozenset[reason.Triple]) -> tuple[reason.Clash, ...]:
        """Reckon with these curated triples in place of those that were there; what they contradict."""
        self._reasoner.remove(self._curated - curated)
        self._reasoner.add(curated - self._curated)
        self._curated = curated
        return self._reasoner.clashes()

    @property
    def curated(self) -> frozenset[reason.Triple]:
        """The curated triples that are reckoned with now."""
        return self._curated

    @property
    def derivations(self) -> reason.Derivations:
        """How what follows now was derived."""
        return self._reasoner

    def follow(self, path: Path) -> Packed:
        """The inferred graph as it is now; a file with the derivations of the version before comes to have its own."""
        changed = self._reasoner.changed()
        if changed is not None and self._inferred is not None and path.is_file():
            derivations.revise(path, ((t, self._steps(t)) for t in changed), self.ontology)
            self._inferred = brought_up_to_date(self._inferred, self._reasoner, changed)
        else:
            self._explain(path)
            self._inferred = Packed.of(self._reasoner.published())
        return self._inferred

    def _explain(self, path: Path) -> None:
        """Write the derivations of all that follows."""
        path.unlink(missing_ok=True)
        steps = (
            (triple, [(way.rule, way.premises) for way in ways]) for triple, ways in self._reasoner.told()
        )
        derivations.write_derivations(path, steps, reason.sentences(), self.ontology)
        write_examples(path, reason.worked_examples(self.ontology, self._base + MADE_UP), self.ontology)

    def _steps(self, triple: reason.Triple) -> list[tuple[str, tuple[reason.Triple, ...]]]:
        return [(step.rule, step.premises) for step in self._reasoner.steps(triple)]


def _gone_on(
    ontology: Graph, data: Packed, base: str, kept: Closed | None
) -> tuple[reason.Reasoner, Packed] | None:
    """The reasoner that goes on from what was kept, and what follows; None where that is not possible."""
    with suppress(reason.StaleError):
        reasoner = None if kept is None else resumed(kept, ontology, data, base)
        changed = None if reasoner is None else reasoner.changed()
        if kept is not None and reasoner is not None and changed is not None:
            return reasoner, brought_up_to_date(Packed.restored(kept.inferred), reasoner, changed)
    return None


def _anew(ontology: Graph, data: Packed, base: str) -> tuple[reason.Reasoner, Packed]:
    reasoner = reason.Reasoner(ontology, data, base)
    reasoner.watch()
    return reasoner, Packed.of(reasoner.published())


def brought_up_to_date(before: Packed, engine: reason.Reasoner, changed: Iterable[reason.Triple]) -> Packed:
    """What is published, where some triples may be inferred now that were not, or the other way round."""
    told = [triple for triple in changed if engine.could_publish(triple)]
    now = [triple for triple in told if engine.publishes(triple)]
    gone = {*to_lines(told)}
    return Packed(chain((line for line in before.each() if line not in gone), to_lines(now)))
