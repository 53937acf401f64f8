"""The start page, the dumps, and what a machine asks to know how the server does."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST

from kg.engine.formats import RESULT_FORMATS
from kg.engine.job import ALL
from kg.published import NotPublishedError
from kg.web.claims import claims_of
from kg.web.dataset import of_kind, schema_org
from kg.web.drawing import DRAWN
from kg.web.evaluation import evaluated
from kg.web.happenings import happenings
from kg.web.overviews import rows_of
from kg.web.problems import Problem
from kg.web.protocol import Operation
from kg.web.service import Wanted, reader, service
from kg.web.sources import PublishedSource
from kg.web.views import class_label

views = Blueprint("site", __name__)

LATEST = 6  # documents that the start page shows, and tells events of


@views.get("/")
def start() -> Response:
    """What this is, how much of it there is, and the ways in."""
    source = service().source
    if not isinstance(source, PublishedSource):
        return Response(render_template("plain.html", graphs=source.graphs(), version=source.version))
    here = reader()
    listed = sorted(here.published.documents.values(), key=lambda d: (d.date or "", d.name), reverse=True)
    claims = [claim for document in listed[:LATEST] for claim in claims_of(here).of_document(document)]
    lately = [h for h in happenings(claims, partial(class_label, here)) if h.lifted and h.type != "Statement"]
    graphs = source.graphs()
    ties = next(iter(DRAWN["cooperation"].draw(here, rows_of(here, "cooperation"))[1:]), None)
    return Response(
        render_template(
            "start.html",
            embedded=schema_org(here),
            reader=here,
            graphs=graphs,
            many={kind: of_kind(graphs.named, kind) for kind in ("claims", "links")},
            documents=listed[:LATEST],
            lately=lately[:5],
            network=ties.drawn if ties else None,
            root=request.url_root,
            changes="changes" in current_app.blueprints,
        )
    )


@views.get("/ready")
def ready() -> Response:
    """Whether a query is answered now; 503 where it is not."""
    asked = Operation("ASK {}", ALL, seconds=1)
    evaluated(asked, Wanted(next(iter(RESULT_FORMATS)), None))
    return jsonify(status="ready", version=service().source.version)


@views.get("/metrics")
def metrics() -> Response:
    """How the server does, for Prometheus."""
    return Response(service().observer.exposition(), content_type=CONTENT_TYPE_LATEST)


@views.get("/health")
def health() -> Response:
    """Whether the server runs and what it serves; 503 while nothing is published."""
    try:
        version = service().source.version
    except NotPublishedError as error:
        raise Problem(503, str(error), {"Retry-After": "10"}) from error
    return jsonify(status="ok", version=version)
