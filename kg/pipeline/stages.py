"""The stages of a build: each takes the work, and returns it with its own part added."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from kg import derivations, graph, publish, reason
from kg.iri import Mint
from kg.model import Document, Reading
from kg.pipeline.mapping import mapped
from kg.pipeline.work import PASSED, DocumentsError, Work
from kg.published import NotPublishedError, events_of_claims, open_published
from kg.read import ReadError, read
from kg.terms import rebase
from kg.watching import Step


def read_documents(work: Work, step: Step) -> Work:
    """Files → documents. Raises DocumentsError, naming every file that cannot be read."""
    documents: list[Document] = []
    files: dict[str, Path] = {}
    reasons: dict[Path, str] = {}
    for n, path in enumerate(work.paths, 1):
        try:
            document = read(path)
            documents.append(document)
            files[document.name] = path
        except ReadError as error:
            reasons[path] = str(error)
        step(n, len(work.paths))
    if reasons:
        raise DocumentsError(reasons)
    return replace(work, documents=tuple(sorted(documents, key=lambda d: d.name)), files=files)


def map_documents(work: Work, step: Step) -> Work:
    """Documents → mentions, claims, omissions."""
    readings: list[Reading] = []
    for n, reading in enumerate(mapped(work.documents, work.mapper, work.settings), 1):
        readings.append(reading)
        step(n, len(work.documents))
    return replace(work, readings=tuple(readings))


def build_graphs(work: Work, step: Step) -> Work:
    """Claims → claims graphs and facts; events keep the IRIs of the version that is published now."""
    try:
        before = events_of_claims(open_published(work.settings.dist))
    except NotPublishedError:
        before = {}
    step(0, 1)
    mint = Mint(work.settings.base)
    path = work.settings.policy
    policy = graph.Policy(rebase(path.read_text("utf-8"), mint.base), path)
    known = work.knowledge
    built = graph.build(work.readings, known.ontology, known.reference, mint, policy, before=before)
    step(1, 1)
    return replace(work, graphs=built)


def _write_derivations(work: Work, path: Path) -> None:
    """Write why each inferred triple holds."""
    if work.inference is not None:
        found = work.inference.derivations.beneath(work.inference.triples)
        steps = ((triple, [(way.rule, way.premises) for way in ways]) for triple, ways in found)
        derivations.write_derivations(path, steps, reason.sentences(), work.knowledge.ontology)


def _write_passed(work: Work, path: Path) -> None:
    """Write the fingerprints of the documents that passed validation, for the next build."""
    path.write_text("".join(f"{fingerprint}\n" for fingerprint in sorted(work.passed)), "utf-8")


def publish_version(work: Work, step: Step) -> Work:
    """Graphs → a published version, swapped in whole."""
    step(0, 1)
    base = work.settings.base
    edition = publish.Edition(
        base=base,
        graphs=work.named_graphs(),
        default_graphs=work.default_graphs(),
        documents=work.documents,
        counts=work.counts(),
        further={
            derivations.FILE: partial(_write_derivations, work),
            PASSED: partial(_write_passed, work),
        },
    )
    publication = publish.publish(edition, work.settings.dist)
    step(1, 1)
    return replace(work, publication=publication)
