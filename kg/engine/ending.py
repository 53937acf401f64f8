"""Why a worker process ended in the middle of a task."""

from __future__ import annotations

import signal

import structlog

from kg.engine.job import Refusal

OUTSIDERS = {-signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, -signal.SIGKILL}  # nobody's own doing


class LostError(Exception):
    """A worker ended in the middle of a task: why, and whether the task can have been the cause."""

    def __init__(self, refusal: Refusal, *, innocent: bool) -> None:
        super().__init__(refusal.detail)
        self.refusal, self.innocent = refusal, innocent


def cause(status: int | None, what: str, seconds: float, *, overdue: bool) -> LostError:
    """Why a worker ended with that status, whose task had so many seconds; `overdue` where we ended it for that."""
    structlog.get_logger("kg.engine").warning("worker ended", status=status, during=what)
    if status == -signal.SIGALRM or overdue:
        return LostError(
            Refusal("time", f"the {what} did not end within {seconds:g} seconds"), innocent=False
        )
    if status == -signal.SIGABRT:
        words = Refusal("memory", f"the {what} needs more memory than one {what} may have")
    elif status == -signal.SIGSEGV:
        words = Refusal("nested", "the engine ran out of stack: this is nested too deeply, or too long")
    else:
        words = Refusal("engine", f"the engine ended unexpectedly, with status {status}")
    return LostError(words, innocent=status in OUTSIDERS)
