"""A curator's write: made in a copy, validated, reasoned over and published as the next version, or refused.

Only the graph of curation is written. A change is made beside the current version; shapes, ontology and the
law that graphs are disjoint are checked there; the inferred graph follows. Only then is the copy the current
version, in one step, so that a reader sees all of a write or nothing of it.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from rdflib import Graph

from kg import derivations, reason
from kg.clashes import clashes_in_words
from kg.examples import MADE_UP, write_examples
from kg.history import record
from kg.iri import Mint
from kg.manifest import manifest_of
from kg.publish import make_current
from kg.publish.alone import held
from kg.publish.quads import canonical
from kg.publish.revising import write_revision
from kg.publish.revision import Revision
from kg.published import Published, open_published
from kg.settings import Settings
from kg.store import Store
from kg.turtle import read_turtle, to_rdflib, turtle_files
from kg.validate import Validator

CURATION, INFERRED = "curation", "inferred"

Made = TypeVar("Made")


class WriteRefusedError(ValueError):
    """A write that would break a rule; each reason in words. Nothing has changed."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass(slots=True)
class _Known:
    """What does not change while a built version stands: the shapes at work, the reasoner's closure.

    `built` is what was curated when that version was built, `curated` is what the closure reckons with now.
    """

    origin: str
    base: str
    ontology: Graph
    validator: Validator
    reasoner: reason.Reasoner
    described: tuple[Graph, ...]
    built: frozenset[reason.Triple]
    curated: frozenset[reason.Triple]


class Curation:
    """The graph of curation of what is published in a folder. Safe to share between threads."""

    def __init__(self, settings: Settings, dist: Path) -> None:
        self._settings, self._dist = settings, dist
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def write(self, change: Callable[[Path, Path], Made]) -> Made:
        """Let `change` make a store in its second argument from the one in its first, and publish that.

        Raises WriteRefusedError where the outcome breaks a rule, and whatever `change` raises.
        """
        with self._lock:
            published = open_published(self._dist)
            building = Path(tempfile.mkdtemp(prefix=".writing-", dir=self._dist))
            try:
                with held(building):
                    made = change(published.folder / "store", building / "store")
                    version = self._complete(published, building)
                    self._swap(building, version)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            return made

    def _complete(self, published: Published, building: Path) -> str:
        """Check what was changed, infer, and write the rest of the version; its identifier."""
        mint = Mint(published.base)
        store = ox.Store(str(building / "store"))
        curated = rdflib_graph(store, mint.graph(CURATION))
        known = self._current(published, store)
        _refuse_overlap(store, published, mint.graph(CURATION))
        report = known.validator.whole([curated, _said_elsewhere(curated, known.described)])
        if not report.conforms:
            raise WriteRefusedError(map(str, report.violations))
        inference = self._infer(known, frozenset(curated), Store(store, published.store.default_graphs))
        inferred = Graph()
        for triple in inference.triples:
            inferred.add(triple)
        self._explain(inference, building, published)
        graphs = canonical({mint.graph(CURATION): curated, mint.graph(INFERRED): inferred})
        revision = Revision.of(published.store, published.version, known.origin, published.base, graphs)
        counts = dict(published.counts) | {CURATION: len(curated), INFERRED: len(inferred)}
        write_revision(revision, published.folder, building, store, counts)
        return revision.version

    def _current(self, published: Published, store: ox.Store) -> _Known:
        """What is known of the built version that the current one goes back to."""
        manifest = manifest_of(published.folder)
        origin = manifest.get("origin", published.version)
        if self._known is None or self._known.origin != origin:
            mint = Mint(published.base)
            held = {
                name: rdflib_graph(store, mint.graph(name)) for name in ("ontology", "reference", "facts")
            }
            shapes = read_turtle(turtle_files(self._settings.shapes), published.base)
            data = [*held["reference"], *held["facts"]]
            reasoner = reason.Reasoner(held["ontology"], data, published.base)
            self._known = _Known(
                origin,
                published.base,
                held["ontology"],
                Validator(shapes, held.values(), base=published.base),
                reasoner,
                (held["reference"], held["facts"]),
                self._built(origin, published.base),
                frozenset(),
            )
        return self._known

    def _built(self, origin: str, base: str) -> frozenset[reason.Triple]:
        """What was curated when the version was built."""
        store = ox.Store.read_only(str(self._dist / "versions" / origin / "store"))
        return frozenset(rdflib_graph(store, Mint(base).graph(CURATION)))

    @staticmethod
    def _infer(known: _Known, curated: frozenset[reason.Triple], store: Store) -> reason.Inference:
        """What follows with the curated triples; what they contradict is refused and taken back."""
        before = known.curated
        _exchange(known, curated)
        inference = known.reasoner.inference()
        if inference.clashes:
            told = [words for _, words in clashes_in_words(inference, store, known.ontology, known.base)]
            _exchange(known, before)
            raise WriteRefusedError(told)
        return inference

    def _explain(self, inference: reason.Inference, building: Path, published: Published) -> None:
        """Write why each inferred triple holds."""
        found = inference.derivations.beneath(inference.triples)
        steps = ((triple, [(way.rule, way.premises) for way in ways]) for triple, ways in found)
        before = ox.Store.read_only(str(published.folder / "store"))
        ontology = rdflib_graph(before, Mint(published.base).graph("ontology"))
        path = building / derivations.FILE
        derivations.write_derivations(path, steps, reason.sentences(), ontology)
        write_examples(path, reason.worked_examples(ontology, published.base + MADE_UP), ontology)

    def _swap(self, building: Path, version: str) -> None:
        """Make what was built the current version (rename of a symbolic link, POSIX)."""
        folder = self._dist / "versions" / version
        if not folder.exists():
            building.chmod(0o755)
            building.rename(folder)
        record(self._dist, version)
        make_current(self._dist, version)


def rdflib_graph(store: ox.Store, name: str) -> Graph:
    """A named graph of a store as rdflib has it."""
    convert, graph = to_rdflib(), Graph()
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _said_elsewhere(curated: Graph, described: Iterable[Graph]) -> Graph:
    """What other graphs say of the things that curation speaks of: shapes look at a thing as a whole."""
    said = Graph()
    for subject in set(curated.subjects()):
        for graph in described:
            for triple in graph.triples((subject, None, None)):
                said.add(triple)
    return said


def _exchange(known: _Known, curated: frozenset[reason.Triple]) -> None:
    """Let the reasoner's data have these curated triples in place of those that it has."""
    known.reasoner.remove(known.curated - curated)
    known.reasoner.add(curated - known.curated)
    known.curated = curated


def _refuse_overlap(store: ox.Store, published: Published, curation: str) -> None:
    """The graphs of the default graph are disjoint: engines count a triple once for each that holds it."""
    follows = (f"/{CURATION}", f"/{INFERRED}")
    held = [ox.NamedNode(g) for g in published.store.default_graphs if not g.endswith(follows)]
    told = [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(curation))]
    twice = [t for t in told if any(ox.Quad(t.subject, t.predicate, t.object, g) in store for g in held)]
    if twice:
        raise WriteRefusedError(f"{triple} stands in another graph already" for triple in twice)
