"""Documents → readings, in this process or in several: as many are at hand as the processes need, and no more."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context

from kg.mapper import Mapper, TellingMapper, load_mapper
from kg.pipeline.fates import Mapped, Outcome
from kg.pipeline.readings import packed
from kg.read import ReadError, Source, read_source
from kg.settings import Settings

AHEAD = 4  # documents for each process, those that wait for it among them

Made = tuple[Source, bytes, bytes | None]
"""A source, what mapping made of it, packed, and the words by which that came about, where they are known."""


def mapped(given: Iterable[Source], load: Callable[[], Mapper], settings: Settings) -> Iterator[Made]:
    """What mapping makes of each source, in the order in which they get done.

    With several jobs, each process loads for itself the mapper that the settings name. Processes are spawned,
    not forked: a fork would copy the locks that numeric libraries hold.
    """
    if settings.jobs > 1:
        yield from _Processes(settings).mapped(given)
        return
    mapper: Mapper | None = None
    for source in given:
        mapper = mapper or load()
        yield source, *made(mapper, source)


def made(mapper: Mapper, source: Source) -> tuple[bytes, bytes | None]:
    """What a mapper makes of a source, packed; whatever it raises is the fate of this document, and no more.

    Beside it the words by which that came about, none where no mapper was asked; None where they are not known.
    """
    try:
        document = read_source(source)
        if isinstance(mapper, TellingMapper):
            reading, words = mapper.read_with_words(document)
            return packed(Mapped(reading)), words
        return packed(Mapped(mapper.read(document))), None
    except ReadError as error:
        line = f"line {error.line}: " if error.line else ""
        return packed(Mapped(None, Outcome.UNREADABLE, f"{line}{error.detail}; {error.advice}")), b""
    except Exception as error:  # noqa: BLE001  # a mapper may be anybody's, and fail in any way
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}: {error} ({where.filename}, line {where.lineno})"
        return packed(Mapped(None, Outcome.CRASHED, reason)), None


_loaded = cache(load_mapper)
_Future = Future[tuple[bytes, bytes | None]]


def _work(settings: Settings, source: Source) -> tuple[bytes, bytes | None]:
    """What a process does for one document."""
    return made(_loaded(settings), source)


class _Processes:
    """Processes that map; where one dies, those documents that were at work are mapped again one by one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def mapped(self, given: Iterable[Source]) -> Iterator[Made]:
        left = iter(given)
        pending: dict[_Future, Source] = {}
        pool = self._pool(self._settings.jobs)
        try:
            while True:
                suspects: list[Source] = []
                try:
                    self._fill(pool, pending, left)
                    for future in wait(pending, return_when=FIRST_COMPLETED).done if pending else ():
                        content, words = future.result()
                        yield pending.pop(future), content, words
                except BrokenProcessPool:
                    suspects, pending = list(pending.values()), {}
                    pool = self._pool(self._settings.jobs)
                    yield from self._one_by_one(suspects)
                if not pending and not suspects:
                    return
        finally:
            pool.shutdown(cancel_futures=True)

    def _fill(
        self, pool: ProcessPoolExecutor, pending: dict[_Future, Source], left: Iterator[Source]
    ) -> None:
        """Hand out documents as long as processes may want more."""
        while len(pending) < AHEAD * self._settings.jobs and (source := next(left, None)) is not None:
            handed: _Future = Future()
            pending[handed] = source  # so that it is a suspect, too, if the pool turns out to be broken
            pending[pool.submit(_work, self._settings, source)] = pending.pop(handed)

    def _one_by_one(self, suspects: Iterable[Source]) -> Iterator[Made]:
        """What mapping makes of each, with no other at work: one in which the process dies then has killed it."""
        pool = self._pool(1)
        try:
            for source in suspects:
                try:
                    yield source, *pool.submit(_work, self._settings, source).result()
                except BrokenProcessPool:
                    pool = self._pool(1)
                    died = Mapped(None, Outcome.CRASHED, "the process that mapped it died", lasting=False)
                    yield source, packed(died), None
        finally:
            pool.shutdown()

    @staticmethod
    def _pool(jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
