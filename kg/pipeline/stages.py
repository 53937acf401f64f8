"""The stages of a build: each takes the work, and returns it with its own part added."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from rdflib import Graph

from kg import derivations, graph, publish, reason
from kg.iri import Mint
from kg.model import Document, Reading
from kg.pipeline.mapping import mapped
from kg.pipeline.work import DEFAULT_GRAPHS, DocumentsError, InconsistentError, InvalidError, Work
from kg.published import NotPublishedError, events_of_claims, open_published
from kg.read import ReadError, read
from kg.terms import rebase
from kg.turtle import read_turtle, turtle_files
from kg.validate import Report, Validator
from kg.watching import Step


def read_documents(work: Work, step: Step) -> Work:
    """Files → documents. Raises DocumentsError, naming every file that cannot be read."""
    documents: list[Document] = []
    reasons: dict[Path, str] = {}
    for n, path in enumerate(work.paths, 1):
        try:
            documents.append(read(path))
        except ReadError as error:
            reasons[path] = str(error)
        step(n, len(work.paths))
    if reasons:
        raise DocumentsError(reasons)
    return replace(work, documents=tuple(sorted(documents, key=lambda d: d.name)))


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


def validate(work: Work, step: Step) -> Work:
    """Check each document's claims, then the whole. Raises InvalidError."""
    built, mint, known = work.built, Mint(work.settings.base), work.knowledge
    shapes = read_turtle(turtle_files(work.settings.shapes), mint.base)
    validator = Validator(shapes, [known.ontology, known.reference, *built.claims.values()])
    total = len(work.documents) + 1
    report = Report()
    for n, document in enumerate(work.documents, 1):
        claims = built.claims[document.name]
        report += validator.document(document.name, claims, mint.document(document.name), document.text)
        step(n, total)
    report += validator.whole(built.claims, [built.facts, _used(known.reference, built)])
    step(total, total)
    if not report.conforms:
        raise InvalidError(report)
    return replace(work, report=report)


def _used(reference: Graph, built: graph.Graphs) -> Graph:
    """The reference data of the things that claims and facts name."""
    named = {node for held in (built.facts, *built.claims.values()) for node in held.objects()}
    used = Graph()
    for triple in graph.described(named, reference):
        used.add(triple)
    return used


def infer(work: Work, step: Step) -> Work:
    """Facts and reference data → what the ontology implies about them. Raises InconsistentError."""
    step(0, 1)
    known = work.knowledge
    data = chain(known.reference, work.built.facts)
    inference = reason.close(known.ontology, data, work.settings.base, work.settings.reasoner)
    if inference.clashes:
        raise InconsistentError(inference.clashes)
    inferred = Graph()
    for triple in inference.triples:
        inferred.add(triple)
    step(1, 1)
    return replace(work, inferred=inferred, inference=inference)


def _write_derivations(work: Work, path: Path) -> None:
    """Write why each inferred triple holds."""
    if work.inference is not None:
        found = work.inference.derivations.beneath(work.inference.triples)
        steps = ((triple, [(way.rule, way.premises) for way in ways]) for triple, ways in found)
        derivations.write_derivations(path, steps, reason.sentences(), work.knowledge.ontology)


def publish_version(work: Work, step: Step) -> Work:
    """Graphs → a published version, swapped in whole."""
    step(0, 1)
    base = work.settings.base
    edition = publish.Edition(
        base=base,
        graphs=work.named_graphs(),
        default_graphs=[Mint(base).graph(name) for name in DEFAULT_GRAPHS],
        documents=work.documents,
        counts=work.counts(),
        further={derivations.FILE: partial(_write_derivations, work)},
    )
    publication = publish.publish(edition, work.settings.dist)
    step(1, 1)
    return replace(work, publication=publication)
