"""/doc: documents with their text, and where in it each claim stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template

from kg.engine.formats import GRAPH_FORMATS
from kg.iri import slug
from kg.published import PublishedDocument
from kg.web.negotiation import HTML
from kg.web.problems import Problem
from kg.web.rdf import rdf_response
from kg.web.reading import Reader, value_of
from kg.web.service import reader
from kg.web.things import quad, wanted
from kg.web.views import grouped, marked

views = Blueprint("documents", __name__)

TEXT = "text/plain"


@views.get("/doc/")
def documents() -> Response:
    """All documents, the latest first."""
    here = reader()
    listed = sorted(here.published.documents.values(), key=lambda d: (d.date or "", d.name), reverse=True)
    return Response(render_template("documents.html", documents=listed, reader=here))


@views.get("/doc/<path:name>")
def document(name: str) -> Response:
    """A document: a page with its claims marked, its text as it was read, or its description as RDF."""
    here = reader()
    found = next((d for d in here.published.documents.values() if name in {d.name, slug(d.name)}), None)
    if found is None:
        raise Problem(404, f"there is no document {name!r} here")
    kind = wanted([HTML, TEXT, *(k for k in GRAPH_FORMATS if k != TEXT)])
    if kind == HTML:
        return Response(render_template("document.html", **document_view(here, found)))
    if kind == TEXT:
        response = Response(found.text, content_type=f"{TEXT}; charset=utf-8")
        response.set_etag(found.sha256)
        response.vary.add("Accept")
        return response
    statements = [*here.outgoing(found.iri), *here.incoming(found.iri)]
    return rdf_response((quad(s) for s in statements), kind, here.published.version)


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
