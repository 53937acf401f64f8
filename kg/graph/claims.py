"""Everything that one document says, as the triples of its claims graph.

Each description is a table from properties to values; `describe` turns tables into triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, Literal, Namespace, URIRef

from kg.graph.identity import SPEECH, Told
from kg.graph.tables import Table, Terms, Triple, describe, moment, text, whole
from kg.iri import digest, kebab, slug
from kg.model import Claim, Document, Evidence, Filler, Omission, Reading

OA = Namespace("http://www.w3.org/ns/oa#")


def claims_graph(reading: Reading, told: Sequence[Told], terms: Terms) -> Iterator[Triple]:
    """The triples of a document's claims graph: the document, its claims, its omissions, one extraction."""
    name = reading.document.name
    yield from describe(URIRef(terms.mint.document(name)), _document(reading.document, terms))
    yield from describe(URIRef(f"{terms.mint.base}id/extraction/{slug(name)}"), _extraction(reading, terms))
    for one in told:
        yield from _claim(one, reading.document, terms)
        yield from describe(URIRef(one.iri), {terms["carries"]: [URIRef(c.iri) for c in _carried(one, told)]})
    for omission in reading.omissions:
        yield from _omission(name, omission, terms)


def _document(document: Document, terms: Terms) -> Table:
    source = document.source or ""
    issued = document.date.isoformat() if document.date else None
    return {
        RDF.type: [terms["Document"]],
        DCTERMS.identifier: text(document.name),
        DCTERMS.title: text(document.title, document.language),
        DCTERMS.issued: moment(issued),
        DCTERMS.source: [URIRef(source)] if source.startswith(("http://", "https://")) else text(source),
        DCTERMS.publisher: text(document.publisher),
        DCTERMS.language: text(document.language),
        DCTERMS.format: text(document.media_type),
        terms["sha256"]: text(document.sha256),
    }


def _extraction(reading: Reading, terms: Terms) -> Table:
    """One record of provenance for all that was read off a document (PROV-O, 3.1)."""
    return {
        RDF.type: [terms["Extraction"]],
        PROV.used: [URIRef(terms.mint.document(reading.document.name))],
        PROV.generated: [URIRef(terms.mint.claims(reading.document.name))],
        terms["extractor"]: text(reading.extractor),
    }


def _claim(told: Told, document: Document, terms: Terms) -> Iterator[Triple]:
    claim, event = told.claim, URIRef(told.event)
    participations = [(role, f) for role, fillers in _roles(claim) for f in fillers]
    nodes = [URIRef(f"{told.iri}/{kebab(role)}/{n}") for n, (role, _) in enumerate(participations, 1)]
    yield from describe(
        URIRef(told.iri),
        {
            RDF.type: [terms["Claim"]],
            terms["claims"]: [event],
            terms["modality"]: [terms[claim.modality]],
            terms["toldIn"]: [URIRef(terms.mint.document(claim.document))],
            terms["foundBy"]: [_frame(claim.rule, terms)],
            terms["evidence"]: [_stretch(claim.document, claim.evidence, terms)],
            terms["alsoTold"]: [_stretch(claim.document, e, terms) for e in claim.also_told],
            terms["claimant"]: [URIRef(f.entity.iri) for f in claim.attributed_to],
            terms["reporter"]: [URIRef(f.entity.iri) for f in claim.reported_by],
            terms["participation"]: nodes,
            **terms.time(claim.time),
            **terms.values(claim.values),
        },
    )
    yield from describe(event, _event(claim, terms))
    if told.event != told.own_event:
        yield URIRef(told.own_event), DCTERMS.isReplacedBy, event
    for evidence in (claim.evidence, *claim.also_told):
        yield from _evidence(claim.document, evidence, terms)
    for node, (role, filler) in zip(nodes, participations, strict=True):
        yield from _participation(node, document.name, role, filler, terms)
    for stretch in dict.fromkeys(filler.span for _, filler in participations):
        yield from _evidence(document.name, Evidence(stretch, stretch.of(document.text)), terms)


def _event(claim: Claim, terms: Terms) -> Table:
    return {
        RDF.type: [terms[claim.type]],
        **{terms[role]: [URIRef(f.entity.iri) for f in fillers] for role, fillers in claim.roles},
        **terms.time(claim.time),
        **terms.values(claim.values),
    }


def _roles(claim: Claim) -> Iterator[tuple[str, tuple[Filler, ...]]]:
    """The roles of the event, then whose word the claim is and who reports it."""
    yield from claim.roles
    yield "claimant", claim.attributed_to
    yield "reporter", claim.reported_by


def _participation(node: URIRef, document: str, role: str, filler: Filler, terms: Terms) -> Iterator[Triple]:
    """A filler in its role: where the text names it, and for whom it acts in this event."""
    acts_for = [filler.acts_for] if filler.acts_for else []
    table: Table = {
        RDF.type: [terms["Participation"]],
        terms["role"]: [terms[role]],
        terms["filler"]: [URIRef(filler.entity.iri)],
        terms["namedAt"]: [URIRef(terms.mint.stretch(document, filler.span))],
        terms["actsFor"]: [URIRef(body.iri) for body in acts_for],
        terms["capacity"]: text(filler.capacity),
    }
    yield from describe(node, table)
    for entity in (filler.entity, *acts_for):
        yield from terms.entity(entity)


def _evidence(document: str, evidence: Evidence, terms: Terms) -> Iterator[Triple]:
    """A stretch of text as both selectors of the Web Annotation Data Model (4.2.4, 4.2.5)."""
    table: Table = {
        RDF.type: [terms["Evidence"], OA.TextPositionSelector, OA.TextQuoteSelector],
        OA.start: [whole(evidence.span.start)],
        OA.end: [whole(evidence.span.end)],
        OA.exact: [Literal(evidence.exact)],
        DCTERMS.isPartOf: [URIRef(terms.mint.document(document))],
    }
    yield from describe(_stretch(document, evidence, terms), table)


def _omission(document: str, omission: Omission, terms: Terms) -> Iterator[Triple]:
    span = omission.evidence.span
    name = digest(document, span.start, span.end, omission.kind, omission.reason, omission.detail)
    table: Table = {
        RDF.type: [terms["Omission"]],
        terms["omitted"]: text(omission.kind),
        terms["reason"]: text(omission.reason),
        terms["detail"]: text(omission.detail),
        terms["toldIn"]: [URIRef(terms.mint.document(document))],
        terms["evidence"]: [_stretch(document, omission.evidence, terms)],
    }
    yield from describe(URIRef(f"{terms.mint.base}id/omission/{name}"), table)
    yield from _evidence(document, omission.evidence, terms)


def _stretch(document: str, evidence: Evidence, terms: Terms) -> URIRef:
    return URIRef(terms.mint.stretch(document, evidence.span))


def _frame(rule: str, terms: Terms) -> URIRef:
    """The frame of the lexicon that found a claim; a bare name stands for the frame of that name."""
    return URIRef(
        rule if rule.startswith(("http://", "https://")) else f"{terms.mint.base}ontology/frames#{rule}"
    )


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
