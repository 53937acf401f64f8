"""A few worker processes, each with one job at a time; further jobs wait briefly, then are turned away."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, LifoQueue

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Job, Refusal
from kg.engine.wire import Outcome, Task, outcome_of

GRACE = 2.0  # seconds beyond its time in which the kernel should have ended a worker by itself


class BusyError(Exception):
    """Every worker has a job and the queue is full, or the wait in it was too long: when to come again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many queries at once; try again in {retry_after} seconds")
        self.retry_after = retry_after


class RefusedError(Exception):
    """A job without an answer, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many jobs run at once, how many may wait, how long; MiB for each; whether they may ask out."""

    processes: int = 4
    queue: int = 64
    wait: float = 5.0
    mebibytes: int = 1024
    sockets: bool = False


class _Process:
    """One worker process and the socket that it listens to."""

    def __init__(self, size: PoolSize) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [theirs.fileno(), size.mebibytes, int(size.sockets)]
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module, three numbers
                [sys.executable, "-m", "kg.engine.worker", *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # an engine that runs out of memory says so before it aborts
            )
        self._connection = Connection(ours.detach())
        self.free = True

    def ask(self, task: Task) -> Outcome:
        """Give it a task and wait; raises EOFError or OSError when it ended instead."""
        self.free = False
        self._connection.send_bytes(task.to_wire())
        if not self._connection.poll(task.seconds + GRACE):
            raise EOFError
        said = outcome_of(self._connection.recv_bytes())
        self.free = True
        return said

    def end(self) -> int:
        """End it; what it died of, as subprocess tells it."""
        self._connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(0.05)
        self._process.kill()
        return self._process.wait()


class Pool:
    """Runs jobs in worker processes. Safe to share between threads; `close` ends the workers."""

    def __init__(self, size: PoolSize) -> None:
        self._size = size
        self._idle: LifoQueue[_Process] = LifoQueue()
        self._lock = threading.Lock()
        self._waiting = self._running = 0
        self._folder = tempfile.TemporaryDirectory(prefix="entente-answers-")
        self._number = 0
        for _ in range(size.processes):
            self._idle.put(_Process(size))

    @property
    def load(self) -> tuple[int, int]:
        """How many jobs run, and how many wait."""
        return self._running, self._waiting

    def query(self, job: Job) -> Answer:
        """The answer to a job. Raises RefusedError where there is none, BusyError where there is no room."""
        spool = self.spool()
        said = self._run(replace(job, spool=str(spool)))
        if isinstance(said, Answer):
            return said
        spool.unlink(missing_ok=True)
        raise RefusedError(_refusal(said))

    def change(self, change: Change) -> Written:
        """Make a change; the new store stands in its target. Raises as `query` does; then there is none."""
        said = self._run(change)
        if isinstance(said, Written):
            return said
        shutil.rmtree(change.target, ignore_errors=True)
        raise RefusedError(_refusal(said))

    def _run(self, task: Task) -> Outcome:
        with self._worker() as process:
            try:
                return process.ask(task)
            except (EOFError, OSError):
                return _cause(process.end(), task.seconds)

    def close(self) -> None:
        """End all workers that have no job; those that have one end by themselves."""
        with contextlib.suppress(Empty):
            while True:
                self._idle.get_nowait().end()
        self._folder.cleanup()

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Process]:
        """A worker for the length of one job; a dead one is replaced."""
        with self._lock:
            if self._waiting >= self._size.queue and self._idle.empty():
                raise BusyError(int(self._size.wait))
            self._waiting += 1
        try:
            process = self._idle.get(timeout=self._size.wait)
        except Empty:
            raise BusyError(int(self._size.wait)) from None
        finally:
            with self._lock:
                self._waiting -= 1
        with self._lock:
            self._running += 1
        try:
            yield process
        finally:
            with self._lock:
                self._running -= 1
            if not process.free:
                process.end()
                process = _Process(self._size)
            self._idle.put(process)

    def spool(self) -> Path:
        """A name for a file that the pool and its workers share; whoever reads it removes it."""
        with self._lock:
            self._number += 1
            return Path(self._folder.name) / f"{self._number}"


def _refusal(said: Outcome) -> Refusal:
    """What a worker said, which is neither an answer nor a change made."""
    return said if isinstance(said, Refusal) else Refusal("engine", "the worker spoke of something else")


def _cause(status: int, seconds: float) -> Refusal:
    """Why a worker ended in the middle of a task."""
    if status in {-signal.SIGALRM, -signal.SIGKILL}:
        return Refusal("time", f"the query did not end within {seconds:g} seconds")
    if status == -signal.SIGABRT:
        return Refusal("memory", "the query needs more memory than one query may have")
    if status == -signal.SIGSEGV:
        return Refusal("engine", "the engine ran out of stack: the query is nested too deeply")
    return Refusal("engine", f"the engine ended unexpectedly, with status {status}")
