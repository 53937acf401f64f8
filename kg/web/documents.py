"""/doc: documents with their text, and where in it each claim stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template

from kg.engine.formats import GRAPH_FORMATS
from kg.published import PublishedDocument
from kg.web.claims import ClaimView, claims_of
from kg.web.marking import Piece, marked, mentions
from kg.web.negotiation import HTML, split_ending
from kg.web.rdf import embedded, rdf_response
from kg.web.reading import Reader, Row, Statement, value_of
from kg.web.service import reader
from kg.web.signposting import FILE, Link, about, data_links, page_links, signpost, within_version
from kg.web.telling import Sentence, sentence
from kg.web.things import page_number, present, quad, wanted
from kg.web.views import LISTED, class_label, grouped, triples_on

views = Blueprint("documents", __name__)

TEXT = "text/plain"
REASONS = {
    "no-filler": "nobody and nothing in the sentence fills its roles",
    "no-value": "a figure that it needs is missing",
    "ambiguous": "several things have this name, and nothing tells which is meant",
    "purpose": "it is told as a purpose only",
    "hypothetical": "it is told as a condition or a possibility only",
    "forbidden": "it is told as forbidden only",
    "nothing-before": "it points back to something, and nothing of the kind was told before",
}  # the extractor's keys; another extractor's are shown as they are


@views.get("/doc/")
def documents() -> Response:
    """All documents, the latest first."""
    here = reader()
    listed = sorted(here.published.documents.values(), key=lambda d: (d.date or "", d.name), reverse=True)
    return Response(render_template("documents.html", documents=listed, reader=here))


@views.get("/doc/<name>")
def document(name: str) -> Response:
    """A document: a page with its claims marked, its text as it was read, or its description as RDF."""
    here = reader()
    name, fixed = (name[:-4], TEXT) if name.endswith(".txt") else split_ending(name)
    iri = present(here, f"doc/{name}")
    found = next(d for d in here.published.documents.values() if d.iri == iri)
    kind = fixed or wanted([HTML, TEXT, *(k for k in GRAPH_FORMATS if k != TEXT)])
    at = f"/doc/{name}"
    text = Link(within_version(f"{at}.txt"), "alternate", TEXT)
    if kind == TEXT:
        response = Response(found.text, content_type=f"{TEXT}; charset=utf-8")
        response.set_etag(found.sha256)
        links = [Link(iri, "canonical"), Link(within_version(at), "alternate", HTML), Link(FILE, "type")]
        links += about(here, iri)
    elif kind == HTML:
        said = embedded(quad(s) for s in here.outgoing(iri))
        view = document_view(here, found)
        response = Response(render_template("document.html", embedded=said, **view))
        links = [text, *page_links(here, iri, at, iri)]
    else:
        response = rdf_response((quad(s) for s in described(here, iri)), kind, here.published.version)
        links = [text, *data_links(here, iri, at, at, kind)]
    response.vary.add("Accept")
    return signpost(response, links)


def described(here: Reader, iri: str) -> list[Statement]:
    """What is said of a document and with it, and of the stretches of its text: fragments of its name."""
    return list(dict.fromkeys([*here.outgoing(iri), *here.incoming(iri), *here.stretches(iri)]))


def document_view(here: Reader, found: PublishedDocument) -> Mapping[str, Any]:
    """What a document's page shows."""
    claims = claims_of(here).of_document(found)
    front, pieces = parted(found, claims)
    graph = f"{here.published.base}graph/claims/{here.short(found.iri)}"
    return {
        "document": found,
        "reader": here,
        "claims": [(claim, _sentence(here, claim)) for claim in claims],
        "front": front,
        "pieces": pieces,
        "omissions": [_omission(row) for row in here.rows("omissions", document=found.iri)],
        "metadata": grouped(here, here.outgoing(found.iri), "value"),
        "graph": graph,
        "triples": here.graphs.get(graph, 0),
        "listed": triples_on(here, graph, page_number()),
        "page": page_number(),
        "pages": -(-here.graphs.get(graph, 0) // LISTED),
        "lifted": sum(claim.lifted for claim in claims),
    }


def parted(found: PublishedDocument, claims: Sequence[ClaimView]) -> tuple[str, list[Piece]]:
    """The front matter, and the text behind it in pieces."""
    text = found.text
    first, *others = marked(text, [claim.span for claim in claims], mentions(claims))
    if first.claims or first.names or len(first.text) < found.body:
        return "", [first, *others]
    return text[: found.body], [replace(first, text=first.text[found.body :]), *others]


def _sentence(here: Reader, claim: ClaimView) -> Sentence:
    label = class_label(here, claim.type)
    return sentence(claim, label[:1].upper() + label[1:])


def _omission(row: Row) -> Mapping[str, str]:
    """What was seen and gave no claim: its words and place, and the reason in words."""
    told = {name: value_of(term) for name, term in row.items()}
    return {**told, "why": REASONS.get(told["reason"], told["reason"])}
