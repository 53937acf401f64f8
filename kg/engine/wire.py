"""What is sent to a worker process and what comes back: messages with their length before them.

A message is a line of JSON, and an answer's bytes after it. Nothing is unpickled: a worker has read untrusted
text, and what it says is data.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Begun, Job, Refusal

LENGTH = struct.Struct("!I")
READY = b'{"ready":{}}\n'  # a worker's first message

Task = Job | Change
Outcome = Answer | Written | Refusal


class ProtocolError(ValueError):
    """A message that is none of ours; the worker that sent it cannot be trusted with anything more."""


def framed(message: bytes) -> bytes:
    """A message as it is sent."""
    return LENGTH.pack(len(message)) + message


class Frames:
    """Messages put together again from the pieces in which they come."""

    def __init__(self) -> None:
        self._held = bytearray()

    def add(self, data: bytes) -> Iterator[bytes]:
        """Take a piece; the messages that are whole with it."""
        held = self._held
        held += data
        while len(held) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(held)[0]
            if len(held) < end:
                return
            yield bytes(memoryview(held)[LENGTH.size : end])
            del held[:end]


def task_of(message: bytes) -> Task:
    """The task that a message tells."""
    [(kind, told)] = json.loads(message).items()
    return Job.from_told(told) if kind == "query" else Change.from_told(told)


def told_by(message: bytes) -> Outcome | Begun | None:
    """What a worker says: an outcome, that an answer has begun, or None where it says that it is ready.

    Raises ProtocolError where it says anything else.
    """
    line, _, body = message.partition(b"\n")
    told: Any
    try:
        [(kind, told)] = json.loads(line).items()
        match kind:
            case "answer":
                return Answer.from_told(told, body)
            case "begun":
                return Begun.from_told(told)
            case "refusal":
                return Refusal(**told)
            case "written":
                return Written(**told)
            case "ready":
                return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProtocolError(str(error)) from error
    raise ProtocolError(f"no message of ours: {kind}")
