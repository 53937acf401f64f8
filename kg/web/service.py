"""What the views share: the data set that is served, the pool that evaluates, the answers that are kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from cachetools import LRUCache
from flask import current_app, g

from kg.engine.job import Answer, Bounds, Chosen, Job
from kg.engine.pool import Pool, PoolSize
from kg.outbound import UNKNOWN, outbound
from kg.published import NotPublishedError
from kg.settings import Settings
from kg.sparql import outline, with_services
from kg.terms import prefixes
from kg.web.observing import Observer
from kg.web.problems import Problem
from kg.web.reading import Reader
from kg.web.sources import PublishedSource, Source

KEPT = 64 << 20  # bytes of answers that are kept
CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "SERVICE"}  # what makes two answers to one query differ


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
    observer: Observer = field(default_factory=Observer)
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
            sockets=bool(settings.services or settings.endpoint),
        )
        started = cls(settings, source, Pool(size))
        started.observer.watch(lambda: started.pool.load)
        return started

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
        self.check_requests(text, base)
        key = (self.source.version, text, chosen, wanted, bounds, base)
        with self._lock:
            kept = self._kept.get(key)
        if kept:
            return kept
        job = Job(
            self.source.dataset(),
            self.readdressed(text),
            base,
            bounds,
            spool="",
            chosen=chosen,
            bindings=wanted.bindings,
            graph=wanted.graph,
            gzip=wanted.gzip,
            federated=bool(self.settings.services),
        )
        answer = self.pool.query(job)
        if answer.spooled is None and self.source.version and is_stable(text):
            with self._lock:
                self._kept[key] = answer
        return answer

    def check_requests(self, text: str, base: str) -> None:
        """Raises Problem where SERVICE or LOAD would ask a host that the operator has not listed."""
        hosts = self.hosts
        refused = sorted(iri for iri in outbound(text, base) if host(iri) not in hosts)
        if refused:
            named = ", ".join(
                f"<{iri}>" if iri != UNKNOWN else "what is known only when it runs" for iri in refused
            )
            raise Problem(403, f"SERVICE and LOAD may not ask {named}: the operator has not listed the host")

    def readdressed(self, text: str) -> str:
        """The text, asking listed hosts where the operator says that they are."""
        moved = {name: where for name, where in self.hosts.items() if where}
        return with_services(text, lambda iri: _at(iri, moved.get(host(iri), ""))) if moved else text

    @property
    def hosts(self) -> Mapping[str, str]:
        """The hosts that the operator lists, and where they are if that is not where their name says."""
        listed = (entry.strip().partition("=") for entry in self.settings.services.split(","))
        return {name.strip().lower(): where.strip() for name, _, where in listed if name.strip()}


@lru_cache(256)
def is_stable(text: str) -> bool:
    """Whether a query has the same answer every time it is asked of the same data."""
    return not outline(text).keywords & CHANGING


def host(iri: str) -> str:
    """The host that an IRI names, with its port if there is one."""
    return urlsplit(iri).netloc.rpartition("@")[2].lower()


def _at(iri: str, where: str) -> str:
    """The IRI at another origin."""
    return (
        urlsplit(iri)._replace(scheme=urlsplit(where).scheme, netloc=urlsplit(where).netloc).geturl()
        if where
        else iri
    )


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
        here = source.reader
    except NotPublishedError as error:
        raise Problem(503, str(error), {"Retry-After": "10"}) from error
    g.shown = here.published
    return here
