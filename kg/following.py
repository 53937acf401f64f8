"""What follows from curation, kept from write to write: the reasoner, and what it inferred for a version."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph

from kg import derivations, reason
from kg.examples import MADE_UP, write_examples
from kg.publish.quads import Lines, canonical


class Following:
    """The reasoner over a version, to which curated triples come and from which they go.

    `inferred` is the graph that was published with `curated`.
    """

    def __init__(
        self,
        ontology: Graph,
        data: Iterable[reason.Triple],
        curated: frozenset[reason.Triple],
        inferred: Iterable[reason.Triple],
        base: str,
    ) -> None:
        self.ontology, self._base = ontology, base
        self._reasoner = reason.Reasoner(ontology, [*data, *curated], base)
        self._curated = curated
        triples = frozenset(inferred)
        self._triples, self._lines = triples, _lines(triples)
        if self._reasoner.inference().triples == triples:  # else the derivations are those of something else
            self._reasoner.watch()

    def infer(self, curated: frozenset[reason.Triple]) -> reason.Inference:
        """What follows with these curated triples in place of those that were there."""
        self._reasoner.remove(self._curated - curated)
        self._reasoner.add(curated - self._curated)
        self._curated = curated
        return self._reasoner.inference()

    @property
    def curated(self) -> frozenset[reason.Triple]:
        """The curated triples that are reckoned with now."""
        return self._curated

    def follow(self, inference: reason.Inference) -> Lines:
        """The inferred graph, which is that of an inference from now on."""
        gone, new = self._triples - inference.triples, inference.triples - self._triples
        self._lines = sorted({*self._lines}.difference(_lines(gone)).union(_lines(new)))
        self._triples = inference.triples
        return self._lines

    def explain(self, path: Path, inference: reason.Inference) -> None:
        """Bring the derivations of the version before, in a file, up to date."""
        changed = self._reasoner.changed()
        if changed is not None and path.is_file():
            derivations.revise(path, ((t, self._steps(t)) for t in changed), self.ontology)
            return
        path.unlink(missing_ok=True)
        found = inference.derivations.told()
        steps = ((triple, [(way.rule, way.premises) for way in ways]) for triple, ways in found)
        derivations.write_derivations(path, steps, reason.sentences(), self.ontology)
        write_examples(path, reason.worked_examples(self.ontology, self._base + MADE_UP), self.ontology)

    def _steps(self, triple: reason.Triple) -> list[tuple[str, tuple[reason.Triple, ...]]]:
        return [(step.rule, step.premises) for step in self._reasoner.steps(triple)]


def _lines(triples: Iterable[reason.Triple]) -> Lines:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return canonical({"urn:inferred": graph})["urn:inferred"]
