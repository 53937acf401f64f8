"""The ontology whole, by negotiation, and each of its earlier versions by its owl:versionIRI.

Earlier versions are kept as text, `ontology/versions/{version}/*.ttl`: they stay as they were, whatever is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from kg.engine.formats import GRAPH_FORMATS
from kg.terms import rebased
from kg.web.negotiation import ENDINGS, HTML
from kg.web.problems import Problem
from kg.web.rdf import rdf_response
from kg.web.reading import Reader
from kg.web.service import reader, service
from kg.web.signposting import data_links, page_links, signpost
from kg.web.things import wanted
from kg.web.vocabulary import Vocabulary, compacted, vocabulary, vocabulary_of

views = Blueprint("ontologies", __name__)

JSON_LD = "application/ld+json"


@views.get("/ontology", defaults={"ending": None})
@views.get("/ontology.<ending>")
def ontology(ending: str | None) -> Response:
    """The ontology: a page of its terms, or the graph."""
    return _answer(reader(), None, ending)


@views.get("/ontology/<int:major>.<int:minor>.<int:patch>", defaults={"ending": None})
@views.get("/ontology/<int:major>.<int:minor>.<int:patch>.<ending>")
def version(major: int, minor: int, patch: int, ending: str | None) -> AnyResponse:
    """The ontology in a version; the one that is published is at /ontology (302)."""
    here, asked = reader(), f"{major}.{minor}.{patch}"
    if asked == vocabulary(here).version:
        return redirect(f"/ontology.{ending}" if ending else "/ontology", 302)
    if asked not in earlier():
        known = ", ".join([vocabulary(here).version, *earlier()])
        raise Problem(404, f"the ontology has no version {asked}; there are {known}")
    return _answer(here, asked, ending)


def earlier() -> list[str]:
    """The versions before the one that is published, the latest first."""
    found = (folder.name for folder in _kept().glob("*.*.*"))
    return sorted(found, key=lambda name: [int(part) for part in name.split(".")], reverse=True)


def _answer(here: Reader, asked: str | None, ending: str | None) -> Response:
    """An earlier version of the ontology or, where none is named, the published one."""
    name = f"ontology/{asked}" if asked else "ontology"
    if ending is not None and ending not in ENDINGS:
        raise Problem(404, f"there is no {name}.{ending}; there is {', '.join(ENDINGS)}")
    iri, at = f"{here.published.base}{name}", f"/{name}"
    kind = ENDINGS[ending] if ending else wanted([HTML, *GRAPH_FORMATS])
    if kind == HTML:
        told = _earlier_vocabulary(here, asked) if asked else vocabulary(here)
        page = render_template("ontology.html", vocabulary=told, at=at, asked=asked, reader=here)
        response = Response(page)
        response.vary.add("Accept")
        return signpost(response, page_links(here, iri, at, iri))
    response = rdf_response(_triples(here, asked), kind, asked or here.published.version)
    if kind == JSON_LD:
        response.set_data(_json_ld(here, asked))
    return signpost(response, data_links(here, iri, at, at, kind))


def _triples(here: Reader, asked: str | None) -> Iterator[ox.Triple]:
    base = here.published.base
    if asked is None:
        yield from here.published.store.triples(f"{base}graph/ontology")
        return
    for file in sorted((_kept() / asked).glob("*.ttl")):
        text = rebased(file, base)
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            yield quad.triple


@lru_cache(maxsize=4)
def _earlier_vocabulary(here: Reader, asked: str) -> Vocabulary:
    return vocabulary_of(here, _triples(here, asked))


@lru_cache(maxsize=4)
def _json_ld(here: Reader, asked: str | None) -> str:
    return compacted(_triples(here, asked), here.published.base)


def _kept() -> Path:
    return service().settings.ontology / "versions"
