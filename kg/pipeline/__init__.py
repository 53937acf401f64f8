"""The stages from documents to a published data set, in their order, wired once.

document → annotated text → claims → graphs → validated → reasoned → published → dumped
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.mapper import edition, knowledge, load_mapper, readers
from kg.pipeline.checking import infer, validate
from kg.pipeline.stages import build_graphs, map_documents, publish_version, read_documents, write_dumps
from kg.pipeline.touched import Readers
from kg.pipeline.work import DocumentsError, InvalidError, Knowledge, TooManyError, TooManyFactsError, Work
from kg.publish.alone import BusyError, alone
from kg.publish.whole import put_damaged_aside
from kg.settings import Settings
from kg.tracing import begin, span
from kg.watching import Step, Watch

__all__ = [
    "STAGES",
    "BusyError",
    "DocumentsError",
    "InvalidError",
    "Knowledge",
    "TooManyError",
    "TooManyFactsError",
    "Work",
    "prepare",
    "run",
]

STAGES: tuple[tuple[str, Callable[[Work, Step], Work]], ...] = (
    ("Reading", read_documents),
    ("Mapping", map_documents),
    ("Building graphs", build_graphs),
    ("Validating", validate),
    ("Reasoning", infer),
    ("Publishing", publish_version),
    ("Dumping", write_dumps),
)


def prepare(settings: Settings, paths: Sequence[Path], watch: Watch) -> Work:
    """The work of building from the documents at these paths, with all that is needed loaded.

    Raises SettingError and TurtleError for what cannot be loaded.
    """
    watch("Loading", 0, 1)
    known = Knowledge.load(settings)
    watch("Loading", 1, 1)
    every = edition(settings)
    parts = Readers(readers(settings), every, partial(knowledge, settings)) if every else None
    return Work(settings, tuple(paths), partial(load_mapper, settings), known, every, parts)


def run(work: Work, watch: Watch, until: str | None = None) -> Work:
    """Run the stages in their order, up to and with the named one; `watch` is told how each gets on.

    What is to be published is built by one process at a time: raises BusyError where another is at it. What a
    build left behind that was killed is gone then, and a current version that is damaged gives way.
    """
    if until is not None:
        return _run(replace(work, edition=""), watch, until)
    with alone(work.settings.dist):
        put_damaged_aside(work.settings.dist)
        return _run(work, watch, None)


def _run(work: Work, watch: Watch, until: str | None) -> Work:
    begin()
    with span("build", {"entente.until": until or ""}):
        for name, stage in STAGES:
            with span(name, {}):
                work = stage(work, partial(watch, name))
            if name == until:
                break
    return work
