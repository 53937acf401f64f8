"""Reasoning from build to build: the closure is kept, and goes on with what has changed since.

What is kept lies beside the versions, by a name for all that it depends on besides the data. Where nothing is, or it
is damaged or of another name, all is closed anew: nothing but time is lost.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

import msgspec
import structlog

from kg import derivations, reason
from kg.examples import MADE_UP, write_examples
from kg.following import brought_up_to_date
from kg.packed import Packed, to_lines
from kg.pipeline.kept import CLOSURE, Kept, kept_in
from kg.pipeline.reasoned import Reasoned
from kg.pipeline.work import Work
from kg.published import NotPublishedError, open_published

KEY = "closure"


class _Closed(msgspec.Struct, frozen=True):
    """A closure as it is kept: what was asserted, what of it is published, and the rest."""

    asserted: bytes
    inferred: bytes
    state: reason.State


def reasoned_over(work: Work) -> tuple[Reasoned, Packed | None]:
    """The engine over the data of a build, and what was published of what was kept, where it goes on from that."""
    data = asserted(work)
    with kept_in(work.settings.dist, _edition(work), CLOSURE) as kept:
        closed = _closed(kept)
    if closed is not None:
        known, settings = work.knowledge, work.settings
        with suppress(reason.StaleError):
            engine = reason.Reasoner(known.ontology, (), settings.base, closed.state)
            before = Packed.restored(closed.asserted)
            reasoned = Reasoned(engine, before, before=_name(work, before)).with_data(data)
            return reasoned, Packed.restored(closed.inferred)
    if _edition(work):
        _log().info("nothing is kept of the reasoning: all is closed anew")
    return _anew(work, data), None


def concluded(work: Work, reasoned: Reasoned, before: Packed | None) -> Work:
    """The work with what follows from data that are consistent, which is kept for the next build."""
    changed = None
    if before is not None and isinstance(reasoned.engine, reason.Reasoner):
        changed = reasoned.engine.changed()
        if changed is not None:
            inferred = brought_up_to_date(before, reasoned.engine, changed)
        else:  # an axiom came or went, on which the order of all depends
            reasoned = _anew(work, reasoned.asserted)
    if changed is None:
        inferred = Packed.of(reasoned.engine.inference().triples)
    reasoned = replace(reasoned, of=_name(work, reasoned.asserted), changed=tuple(changed or ()))
    _keep(work, reasoned, inferred)
    return replace(work, inferred=inferred, reasoned=reasoned)


def asserted(work: Work) -> Packed:
    """The data that are reasoned over, without what the ontology says itself."""
    known = work.knowledge
    lines = chain(to_lines(known.reference), work.built.facts.each(), to_lines(work.curated))
    return Packed({*lines}.difference(to_lines(known.ontology)))


def write_reasons(work: Work, path: Path) -> None:
    """Write why each inferred triple holds, and an example of what follows by each axiom.

    Where the version before has the derivations of what was kept, those are brought up to date.
    """
    reasoned, ontology = work.reasoned, work.knowledge.ontology
    if reasoned is None:
        return
    engine = reasoned.engine
    if isinstance(engine, reason.Reasoner) and _copied(work, reasoned, path):
        try:
            steps = ((triple, engine.steps(triple)) for triple in reasoned.changed)
            derivations.revise(path, _plain(steps), ontology, reasoned.of)
        except sqlite3.DatabaseError as error:
            _log().warning("derivations are damaged, and written anew", error=str(error))
            path.unlink()
        else:
            return
    derivations.write_derivations(
        path, _plain(engine.inference().derivations.told()), reason.sentences(), ontology, reasoned.of
    )
    write_examples(path, reason.worked_examples(ontology, work.settings.base + MADE_UP), ontology)


def _anew(work: Work, data: Packed) -> Reasoned:
    known, settings = work.knowledge, work.settings
    return Reasoned(reason.start(known.ontology, data, settings.base, settings.reasoner), data)


def _plain(
    told: Iterable[tuple[reason.Triple, Sequence[reason.Derivation]]],
) -> Iterator[tuple[reason.Triple, list[tuple[str, tuple[reason.Triple, ...]]]]]:
    for triple, steps in told:
        yield triple, [(step.rule, step.premises) for step in steps]


def _closed(kept: Kept) -> _Closed | None:
    content = kept.content(KEY)
    with suppress(msgspec.DecodeError):
        return None if content is None else msgspec.msgpack.decode(content, type=_Closed)
    return None


def _keep(work: Work, reasoned: Reasoned, inferred: Packed) -> None:
    state = reasoned.engine.state() if isinstance(reasoned.engine, reason.Reasoner) else None
    with kept_in(work.settings.dist, _edition(work), CLOSURE) as kept:
        if state is not None:
            closed = _Closed(reasoned.asserted.stored, inferred.stored, state)
            kept.put(KEY, msgspec.msgpack.encode(closed))
        kept.only_used()


def _edition(work: Work) -> str:
    """A name for all that a closure depends on besides its data; empty where none is kept."""
    if not work.edition or work.settings.reasoner != "compiled":
        return ""
    told = hashlib.sha256(work.settings.base.encode())
    told.update(
        "\n".join(sorted(" ".join(t.n3() for t in triple) for triple in work.knowledge.ontology)).encode()
    )
    for path in sorted(Path(reason.__file__).parent.glob("*.*")):
        told.update(path.read_bytes())
    return told.hexdigest()


def _name(work: Work, data: Packed) -> str:
    edition = _edition(work)
    return hashlib.sha256(edition.encode() + data.sum).hexdigest() if edition else ""


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
