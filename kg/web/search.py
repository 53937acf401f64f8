"""/search: things, documents and terms by their names, for people and programs; completion for search boxes.

Hits come as `{"iri", "label", "name", "note", "kinds", "score", "href"}`; `/search/suggest` is the form in which
browsers ask (OpenSearch 1.1, 'Suggestions' extension), and what a search box of ours completes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from kg.search import DOCUMENT, TERM, THING, Hit
from kg.web.mounted import mounted
from kg.web.names import local_path
from kg.web.negotiation import HTML
from kg.web.problems import Problem
from kg.web.service import reader
from kg.web.things import wanted

views = Blueprint("search", __name__)

JSON = "application/json"
SUGGESTIONS = "application/x-suggestions+json"
DESCRIPTION = "application/opensearchdescription+xml"
MOST, SUGGESTED = 100, 10


@views.get("/search")
def search() -> Response:
    """What has a name like `q`; only of a class or kind, where `kind` names one."""
    kind = wanted([HTML, JSON])
    asked = request.args.get("q", "").strip()
    of = request.args.get("kind", "")
    most = _most(request.args.get("limit", "20"))
    here = reader()
    hits = here.index.search(asked, [kind_of(of, here.published.base)] if of else (), most)
    if kind == HTML:
        response = Response(render_template("search.html", asked=asked, kind=of, hits=hits))
    else:
        response = jsonify(query=asked, hits=[told(hit, here.published.base) for hit in hits])
    response.vary.add("Accept")
    return response


@views.get("/search/suggest")
def suggest() -> Response:
    """What `q` may go on as: the labels, what tells them apart, and their addresses, as four lists beside `q`."""
    asked = request.args.get("q", "").strip()
    here = reader()
    hits = here.index.complete(asked, most=SUGGESTED)
    response = jsonify(
        [
            asked,
            [hit.label for hit in hits],
            [hit.note for hit in hits],
            [mounted(local_path(hit.iri, here.published.base) or "/") for hit in hits],
        ]
    )
    response.content_type = SUGGESTIONS
    return response


@views.get("/opensearch.xml")
def description() -> Response:
    """What tells a browser how to search here (OpenSearch 1.1)."""
    return Response(render_template("opensearch.xml", root=request.url_root), content_type=DESCRIPTION)


def told(hit: Hit, base: str) -> Mapping[str, Any]:
    """A hit as JSON."""
    return {
        "iri": hit.iri,
        "label": hit.label,
        "name": hit.name,
        "note": hit.note,
        "kinds": hit.entry.kinds,
        "score": hit.score,
        "href": mounted(local_path(hit.iri, base) or "/"),
    }


def kind_of(name: str, base: str) -> str:
    """A kind by its name: 'thing', 'document', 'term', or a class of the ontology, by its IRI or the end of it."""
    return name if name in {THING, DOCUMENT, TERM} or ":" in name else f"{base}ontology#{name}"


def _most(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= MOST):
        raise Problem(400, f"limit has to be a whole number from 1 to {MOST}")
    return int(given)
