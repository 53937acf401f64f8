"""/sameas: which thing of ours an identifier of Wikidata, DBpedia, GeoNames or ISO is, and the other way round."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from kg.engine.formats import GRAPH_FORMATS
from kg.web.identities import Identity, identities
from kg.web.mounted import mounted
from kg.web.names import compact, local_path
from kg.web.negotiation import HTML
from kg.web.problems import Problem
from kg.web.rdf import rdf_response
from kg.web.reading import Reader
from kg.web.service import reader
from kg.web.things import wanted

views = Blueprint("sameas", __name__)

JSON = "application/json"


@views.get("/sameas")
def sameas() -> Response:
    """The identities of `iri`, as a page, as JSON, or as the triples that say so; 404 where there are none."""
    kind = wanted([HTML, JSON, *GRAPH_FORMATS])
    asked = request.args.get("iri", "").strip()
    here = reader()
    if not asked and kind != HTML:
        raise Problem(
            400, "iri is needed: an identifier of Wikidata, DBpedia, GeoNames or ISO 3166, or one of ours"
        )
    found = identities(here, asked) if asked else []
    if asked and not found and kind != HTML:
        raise Problem(404, f"nothing here is known to be {asked}")
    if kind == HTML:
        page = render_template("sameas.html", asked=asked, found=[told(here, one) for one in found])
        response = Response(page, 404 if asked and not found else 200)
    elif kind == JSON:
        listed = [told(here, one) for one in found]
        response = jsonify(asked=asked, identities=[one | {"href": mounted(one["href"])} for one in listed])
    else:
        quads = (quad for one in found for quad in one.quads())
        return rdf_response(quads, kind, f"{here.published.version}-{asked}")
    response.vary.add("Accept")
    return response


def told(here: Reader, one: Identity) -> dict[str, Any]:
    """An identity as JSON and for the page."""
    return {
        "iri": one.thing,
        "label": here.label(one.thing),
        "href": local_path(one.thing, here.published.base) or one.thing,
        "relation": compact(one.relation),
        "other": one.other.value,
        "source": here.label(one.source) if one.source else None,
    }
