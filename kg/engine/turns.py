"""Tasks that wait for a worker."""

from __future__ import annotations

import asyncio
from collections import deque

from kg.engine.asked import Asked


class Turns:
    """Tasks in the order in which they get a worker; one that waits beyond its deadline is told TimeoutError."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Asked] = deque()
        self._patience: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def join(self, asked: Asked, *, first: bool = False) -> None:
        """Let a task wait, as the last one or as the next."""
        if first:
            self._waiting.appendleft(asked)
        else:
            self._waiting.append(asked)
        self._look_at(asked.deadline)

    def next(self) -> Asked | None:
        """The task whose turn it is, if somebody still waits for any."""
        while self._waiting and self._waiting[0].awaited.done():
            self._waiting.popleft()
        return self._waiting[0] if self._waiting else None

    def take(self) -> Asked:
        """Take that task out."""
        return self._waiting.popleft()

    def _look_at(self, deadline: float) -> None:
        """Look then who has waited too long; one timer serves all who wait."""
        if self._patience and self._patience.when() <= deadline:
            return
        if self._patience:
            self._patience.cancel()
        self._patience = self._loop.call_at(deadline, self._turn_away)

    def _turn_away(self) -> None:
        now, self._patience = self._loop.time(), None
        for asked in self._waiting:
            if asked.deadline <= now and not asked.awaited.done():
                asked.awaited.set_exception(TimeoutError())
        self._waiting = deque(asked for asked in self._waiting if not asked.awaited.done())
        if self._waiting:
            self._look_at(min(asked.deadline for asked in self._waiting))
