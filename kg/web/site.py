"""The start page, the dumps, and what a machine asks to know how the server does."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request, send_file
from prometheus_client import CONTENT_TYPE_LATEST

from kg.engine.formats import RESULT_FORMATS
from kg.engine.job import ALL
from kg.published import NotPublishedError
from kg.web.evaluation import evaluated
from kg.web.problems import Problem
from kg.web.protocol import Operation
from kg.web.service import Wanted, reader, service
from kg.web.sources import PublishedSource

views = Blueprint("site", __name__)


@views.get("/")
def start() -> Response:
    """What this is, how much of it there is, and the ways in."""
    source = service().source
    if not isinstance(source, PublishedSource):
        return Response(render_template("plain.html", graphs=source.graphs(), version=source.version))
    here = reader()
    listed = sorted(here.published.documents.values(), key=lambda d: (d.date or "", d.name), reverse=True)
    return Response(
        render_template(
            "start.html", reader=here, graphs=source.graphs(), documents=listed[:8], root=request.url_root
        )
    )


@views.get("/dumps/")
def dumps() -> Response:
    """All files of the current version, with what they hold and the figures to check them by."""
    return Response(render_template("dumps.html", reader=reader()))


@views.get("/dumps/<name>")
def dump(name: str) -> Response:
    """One file, whole or a range of it (RFC 9110 section 14)."""
    published = reader().published
    path = published.dump(name)
    if path is None:
        raise Problem(404, f"there is no dump {name!r}; /dumps/ lists them")
    file = next(d for d in published.dumps if d.path.endswith(f"/{name}") or d.path == name)
    response = send_file(path, mimetype=file.media_type, etag=file.sha256, conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


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
