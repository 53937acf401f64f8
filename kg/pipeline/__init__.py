"""The stages from documents to a published data set, in their order, wired once.

document → annotated text → claims → graphs → validated → reasoned → published
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kg.pipeline.stages import (
    Step,
    build_graphs,
    infer,
    map_documents,
    publish_version,
    read_documents,
    validate,
)
from kg.pipeline.work import DocumentsError, InconsistentError, InvalidError, Knowledge, Mapper, Work

__all__ = [
    "STAGES",
    "DocumentsError",
    "InconsistentError",
    "InvalidError",
    "Knowledge",
    "Mapper",
    "Watch",
    "Work",
    "run",
]

Watch = Callable[[str, int, int], None]

STAGES: tuple[tuple[str, Callable[[Work, Step], Work]], ...] = (
    ("Reading", read_documents),
    ("Mapping", map_documents),
    ("Building graphs", build_graphs),
    ("Validating", validate),
    ("Reasoning", infer),
    ("Publishing", publish_version),
)


def run(work: Work, watch: Watch, until: str | None = None) -> Work:
    """Run the stages in their order, up to and with the named one; `watch` is told how each gets on."""
    for name, stage in STAGES:
        work = stage(work, partial(watch, name))
        if name == until:
            break
    return work
