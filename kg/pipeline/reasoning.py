"""Reasoning from build to build: the closure is kept, and goes on with what has changed since (see `kg.closed`)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from kg import closed, derivations, reason
from kg.examples import MADE_UP, write_examples
from kg.following import brought_up_to_date
from kg.packed import Packed, to_lines
from kg.pipeline.reasoned import Reasoned
from kg.pipeline.work import Work
from kg.published import NotPublishedError, open_published


def reasoned_over(work: Work) -> tuple[Reasoned, Packed | None]:
    """The engine over the data of a build, and what was published of what was kept, where it goes on from that."""
    data, known, settings = asserted(work), work.knowledge, work.settings
    keeps = work.edition and settings.reasoner == "compiled"
    edition = closed.edition(known.ontology, settings.base) if keeps else ""
    kept = closed.read(settings.dist, edition) if edition else None
    if kept is not None:
        with suppress(reason.StaleError):
            engine = closed.resumed(kept, known.ontology, data, settings.base)
            before = closed.name(edition, Packed.restored(kept.asserted))
            return Reasoned(engine, data, edition, before), Packed.restored(kept.inferred)
    if edition:
        _log().info("nothing is kept of the reasoning: all is closed anew")
    return _anew(work, data, edition), None


def concluded(work: Work, reasoned: Reasoned, before: Packed | None) -> Work:
    """The work with what follows from data that are consistent, which is kept for the next build."""
    changed = None
    if before is not None and isinstance(reasoned.engine, reason.Reasoner):
        changed = reasoned.engine.changed()
        if changed is not None:
            inferred = brought_up_to_date(before, reasoned.engine, changed)
        else:  # an axiom came or went, on which the order of all depends
            reasoned = _anew(work, reasoned.asserted, reasoned.edition)
    if changed is None:
        inferred = Packed.of(reasoned.engine.published())
    reasoned = replace(reasoned, changed=tuple(changed or ()))
    _keep(work, reasoned, inferred)
    return replace(work, inferred=inferred, reasoned=reasoned)


def asserted(work: Work) -> Packed:
    """The data that are reasoned over, without what the ontology says itself."""
    known = work.knowledge
    graphs = (to_lines(known.reference), work.built.facts.each(), to_lines(work.curated))
    return closed.asserted(graphs, known.ontology)


def write_reasons(work: Work, path: Path) -> None:
    """Write why each inferred triple holds, and an example of what follows by each axiom.

    Where the version before has the derivations of what was kept, those are brought up to date. It is the last that
    is asked of the engine, which then lets go of its facts.
    """
    if work.reasoned is not None:
        _write_reasons(work, work.reasoned, path)
        work.reasoned.engine.close()


def _write_reasons(work: Work, reasoned: Reasoned, path: Path) -> None:
    engine, ontology = reasoned.engine, work.knowledge.ontology
    if isinstance(engine, reason.Reasoner) and _copied(work, reasoned, path):
        try:
            steps = ((triple, engine.steps(triple)) for triple in reasoned.changed)
            derivations.revise(path, _plain(steps), ontology, reasoned.of)
        except sqlite3.DatabaseError as error:
            _log().warning("derivations are damaged, and written anew", error=str(error))
            path.unlink()
        else:
            return
    all_steps = _plain(engine.told() if isinstance(engine, reason.Reasoner) else ())
    derivations.write_derivations(path, all_steps, reason.sentences(), ontology, reasoned.of)
    write_examples(path, reason.worked_examples(ontology, work.settings.base + MADE_UP), ontology)


def _anew(work: Work, data: Packed, edition: str) -> Reasoned:
    known, settings = work.knowledge, work.settings
    return Reasoned(reason.start(known.ontology, data, settings.base, settings.reasoner), data, edition)


def _plain(
    told: Iterable[tuple[reason.Triple, Sequence[reason.Derivation]]],
) -> Iterator[tuple[reason.Triple, list[tuple[str, tuple[reason.Triple, ...]]]]]:
    for triple, steps in told:
        yield triple, [(step.rule, step.premises) for step in steps]


def _keep(work: Work, reasoned: Reasoned, inferred: Packed) -> None:
    if not reasoned.edition or not isinstance(reasoned.engine, reason.Reasoner):
        return
    state = reasoned.engine.state()
    kept = None if state is None else closed.Closed(reasoned.asserted.stored, inferred.stored, state)
    closed.keep(work.settings.dist, reasoned.edition, kept)


def _copied(work: Work, reasoned: Reasoned, path: Path) -> bool:
    """Copy the derivations of the version that is published now, if they are of what was kept."""
    with suppress(NotPublishedError):
        before = open_published(work.settings.dist).folder / derivations.FILE
        if reasoned.before and before.is_file() and derivations.made_of(before) == reasoned.before:
            shutil.copyfile(before, path)
            return True
    return False


def _log() -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger("kg.pipeline")
    return logger
