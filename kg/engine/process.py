"""One worker process, as the event loop sees it: given tasks, it tells their outcomes in order, or it ends."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from kg.engine.asked import Asked
from kg.engine.ending import LostError, cause
from kg.engine.job import Answer, Begun, Job
from kg.engine.joined import Joined
from kg.engine.wire import Frames, Late, Outcome, ProtocolError, Ready, Task, Told, asking, told_by

GRACE = 2.0  # seconds beyond a task's time in which the kernel should have ended its worker by itself
MERCY = 0.1  # seconds that a task may go on for nobody: most end by then, and their worker need not
QUICK = 0.002  # seconds that small tasks take at most
LATELY = 8  # tasks that it is told from how long they take
BEHIND = 0.03  # seconds that a task is kept behind another one; by then another worker gets it


@dataclass(frozen=True, slots=True)
class Share:
    """What a worker process may have: MiB of memory, and connections of its own."""

    mebibytes: int = 1024
    sockets: bool = False


@dataclass(slots=True)
class Calls:
    """Whom a worker process tells that it can take a task, has ended one, gives one back, or has ended itself."""

    ready: Callable[[Process], None]
    freed: Callable[[Process], None]
    back: Callable[[Asked], None]
    gone: Callable[[Process], None]


class Process(asyncio.Protocol):
    """A worker process. `alive` says whether it can be given a task, `served` whether it ever could.

    A small task may follow another one: a worker that has the next task already need not be woken for it, which
    costs as much as a small query. Behind a task that takes long none stays: it is given back, to be done by
    another worker, and is not begun here any more.
    """

    _process: subprocess.Popen[bytes]
    _transport: Joined

    def __init__(self, share: Share, calls: Calls) -> None:
        self.alive = self.served = False
        self._share, self._calls = share, calls
        self._loop = asyncio.get_running_loop()
        self._frames = Frames()
        self._tasks: deque[Asked | None] = deque()  # None: one that was given back, but will be heard of
        self._returned = 0  # how many of those there are
        self._since = 0.0
        self._pace = 0.0  # seconds that a task has taken lately
        self._overdue = self._streams = False
        self._watch: asyncio.TimerHandle | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._abandoned: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start it; it says by itself when it is ready."""
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [theirs.fileno(), self._share.mebibytes, int(self._share.sockets)]
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module, three numbers
                [sys.executable, "-m", "kg.engine.worker", *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # an engine that runs out of memory says so before it aborts
            )
        transport, _ = await self._loop.create_connection(lambda: self, sock=ours)
        self._transport = Joined(transport, self._loop.call_soon)

    @property
    def depth(self) -> int:
        """How many tasks it will be heard of: the one that it does, and those given to it behind that."""
        return len(self._tasks)

    @property
    def behind(self) -> int:
        """How many tasks wait behind the one that it does."""
        return max(0, len(self._tasks) - self._returned - (self._tasks[0] is not None)) if self._tasks else 0

    @property
    def is_quick(self) -> bool:
        """Whether another small task may follow, and what it did lately took so little that it need not wait long."""
        return self.can_share and self._pace < QUICK

    @property
    def can_share(self) -> bool:
        """Whether another small task may follow: what it does now has not taken long."""
        head = self._tasks[0] if self._tasks else None
        if head is None or head.alone or self._streams or self._abandoned or not self.alive:
            return False
        return isinstance(head.task, Job) and monotonic() - self._since < BEHIND

    def give(self, asked: Asked) -> None:
        """Have it do a task, after those that it has."""
        now = monotonic()
        asked.process, asked.until = self, now + BEHIND
        self._tasks.append(asked)
        if len(self._tasks) == 1:
            self._since = now
            self._transport.write(asking(asked.task))
        else:
            self._transport.write(asking(asked.task, asked.until))
            self._looking = self._looking or self._loop.call_later(BEHIND, self._look)
        if self._watch is None:
            self._watch = self._loop.call_later(asked.task.seconds + GRACE, self._end_overdue)

    def leave(self, asked: Asked) -> None:
        """Nobody waits any more: a task under way ends soon, or is ended with its worker."""
        if self._tasks and self._tasks[0] is asked and not self._abandoned:
            self._abandoned = self._loop.call_later(MERCY, self.end)

    def data_received(self, data: bytes) -> None:
        """Take what it says."""
        try:
            for message in self._frames.add(data):
                self._hear(told_by(message))
        except ProtocolError:
            self.end()

    def _hear(self, said: Told) -> None:
        if isinstance(said, Ready):
            self.alive = self.served = True
            self._calls.ready(self)
            return
        if not self._tasks:
            raise ProtocolError("an outcome of no task")
        asked = self._tasks[0]
        if isinstance(said, Begun):
            self._begun(asked, said)
            return
        self._next()
        if isinstance(said, Late):
            if asked is not None and not asked.awaited.done():
                self._calls.back(asked)
        elif asked is None or asked.awaited.done():
            _forget(said)
        else:
            asked.awaited.set_result(said)
        self._calls.freed(self)

    def _begun(self, asked: Asked | None, said: Begun) -> None:
        """An answer may be read; one that nobody reads is ended."""
        if asked is None or asked.awaited.done():
            said.spooled.unlink(missing_ok=True)
            self.end()
        elif asked.rest:
            raise ProtocolError("an answer began twice")
        else:
            asked.rest = self._loop.create_future()
            self._streams = True
            asked.said.set_result(said)

    def _next(self) -> None:
        """Go on to the task behind the one that has ended."""
        self._returned -= self._tasks.popleft() is None
        now = monotonic()
        self._pace += (now - self._since - self._pace) / LATELY
        self._since, self._streams = now, False
        if self._abandoned:
            self._abandoned.cancel()
            self._abandoned = None
        if self._tasks and ((head := self._tasks[0]) is None or head.awaited.done()):
            self._abandoned = self._loop.call_later(MERCY, self.end)

    def _look(self) -> None:
        """Give back what has been behind another task for too long."""
        now, self._looking = monotonic(), None
        for place, asked in enumerate(self._tasks):
            if place and asked and asked.until <= now:
                self._tasks[place] = None
                self._returned += 1
                if not asked.awaited.done():
                    self._calls.back(asked)
        if any(list(self._tasks)[1:]):
            self._looking = self._loop.call_later(BEHIND, self._look)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002  # it ended, whatever the socket says
        """It ended: the task that it did is lost, those behind it are given back."""
        self.alive = False
        for timer in (self._watch, self._looking, self._abandoned):
            if timer:
                timer.cancel()
        lost, self._tasks = self._tasks, deque()
        for place, asked in enumerate(lost):
            if asked is None or asked.awaited.done():
                continue
            if place == 0:
                asked.awaited.set_exception(EOFError())
                asked.awaited.exception()  # seen: whoever waited may have gone
            else:
                self._calls.back(asked)
        self._calls.gone(self)

    def end(self) -> None:
        """End it at once."""
        self.alive = False
        self._process.kill()
        self._transport.abort()
        self._loop.run_in_executor(
            None, self._process.wait
        )  # giving much memory back takes the kernel a while

    def _end_overdue(self) -> None:
        """End it where its task has gone beyond its time; else look again when that may be so."""
        self._watch = None
        head = self._tasks[0] if self._tasks else None
        if head is None:
            return
        left = self._since + head.task.seconds + GRACE - monotonic()
        if left > 0:
            self._watch = self._loop.call_later(left, self._end_overdue)
            return
        self._overdue = True
        self._process.kill()

    def cause(self, task: Task) -> LostError:
        """Why it ended in the middle of a task."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)
        what = "query" if isinstance(task, Job) else "write"
        return cause(self._process.returncode, what, task.seconds, overdue=self._overdue)


def _forget(said: Outcome) -> None:
    """Remove what nobody will read."""
    if isinstance(said, Answer) and said.spooled:
        said.spooled.unlink(missing_ok=True)
