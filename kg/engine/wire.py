"""What is sent to a worker process and what comes back: a line of JSON, and an answer's bytes after it.

Nothing is unpickled: a worker has read untrusted text, and what it says is data.
"""

from __future__ import annotations

import json
from typing import Any

from kg.engine.change import Change, Written
from kg.engine.job import Answer, Job, Refusal

Task = Job | Change
Outcome = Answer | Written | Refusal


def task_of(message: bytes) -> Task:
    """The task that a message tells."""
    [(kind, told)] = json.loads(message).items()
    return Job.from_told(told) if kind == "query" else Change.from_told(told)


def outcome_of(message: bytes) -> Outcome:
    """The outcome that a message tells."""
    line, _, body = message.partition(b"\n")
    told: Any
    [(kind, told)] = json.loads(line).items()
    if kind == "answer":
        return Answer.from_told(told, body)
    return Refusal(**told) if kind == "refusal" else Written(**told)
