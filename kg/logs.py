"""The log as lines of JSON on standard error: of a server always, of a build where the setting `log` says so."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from logging import INFO
from typing import Any

import msgspec
import structlog

from kg.watching import Watch

EVERY = 10.0  # seconds between two lines about one stage


def log_as_json() -> None:
    """Write the log as lines of JSON on standard error."""
    structlog.configure(
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _line(_logger: Any, level: str, told: MutableMapping[str, Any]) -> bytes:
    """What is told as a line; in one step, for a server writes one with each answer."""
    told["timestamp"] = datetime.now(UTC)
    told["level"] = level
    return msgspec.json.encode(told, enc_hook=repr)


@contextmanager
def stages() -> Iterator[Watch]:
    """A watch that logs the beginning and the end of each stage, and now and then how much of it is done.

    Each line tells the seconds that the stage has taken; `left` is an estimate of those until its end.
    """
    log = structlog.get_logger("kg.pipeline")
    at, began, told = "", 0.0, 0.0

    def end() -> None:
        if at:
            log.info("stage ended", stage=at, seconds=round(time.monotonic() - began, 3))

    def watch(stage: str, done: int, total: int) -> None:
        nonlocal at, began, told
        now = time.monotonic()
        if stage != at:
            end()
            at, began, told = stage, now, now
            log.info("stage began", stage=stage)
        elif now - told > EVERY:
            told, seconds = now, now - began
            left = round(seconds / done * (total - done), 1) if 0 < done <= total else None
            log.info("progress", stage=stage, done=done, total=total, seconds=round(seconds, 3), left=left)

    yield watch
    end()
