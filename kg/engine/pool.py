"""A few worker processes, each with one job at a time; further jobs wait briefly, then are turned away."""

from __future__ import annotations

import asyncio
import shutil
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Begun, Job, Refusal
from kg.engine.looping import LoopThread
from kg.engine.outcome import BusyError, Growing, RefusedError, answered, refusal_in
from kg.engine.process import LostError, Process, Share
from kg.engine.spools import Spools
from kg.engine.wire import Outcome, Task

BOOT = 10.0  # seconds to wait for the very first worker
LATER = 1.0  # seconds until a worker that could not even start is replaced

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many jobs run at once, how many may wait, how long; what each may have; processes kept in reserve.

    A worker in reserve takes the place of one that was ended, so that nobody waits for a process to start.
    """

    processes: int = 4
    queue: int = 64
    wait: float = 5.0
    share: Share = field(default_factory=Share)
    reserve: int = 1


class Pool:
    """Runs jobs in worker processes, on the given event loop, or on one in a thread of its own.

    `answer` is for that loop; `query` and `change` are for any other thread; `close` ends the workers.
    """

    def __init__(self, size: PoolSize, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self._size = size
        self._own: LoopThread | None = None
        if loop is None:
            self._own = LoopThread()
            loop = self._own.loop
        self._loop = loop
        self._processes: set[Process] = set()
        self._idle: list[Process] = []
        self._turns: deque[asyncio.Future[Process]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._running = self._waiting = 0
        self._closed = False
        self._spools = Spools()
        self._loop.call_soon_threadsafe(self._fill)

    @property
    def load(self) -> tuple[int, int]:
        """How many jobs run, and how many wait."""
        return self._running, self._waiting

    async def answer(self, job: Job) -> Answer | Growing:
        """The answer to a job; when its caller is cancelled, the job is ended.

        Raises RefusedError where there is none, BusyError where there is no room.
        """
        said = await self._outcome(job)
        if isinstance(said, Growing):
            return said
        if not isinstance(said, Answer):
            Path(job.spool).unlink(missing_ok=True)
        return answered(said)

    def query(self, job: Job) -> Answer:
        """The whole answer to a job that does not stream; raises as `answer` does."""
        found = self._wait_for(self.answer(job))
        return found if isinstance(found, Answer) else answered(Refusal("engine", "the answer is not whole"))

    def change(self, change: Change) -> Written:
        """Make a change; the new store stands in its target. Raises as `answer` does; then there is none."""
        said = self._wait_for(self._outcome(change))
        if isinstance(said, Written):
            return said
        shutil.rmtree(change.target, ignore_errors=True)
        raise RefusedError(refusal_in(said))

    def spool(self) -> str:
        """A name for a file that the pool and its workers share; whoever reads it removes it."""
        return self._spools.new()

    def close(self) -> None:
        """End all workers, at work or not; for other threads than the loop's."""
        self._wait_for(self.end())
        if self._own:
            self._own.stop()

    def _wait_for(self, told: Coroutine[Any, Any, Told]) -> Told:
        return asyncio.run_coroutine_threadsafe(told, self._loop).result()

    async def _outcome(self, task: Task) -> Outcome | Growing:
        """What comes of a task; a second worker does it where something from outside ended the first."""
        try:
            return await self._try(task)
        except LostError as lost:
            if not lost.innocent:
                return lost.refusal
        if isinstance(task, Change):
            shutil.rmtree(task.target, ignore_errors=True)
        try:
            return await self._try(task)
        except LostError as lost:
            return lost.refusal

    async def _try(self, task: Task) -> Outcome | Growing:
        process = await self._take()
        try:
            said = await process.ask(task)
        except BaseException:
            self._give_back(process)
            raise
        if isinstance(said, Begun):
            rest = self._loop.create_task(process.rest(task))
            rest.add_done_callback(partial(self._settled, process))
            return Growing(said, rest)
        self._give_back(process)
        return said

    def _settled(self, process: Process, rest: asyncio.Task[Outcome]) -> None:
        """Take back the worker of an answer that has ended, or that nobody reads on."""
        if rest.cancelled():
            process.end()
        else:
            rest.exception()  # seen, whether or not anybody reads on
        self._give_back(process)

    async def _take(self) -> Process:
        """A worker for the length of one job."""
        if self._idle and self._running < self._size.processes:
            self._running += 1
            return self._idle.pop()
        if self._waiting >= self._size.queue:
            raise BusyError(int(self._size.wait))
        turn: asyncio.Future[Process] = self._loop.create_future()
        self._turns.append(turn)
        self._waiting += 1
        booted = any(process.served for process in self._processes)
        timer = self._loop.call_later(self._size.wait if booted else BOOT, _too_long, turn)
        try:
            return await turn
        except TimeoutError:
            raise BusyError(int(self._size.wait)) from None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():  # its turn came all the same
                self._give_back(turn.result())
            raise
        finally:
            self._waiting -= 1
            timer.cancel()

    def _give_back(self, process: Process) -> None:
        self._running -= 1
        if process.alive:
            self._idle.append(process)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give workers that are free to those who wait."""
        while self._turns and self._idle and self._running < self._size.processes:
            turn = self._turns.popleft()
            if not turn.done():
                self._running += 1
                turn.set_result(self._idle.pop())

    def _fill(self) -> None:
        """Start the workers that are missing."""
        missing = self._size.processes + self._size.reserve - len(self._processes)
        for _ in range(0 if self._closed else missing):
            process = Process(self._size.share, self._ready, self._gone)
            self._processes.add(process)
            starting = self._loop.create_task(process.start())
            self._starting.add(starting)
            starting.add_done_callback(self._starting.discard)

    def _ready(self, process: Process) -> None:
        self._idle.append(process)
        self._hand_out()

    def _gone(self, process: Process) -> None:
        """Replace a worker that has ended; in a while, if it could not even start."""
        self._processes.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        if process.served:
            self._fill()
        else:
            self._loop.call_later(LATER, self._fill)

    async def end(self) -> None:
        """End all workers, at work or not."""
        self._closed = True
        await asyncio.gather(*self._starting)
        for process in tuple(self._processes):
            process.end()
        self._spools.close()


def _too_long(turn: asyncio.Future[Process]) -> None:
    if not turn.done():
        turn.set_exception(TimeoutError())
