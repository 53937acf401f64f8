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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import structlog
from rdflib import Graph

from kg import closed, derivations, reason
from kg.clashes import clashes_in_words
from kg.following import Following
from kg.history import record
from kg.iri import Mint
from kg.packed import Packed
from kg.publish import make_current
from kg.publish.alone import held
from kg.publish.before import Before
from kg.publish.dumping import dump_all
from kg.publish.quads import canonically_packed
from kg.publish.revising import write_revision
from kg.publish.revision import Revision
from kg.published import Published, open_published
from kg.settings import Settings
from kg.store import Store
from kg.turtle import labelled, read_turtle, to_rdflib, turtle_files
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

    `version` is the one that the closure stands at.
    """

    version: str
    validator: Validator
    following: Following
    described: tuple[Graph, ...]


class Curation:
    """The graph of curation of what is published in a folder. Safe to share between threads."""

    def __init__(self, settings: Settings, dist: Path) -> None:
        self._settings, self._dist = settings, dist
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._dumping = ThreadPoolExecutor(1, "dumping")

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
                    self._complete(published, building)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            self._dumping.submit(self._dump)
            return made

    def prepare(self) -> None:
        """Get to know the current version, so that the first write does not have to: shapes, and what follows."""
        with self._lock:
            self._current(open_published(self._dist))

    def _dump(self) -> None:
        """Write the dumps of what was written, for which no curator waits; what fails here, the next build does."""
        try:
            dump_all(self._dist)
        except OSError as error:
            log: structlog.stdlib.BoundLogger = structlog.get_logger("kg.write")
            log.warning("dumps could not be written; the next build writes them", error=str(error))

    def _complete(self, published: Published, building: Path) -> None:
        """Check what was changed, infer, write the rest of the version, and make it the current one."""
        curation = Mint(published.base).graph(CURATION)
        store = ox.Store(str(building / "store"))
        curated = rdflib_graph(store, curation)
        known = self._current(published)
        _refuse_overlap(store, published, curation)
        report = known.validator.whole([curated, _said_elsewhere(curated, known.described)])
        if not report.conforms:
            raise WriteRefusedError(map(str, report.violations))
        _refuse_clashes(known.following, frozenset(curated), store, published)
        self._known = None  # until the version is whole, what is known is of none
        known.version = self._write(known, published, building, store, curated)
        self._swap(building, known.version)
        self._known = known

    @staticmethod
    def _write(
        known: _Known,
        published: Published,
        building: Path,
        store: ox.Store,
        curated: Graph,
    ) -> str:
        """Write the rest of the version; its identifier."""
        mint, file = Mint(published.base), published.folder / derivations.FILE
        if file.is_file():
            shutil.copyfile(file, building / derivations.FILE)
        inferred = known.following.follow(building / derivations.FILE)
        graphs = canonically_packed({mint.graph(CURATION): curated, mint.graph(INFERRED): inferred})
        revision = Revision(Before.at(published.folder), graphs)
        counts = dict(published.counts) | {CURATION: len(curated), INFERRED: len(inferred)}
        write_revision(revision, building, store, counts)
        return revision.version

    def _current(self, published: Published) -> _Known:
        """What is known of the version that is current."""
        if self._known is None or self._known.version != published.version:
            mint, store = Mint(published.base), ox.Store.read_only(str(published.folder / "store"))
            names = ("ontology", "reference", "facts", CURATION)
            graphs = {name: rdflib_graph(store, mint.graph(name)) for name in names}
            curated = frozenset(graphs.pop(CURATION))
            lines = Before.at(published.folder).graphs
            shapes = read_turtle(turtle_files(self._settings.shapes), published.base)
            ontology = labelled(graphs["ontology"])
            told = (lines.get(mint.graph(name), Packed()).each() for name in ("reference", "facts", CURATION))
            self._known = _Known(
                published.version,
                Validator(shapes, graphs.values(), base=published.base),
                Following(
                    ontology,
                    closed.asserted(told, ontology),
                    curated,
                    lines.get(mint.graph(INFERRED), Packed()),
                    published.base,
                    closed.read(self._dist, closed.edition(ontology, published.base)),
                ),
                (graphs["reference"], graphs["facts"]),
            )
        return self._known

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


def _refuse_clashes(
    following: Following, curated: frozenset[reason.Triple], store: ox.Store, published: Published
) -> None:
    """Have what follows reckon with the curated triples; those that contradict something are taken back."""
    before = following.curated
    if clashes := following.take(curated):
        whole, ontology = Store(store, published.default_graphs), following.ontology
        found = clashes_in_words(clashes, following.derivations, whole, ontology, published.base)
        told = [words for _, words in found]
        following.take(before)
        raise WriteRefusedError(told)


def _refuse_overlap(store: ox.Store, published: Published, curation: str) -> None:
    """The graphs of the default graph are disjoint: engines count a triple once for each that holds it."""
    follows = (f"/{CURATION}", f"/{INFERRED}")
    held = [ox.NamedNode(g) for g in published.store.default_graphs if not g.endswith(follows)]
    told = [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(curation))]
    twice = [t for t in told if any(ox.Quad(t.subject, t.predicate, t.object, g) in store for g in held)]
    if twice:
        raise WriteRefusedError(f"{triple} stands in another graph already" for triple in twice)
