"""What is sent to a worker process and what comes back: messages in MessagePack with their length before them.

Nothing is unpickled: a worker has read untrusted text, and what it says is data, checked as it is read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Begun, Job, Refusal

LENGTH = struct.Struct("!I")

Task = Job | Change
Outcome = Answer | Written | Refusal


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first message: it can be given tasks."""


@dataclass(frozen=True, slots=True)
class Late:
    """A task was not begun, because it had been behind another one for too long."""


Told = Outcome | Begun | Late | Ready


class ProtocolError(ValueError):
    """A message that is none of ours; the worker that sent it cannot be trusted with anything more."""


class _Asked(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A message to a worker: one task, and when it is too late to begin it behind another one."""

    query: Job | None = None
    change: Change | None = None
    until: float = 0.0


class _Said(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A message from a worker, of one kind or another."""

    answer: Answer | None = None
    begun: Begun | None = None
    refusal: Refusal | None = None
    written: Written | None = None
    late: Late | None = None
    ready: Ready | None = None


SAID = {
    Answer: "answer",
    Begun: "begun",
    Refusal: "refusal",
    Written: "written",
    Late: "late",
    Ready: "ready",
}


def _path(kind: type[Any], value: Any) -> Any:
    return kind(value)


_encode = msgspec.msgpack.Encoder(enc_hook=str).encode
_asked = msgspec.msgpack.Decoder(_Asked, dec_hook=_path).decode
_said = msgspec.msgpack.Decoder(_Said, dec_hook=_path).decode


def asking(task: Task, until: float = 0.0) -> bytes:
    """A task as it is sent; with `until`, not to be begun after that time (of the system's monotonic clock)."""
    return _framed({"query" if isinstance(task, Job) else "change": task, "until": until})


def telling(said: Told) -> bytes:
    """What a worker says as it is sent."""
    return _framed({SAID[type(said)]: said})


def _framed(told: Mapping[str, Any]) -> bytes:
    message = _encode(told)
    return LENGTH.pack(len(message)) + message


class Frames:
    """Messages put together again from the pieces in which they come."""

    def __init__(self) -> None:
        self._held = b""

    def add(self, piece: bytes | memoryview) -> Iterator[bytes]:
        """Take a piece; the messages that are whole with it."""
        data, start = self._held + piece, 0
        while len(data) - start >= LENGTH.size:
            begin = start + LENGTH.size
            end = begin + LENGTH.unpack_from(data, start)[0]
            if len(data) < end:
                break
            yield data[begin:end]
            start = end
        self._held = data[start:]


def task_of(message: bytes) -> tuple[Task, float]:
    """The task that a message tells, and until when it may be begun; raises ProtocolError where it tells none."""
    told = _asked(message)
    task = told.query or told.change
    if task is None:
        raise ProtocolError("no task")
    return task, told.until


def told_by(message: bytes) -> Told:
    """What a worker says; raises ProtocolError where that is nothing that one says."""
    try:
        told = _said(message)
    except (msgspec.DecodeError, TypeError) as error:
        raise ProtocolError(str(error)) from error
    said = told.answer or told.refusal or told.begun or told.written or told.late or told.ready
    if said is None:
        raise ProtocolError("nothing")
    return said
