"""/dataset and the places where machines look first: /.well-known/void, robots.txt, the sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kg.engine.formats import GRAPH_FORMATS
from kg.published import WHOLE
from kg.terms import PREFIXES
from kg.web.distributions import distributions
from kg.web.negotiation import HTML, split_ending
from kg.web.problems import Problem
from kg.web.rdf import rdf_response
from kg.web.reading import Reader, value_of
from kg.web.service import reader, reader_of, versions
from kg.web.signposting import data_links, page_links, signpost
from kg.web.things import wanted

views = Blueprint("dataset", __name__)

DCAT, DCTERMS, XSD, RDF = (PREFIXES[name] for name in ("dcat", "dcterms", "xsd", "rdf"))
PER_MAP = 40_000  # addresses in one sitemap; 50,000 is the most (sitemaps.org)
PAGED = ("id/", "doc/")  # the names that have pages of their own


@views.get("/dataset", defaults={"ending": None})
@views.get("/dataset.<ending>")
def dataset(ending: str | None) -> Response:
    """The data set: a page, or its description as RDF."""
    return _answer(reader(), "dataset", "/dataset", ending)


@views.get("/dataset/<version>")
def of_version(version: str) -> Response:
    """A version of the data set, described as it was published."""
    stem, dot, ending = version.partition(".")
    return _answer(reader_of(stem), f"dataset/{stem}", f"/dataset/{stem}", ending if dot else None)


@views.get("/.well-known/void")
def well_known() -> AnyResponse:
    """The description where VoID wants it (section 7.2), in the format that the client likes best; people are led
    to the page.
    """
    here = reader()
    kind = wanted([*GRAPH_FORMATS, HTML])
    if kind == HTML:
        page = redirect("/dataset", 303)
        page.vary.add("Accept")
        return page
    response = rdf_response(described(here), kind, _state(here))
    return signpost(response, data_links(here, f"{here.published.base}dataset", "/dataset", "/dataset", kind))


@views.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: pages and files, but no answers to queries; where the sitemap is."""
    closed = ("/sparql?", "/graph-store", "/why", "/metrics")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {request.url_root}sitemap.xml",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@views.get("/sitemap.xml", defaults={"number": 0})
@views.get("/sitemap-<int:number>.xml")
def sitemap(number: int) -> Response:
    """The pages about things and documents; where they are many, an index of several maps."""
    here = reader()
    pages = _pages(here)
    count = -(-len(pages) // PER_MAP)
    if number > count or (number and count < 2):
        raise Problem(404, f"there is no sitemap {number}; /sitemap.xml lists them")
    part = pages[max(number - 1, 0) * PER_MAP :][:PER_MAP]
    told = {"root": request.url_root, "changed": here.published.published.date().isoformat()}
    index = range(1, count + 1) if count > 1 and not number else ()
    text = render_template("sitemap.xml", pages=[] if index else part, index=index, **told)
    return Response(text, content_type="application/xml; charset=utf-8")


def _pages(here: Reader) -> list[str]:
    """The addresses of all pages, sorted."""
    base = here.published.base
    names = (name.removeprefix(base) for name in here.names)
    kept = sorted(name for name in names if name.startswith(PAGED))
    return ["", "dataset", "ontology", "changes", "dumps/", "doc/", *(_page(name) for name in kept)]


def _page(name: str) -> str:
    return f"page/{name.removeprefix('id/')}" if name.startswith("id/") else name


def _answer(here: Reader, name: str, at: str, ending: str | None) -> Response:
    """The description in the form that is asked for."""
    _, fixed = split_ending(f"{name}.{ending}") if ending else (name, None)
    if ending and not fixed:
        raise Problem(404, f"there is no {name}.{ending}")
    kind = fixed or wanted([HTML, *GRAPH_FORMATS])
    iri = f"{here.published.base}{name}"
    if kind != HTML:
        response = rdf_response(described(here), kind, _state(here))
        return signpost(response, data_links(here, iri, at, at, kind))
    response = Response(
        render_template("dataset.html", iri=iri, at=at, embedded=schema_org(here), **_view(here))
    )
    response.vary.add("Accept")
    return signpost(response, page_links(here, iri, at, iri))


def _state(here: Reader) -> str:
    """What the description hangs on: the version, those beside it, and whether the dumps are written."""
    dumped = "dumped" if here.published.is_dumped else ""
    return f"{here.published.version}-{len(versions().moments)}-{dumped}"


def described(here: Reader) -> Iterator[ox.Triple]:
    """The description that was published, with what came after it: times, the versions, the files of the dumps."""
    base, published = here.published.base, here.published
    yield from published.store.triples(f"{base}graph/dataset")
    whole = f"{base}dataset"
    yield _triple(whole, DCTERMS + "modified", _literal(published.published.isoformat(), "dateTime"))
    for moment in versions().moments:
        iri = f"{whole}/{moment.version}"
        yield _triple(whole, DCAT + "hasVersion", ox.NamedNode(iri))
        yield _triple(iri, RDF + "type", ox.NamedNode(DCAT + "Dataset"))
        yield _triple(iri, DCTERMS + "title", ox.Literal(f"entente, version {moment.version}", language="en"))
        yield _triple(
            iri,
            DCTERMS + "description",
            ox.Literal("The data set as it was built, not to change.", language="en"),
        )
        yield _triple(iri, DCTERMS + "issued", _literal(moment.published.isoformat(), "dateTime"))
    yield from distributions(here)


def schema_org(here: Reader) -> str:
    """The data set in the words of schema.org, for search engines of data sets, as JSON-LD for a page."""
    published, about = here.published, about_dataset(here)
    root = request.url_root
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{published.base}dataset",
        "name": about.get("title", "entente"),
        "description": about.get("description", ""),
        "license": about.get("licence"),
        "creator": {"@type": "Organization", "name": about.get("publisher", "")},
        "keywords": about.get("keywords", "").split(", "),
        "url": f"{root}dataset",
        "identifier": f"{published.base}dataset",
        "version": published.version,
        "dateModified": published.published.isoformat(),
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{root}dumps/{published.version}/{file.name}",
                "encodingFormat": [file.media_type, "application/gzip"],
                "contentSize": f"{file.bytes} B",
                "sha256": file.sha256,
            }
            for file in published.dumps
            if file.part == WHOLE
        ],
    }
    return json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")


def about_dataset(here: Reader) -> Mapping[str, str]:
    """What people say of the data set: title, description, licence, publisher, keywords."""
    rows = here.rows("dataset", dataset=f"{here.published.base}dataset")
    return {name: value_of(term) for name, term in next(rows, {}).items()}


def _view(here: Reader) -> Mapping[str, Any]:
    """What the page shows."""
    iri = f"{here.published.base}dataset"
    counted = list(here.rows("partitions", dataset=iri))
    return {
        "reader": here,
        "published": here.published,
        "about": about_dataset(here),
        "parts": [
            {
                "name": value_of(row["part"]).rpartition("#")[2],
                "title": value_of(row["title"]),
                **{
                    name: int(value_of(row[name]))
                    for name in ("triples", "entities", "classes", "properties")
                },
            }
            for row in here.rows("parts", dataset=iri)
        ],
        "sources": of_kind(here.graphs, "links"),
        "linksets": [
            {
                "predicate": value_of(row["predicate"]),
                "space": value_of(row["space"]),
                "triples": int(value_of(row["triples"])),
            }
            for row in here.rows("linksets", dataset=iri)
        ],
        **{
            several: [
                {"iri": value_of(row[one]), "count": int(value_of(row["count"]))}
                for row in counted
                if row[one]
            ]
            for one, several in (("class", "classes"), ("property", "properties"))
        },
    }


def of_kind(graphs: Mapping[str, int], kind: str) -> Mapping[str, int]:
    """Those of the graphs of which there is one for each document, or for each source of links."""
    return {name: triples for name, triples in graphs.items() if f"/graph/{kind}/" in name}


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
