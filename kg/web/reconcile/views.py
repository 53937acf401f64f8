"""The addresses of the service: of version 0.2 under /reconcile, of 1.0-draft under /reconcile/1.0-draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from kg.web.problems import Problem
from kg.web.reading import Reader
from kg.web.reconcile import extending, suggesting
from kg.web.reconcile.answers import candidate, extension_02, extension_10
from kg.web.reconcile.manifest import HEIGHT, WIDTH, manifest_02, manifest_10
from kg.web.reconcile.matching import candidates, identified
from kg.web.reconcile.queries import batch_02, batch_10, read_json
from kg.web.service import reader

views = Blueprint("reconcile", __name__)

DRAFT = "/reconcile/1.0-draft"
Suggest = Callable[[Reader, str, int, int], list[dict[str, Any]]]
SUGGEST: dict[str, Suggest] = {
    "entity": suggesting.entities,
    "property": suggesting.properties,
    "type": suggesting.classes,
}
SUGGESTED, MOST = 20, 200
FRAMED = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"  # any page may show a preview
)


@views.get("/reconcile")
@views.post("/reconcile")
def endpoint() -> Response:
    """0.2: queries, a data extension, or, where neither is asked, the manifest."""
    here = reader()
    given = request.values
    if "queries" in given:
        batch = batch_02(read_json(given["queries"]))
        return jsonify(
            {
                key: {"result": [candidate(here, one, named=False) for one in candidates(here, query)]}
                for key, query in batch.items()
            }
        )
    if "extend" in given:
        ids, wanted = extending.read_request(read_json(given["extend"]))
        return jsonify(extension_02(extending.meta(here, wanted), extending.fetched(here, ids, wanted)))
    if request.method == "POST":
        raise Problem(400, "a POST has a field 'queries' or 'extend'")
    return jsonify(manifest_02(here, request.url_root))


@views.get(DRAFT)
@views.get(f"{DRAFT}/")
def manifest() -> Response:
    """1.0-draft: the manifest."""
    return jsonify(manifest_10(reader(), request.url_root))


@views.post(f"{DRAFT}/match")
def match() -> Response:
    """1.0-draft: queries."""
    here = reader()
    batch = batch_10(read_json(request.get_data()))
    found = [[candidate(here, one, named=True) for one in candidates(here, query)] for query in batch]
    return jsonify(results=[{"candidates": one} for one in found])


@views.post(f"{DRAFT}/extend")
def extend() -> Response:
    """1.0-draft: values of properties."""
    here = reader()
    ids, wanted = extending.read_request(read_json(request.get_data()))
    return jsonify(extension_10(extending.meta(here, wanted), extending.fetched(here, ids, wanted)))


@views.get("/reconcile/extend/propose")
@views.get(f"{DRAFT}/extend/propose")
def propose() -> Response:
    """The properties that things of a type have; an empty one, which OpenRefine sends for a column without, is any."""
    kind = request.args.get("type", "")
    limit = _number("limit", SUGGESTED)
    return jsonify(type=kind, limit=limit, properties=extending.proposed(reader(), kind, limit))


@views.get("/reconcile/suggest/<any(entity, property, type):kind>")
@views.get(f"{DRAFT}/suggest/<any(entity, property, type):kind>")
def suggest(kind: str) -> Response:
    """Things, properties or types by the beginning of a name; `cursor` (0.2) or `offset` (1.0) skips some."""
    start = _number("offset", _number("cursor", 0))
    found = SUGGEST[kind](reader(), request.args.get("prefix", ""), start, _number("limit", SUGGESTED))
    return jsonify(result=found)


@views.get("/reconcile/flyout/<any(entity, property, type):kind>")
def flyout(kind: str) -> Response:
    """0.2: a small card about what is suggested, as HTML in JSON."""
    identifier = _needed("id")
    told = suggesting.described(reader(), kind, identifier)
    if told is None:
        raise Problem(404, f"there is no {kind} {identifier!r} here")
    return jsonify(id=identifier, html=render_template("flyout.html", name=told[0], note=told[1]))


@views.get("/reconcile/preview")
@views.get(f"{DRAFT}/preview")
def preview() -> Response:
    """A thing on a card, to be shown in a frame by any page."""
    here = reader()
    identifier = _needed("id")
    found = identified(here, identifier)
    if not found:
        raise Problem(404, f"there is no thing {identifier!r} here")
    entry = found[0]
    others = [name.text for name in entry.names if name.text != entry.label and name.strength > 0.9]
    response = Response(render_template("preview.html", entry=entry, others=others[:6]))
    response.headers["Content-Security-Policy"] = FRAMED
    return response


@views.get("/reconcile/about")
def about() -> Response:
    """How to use the service, for people."""
    shape = {"width": WIDTH, "height": HEIGHT}
    return Response(render_template("reconcile.html", root=request.url_root, shape=shape, reader=reader()))


def _needed(name: str) -> str:
    given = request.args.get(name, "")
    if not given:
        raise Problem(400, f"{name} is needed")
    return given


def _number(name: str, usual: int) -> int:
    given = request.args.get(name, str(usual))
    if not (given.isascii() and given.isdigit()):
        raise Problem(400, f"{name} has to be a whole number")
    return min(int(given), 1_000_000 if name in {"offset", "cursor"} else MOST)
