"""A few worker processes, each with one job at a time; further jobs wait briefly, then are turned away."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from kg.engine.asked import Asked
from kg.engine.change import Change, Written
from kg.engine.ending import LostError
from kg.engine.job import Answer, Begun, Job, Refusal
from kg.engine.looping import LoopThread
from kg.engine.outcome import BusyError, Growing, RefusedError, answered, refusal_in
from kg.engine.process import Share
from kg.engine.spools import Spools
from kg.engine.turns import Turns
from kg.engine.wire import Outcome, Task
from kg.engine.workers import Workers

BOOT = 10.0  # seconds to wait for the very first worker

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
        self._turns = Turns(loop)
        self._workers = Workers(size.processes, size.reserve, size.share, loop, self._hand_out, self._back)
        self._spools = Spools()
        self._loop.call_soon_threadsafe(self._workers.fill)

    @property
    def load(self) -> tuple[int, int]:
        """How many jobs run, and how many wait."""
        return self._workers.working, len(self._turns) + self._workers.behind

    async def answer(self, job: Job) -> Answer | Growing:
        """The answer to a job; when its caller is cancelled, the job is ended.

        Raises RefusedError where there is none, BusyError where there is no room.
        """
        return await self.follow(self.ask(job))

    async def follow(self, asked: Asked) -> Answer | Growing:
        """The answer to a job that was asked for; as `answer`."""
        said = await self._outcome(asked)
        if isinstance(said, Growing):
            return said
        if not isinstance(said, Answer) and isinstance(asked.task, Job):
            Path(asked.task.spool).unlink(missing_ok=True)
        return answered(said)

    def query(self, job: Job) -> Answer:
        """The whole answer to a job that does not stream; raises as `answer` does."""
        found = self._wait_for(self.answer(job))
        return found if isinstance(found, Answer) else answered(Refusal("engine", "the answer is not whole"))

    def change(self, change: Change) -> Written:
        """Make a change; the new store stands in its target. Raises as `answer` does; then there is none."""
        said = self._wait_for(self._change(change))
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

    async def _change(self, change: Change) -> Outcome | Growing:
        return await self._outcome(self.ask(change))

    async def _outcome(self, asked: Asked) -> Outcome | Growing:
        """What comes of a task; a second worker does it where something from outside ended the first."""
        try:
            return await self._once(asked)
        except LostError as lost:
            if not lost.innocent:
                return lost.refusal
        if isinstance(asked.task, Change):
            shutil.rmtree(asked.task.target, ignore_errors=True)
        try:
            return await self._once(self.ask(asked.task))
        except LostError as lost:
            return lost.refusal

    async def _once(self, asked: Asked) -> Outcome | Growing:
        said = await self._said(asked, asked.said)
        if not isinstance(said, Begun):
            return said
        rest = self._loop.create_task(self._rest(asked))
        rest.add_done_callback(partial(_settled, asked))
        return Growing(said, rest)

    async def _said(self, asked: Asked, awaited: asyncio.Future[Outcome | Begun]) -> Outcome | Begun:
        """What is said to a task. Raises BusyError where its turn did not come, LostError where its worker ended."""
        try:
            return await awaited
        except TimeoutError:
            raise BusyError(int(self._size.wait)) from None
        except EOFError:
            if asked.process is None:
                raise
            raise asked.process.cause(asked.task) from None
        except asyncio.CancelledError:
            self.leave(asked)
            raise

    async def _rest(self, asked: Asked) -> Outcome:
        """The outcome of a task whose answer has begun; raises LostError."""
        said = await self._said(asked, asked.awaited)
        return Refusal("engine", "an answer began twice") if isinstance(said, Begun) else said

    def ask(self, task: Task) -> Asked:
        """Give a task to a worker that is free, or soon will be, or have it wait; raises BusyError where many do.

        For the pool's loop. What is said to it is for `follow` to tell, if it is not a whole answer.
        """
        patience = self._size.wait if self._workers.booted else BOOT
        asked = Asked(
            task, isinstance(task, Change), self._loop.create_future(), self._loop.time() + patience
        )
        process = None if self._turns else self._workers.room(asked)
        if (process is None or process.depth) and self.load[1] >= self._size.queue:
            process = self._workers.idle
            if process is None:
                raise BusyError(int(self._size.wait))
        if process:
            self._workers.give(process, asked)
        else:
            self._turns.join(asked)
        return asked

    def leave(self, asked: Asked) -> None:
        """Nobody waits for a task any more: it is not begun, or ended if it goes on."""
        asked.awaited.cancel()
        if asked.process:
            asked.process.leave(asked)

    def _hand_out(self) -> None:
        """Give those who wait to workers, in turn."""
        while (asked := self._turns.next()) and (process := self._workers.room(asked)):
            self._workers.give(process, self._turns.take())

    def _back(self, asked: Asked) -> None:
        """Take a task back that was behind another one for too long: it is the next.

        One that comes back again gets a worker for itself.
        """
        if isinstance(asked.task, Job):  # the worker that had it may have begun to write after all
            asked.task = replace(asked.task, spool=self.spool())
        asked.process, asked.alone, asked.returned = None, asked.alone or asked.returned, True
        self._turns.join(asked, first=True)
        self._loop.call_soon(self._hand_out)

    async def end(self) -> None:
        """End all workers, at work or not."""
        await self._workers.end()
        self._spools.close()


def _settled(asked: Asked, rest: asyncio.Task[Outcome]) -> None:
    """End the worker of an answer that nobody reads on."""
    if not rest.cancelled():
        rest.exception()  # seen, whether or not anybody reads on
    elif asked.process:
        asked.process.end()
