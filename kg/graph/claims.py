"""Everything that one document says, as the triples of its claims graph.

Each description is a table from properties to values; `describe` turns tables into triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, Literal, Namespace, URIRef

from kg.graph.identity import Told
from kg.graph.matching import SPEECH
from kg.graph.tables import Nodes, Table, Triple, describe, moment, text, whole
from kg.iri import digest, kebab, slug
from kg.model import Claim, Document, Evidence, Filler, Omission, Reading
from kg.terms import DEFAULT_BASE, rebase

OA = Namespace("http://www.w3.org/ns/oa#")


def claims_graph(reading: Reading, told: Sequence[Told], nodes: Nodes) -> Iterator[Triple]:
    """The triples of a document's claims graph: the document, its claims, its omissions, one extraction."""
    name = reading.document.name
    yield from describe(URIRef(nodes.mint.document(name)), _document(reading.document, nodes))
    yield from describe(URIRef(f"{nodes.mint.base}id/extraction/{slug(name)}"), _extraction(reading, nodes))
    for one in told:
        yield from _claim(one, reading.document, nodes)
        yield from describe(URIRef(one.iri), {nodes["carries"]: [URIRef(c.iri) for c in _carried(one, told)]})
    for omission in reading.omissions:
        yield from _omission(name, omission, nodes)


def _document(document: Document, nodes: Nodes) -> Table:
    source = document.source or ""
    issued = document.date.isoformat() if document.date else None
    return {
        RDF.type: [nodes["Document"]],
        DCTERMS.identifier: text(document.name),
        DCTERMS.title: text(document.title, document.language),
        DCTERMS.issued: moment(issued),
        DCTERMS.source: [URIRef(source)] if source.startswith(("http://", "https://")) else text(source),
        DCTERMS.publisher: text(document.publisher),
        DCTERMS.language: text(document.language),
        DCTERMS.format: text(document.media_type),
        nodes["sha256"]: text(document.sha256),
    }


def _extraction(reading: Reading, nodes: Nodes) -> Table:
    """One record of provenance for all that was read off a document (PROV-O, 3.1)."""
    return {
        RDF.type: [nodes["Extraction"], PROV.Activity],
        PROV.used: [URIRef(nodes.mint.document(reading.document.name))],
        PROV.generated: [URIRef(nodes.mint.claims(reading.document.name))],
        nodes["extractor"]: text(reading.extractor),
    }


def _claim(told: Told, document: Document, nodes: Nodes) -> Iterator[Triple]:
    claim, event = told.claim, URIRef(told.event)
    participations = [(role, f) for role, fillers in _roles(claim) for f in fillers]
    parts = [URIRef(f"{told.iri}/{kebab(role)}/{n}") for n, (role, _) in enumerate(participations, 1)]
    yield from describe(
        URIRef(told.iri),
        {
            RDF.type: [nodes["Claim"]],
            nodes["claims"]: [event],
            nodes["modality"]: [nodes[claim.modality]],
            nodes["toldIn"]: [URIRef(nodes.mint.document(claim.document))],
            nodes["foundBy"]: [_frame(claim.rule, nodes)],
            nodes["evidence"]: [_stretch(claim.document, claim.evidence, nodes)],
            nodes["alsoTold"]: [_stretch(claim.document, e, nodes) for e in claim.also_told],
            nodes["claimant"]: [URIRef(f.entity.iri) for f in claim.attributed_to],
            nodes["reporter"]: [URIRef(f.entity.iri) for f in claim.reported_by],
            nodes["participation"]: parts,
            **nodes.time(claim.time),
            **nodes.values(claim.values),
        },
    )
    yield from describe(event, _event(claim, nodes))
    if told.event != told.own_event:
        yield URIRef(told.own_event), DCTERMS.isReplacedBy, event
    for evidence in (claim.evidence, *claim.also_told):
        yield from _evidence(claim.document, evidence, nodes)
    for node, (role, filler) in zip(parts, participations, strict=True):
        yield from _participation(node, document.name, role, filler, nodes)
    for stretch in dict.fromkeys(filler.span for _, filler in participations):
        yield from _evidence(document.name, Evidence(stretch, stretch.of(document.text)), nodes)


def _event(claim: Claim, nodes: Nodes) -> Table:
    return {
        RDF.type: [nodes[claim.type]],
        **{nodes[role]: [URIRef(f.entity.iri) for f in fillers] for role, fillers in claim.roles},
        **nodes.time(claim.time),
        **nodes.values(claim.values),
    }


def _roles(claim: Claim) -> Iterator[tuple[str, tuple[Filler, ...]]]:
    """The roles of the event, then whose word the claim is and who reports it."""
    yield from claim.roles
    yield "claimant", claim.attributed_to
    yield "reporter", claim.reported_by


def _participation(node: URIRef, document: str, role: str, filler: Filler, nodes: Nodes) -> Iterator[Triple]:
    """A filler in its role: where the text names it, and for whom it acts in this event."""
    acts_for = [filler.acts_for] if filler.acts_for else []
    table: Table = {
        RDF.type: [nodes["Participation"]],
        nodes["role"]: [nodes[role]],
        nodes["filler"]: [URIRef(filler.entity.iri)],
        nodes["namedAt"]: [URIRef(nodes.mint.stretch(document, filler.span))],
        nodes["actsFor"]: [URIRef(body.iri) for body in acts_for],
        nodes["capacity"]: text(filler.capacity),
    }
    yield from describe(node, table)
    for entity in (filler.entity, *acts_for):
        yield from nodes.entity(entity)


def _evidence(document: str, evidence: Evidence, nodes: Nodes) -> Iterator[Triple]:
    """A stretch of text as both selectors of the Web Annotation Data Model (4.2.4, 4.2.5)."""
    table: Table = {
        RDF.type: [nodes["Evidence"], OA.TextPositionSelector, OA.TextQuoteSelector],
        OA.start: [whole(evidence.span.start)],
        OA.end: [whole(evidence.span.end)],
        OA.exact: [Literal(evidence.exact)],
        DCTERMS.isPartOf: [URIRef(nodes.mint.document(document))],
    }
    yield from describe(_stretch(document, evidence, nodes), table)


def _omission(document: str, omission: Omission, nodes: Nodes) -> Iterator[Triple]:
    span = omission.evidence.span
    name = digest(document, span.start, span.end, omission.kind, omission.reason, omission.detail)
    table: Table = {
        RDF.type: [nodes["Omission"]],
        nodes["omitted"]: text(omission.kind),
        nodes["reason"]: text(omission.reason),
        nodes["detail"]: text(omission.detail),
        nodes["toldIn"]: [URIRef(nodes.mint.document(document))],
        nodes["evidence"]: [_stretch(document, omission.evidence, nodes)],
    }
    yield from describe(URIRef(f"{nodes.mint.base}id/omission/{name}"), table)
    yield from _evidence(document, omission.evidence, nodes)


def _stretch(document: str, evidence: Evidence, nodes: Nodes) -> URIRef:
    return URIRef(nodes.mint.stretch(document, evidence.span))


def _frame(rule: str, nodes: Nodes) -> URIRef:
    """The frame of the lexicon that found a claim; a bare name stands for the frame of that name."""
    frame = rule if rule.startswith(("http://", "https://")) else f"{DEFAULT_BASE}ontology/frames#{rule}"
    return URIRef(rebase(frame, nodes.mint.base))


def _carried(statement: Told, told: Iterable[Told]) -> list[Told]:
    """The claims said in a statement: by one of its speakers, in words that its own overlap."""
    if statement.claim.type != SPEECH:
        return []
    speakers = {f.entity.iri for f in statement.claim.fillers("speaker")}
    here = statement.claim.evidence.span
    return [
        one
        for one in told
        if one.claim.type != SPEECH
        and speakers & {f.entity.iri for f in one.claim.attributed_to}
        and one.claim.evidence.span.start < here.end
        and here.start < one.claim.evidence.span.end
    ]
