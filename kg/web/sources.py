"""The data sets that a server can serve: the version that is published now, or a plain one."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from cachetools import LRUCache

from kg.engine.change import Change, Written
from kg.engine.job import Dataset, Refusal
from kg.engine.outcome import RefusedError
from kg.engine.pool import Pool
from kg.history import Moment, history
from kg.iri import Mint
from kg.published import Current, Published, open_published
from kg.published_versions import Versions
from kg.store import Store
from kg.web.reading import Reader
from kg.write import CURATION, Curation

KEPT_REVISIONS = 8  # how many older ones stay, for queries that were asked before a write

OLDER = 4  # how many older versions are held open

MakeChange = Callable[[Path, Path], Change]  # from the store to copy and the folder to make


@dataclass(frozen=True, slots=True)
class GraphSizes:
    """How many triples stand in the default graph, where that is known, and in each named one."""

    default: int | None
    named: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Served:
    """What is served at one moment: the version, the base IRI of its names, and the data set as a worker opens it.

    The version is another one after every change, and empty where it is not known.
    """

    version: str
    base: str
    dataset: Dataset


class Source(Protocol):
    """A data set that is served, and which version of it that is."""

    @property
    def version(self) -> str:
        """The version; another one after every change; empty where that is not known."""

    @property
    def base(self) -> str:
        """The base IRI of what the data set names."""

    def served(self) -> Served:
        """All that at once, of the version that is served now; what answers a request keeps to it."""

    def graphs(self) -> GraphSizes:
        """How many triples the graphs hold."""

    def write(self, pool: Pool, change: MakeChange) -> Written:
        """Make a change, whole or not at all; raises RefusedError where that cannot be."""


class PublishedSource:
    """The version that is published now."""

    def __init__(self, current: Current, curation: Curation) -> None:
        self._current, self._curation = current, curation
        self._reader: Reader | None = None
        self._served: tuple[Published, Served] | None = None
        self._versions: Versions | None = None
        self._older: LRUCache[str, Reader] = LRUCache(OLDER)
        self._lock = threading.Lock()

    @property
    def published(self) -> Published:
        """The version itself."""
        return self._current.get()

    @property
    def reader(self) -> Reader:
        """A reader of the version, the same one as long as the version is."""
        published, held = self.published, self._reader
        if held is None or held.published is not published:
            held = self._reader = Reader(published)
        return held

    def reader_of(self, version: str) -> Reader:
        """A reader of a version that may be an older one; raises NotPublishedError."""
        if version == self.version:
            return self.reader
        with self._lock:
            held = self._older.get(version)
        if held is None:
            held = Reader(open_published(self._current.dist, version))
            with self._lock:
                self._older[version] = held
        return held

    @property
    def versions(self) -> Versions:
        """All versions that were published, the current one the last."""
        published, held = self.published, self._versions
        if held is None or held.moments[-1].version != published.version:
            dist = self._current.dist
            told = [one for one in history(dist) if (dist / "versions" / one.version).is_dir()]
            if published.version not in {one.version for one in told}:
                told.append(Moment(published.version, published.published))
            held = self._versions = Versions(dist, told)
        return held

    @property
    def version(self) -> str:
        """The version's identifier."""
        return self.published.version

    @property
    def base(self) -> str:
        """The base IRI that it was built with."""
        return self.published.base

    def served(self) -> Served:
        """The version, whose data set has the published graphs as default graph."""
        published, held = self.published, self._served
        if held is None or held[0] is not published:
            made = Served(published.version, published.base, dataset_of(published))
            held = self._served = (published, made)
        return held[1]

    def graphs(self) -> GraphSizes:
        """How many triples the graphs hold."""
        named = self.reader.graphs
        return GraphSizes(sum(named.get(g, 0) for g in self.published.default_graphs), named)

    def prepare_writes(self) -> None:
        """Do beforehand what the first write of a version would have to wait for."""
        if not self.published.elsewhere:
            self._curation.prepare()

    def write(self, pool: Pool, change: MakeChange) -> Written:
        """A curator's write; raises WriteRefusedError, too."""
        if self.published.elsewhere:
            raise RefusedError(
                Refusal("forbidden", "what is served from another store is written where it is built")
            )
        only, merge_of = Mint(self.base).graph(CURATION), self.published.default_graphs

        def made(source: Path, target: Path) -> Written:
            return pool.change(replace(change(source, target), only=only, merge_of=merge_of))

        return self._curation.write(made)


class RemoteSource:
    """A data set at another SPARQL endpoint, which says nothing of its versions: no answer is kept."""

    version = ""

    def __init__(self, endpoint: str, base: str) -> None:
        self.base, self._served = base, Served(self.version, base, Dataset(endpoint))

    def served(self) -> Served:
        """The endpoint."""
        return self._served

    def graphs(self) -> GraphSizes:
        """Nothing is known of them without asking."""
        return GraphSizes(None, {})

    def write(self, pool: Pool, change: MakeChange) -> Written:  # noqa: ARG002  # what every source takes
        """Nothing is written through this server."""
        raise RefusedError(Refusal("forbidden", "what another endpoint holds is written there"))


class PlainSource:
    """A data set of its own, with its own default graph, in a folder: one revision of it for each write."""

    def __init__(self, folder: Path, base: str) -> None:
        self.base = base
        self._folder = folder / "revisions"
        self._lock = threading.Lock()
        found = [
            int(f.name) for f in self._folder.glob("*") if f.name.isdigit() and (f / "CURRENT").is_file()
        ]
        self._revision(max(found, default=0))
        if not found:
            Store.build(self._path(0), ())

    @property
    def version(self) -> str:
        """The number of the last write."""
        return self._served.version

    def served(self) -> Served:
        """What it is after the last write."""
        return self._served

    def graphs(self) -> GraphSizes:
        """How many triples the graphs hold."""
        store = Store.open(self._path(self._number))
        named = {name: store.size(name) for name in store.graphs()}
        return GraphSizes(store.size() - sum(named.values()), named)

    def write(self, pool: Pool, change: MakeChange) -> Written:
        """Make a change in a copy, which is the data set from then on; writes follow one another."""
        with self._lock:
            following = self._number + 1
            shutil.rmtree(self._path(following), ignore_errors=True)  # what a write left that was cut off
            written = pool.change(change(self._path(self._number), self._path(following)))
            self._revision(following)
            shutil.rmtree(self._path(following - KEPT_REVISIONS), ignore_errors=True)
        return written

    def _revision(self, number: int) -> None:
        """Serve a revision from now on, version and store at once."""
        self._number = number
        self._served = Served(f"r{number}", self.base, Dataset(str(self._path(number))))

    def _path(self, number: int) -> Path:
        return self._folder / str(number)


def dataset_of(published: Published) -> Dataset:
    """The store of a version, with the published graphs as default graph."""
    if there := published.elsewhere:
        told = there.endpoint
        return Dataset(told.queries, published.default_graphs, there.mark, there.version, told.login)
    return Dataset(str(published.folder / "store"), published.default_graphs)
