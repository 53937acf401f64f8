"""The Flask application: the views, what every response carries, and how errors are told."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from kg.published import Current, NotPublishedError, Published
from kg.settings import Settings
from kg.slots import CurrentElsewhere, slots_of
from kg.web import (
    between,
    changes,
    comparing,
    dataset,
    documents,
    dumps,
    graph_store,
    memento,
    ontologies,
    ontology,
    overviews,
    reconcile,
    sameas,
    search,
    site,
    sparql,
    things,
    why,
)
from kg.web.citing import cite
from kg.web.mounted import remounted
from kg.web.names import compact, link, local_path, quoted
from kg.web.near import near_miss
from kg.web.negotiation import HTML, accepts_gzip
from kg.web.pictures.network import family
from kg.web.problems import Problem, linked, of_http_error, respond
from kg.web.ranges import in_part
from kg.web.service import Service, base, nothing_yet, reader, service
from kg.web.sources import PublishedSource, RemoteSource, Source
from kg.web.telling import counted, day, when
from kg.web.views import class_label
from kg.write import Curation

LARGEST_BODY = 64 << 20
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EXPOSED = (
    *("Accept-Ranges", "Content-Location", "Content-Range", "ETag", "Link", "Location"),
    *("Memento-Datetime", "Retry-After", "Warning", "X-Rows"),
)
ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Authorization, Content-Type, If-Modified-Since, If-None-Match, Range"
    ),
    "Access-Control-Max-Age": "86400",
}
WITHOUT_CONTENT = {201, 204, 304}  # what such a response has no type of (RFC 9110 section 8.3)
TELLING_OF_DUMPS = ("dataset", "dumps")  # blueprints
COMPRESSED_FROM = 1024  # bytes


def create_app(
    settings: Settings,
    dist: Path | None = None,
    source: Source | None = None,
    loop: asyncio.AbstractEventLoop | None = None,
) -> Flask:
    """The application over what is published in `dist` (by default the settings'), or over another source.

    Its worker processes are looked after by the loop, or by one of their own.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = (
        3600  # seconds that a browser keeps sheets and scripts without asking
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["entente"] = Service.start(
        settings, source or source_of(settings, dist or settings.dist), loop
    )
    for module in (
        site,
        sparql,
        graph_store,
        things,
        documents,
        why,
        search,
        reconcile,
        sameas,
        ontologies,
        ontology,
        overviews,
        comparing,
        between,
        dumps,
        dataset,
        changes,
        memento,
    ):
        app.register_blueprint(module.views)
    app.register_error_handler(Problem, told)
    app.register_error_handler(NotPublishedError, lambda error: respond(nothing_yet(error)))
    app.register_error_handler(HTTPException, lambda error: told(of_http_error(error)))
    app.add_template_filter(lambda iri: link(iri, base()), "link")
    app.add_template_filter(lambda iri: local_path(iri, base()), "local")
    app.add_template_filter(compact, "compact")
    app.add_template_filter(lambda line: linked(line, base()), "linked")
    app.add_template_filter(day, "day")
    app.add_template_global(cite, "cite")
    app.add_template_filter(lambda claim: when(claim.start, claim.end), "when")
    app.add_template_filter(lambda name: class_label(reader(), name), "class_label")
    app.add_template_filter(family, "family")
    app.add_template_filter(counted, "counted")
    app.before_request(upgraded)
    app.before_request(memento.time_gate)
    app.after_request(finish)
    app.after_request(remounted)
    app.after_request(memento.remembered)  # goes first: the last one that is named does
    return app


def source_of(settings: Settings, dist: Path) -> Source:
    """What the settings say to serve: another endpoint, or what is published in `dist`."""
    if settings.endpoint:
        return RemoteSource(settings.endpoint, settings.base)
    slots = slots_of(settings)
    current = CurrentElsewhere(dist, slots) if slots else Current(dist)
    return PublishedSource(current, Curation(settings, dist))


def told(problem: Problem) -> AnyResponse:
    """The problem, or for an address that is nearly right, the right one (301).

    A page without a name in its address is right: what it did not find is something that it was asked for.
    """
    published = isinstance(service().source, PublishedSource)
    named = request.url_rule is None or request.view_args
    if problem.status == 404 and published and named and request.method in {"GET", "HEAD"}:
        try:
            meant = near_miss(reader(), request.path)
        except Problem as unready:  # nothing is published yet
            return respond(unready)
        if meant:
            query = request.query_string.decode("latin-1")
            return redirect(f"{quoted(meant)}?{query}" if query else quoted(meant), 301)
    return respond(problem)


def upgraded() -> AnyResponse | None:
    """For http where names begin with https, the same address by https (301); a proxy tells which it was."""
    base = urlsplit(service().settings.base)
    plain = request.headers.get("X-Forwarded-Proto") == "http"
    if plain and base.scheme == "https" and request.host == base.netloc:
        return redirect(urlsplit(request.url)._replace(scheme="https").geturl(), 301)
    return None


def finish(response: Response) -> Response:
    """What every response carries, and compression for those that are not compressed yet."""
    response = no_more_than_asked(compressed(response))
    route = request.url_rule.rule if request.url_rule else "none"
    service().observer.count(route, response.status_code)
    response.headers.extend({k: v for k, v in ALWAYS.items() if k not in response.headers})
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    if request.method == "OPTIONS" or response.status_code in WITHOUT_CONTENT:
        response.headers.pop("Content-Type", None)
    response.headers.pop("Date", None)  # the server that sends it says that
    return response


def compressed(response: Response) -> Response:
    """The response, compressed if it is text that is not yet, and its client takes that."""
    if request.endpoint == "static" and response.status_code == 200:
        response.direct_passthrough = False
        response.make_sequence()  # read, to be compressed as pages are
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind.endswith(("json", "xml", "trig", "n-triples", "n-quads"))
    if text and not response.is_streamed and "Content-Encoding" not in response.headers:
        response.vary.add("Accept-Encoding")
        compress(response)
    return response


def no_more_than_asked(response: Response) -> Response:
    """The response; 304 for whoever has it, and the part that is asked for of what is no page."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    validate(response)
    if not response.get_etag()[0] or response.mimetype == HTML or response.is_streamed:
        response.make_conditional(request.environ)
        return response
    try:
        return in_part(response, response.content_length)
    except RequestedRangeNotSatisfiable as error:
        return respond(of_http_error(error))


def validate(response: Response) -> None:
    """Give what shows a version the date of its publication and a tag (RFC 9110 section 8.8).

    What tells of dumps has no date before these are written, which is after it.
    """
    shown: Published | None = g.get("shown")
    if shown is None:
        return
    if shown.is_dumped or request.blueprint not in TELLING_OF_DUMPS:
        response.last_modified = response.last_modified or shown.published
    if not response.is_streamed and not response.get_etag()[0]:
        response.add_etag()
        response.headers.setdefault("Cache-Control", "no-cache")


def compress(response: Response) -> None:
    """Compress a body worth it, where the client takes that; its tag becomes that of the compressed form."""
    body = response.get_data()
    if len(body) < COMPRESSED_FROM or not accepts_gzip(request.headers.get("Accept-Encoding")):
        return
    response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, weak = response.get_etag()
    if tag and not tag.endswith("-gzip"):
        response.set_etag(f"{tag}-gzip", weak=bool(weak))
