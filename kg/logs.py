"""The log as lines of JSON on standard error: of a server always, of a build where the setting `log` says so."""

from __future__ import annotations

import atexit
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from logging import INFO
from typing import Any, BinaryIO

import msgspec
import structlog

from kg.watching import Watch

MOMENT = 0.1  # seconds that lines are held to be written together
EVERY = 10.0  # seconds between two lines about one stage


class Lines:
    """A logger for structlog that writes lines to a file, those of a moment together; at the end none is missing.

    To write each by itself would cost a server as much as a part of the answer that it tells of.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held: deque[bytes] = deque()
        self._due = threading.Event()
        self._writing = threading.Lock()
        threading.Thread(target=self._write_on, name="log", daemon=True).start()
        atexit.register(self.flush)

    def msg(self, line: bytes) -> None:
        """Take a line."""
        self._held.append(line)
        if not self._due.is_set():
            self._due.set()

    debug = info = warning = error = critical = exception = log = msg

    def flush(self) -> None:
        """Write what is held."""
        with self._writing:
            lines = [self._held.popleft() for _ in range(len(self._held))]
            self._file.write(b"".join(line + b"\n" for line in lines))
            self._file.flush()

    def _write_on(self) -> None:
        while self._due.wait():
            time.sleep(MOMENT)
            self._due.clear()
            self.flush()


def log_as_json(*, together: bool = False) -> None:
    """Write the log as lines of JSON on standard error; `together` those of a moment, for who has many to tell."""
    to = sys.stderr.buffer
    lines = Lines(to) if together else None
    structlog.configure(
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(INFO),
        logger_factory=(lambda *_: lines) if lines else structlog.BytesLoggerFactory(to),
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
