"""What comes of a job, for whoever gave it: an answer, one that grows while it is read, or why there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from kg.engine.ending import LostError
from kg.engine.job import BLOCK, Answer, Begun, Refusal
from kg.engine.wire import Outcome

LOOK = 0.02  # seconds until an answer that is still being written is looked at again


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


def answered(said: Outcome) -> Answer:
    """An outcome that is an answer; raises RefusedError for any other."""
    if isinstance(said, Answer):
        return said
    raise RefusedError(refusal_in(said))


def refusal_in(said: object) -> Refusal:
    """Why there is no answer."""
    return said if isinstance(said, Refusal) else Refusal("engine", "the worker spoke of something else")


@dataclass(frozen=True, slots=True)
class Growing:
    """An answer that is sent while it is still being written."""

    begun: Begun
    _rest: asyncio.Task[Outcome]

    async def blocks(self) -> AsyncGenerator[bytes, None]:
        """Its bytes as they come, once. Raises RefusedError where it breaks off; left early, the job is ended."""
        try:
            with self.begun.spooled.open("rb") as file:
                self.begun.spooled.unlink()
                ended = False
                while not ended:
                    ended = self._rest.done()
                    while block := file.read(BLOCK):
                        yield block
                    if not ended:
                        await asyncio.wait([self._rest], timeout=LOOK)
            self.answer()
        finally:
            self._rest.cancel()

    def answer(self) -> Answer:
        """The answer once it is whole; raises RefusedError."""
        try:
            return answered(self._rest.result())
        except LostError as lost:
            raise RefusedError(lost.refusal) from lost
