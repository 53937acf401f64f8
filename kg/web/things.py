"""Dereferencing by 303 to a page or to data ('Cool URIs for the Semantic Web'): things, graphs, the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kg.engine.formats import GRAPH_FORMATS
from kg.terms import PREFIXES
from kg.web.names import link
from kg.web.negotiation import HTML, best, split_ending
from kg.web.problems import Problem, not_acceptable
from kg.web.rdf import embedded, rdf_response
from kg.web.reading import Reader, Statement, value_of
from kg.web.service import reader
from kg.web.signposting import Link, data_links, page_links, signpost, within_version
from kg.web.views import grouped, thing_view, triples_on

views = Blueprint("things", __name__)

NOTE, REPLACED, LAST = (
    PREFIXES["skos"] + "changeNote",
    *(PREFIXES["dcterms"] + name for name in ("isReplacedBy", "hasVersion")),
)
LABEL, TYPE = PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "type"
LEXICON = {
    "words": (
        "Classes of words",
        "Words that frames and the finders of names treat alike: where a frame asks for a weapon, any of them will do.",
    ),
    "governors": (
        "Governors",
        "Words that decide how what stands under them holds: as planned, expected, proposed, denied or ended.",
    ),
}
GRAPHS = {  # what named graphs hold; of those below claims/ and links/ there are many
    "facts": "What documents state as having happened: claims that the policy lifts to facts.",
    "inferred": "What follows from facts and reference data by the ontology's rules.",
    "reference": "States, bodies, people, offices, places and systems as they are known before any document is read: "
    "their names, dates and places.",
    "curation": "What people added or took back.",
    "ontology": "The classes and properties, with their axioms.",
    "lexicon": "How events are worded: the frames that claims are found by.",
    "links": "What the things here are in other data sets.",
    "dataset": "What the data set is, its figures, its files and the documents that it was made from.",
    "withdrawn": "Names that are no longer used, with the reason, and what stands in their place.",
    "claims/": "What one document claims, with the words that say so.",
    "links/": "The links to other data sets that one source vouches for.",
}
PER_PAGE = 100  # statements on a page about a thing
PER_FILE = 10_000  # statements in one file about a thing; there are further pages of them


@views.get("/id/<path:name>")
def identified(name: str) -> AnyResponse:
    """See other: the page about the thing, or its data, whichever the client likes better."""
    kind = wanted([HTML, *GRAPH_FORMATS])
    here = reader()
    iri = present(here, f"id/{name}")
    target = f"/page/{name}" if kind == HTML else f"/data/{name}.{GRAPH_FORMATS[kind].name}"
    response = redirect(within_version(target), 303)
    response.vary.add("Accept")
    return signpost(response, page_links(here, iri, f"/data/{name}", iri))


@views.get("/page/<path:name>")
def page(name: str) -> Response:
    """What is known of a thing, for people, with the same as JSON-LD for programs."""
    here = reader()
    iri = present(here, f"id/{name}")
    number = page_number()
    outgoing, incoming, more = statements(here, iri, number, PER_PAGE)
    _check_reached(iri, number, outgoing + incoming)
    view = thing_view(here, iri, number, outgoing, incoming)
    said = embedded(quad(s) for s in outgoing + incoming)
    html = render_template("thing.html", embedded=said, more=more, **view)
    return signpost(Response(html), page_links(here, iri, f"/data/{name}", iri))


@views.get("/data/<path:name>")
def data(name: str) -> Response:
    """What is known of a thing, as RDF, in the format that the address or the Accept header names."""
    name, fixed = split_ending(name)
    kind = fixed or wanted(GRAPH_FORMATS)
    here = reader()
    iri = present(here, f"id/{name}")
    number = page_number()
    outgoing, incoming, more = statements(here, iri, number, PER_FILE)
    said = outgoing + incoming
    _check_reached(iri, number, said)
    response = rdf_response((quad(s) for s in said), kind, here.published.version)
    if more:
        signpost(response, [Link(f"{request.path}?page={number + 1}", "next", kind)])
    return signpost(response, data_links(here, iri, f"/data/{name}", f"/page/{name}", kind))


@views.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """A named graph, whole, as RDF; what it is, for people."""
    here = reader()
    name, fixed = split_ending(name)
    kind = fixed or wanted([HTML, *GRAPH_FORMATS])
    iri = present(here, f"graph/{name}")
    at = f"/graph/{name}"
    if kind == HTML:
        first, slash, _ = name.partition("/")
        told = {
            "about": GRAPHS.get(first + slash, ""),
            "triples": here.graphs[iri],
            "listed": triples_on(here, iri, 1),
        }
        response = Response(render_template("graph.html", iri=iri, reader=here, **told))
        response.vary.add("Accept")
        return signpost(response, page_links(here, iri, at, iri))
    response = rdf_response(here.published.store.triples(iri), kind, here.published.version)
    return signpost(response, data_links(here, iri, at, at, kind))


@views.get("/ontology/<name>")
def lexicon(name: str) -> Response:
    """A part of the lexicon, whose names are fragments of this address."""
    here = reader()
    name, fixed = split_ending(name)
    kind = fixed or wanted([HTML, *GRAPH_FORMATS])
    iri, at = f"{here.published.base}ontology/{name}", f"/ontology/{name}"
    held = here.published.store.triples(f"{here.published.base}graph/lexicon")
    told = [t for t in held if str(t.subject).startswith((f"<{iri}>", f"<{iri}#"))]
    if not told:
        raise unknown(here, iri)
    if kind == HTML:
        said = [Statement("", t.subject, t.predicate.value, t.object) for t in told]
        title, about = LEXICON.get(name, (name, ""))
        page = render_template(
            "fragments.html", iri=iri, title=title, about=about, parts=by_subject(here, said), data=at
        )
        response = Response(page)
        response.vary.add("Accept")
        return signpost(response, page_links(here, iri, at, iri))
    return signpost(rdf_response(told, kind, here.published.version), data_links(here, iri, at, at, kind))


def by_subject(here: Reader, said: list[Statement]) -> Sequence[Mapping[str, Any]]:
    """Statements in groups of one subject each: the end of its name, its label, and the rest by property."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in said:
        found[value_of(statement.subject).rpartition("#")[2]].append(statement)
    return [
        {
            "name": name,
            "label": next((value_of(s.value) for s in told if s.property == LABEL), ""),
            "said": grouped(here, [s for s in told if s.property not in {LABEL, TYPE}], "value"),
        }
        for name, told in sorted(found.items())
    ]


def statements(
    here: Reader, iri: str, number: int, most: int
) -> tuple[list[Statement], list[Statement], bool]:
    """A page of what is said of a thing, and of what is said with it, and whether there are further ones."""
    start = (number - 1) * most
    outgoing, incoming = (look(iri, start, most + 1) for look in (here.outgoing, here.incoming))
    return outgoing[:most], incoming[:most], max(len(outgoing), len(incoming)) > most


def quad(statement: Statement) -> ox.Quad:
    """A statement as the engine's quad."""
    subject, value = statement.subject, statement.value
    if isinstance(subject, ox.Literal):
        raise TypeError("a literal is no subject")
    return ox.Quad(subject, ox.NamedNode(statement.property), value, ox.NamedNode(statement.graph))


def present(here: Reader, name: str) -> str:
    """The IRI of a name that the data set uses; raises Problem for any other."""
    if not here.knows(name):
        raise unknown(here, f"{here.published.base}{name}")
    return f"{here.published.base}{name}"


def wanted(offers: list[str] | Mapping[str, object]) -> str:
    """The media type to answer with; raises Problem where the client takes none of them."""
    kind = best(request.headers.get("Accept"), offers)
    if kind is None:
        raise not_acceptable(offers)
    return kind


def _check_reached(iri: str, number: int, said: Sequence[Statement]) -> None:
    """Raises Problem for a page behind the last one."""
    if not said and number > 1:
        raise Problem(404, f"what is known of <{iri}> has no page {number}")


def page_number() -> int:
    """Which page of a long list is asked for, from 1."""
    given = request.args.get("page", "1")
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 1_000_000:
        raise Problem(400, "page has to be a whole number above 0")
    return int(given)


def unknown(here: Reader, iri: str) -> Problem:
    """404 for a name that the data set does not use; 410 for one that it used, with why and what replaced it.

    An event that has turned out to be another one leads there (301).
    """
    said = here.withdrawal(iri)
    if not said:
        return Problem(404, f"nothing is known of <{iri}> here")
    base = here.published.base
    reasons, others, last = (said[name] for name in (NOTE, REPLACED, LAST))
    if iri.startswith(f"{base}id/event/") and len(others) == 1:
        return Problem(301, f"<{iri}> is <{others[0]}>", {"Location": link(others[0], base) or others[0]})
    links = [*(Link(o, "successor-version") for o in others), *(Link(o, "predecessor-version") for o in last)]
    told = [f"<{iri}> was withdrawn. {' '.join(reasons)}"]
    told += [f"In its place there is <{other}>." for other in others]
    told += [f"As it was: {link(other, base)}" for other in last]
    return Problem(410, "\n".join(told), {"Link": ", ".join(one.text for one in links)})
