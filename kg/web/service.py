"""What the views share: the data set that is served, the pool that evaluates, what is seen of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from flask import current_app, g
from msgspec.structs import replace

from kg.engine.job import Bounds, Job
from kg.engine.pool import Pool, PoolSize
from kg.engine.process import Share
from kg.published import NotPublishedError
from kg.published_versions import Versions
from kg.settings import Settings
from kg.sparql import mentions, outline
from kg.terms import prefixes
from kg.web.observing import Observer
from kg.web.problems import Problem
from kg.web.protocol import Operation
from kg.web.reading import Reader
from kg.web.sources import PublishedSource, Served, Source

LONG = 10_000  # characters of a query beyond which it is read by workers only, who can be ended
CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "SERVICE"}  # what makes two answers to one query differ


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form in which a client takes an answer: a media type for each kind, and whether compressed."""

    bindings: str | None
    graph: str | None
    gzip: bool = False


class Pinned(msgspec.Struct, frozen=True):
    """What answers a query: the version that is asked, the tag of the answer, if it has one, and the job."""

    version: str
    tag: str | None
    job: Job


@dataclass
class Service:
    """Answers queries over one data set, within the operator's bounds."""

    settings: Settings
    source: Source
    pool: Pool
    observer: Observer = field(default_factory=Observer)

    @classmethod
    def start(
        cls, settings: Settings, source: Source, loop: asyncio.AbstractEventLoop | None = None
    ) -> Service:
        """A service with its own worker processes, which a loop of its own looks after unless there is one."""
        size = PoolSize(
            processes=settings.query_processes,
            queue=settings.query_queue,
            wait=settings.queue_seconds,
            share=Share(
                settings.query_memory, bool(settings.services or settings.endpoint or settings.stores)
            ),
        )
        started = cls(settings, source, Pool(size, loop))
        started.observer.watch(lambda: started.pool.load)
        return started

    def bounds(self, seconds: float | None, rows: int | None, *, partial: bool) -> Bounds:
        """The operator's bounds, or narrower ones that are asked for."""
        most = self._bounds
        if seconds is None and rows is None and not partial:
            return most
        return replace(
            most,
            seconds=min(seconds or most.seconds, most.seconds),
            rows=min(rows or most.rows, most.rows),
            partial=partial,
        )

    @cached_property
    def _bounds(self) -> Bounds:
        """The operator's bounds."""
        most = self.settings
        return Bounds(most.query_seconds, most.answer_rows, most.answer_size << 20)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that answers and forms use."""
        return prefixes(self.source.base)

    def job(
        self, served: Served, asked: Operation, wanted: Wanted, base: str, *, stream: bool = False
    ) -> Job:
        """The job that a query to what is served makes."""
        return Job(
            served.dataset,
            asked.text,
            base,
            self.bounds(asked.seconds, asked.rows, partial=asked.partial),
            self.pool.spool(),
            chosen=asked.chosen,
            bindings=wanted.bindings,
            graph=wanted.graph,
            gzip=wanted.gzip,
            hosts=self.hosts,
            stream=stream,
        )

    def pinned(
        self, served: Served, asked: Operation, wanted: Wanted, base: str, *, stream: bool = False
    ) -> Pinned:
        """The job that a query makes with its tag, of one version, though another may take over meanwhile."""
        tag = entity_tag(served.version, asked, wanted)
        return Pinned(served.version, tag, self.job(served, asked, wanted, base, stream=stream))

    @cached_property
    def hosts(self) -> dict[str, str]:
        """The hosts that the operator lists, and where they are if that is not where their name says."""
        listed = (entry.strip().partition("=") for entry in self.settings.services.split(","))
        return {name.strip().lower(): where.strip() for name, _, where in listed if name.strip()}


def entity_tag(version: str, asked: Operation, wanted: Wanted) -> str | None:
    """What an answer is known by: the data's version and the form; None where it differs every time."""
    if not version or not is_stable(asked.text):
        return None
    return f"{version}-{wanted.bindings}-{wanted.graph}-{'gzip' if wanted.gzip else 'plain'}"


def is_stable(text: str) -> bool:
    """Whether a query has the same answer every time it is asked of the same data.

    A long one that may have another is not read for that: this is asked where nothing may take long.
    """
    return not mentions(text, CHANGING) or (len(text) <= LONG and not outline(text).keywords & CHANGING)


def service() -> Service:
    """The service of the application that answers now."""
    found: Service = current_app.extensions["entente"]
    return found


def base() -> str:
    """The base IRI of what is served, looked up once for a request: pages ask for it with every link."""
    if "base" not in g:
        g.base = service().source.base
    found: str = g.base
    return found


def reader() -> Reader:
    """A reader of the version that is asked for, by default the current one; raises Problem where none is served."""
    return reader_of(g.get("version"))


def reader_of(version: str | None) -> Reader:
    """A reader of a published version, by default the current one; raises Problem where there is none."""
    source = published_source()
    try:
        here = source.reader_of(version) if version else source.reader
    except NotPublishedError as error:
        if version:
            raise Problem(404, f"there is no version {version!r} here; /changes lists them") from error
        raise nothing_yet(error) from error
    g.shown = here.published
    return here


def versions() -> Versions:
    """The versions of what is published; raises Problem where none is served."""
    try:
        return published_source().versions
    except NotPublishedError as error:
        raise nothing_yet(error) from error


def published_source() -> PublishedSource:
    """What is published; raises Problem where another data set is served."""
    source = service().source
    if not isinstance(source, PublishedSource):
        raise Problem(404, "this server holds a plain data set, without pages; ask it at /sparql")
    return source


def nothing_yet(error: NotPublishedError) -> Problem:
    """503 where nothing is published."""
    return Problem(503, f"{error.reason}; try again soon", {"Retry-After": "10"})
