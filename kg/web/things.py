"""Dereferencing by 303 to a page or to data ('Cool URIs for the Semantic Web'): things, graphs, ontology."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kg.engine.formats import GRAPH_FORMATS
from kg.web.negotiation import HTML, best
from kg.web.problems import Problem, not_acceptable
from kg.web.rdf import rdf_response
from kg.web.reading import Reader, Statement, value_of
from kg.web.service import reader
from kg.web.views import thing_view

views = Blueprint("things", __name__)

ENDINGS = {form.name: kind for kind, form in reversed(GRAPH_FORMATS.items())}
PER_PAGE = 200  # statements on a page about a thing
PER_FILE = 10_000  # statements in one file about a thing; there are further pages of them


@views.get("/id/<path:name>")
def identified(name: str) -> AnyResponse:
    """See other: the page about the thing, or its data, whichever the client likes better."""
    kind = wanted([HTML, *GRAPH_FORMATS])
    here = reader()
    if not exists(here, f"{here.published.base}id/{name}"):
        raise unknown(f"{here.published.base}id/{name}")
    target = f"/page/{name}" if kind == HTML else f"/data/{name}.{GRAPH_FORMATS[kind].name}"
    response = redirect(target, 303)
    response.vary.add("Accept")
    return response


@views.get("/page/<path:name>")
def page(name: str) -> Response:
    """What is known of a thing, for people."""
    here = reader()
    iri = f"{here.published.base}id/{name}"
    if not exists(here, iri):
        raise unknown(iri)
    response = Response(render_template("thing.html", **thing_view(here, iri, page_number(), PER_PAGE)))
    response.headers["Link"] = (
        f'</data/{name}.ttl>; rel="alternate"; type="text/turtle", <{iri}>; rel="canonical"'
    )
    return response


@views.get("/data/<path:name>")
def data(name: str) -> Response:
    """What is known of a thing, as RDF, in the format that the address or the Accept header names."""
    stem, dot, ending = name.rpartition(".")
    here = reader()
    if dot and ending in ENDINGS:
        name, kind = stem, ENDINGS[ending]
    else:
        kind = wanted(GRAPH_FORMATS)
    iri = f"{here.published.base}id/{name}"
    start = (page_number() - 1) * PER_FILE
    found = [*here.outgoing(iri, start, PER_FILE), *here.incoming(iri, start, PER_FILE)]
    if not found:
        raise unknown(iri)
    response = rdf_response((quad(s) for s in found), kind, here.published.version)
    links = [f'<{iri}>; rel="describes"', f'</page/{name}>; rel="alternate"; type="text/html"']
    if len(found) >= PER_FILE:
        links.append(f'<{request.path}?page={page_number() + 1}>; rel="next"')
    response.headers["Link"] = ", ".join(links)
    return response


@views.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """A named graph, whole, as RDF; what it is, for people."""
    here = reader()
    stem, dot, ending = name.rpartition(".")
    fixed = ENDINGS.get(ending) if dot else None
    iri = f"{here.published.base}graph/{stem if fixed else name}"
    kind = fixed or wanted([HTML, *GRAPH_FORMATS])
    if iri not in here.graphs:
        raise unknown(iri)
    if kind == HTML:
        return Response(render_template("graph.html", iri=iri, triples=here.graphs[iri], reader=here))
    return rdf_response(here.published.store.triples(iri), kind, here.published.version)


@views.get("/ontology", defaults={"ending": None})
@views.get("/ontology.<ending>")
def ontology(ending: str | None) -> Response:
    """The ontology: a page of its terms, or the graph."""
    here = reader()
    if ending is not None and ending not in ENDINGS:
        raise Problem(404, f"there is no ontology.{ending}; there is {', '.join(ENDINGS)}")
    kind = ENDINGS[ending] if ending else wanted([HTML, *GRAPH_FORMATS])
    if kind == HTML:
        return Response(render_template("ontology.html", terms=terms(here), reader=here))
    return rdf_response(
        here.published.store.triples(f"{here.published.base}graph/ontology"), kind, here.published.version
    )


def terms(here: Reader) -> Mapping[str, list[dict[str, str]]]:
    """The terms of the ontology by their kind; a term with several superclasses stands once."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in here.rows("terms"):
        told = {name: value_of(term) for name, term in row.items()}
        found.setdefault(here.short(told["kind"]), {}).setdefault(told["term"], told)
    return {kind: list(by_term.values()) for kind, by_term in found.items()}


def quad(statement: Statement) -> ox.Quad:
    """A statement as the engine's quad."""
    subject, value = statement.subject, statement.value
    if isinstance(subject, ox.Literal):
        raise TypeError("a literal is no subject")
    return ox.Quad(subject, ox.NamedNode(statement.property), value, ox.NamedNode(statement.graph))


def exists(here: Reader, iri: str) -> bool:
    """Whether anything is said of a thing."""
    return bool(here.outgoing(iri, 0, 1) or here.incoming(iri, 0, 1))


def wanted(offers: list[str] | Mapping[str, object]) -> str:
    """The media type to answer with; raises Problem where the client takes none of them."""
    kind = best(request.headers.get("Accept"), offers)
    if kind is None:
        raise not_acceptable(offers)
    return kind


def page_number() -> int:
    """Which page of a long list is asked for, from 1."""
    given = request.args.get("page", "1")
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 1_000_000:
        raise Problem(400, "page has to be a whole number above 0")
    return int(given)


def unknown(iri: str) -> Problem:
    """404 for a name that the data set does not use."""
    return Problem(404, f"nothing is known of <{iri}> here")
