"""The service description (SPARQL 1.1 Service Description): what the endpoint is, takes, gives and bounds."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Response, render_template, request

from kg.engine.formats import GRAPH_FORMATS
from kg.nesting import DEEPEST, LONGEST
from kg.web.negotiation import best
from kg.web.problems import not_acceptable
from kg.web.rdf import rdf_response
from kg.web.service import service


def description() -> Response:
    """The description in the RDF format that the client likes best."""
    kind = best(request.headers.get("Accept"), GRAPH_FORMATS)
    if kind is None:
        raise not_acceptable(GRAPH_FORMATS)
    here = service()
    turtle = render_template(
        "description.ttl",
        endpoint=request.base_url,
        settings=here.settings,
        graphs=here.source.graphs(),
        deepest=DEEPEST,
        longest=LONGEST,
    )
    quads = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    return rdf_response((quad.triple for quad in quads), kind, here.source.version)
