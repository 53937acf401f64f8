"""/doc: documents with their text, and where in it each claim stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template

from kg.engine.formats import GRAPH_FORMATS
from kg.published import PublishedDocument
from kg.web.negotiation import HTML, split_ending
from kg.web.rdf import embedded, rdf_response
from kg.web.reading import Reader, Statement, value_of
from kg.web.service import reader
from kg.web.signposting import FILE, Link, about, data_links, page_links, signpost
from kg.web.things import present, quad, wanted
from kg.web.views import grouped, marked

views = Blueprint("documents", __name__)

TEXT = "text/plain"


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
    text = Link(f"{at}.txt", "alternate", TEXT)
    if kind == TEXT:
        response = Response(found.text, content_type=f"{TEXT}; charset=utf-8")
        response.set_etag(found.sha256)
        links = [Link(iri, "canonical"), Link(at, "alternate", HTML), Link(FILE, "type"), *about(here, iri)]
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
    claims = [
        {
            "claim": value_of(row["claim"]),
            "event": value_of(row["event"]),
            "type": here.label(value_of(row["type"])),
            "modality": here.short(value_of(row["modality"])),
            "start": int(value_of(row["start"])),
            "end": int(value_of(row["end"])),
            "exact": value_of(row["exact"]),
        }
        for row in here.rows("claims", document=found.iri)
    ]
    return {
        "document": found,
        "reader": here,
        "claims": claims,
        "pieces": list(marked(found.text, claims)),
        "metadata": grouped(here, here.outgoing(found.iri), "value"),
    }
