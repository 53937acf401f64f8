"""What the views share: the data set that is served, the pool that evaluates, the answers that are kept."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cachetools import LRUCache
from flask import current_app

from kg.engine.job import Answer, Bounds, Chosen, Dataset, Job
from kg.engine.pool import Pool, PoolSize
from kg.outbound import UNKNOWN, outbound
from kg.published import Current, NotPublishedError, Published
from kg.settings import Settings
from kg.sparql import outline
from kg.terms import prefixes
from kg.web.problems import Problem
from kg.web.reading import Reader

KEPT = 64 << 20  # bytes of answers that are kept
CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "SERVICE"}  # what makes two answers to one query differ


class Source(Protocol):
    """A data set that is served: where it stands now, and which version of it that is."""

    @property
    def version(self) -> str:
        """The version; another one after every change."""

    @property
    def base(self) -> str:
        """The base IRI of what the data set names."""

    def dataset(self) -> Dataset:
        """The data set as a worker opens it."""

    def graphs(self) -> GraphSizes:
        """How many triples the graphs hold."""


@dataclass(frozen=True, slots=True)
class GraphSizes:
    """How many triples stand in the default graph and in each named one."""

    default: int
    named: Mapping[str, int]


class PublishedSource:
    """The version that is published now."""

    def __init__(self, current: Current) -> None:
        self._current = current
        self._reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        """A reader of the version, the same one as long as the version is."""
        published, held = self.published, self._reader
        if held is None or held.published is not published:
            held = self._reader = Reader(published)
        return held

    def graphs(self) -> GraphSizes:
        """How many triples the graphs hold."""
        named = self.reader.graphs
        return GraphSizes(sum(named.get(g, 0) for g in self.published.store.default_graphs), named)

    @property
    def published(self) -> Published:
        """The version itself."""
        return self._current.get()

    @property
    def version(self) -> str:
        """The version's identifier."""
        return self.published.version

    @property
    def base(self) -> str:
        """The base IRI that it was built with."""
        return self.published.base

    def dataset(self) -> Dataset:
        """Its store, with the published graphs as default graph."""
        published = self.published
        return Dataset(str(published.folder / "store"), published.store.default_graphs)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form in which a client takes an answer: a media type for each kind, and whether compressed."""

    bindings: str | None
    graph: str | None
    gzip: bool = False


@dataclass(slots=True)
class Service:
    """Answers queries over one data set, within the operator's bounds."""

    settings: Settings
    source: Source
    pool: Pool
    _kept: LRUCache[object, Answer] = field(
        default_factory=lambda: LRUCache(KEPT, getsizeof=lambda answer: len(answer.body) + 512)
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls, settings: Settings, source: Source) -> Service:
        """A service with its own worker processes."""
        size = PoolSize(
            processes=settings.query_processes,
            queue=settings.query_queue,
            wait=settings.queue_seconds,
            mebibytes=settings.query_memory,
            sockets=bool(settings.services),
        )
        return cls(settings, source, Pool(size))

    def bounds(self, seconds: float | None, rows: int | None, *, partial: bool) -> Bounds:
        """The operator's bounds, or narrower ones that are asked for."""
        most = self.settings
        return Bounds(
            seconds=min(seconds or most.query_seconds, most.query_seconds),
            rows=min(rows or most.answer_rows, most.answer_rows),
            size=most.answer_size << 20,
            partial=partial,
        )

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that answers and forms use."""
        return prefixes(self.source.base)

    def answer(self, text: str, chosen: Chosen, wanted: Wanted, bounds: Bounds, base: str) -> Answer:
        """The answer to a query; a small one is kept as long as the data set is the same.

        Raises RefusedError and BusyError as the pool does, and Problem for a SERVICE that is not allowed.
        """
        self._check_services(text, base)
        key = (self.source.version, text, chosen, wanted, bounds, base)
        with self._lock:
            kept = self._kept.get(key)
        if kept:
            return kept
        job = Job(
            self.source.dataset(),
            text,
            base,
            bounds,
            spool="",
            chosen=chosen,
            bindings=wanted.bindings,
            graph=wanted.graph,
            gzip=wanted.gzip,
            federated=bool(self.settings.services),
        )
        answer = self.pool.run(job)
        if answer.spooled is None and is_stable(text):
            with self._lock:
                self._kept[key] = answer
        return answer

    def _check_services(self, text: str, base: str) -> None:
        refused = sorted(refused_services(outbound(text, base), self.settings.services.split(",")))
        if refused:
            named = ", ".join(
                f"<{iri}>" if iri != UNKNOWN else "one known only when it runs" for iri in refused
            )
            raise Problem(
                403, f"SERVICE may not ask {named}: this endpoint asks only hosts its operator lists"
            )


def is_stable(text: str) -> bool:
    """Whether a query has the same answer every time it is asked of the same data."""
    return not outline(text).keywords & CHANGING


def refused_services(asked: Iterable[str], listed: Iterable[str]) -> set[str]:
    """Those of the endpoints asked for whose host, and port if one is given, no operator listed."""
    hosts = {host.strip().lower() for host in listed if host.strip()}
    return {iri for iri in asked if iri == UNKNOWN or _host(iri) not in hosts}


def _host(iri: str) -> str:
    scheme, separator, rest = iri.partition("://")
    if not separator or scheme.lower() not in {"http", "https"}:
        return ""
    return rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0].rpartition("@")[2].lower()


def service() -> Service:
    """The service of the application that answers now."""
    found: Service = current_app.extensions["entente"]
    return found


def reader() -> Reader:
    """A reader of the published version that is current; raises Problem where no version is served."""
    source = service().source
    if not isinstance(source, PublishedSource):
        raise Problem(404, "this server holds a plain data set, without pages; ask it at /sparql")
    try:
        return source.reader
    except NotPublishedError as error:
        raise Problem(503, str(error), {"Retry-After": "10"}) from error
