"""A few worker processes, each with one job at a time; further jobs wait briefly, then are turned away."""

from __future__ import annotations

import asyncio
import shutil
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Begun, Job, Refusal
from kg.engine.looping import LoopThread
from kg.engine.outcome import BusyError, Growing, RefusedError, answered, refusal_in
from kg.engine.process import Asked, Calls, LostError, Process, Share
from kg.engine.spools import Spools
from kg.engine.wire import Outcome, Task

BOOT = 10.0  # seconds to wait for the very first worker
DEPTH = 4  # tasks that a worker has at most, those included that follow the one that it does
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
        self._busy: set[Process] = set()
        self._turns: deque[Asked] = deque()
        self._patience: asyncio.TimerHandle | None = None
        self._calls = Calls(self._free, self._freed, self._back, self._gone)
        self._starting: set[asyncio.Task[None]] = set()
        self._booted = self._closed = False
        self._spools = Spools()
        self._loop.call_soon_threadsafe(self._fill)

    @property
    def load(self) -> tuple[int, int]:
        """How many jobs run, and how many wait."""
        behind = sum(process.behind for process in self._busy)
        return len(self._busy), len(self._turns) + behind

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
        asked = self._ask(task)
        said = await self._said(asked)
        if not isinstance(said, Begun):
            return said
        rest = self._loop.create_task(self._rest(asked))
        rest.add_done_callback(partial(_settled, asked))
        return Growing(said, rest)

    async def _said(self, asked: Asked) -> Outcome | Begun:
        """What is said to a task. Raises BusyError where its turn did not come, LostError where its worker ended."""
        try:
            return await asked.said
        except TimeoutError:
            raise BusyError(int(self._size.wait)) from None
        except EOFError:
            if asked.process is None:
                raise
            raise asked.process.cause(asked.task) from None
        except asyncio.CancelledError:
            if asked.process:
                asked.process.leave(asked)
            raise

    async def _rest(self, asked: Asked) -> Outcome:
        """The outcome of a task whose answer has begun; raises LostError."""
        said = await self._said(asked)
        return Refusal("engine", "an answer began twice") if isinstance(said, Begun) else said

    def _ask(self, task: Task) -> Asked:
        """Give a task to a worker that is free, or soon will be, or have it wait; raises BusyError where many do."""
        patience = self._size.wait if self._booted else BOOT
        asked = Asked(
            task, isinstance(task, Change), self._loop.create_future(), self._loop.time() + patience
        )
        process = None if self._turns else self._room(asked)
        if (process is None or process.depth) and self.load[1] >= self._size.queue:
            raise BusyError(int(self._size.wait))
        if process:
            self._give(process, asked)
        else:
            self._turns.append(asked)
            self._wait_until(asked.deadline)
        return asked

    def _room(self, asked: Asked) -> Process | None:
        """The worker that can take a task: one that is idle, else the least busy that may be given another one."""
        if self._idle and len(self._busy) < self._size.processes:
            return self._idle[-1]
        if asked.alone:
            return None
        open_ = (process for process in self._busy if process.depth < DEPTH and process.can_share)
        return min(open_, key=attrgetter("depth"), default=None)

    def _give(self, process: Process, asked: Asked) -> None:
        if not process.depth:
            self._idle.remove(process)
            self._busy.add(process)
        process.give(asked)

    def _freed(self, process: Process) -> None:
        """A worker has ended a task: the next ones may come."""
        if not process.depth:
            self._busy.discard(process)
            if process.alive:
                self._idle.append(process)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give those who wait to workers, in turn."""
        while self._turns:
            asked = self._turns[0]
            if asked.said.done():
                self._turns.popleft()
            elif process := self._room(asked):
                self._give(process, self._turns.popleft())
            else:
                return

    def _back(self, asked: Asked) -> None:
        """Take a task back that was behind another one for too long: it is the next, with a worker for itself."""
        if isinstance(asked.task, Job):  # the worker that had it may have begun to write after all
            asked.task = replace(asked.task, spool=self.spool())
        asked.process, asked.alone = None, True
        self._turns.appendleft(asked)
        self._wait_until(asked.deadline)
        self._loop.call_soon(self._hand_out)

    def _wait_until(self, deadline: float) -> None:
        """Look then who has waited too long; one timer serves all who wait."""
        if self._patience and self._patience.when() <= deadline:
            return
        if self._patience:
            self._patience.cancel()
        self._patience = self._loop.call_at(deadline, self._turn_away)

    def _turn_away(self) -> None:
        """Tell those who have waited too long that there is no room."""
        now, self._patience = self._loop.time(), None
        for asked in self._turns:
            if asked.deadline <= now and not asked.said.done():
                asked.said.set_exception(TimeoutError())
        self._turns = deque(asked for asked in self._turns if not asked.said.done())
        if self._turns:
            self._wait_until(min(asked.deadline for asked in self._turns))

    def _fill(self) -> None:
        """Start the workers that are missing."""
        missing = self._size.processes + self._size.reserve - len(self._processes)
        for _ in range(0 if self._closed else missing):
            process = Process(self._size.share, self._calls)
            self._processes.add(process)
            starting = self._loop.create_task(process.start())
            self._starting.add(starting)
            starting.add_done_callback(self._starting.discard)

    def _free(self, process: Process) -> None:
        """A worker has started."""
        self._booted = True
        self._idle.append(process)
        self._hand_out()

    def _gone(self, process: Process) -> None:
        """Replace a worker that has ended; in a while, if it could not even start."""
        self._processes.discard(process)
        self._busy.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        self._booted = any(one.served for one in self._processes)
        self._hand_out()
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


def _settled(asked: Asked, rest: asyncio.Task[Outcome]) -> None:
    """End the worker of an answer that nobody reads on."""
    if not rest.cancelled():
        rest.exception()  # seen, whether or not anybody reads on
    elif asked.process:
        asked.process.end()
