"""Old versions of a thing, by date (Memento, RFC 7089): each address is its own TimeGate (pattern 1.1).

`/dataset/{version}/…` is an address as that version has it; `/timemap/…` lists the versions that have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date, parse_date
from werkzeug.wrappers import Response as AnyResponse

from kg.history import Moment
from kg.web.negotiation import split_ending
from kg.web.problems import Problem
from kg.web.service import reader_of, service, versions
from kg.web.signposting import Link, signpost
from kg.web.sources import PublishedSource

views = Blueprint("memento", __name__)

REMEMBERED = {
    *("things.identified", "things.page", "things.data", "things.graph", "things.lexicon"),
    *("ontologies.ontology", "ontology.lexicon_of_frames", "documents.document"),
}
LINKS = "application/link-format"


def time_gate() -> AnyResponse | None:
    """For a request with Accept-Datetime, the version that was current then (RFC 7089 section 4.1)."""
    asked = request.headers.get("Accept-Datetime")
    plain = not isinstance(service().source, PublishedSource)
    if asked is None or plain or request.endpoint not in REMEMBERED or request.method not in {"GET", "HEAD"}:
        return None
    when = parse_date(asked)
    if when is None:
        raise Problem(400, f"Accept-Datetime is no date of HTTP: {asked!r}; it looks like {http_date(0)!r}")
    moment = versions().at(_name(request.path), when)
    if moment is None:
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return redirect(f"/dataset/{moment.version}{request.path}{query}", 302)


def remembered(response: Response) -> Response:
    """Say of what is remembered where its versions are listed, and that it may be asked for by date."""
    if (
        request.endpoint in REMEMBERED
        and isinstance(service().source, PublishedSource)
        and response.status_code < 400
    ):
        response.vary.add("Accept-Datetime")
        signpost(response, _around(request.path))
    return response


@views.get("/dataset/<version>/<path:path>")
def memento(version: str, path: str) -> Response:
    """An address as a version has it."""
    moment = next((one for one in versions().moments if one.version == version), None)
    if moment is None:
        raise Problem(404, f"there is no version {version!r} here; /changes lists them")
    try:
        endpoint, values = current_app.create_url_adapter(request).match(f"/{path}", method="GET")  # type: ignore[union-attr]  # there is one within a request
    except HTTPException:
        endpoint, values = "", {}
    if endpoint not in REMEMBERED:
        raise Problem(404, f"/{path} is not kept by version; names, documents and graphs are")
    g.version, g.shown = version, reader_of(version).published
    response = cast(Response, current_app.view_functions[endpoint](**values))
    response.headers["Memento-Datetime"] = http_date(moment.published)
    return signpost(response, [*_around(f"/{path}"), *_neighbours(f"/{path}", moment)])


@views.get("/timemap/<path:path>")
def time_map(path: str) -> Response:
    """The versions of an address (RFC 7089 section 5)."""
    found = versions().of(_name(f"/{path}"))
    if not found or not (
        _bare(f"/{path}") == "ontology" or reader_of(found[-1].version).knows(_bare(f"/{path}"))
    ):
        raise Problem(404, f"/{path} is in no version")
    links = [
        Link(_absolute(f"/{path}"), "original timegate"),
        Link(request.base_url, "self", LINKS),
        *(_link(f"/{path}", moment, "memento") for moment in found),
    ]
    body = ",\n".join(link.text for link in links)
    return Response(f"{body}\n", content_type=LINKS)


def _around(path: str) -> Iterator[Link]:
    """The links that everything with versions has."""
    yield Link(_absolute(path), "original timegate")
    yield Link(f"/timemap{path}", "timemap", LINKS)


def _neighbours(path: str, moment: Moment) -> Iterator[Link]:
    """The first, last, previous and next versions of an address, seen from one."""
    found = list(versions().of(_name(path)))
    here = found.index(moment) if moment in found else None
    yield _link(path, found[0], "first memento")
    yield _link(path, found[-1], "last memento")
    if here:
        yield _link(path, found[here - 1], "prev memento")
    if here is not None and here + 1 < len(found):
        yield _link(path, found[here + 1], "next memento")


def _link(path: str, moment: Moment, relation: str) -> Link:
    return Link(_absolute(f"/dataset/{moment.version}{path}"), relation, datetime=http_date(moment.published))


def _absolute(path: str) -> str:
    return f"{request.url_root.rstrip('/')}{path}"


def _name(path: str) -> str:
    """The IRI that an address is about."""
    return f"{service().source.base}{_bare(path)}"


def _bare(path: str) -> str:
    """The name that an address is about: `id/…` for a page and for data, without the ending of a format."""
    first, _, rest = path.strip("/").partition("/")
    name = rest if first in {"id", "page"} else split_ending(rest.removesuffix(".txt"))[0]
    kind = "id" if first in {"id", "page", "data"} else split_ending(first)[0]
    return f"{kind}/{name}" if name else kind
