"""Clashes in words: the rule, and the statements that met, down to quotes, rows of reference data and axioms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from rdflib import Graph

from kg.reason import Clash, Derivations, Triple, sentences
from kg.steps import Recorded
from kg.store import Store
from kg.why import in_words, tell

WHAT_TO_DO = "Correct how it is read or stated, or what it contradicts."


def clashes_in_words(
    clashes: Iterable[Clash], derivations: Derivations, store: Store, ontology: Graph, base: str
) -> Iterator[tuple[Clash, str]]:
    """Each clash with its words, by what it follows from; `store` holds the graphs that were reasoned over."""

    def step_to(triple: Triple) -> tuple[str, tuple[Triple, ...]] | None:
        step = derivations.get(triple)
        return None if step is None else (step.rule, step.premises)

    recorded = Recorded(step_to, sentences(), ontology)
    for clash in clashes:
        trees = (tell(recorded.name(triple), store, recorded.steps, base) for triple in clash.premises)
        lines = chain.from_iterable(in_words(tree, depth=1) for tree in trees)
        said = sentences().get(clash.rule, clash.message)
        yield clash, "\n".join([f"{said} ({clash.rule}). {WHAT_TO_DO}", *lines])
