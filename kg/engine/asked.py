"""A task on its way to an outcome, and whom it concerns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.engine.job import Begun
from kg.engine.wire import Outcome, Task

if TYPE_CHECKING:
    from kg.engine.process import Process


@dataclass(slots=True, eq=False)
class Asked:
    """A task on its way: what is said to it first, and then, if that was a beginning; and where it is done.

    `alone` asks for a worker that has no other task.
    """

    task: Task
    alone: bool
    said: asyncio.Future[Outcome | Begun]
    deadline: float  # when it has waited long enough for its turn
    process: Process | None = None
    until: float = 0.0  # when it is too late to begin it behind another task
    returned: bool = False  # whether it was behind another task for too long before
    rest: asyncio.Future[Outcome | Begun] | None = None

    @property
    def awaited(self) -> asyncio.Future[Outcome | Begun]:
        """What is to be said next; it is done where nobody waits any more."""
        return self.rest or self.said
