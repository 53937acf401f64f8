"""The worker process: does one query or change at a time, within its share of time and memory.

    python -m kg.engine.worker FD MEBIBYTES SOCKETS

It says when it is ready, speaks over the socket FD and ends when that closes. The kernel ends it when a
task's time is up.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.endpoint import Endpoint
from kg.engine.change import Change, make
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.job import Answer, Begun, Dataset, Job, Refusal
from kg.engine.sandbox import forbid_sockets, limit_memory
from kg.engine.sink import COUNTERS, RowCounter, Sink, TooManyError
from kg.engine.wire import Frames, Late, Ready, task_of, telling
from kg.nesting import NestingError, check_nesting
from kg.outbound import OutboundError, permitted
from kg.sparql import outline, solutions_at_most, with_limit
from kg.store import QueryError, Store, StoreError
from kg.store_elsewhere import MovedError, StoreElsewhere

HELD = 5.0  # seconds that an answer is held back while it may still turn out to be more than is allowed
PIECE = 1 << 16  # bytes of a message that are read at a time

Begin = Callable[[Begun], None]


class Worker:
    """Evaluates jobs on the store that was asked last, which it keeps open; `begin` tells of one that streams."""

    def __init__(self, begin: Begin = lambda _: None) -> None:
        self._begin = begin
        self._dataset: Dataset | None = None
        self._store: Store | None = None

    def do(self, job: Job) -> Answer | Refusal:
        """The answer to a query, or why there is none."""
        try:
            return self._answer(job)
        except (QueryError, NestingError) as error:
            return Refusal("syntax", str(error))
        except OutboundError as error:
            return Refusal("forbidden", str(error))
        except TooManyError as error:
            Path(job.spool).unlink(missing_ok=True)
            return Refusal(error.bound, str(error))
        except MovedError as error:
            return Refusal("moved", error.reason)
        except MemoryError:
            return Refusal("memory", "the query needs more memory than one query may have")
        except (
            StoreError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:  # what the engine raises while it runs
            return Refusal("engine", str(error))

    def _open(self, job: Job) -> Store:
        if self._store is None or self._dataset != job.dataset:
            self._store, self._dataset = _opened(job.dataset), job.dataset
        return self._store

    def _answer(self, job: Job) -> Answer | Refusal:
        check_nesting(job.text)  # first of all, for it bounds what the rest may take
        text = permitted(job.text, job.hosts, job.base)
        ask = partial(
            self._open(job).query,
            base=job.base,
            default_graphs=job.chosen.default,
            named_graphs=job.chosen.named,
            federated=True,  # it asks none but the hosts that it may
        )
        try:
            found = ask(with_limit(text, job.bounds.rows) if job.bounds.partial else text)
        except QueryError:
            if job.bounds.partial:
                ask(text)  # which tells where the error is in the text as it was given
            raise
        if isinstance(found, ox.QueryTriples):
            return _graph(job, found, self._begin)
        return _results(job, found, self._begin)


def _opened(dataset: Dataset) -> Store:
    if not dataset.is_elsewhere:
        return Store.open(Path(dataset.store), dataset.merge_of)
    endpoint = Endpoint(dataset.store, login=dataset.login)
    return StoreElsewhere(endpoint, dataset.merge_of, mark=dataset.mark, version=dataset.version)


def _results(job: Job, found: ox.QuerySolutions | ox.QueryBoolean, begin: Begin) -> Answer | Refusal:
    """Solutions or a truth value, serialised."""
    kind = "boolean" if isinstance(found, ox.QueryBoolean) else "bindings"
    if job.bindings is None:
        return Refusal("unacceptable", kind)
    form = RESULT_FORMATS[job.bindings]
    counter = COUNTERS[form.name]() if kind == "bindings" else None
    sink = _sink(job, counter, begin, kind, job.bindings)
    found.serialize(sink, form.engine)  # type: ignore[arg-type]  # the engine asks for no more than write and flush
    cut = job.bounds.partial and sink.rows == job.bounds.rows
    return Answer(kind, job.bindings, sink.rows, job.gzip, cut, sink.close(), sink.spooled)


def _graph(job: Job, found: ox.QueryTriples, begin: Begin) -> Answer | Refusal:
    """Triples, serialised with the prefixes of the query."""
    if job.graph is None:
        return Refusal("unacceptable", "graph")
    form = GRAPH_FORMATS[job.graph]
    counted = _Counted(iter(found), job.bounds.rows, partial=job.bounds.partial)
    sink = _sink(job, None, begin, "graph", job.graph)
    prefixes = dict(outline(job.text).prefixes) if form.prefixes else None
    ox.serialize(counted, sink, form.engine, prefixes=prefixes)  # type: ignore[arg-type]  # as above
    return Answer("graph", job.graph, counted.rows, job.gzip, counted.cut, sink.close(), sink.spooled)


def _sink(job: Job, counter: RowCounter | None, begin: Begin, kind: str, media_type: str) -> Sink:
    """Where the engine writes this job's answer, which is told to have begun once it may be sent.

    An error can be told only before the first byte is sent. So a large answer begins as it comes where it
    cannot have too many rows, and after a while where it can.
    """
    bounds, started, told = job.bounds, time.monotonic(), not job.stream or job.bounds.partial

    def poured() -> None:
        nonlocal told
        if not told and (time.monotonic() - started > HELD or _within(job)):
            told = True
            begin(Begun(kind, media_type, job.gzip, Path(job.spool)))

    return Sink(job.spool, bounds.size, gzip=job.gzip, counter=counter, most_rows=bounds.rows, poured=poured)


def _within(job: Job) -> bool:
    """Whether a query asks itself for no more rows than it may have."""
    most = solutions_at_most(job.text)
    return most is not None and most <= job.bounds.rows


class _Counted:
    """Triples, counted; more than the bound is an error, or the end where a part was asked for."""

    def __init__(self, found: Iterator[ox.Triple], most: int, *, partial: bool) -> None:
        self._found, self._most, self._partial = found, most, partial
        self.rows, self.cut = 0, False

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._found:
            if self.rows == self._most:
                if not self._partial:
                    raise TooManyError("rows", self._most)
                self.cut = True
                return
            self.rows += 1
            yield triple


def main(arguments: list[str]) -> None:
    """Answer jobs until the other end closes; arguments: a descriptor, MiB, whether sockets are allowed."""
    descriptor, mebibytes, sockets = (int(argument) for argument in arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    limit_memory(mebibytes)
    with socket.socket(fileno=descriptor) as ours:
        if not sockets:
            forbid_sockets()
        worker = Worker(lambda begun: ours.sendall(telling(begun)))
        frames = Frames()
        gc.freeze()  # what was imported stays
        ours.sendall(telling(Ready()))
        buffer = memoryview(bytearray(PIECE))
        while size := ours.recv_into(buffer):
            for message in frames.add(buffer[:size]):
                task, until = task_of(message)
                if until and time.monotonic() > until:
                    ours.sendall(telling(Late()))
                    continue
                signal.setitimer(signal.ITIMER_REAL, task.seconds)  # SIGALRM ends the process, engine and all
                said = make(task) if isinstance(task, Change) else worker.do(task)
                signal.setitimer(signal.ITIMER_REAL, 0)
                ours.sendall(telling(said))


if __name__ == "__main__":
    main(sys.argv[1:])
