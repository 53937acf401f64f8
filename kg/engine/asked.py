"""A task on its way to an outcome, and whom it concerns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from kg.engine.job import Begun
from kg.engine.wire import Outcome, Task


class Doer(Protocol):
    """What does a task, as far as those need to know it who wait for its outcome."""

    def leave(self, asked: Asked) -> None:
        """Do this for nobody any more."""

    def end(self) -> None:
        """End, with all that it does."""

    def cause(self, task: Task) -> Exception:
        """Why it has ended while it did a task."""


@dataclass(slots=True, eq=False)
class Asked:
    """A task on its way: what is said to it first, and then, if that was a beginning; and where it is done.

    `alone` asks for a worker that has no other task.
    """

    task: Task
    alone: bool
    said: asyncio.Future[Outcome | Begun]
    deadline: float  # when it has waited long enough for its turn
    process: Doer | None = None
    until: float = 0.0  # when it is too late to begin it behind another task
    returned: bool = False  # whether it was behind another task for too long before
    rest: asyncio.Future[Outcome | Begun] | None = None

    @property
    def awaited(self) -> asyncio.Future[Outcome | Begun]:
        """What is to be said next; it is done where nobody waits any more."""
        return self.rest or self.said
