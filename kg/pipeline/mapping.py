"""Documents → readings, in this process or in several: the same readings in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from kg.mapper import Mapper, load_mapper
from kg.model import Document, Reading
from kg.settings import Settings


def mapped(documents: Sequence[Document], mapper: Mapper, settings: Settings) -> Iterator[Reading]:
    """The reading of each document, in their order.

    With several jobs, each process loads for itself the mapper that the settings name. Processes are spawned,
    not forked: a fork would copy the locks that numeric libraries hold.
    """
    jobs = min(settings.jobs, len(documents))
    if jobs < 2:
        yield from map(mapper.read, documents)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read, [settings] * len(documents), documents)


_loaded = cache(load_mapper)


def _read(settings: Settings, document: Document) -> Reading:
    """What a process does for one document."""
    return _loaded(settings).read(document)
