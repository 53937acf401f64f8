"""The worker processes of a pool: started, replaced when they end, and chosen among for each task."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kg.engine.asked import Asked
from kg.engine.process import Calls, Process, Share

DEPTH = 16  # tasks that a worker has at most, those included that follow the one that it does
LATER = 1.0  # seconds until a worker that could not even start is replaced


class Workers:
    """As many processes as may work at once, and some in reserve, which take the place of one that was ended.

    `free` is told when one can take a task, `back` of a task that is given back.
    """

    def __init__(
        self,
        most: int,
        reserve: int,
        share: Share,
        loop: asyncio.AbstractEventLoop,
        free: Callable[[], None],
        back: Callable[[Asked], None],
    ) -> None:
        self._most, self._reserve, self._share, self._loop, self._tell_free = most, reserve, share, loop, free
        self._processes: set[Process] = set()
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._calls = Calls(self._ready, self._freed, back, self._gone)
        self._starting: set[asyncio.Task[None]] = set()
        self.booted = self._closed = False

    @property
    def working(self) -> int:
        """How many have a task."""
        return len(self._busy)

    @property
    def behind(self) -> int:
        """How many tasks wait behind others that workers do."""
        return sum(process.behind for process in self._busy)

    def fill(self) -> None:
        """Start those that are missing."""
        missing = self._most + self._reserve - len(self._processes)
        for _ in range(0 if self._closed else missing):
            process = Process(self._share, self._calls)
            self._processes.add(process)
            starting = self._loop.create_task(process.start())
            self._starting.add(starting)
            starting.add_done_callback(self._starting.discard)

    @property
    def idle(self) -> Process | None:
        """One that has no task and may be given one."""
        return self._idle[-1] if self._idle and len(self._busy) < self._most else None

    def room(self, asked: Asked) -> Process | None:
        """The worker that can take a task; None where it has to wait.

        As long as tasks are small they follow one another in few workers: to wake another costs more than to wait for
        them. Else an idle worker is the first choice, and one that has not yet worked long the second.
        """
        idle = self.idle
        if asked.alone:
            return idle
        found = idle
        for process in self._busy:
            if process.depth >= (DEPTH if found is idle or found is None else found.depth):
                continue
            if process.is_quick if idle else process.can_share:
                found = process
        return found

    def give(self, process: Process, asked: Asked) -> None:
        """Have a worker do a task."""
        if not process.depth:
            self._idle.remove(process)
            self._busy.add(process)
        process.give(asked)

    async def end(self) -> None:
        """End all, at work or not."""
        self._closed = True
        await asyncio.gather(*self._starting)
        for process in tuple(self._processes):
            process.end()

    def _ready(self, process: Process) -> None:
        """One has started."""
        self.booted = True
        self._idle.append(process)
        self._tell_free()

    def _freed(self, process: Process) -> None:
        """One has ended a task: the next ones may come."""
        if not process.depth:
            self._busy.discard(process)
            if process.alive:
                self._idle.append(process)
        self._tell_free()

    def _gone(self, process: Process) -> None:
        """Replace one that has ended; in a while, if it could not even start."""
        self._processes.discard(process)
        self._busy.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        self.booted = any(one.served for one in self._processes)
        self._tell_free()
        if process.served:
            self.fill()
        else:
            self._loop.call_later(LATER, self.fill)
