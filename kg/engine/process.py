"""One worker process, as the event loop sees it: given a task, it tells an outcome, or it ends."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from kg.engine.job import Answer, Begun, Refusal
from kg.engine.wire import Frames, Outcome, ProtocolError, Task, framed, told_by

GRACE = 2.0  # seconds beyond a task's time in which the kernel should have ended its worker by itself
MERCY = 0.1  # seconds that a task may go on for nobody: most end by then, and their worker need not
OUTSIDERS = {-signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, -signal.SIGKILL}  # nobody's own doing


class LostError(Exception):
    """A worker ended in the middle of a task: why, and whether the task can have been the cause."""

    def __init__(self, refusal: Refusal, *, innocent: bool) -> None:
        super().__init__(refusal.detail)
        self.refusal, self.innocent = refusal, innocent


@dataclass(frozen=True, slots=True)
class Share:
    """What a worker process may have: MiB of memory, and connections of its own."""

    mebibytes: int = 1024
    sockets: bool = False


class Process(asyncio.Protocol):
    """A worker process. `ready` is called once it can be given a task, `gone` when it has ended.

    `alive` says whether it can be given another one, `served` whether it ever could.
    """

    _process: subprocess.Popen[bytes]
    _transport: asyncio.Transport

    def __init__(
        self, share: Share, ready: Callable[[Process], None], gone: Callable[[Process], None]
    ) -> None:
        self.alive = self.served = False
        self._share, self._ready, self._gone = share, ready, gone
        self._loop = asyncio.get_running_loop()
        self._frames = Frames()
        self._said: asyncio.Future[Outcome | Begun] | None = None
        self._overdue = False
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
        self._transport, _ = await self._loop.create_connection(lambda: self, sock=ours)

    async def ask(self, task: Task) -> Outcome | Begun:
        """What it says to a task; what follows a Begun is had by `rest`.

        Raises LostError when it ended instead. Where nobody waits any more, it ends the task soon or is ended.
        """
        self._said = self._loop.create_future()
        self._transport.write(framed(task.to_wire()))
        return await self._told(self._said, task)

    async def rest(self, task: Task) -> Outcome:
        """The outcome of a task whose answer has begun; raises as `ask` does."""
        said = await self._told(self._said, task) if self._said else None
        return Refusal("engine", "an answer began twice") if said is None or isinstance(said, Begun) else said

    async def _told(self, said: asyncio.Future[Outcome | Begun], task: Task) -> Outcome | Begun:
        timer = self._loop.call_later(task.seconds + GRACE, self._end_overdue)
        try:
            return await said
        except EOFError:
            raise self._cause(task) from None
        except asyncio.CancelledError:
            self.alive = False
            self._abandoned = self._loop.call_later(MERCY, self.end)
            raise
        finally:
            timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Take what it says."""
        try:
            for message in self._frames.add(data):
                self._hear(told_by(message))
        except ProtocolError:
            self.end()

    def _hear(self, said: Outcome | Begun | None) -> None:
        if said is None:
            self.alive = self.served = True
            self._ready(self)
        elif self._abandoned:
            self._abandoned.cancel()
            self._forget(said)
        elif self._said and not self._said.done():
            waited = self._said
            if isinstance(said, Begun):
                self._said = self._loop.create_future()
            waited.set_result(said)

    def _forget(self, said: Outcome | Begun) -> None:
        """Go on after a task whose outcome nobody waits for, if it has ended."""
        self._abandoned = None
        if isinstance(said, Answer | Begun) and said.spooled:
            said.spooled.unlink(missing_ok=True)
        if isinstance(said, Begun):
            self.end()
        else:
            self.alive = True
            self._ready(self)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002  # it ended, whatever the socket says
        """It ended."""
        self.alive = False
        if self._abandoned:
            self._abandoned.cancel()
        if self._said and not self._said.done():
            self._said.set_exception(EOFError())
            self._said.exception()  # seen: whoever waited may have gone
        self._gone(self)

    def end(self) -> None:
        """End it at once."""
        self.alive = False
        self._process.kill()
        self._transport.abort()
        self._loop.run_in_executor(
            None, self._process.wait
        )  # giving much memory back takes the kernel a while

    def _end_overdue(self) -> None:
        self._overdue = True
        self._process.kill()

    def _cause(self, task: Task) -> LostError:
        """Why it ended in the middle of a task."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)
        status = self._process.returncode
        if status == -signal.SIGALRM or self._overdue:
            late = Refusal("time", f"the query did not end within {task.seconds:g} seconds")
            return LostError(late, innocent=False)
        if status == -signal.SIGABRT:
            words = Refusal("memory", "the query needs more memory than one query may have")
        elif status == -signal.SIGSEGV:
            words = Refusal("engine", "the engine ran out of stack: the query is nested too deeply")
        else:
            words = Refusal("engine", f"the engine ended unexpectedly, with status {status}")
        return LostError(words, innocent=status in OUTSIDERS)
