"""/graph-store: the SPARQL 1.1 Graph Store HTTP Protocol, graphs named in the address or by it."""

from __future__ import annotations

import json
import uuid
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from kg.engine.change import Body
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.job import ALL, Chosen
from kg.web.evaluation import evaluated
from kg.web.problems import Problem
from kg.web.protocol import Operation, check_charset
from kg.web.service import Wanted, service
from kg.web.sparql import answer
from kg.web.writing import authorise, write

views = Blueprint("graph_store", __name__)

TRIPLES = "CONSTRUCT WHERE { ?subject ?property ?value }"
NAMES = "SELECT ?graph WHERE { GRAPH ?graph {} }"
METHODS = ["GET", "PUT", "POST", "DELETE"]


@views.route("/graph-store", methods=METHODS, strict_slashes=False)
def indirect() -> Response:
    """A graph named by a parameter (section 4.2); POST without one makes a new graph (section 5.5)."""
    named, default = request.args.getlist("graph"), "default" in request.args
    if request.method == "POST" and not named and not default:
        created = f"{request.base_url.rstrip('/')}/{uuid.uuid4()}"
        return changed("post", created)
    if len(named) + default != 1:
        raise Problem(400, "the address has to have either 'default' or one 'graph'")
    return asked_of(_absolute(named[0]) if named else None)


@views.route("/graph-store/<path:name>", methods=METHODS)
def direct(name: str) -> Response:  # noqa: ARG001  # the whole address is the name
    """A graph named by the address itself (section 4.1)."""
    return asked_of(request.base_url)


def asked_of(graph: str | None) -> Response:
    """What a request asks of a graph; None is the default graph."""
    if request.method in {"GET", "HEAD"}:
        if graph is not None and not exists(graph):
            raise missing(graph)
        return answer(
            Operation(
                TRIPLES, ALL if graph is None else Chosen((graph,), ()), format=request.args.get("format")
            )
        )
    if request.method == "DELETE":
        authorise()
        if not write("delete", graph=graph).existed and graph is not None:
            raise missing(graph)
        return Response(status=204)
    return changed(request.method.lower(), graph)


def changed(kind: str, graph: str | None) -> Response:
    """Put a graph in place, or add to it; 201 with its address where it is new (sections 5.3 and 5.5)."""
    authorise()
    with uploaded() as bodies:
        written = write(kind, graph=graph, bodies=bodies)
    if written.existed:
        return Response(status=204)
    response = Response(status=201)
    response.headers["Location"] = graph or request.url
    return response


@contextmanager
def uploaded() -> Iterator[tuple[Body, ...]]:
    """The graphs of a request's body, one or the files of a form, in files for the length of the write."""
    if request.mimetype == "multipart/form-data":
        sent = [(file.read(), file.mimetype) for file in request.files.values()]
    else:
        check_charset(request.mimetype_params.get("charset", "utf-8"))
        sent = [(request.get_data(), request.mimetype)]
    paths: list[Path] = []
    try:
        for data, media_type in sent:
            if media_type not in GRAPH_FORMATS:
                known = "\n".join(GRAPH_FORMATS)
                raise Problem(
                    415, f"Content-Type is {media_type or 'missing'}; a graph comes as one of:\n{known}"
                )
            paths.append(Path(service().pool.spool()))
            paths[-1].write_bytes(data.removeprefix(BOM_UTF8))
        yield tuple(Body(str(p), kind) for p, (_, kind) in zip(paths, sent, strict=True))
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def exists(graph: str) -> bool:
    """Whether the data set has a graph of that name, be it empty."""
    form = next(iter(RESULT_FORMATS))
    told = evaluated(Operation(NAMES, ALL), Wanted(form, None)).take()
    return graph in {row["graph"]["value"] for row in json.loads(told)["results"]["bindings"]}


def missing(graph: str) -> Problem:
    """404 for a graph that is not there."""
    return Problem(404, f"there is no graph <{graph}> here")


def _absolute(iri: str) -> str:
    if not urlsplit(iri).scheme:
        raise Problem(400, f"graph={iri!r} is no absolute IRI")
    return iri
