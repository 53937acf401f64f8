"""/sparql: queries by GET and POST, with the answer in the form that the client asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.job import Answer
from kg.web.description import description
from kg.web.evaluation import done
from kg.web.negotiation import HEADERS, accepts_gzip, best, prefers_html
from kg.web.protocol import Message, Operation, operation
from kg.web.results import results_page
from kg.web.service import Wanted, service
from kg.web.writing import update

views = Blueprint("sparql", __name__)

BLOCK = 1 << 16
OF_RESULTS = {form.name: kind for kind, form in reversed(RESULT_FORMATS.items())}
OF_GRAPHS = {form.name: kind for kind, form in reversed(GRAPH_FORMATS.items())}


@views.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """Answer a query; say what is here where there is none; refuse what the protocol does not allow."""
    asked = operation(
        Message(request.method, request.query_string, request.content_type or "", request.get_data())
    )
    if asked is None:
        from_form = prefers_html(request.headers.get("Accept"))
        return results_page(None) if from_form else description()
    if asked.update:
        update(asked)
        return Response(status=204)
    return answer(asked)


def answer(asked: Operation) -> Response:
    """The answer to a query, or a Problem that says why there is none."""
    accept = request.headers.get("Accept")
    if asked.format is None and prefers_html(accept):
        return results_page(asked)
    wanted = wanted_by(accept, request.headers.get("Accept-Encoding"), asked.format)
    here = service()
    pinned = here.pinned(here.source.served(), asked, wanted, request.base_url)
    if pinned.tag and request.if_none_match.contains(pinned.tag):
        return validated(Response(status=304), pinned.tag)
    return validated(sent(done(pinned.job, asked)), pinned.tag)


@lru_cache(HEADERS)
def wanted_by(accept: str | None, encoding: str | None, name: str | None) -> Wanted:
    """The media types that a client likes best for either kind of answer.

    A format named in the address goes first, for links cannot say what they accept; a name that we do not
    know is somebody's own way to say what the Accept header says, too.
    """
    return Wanted(
        OF_RESULTS.get(name or "") or best(accept, RESULT_FORMATS),
        OF_GRAPHS.get(name or "") or best(accept, GRAPH_FORMATS),
        accepts_gzip(encoding),
    )


def sent(answer: Answer) -> Response:
    """An answer as it goes out: whole, so that one cut off on the way is shorter than its Content-Length."""
    size = answer.spooled.stat().st_size if answer.spooled else len(answer.body)
    body: bytes | Iterable[bytes] = from_file(answer.spooled) if answer.spooled else answer.body
    told = heads(answer.media_type, gzip=answer.gzip, rows=answer.rows, cut=answer.cut)
    response = Response(body, headers=told)
    response.content_length = size
    return response


def heads(media_type: str, *, gzip: bool, rows: int | None, cut: bool) -> dict[str, str]:
    """What the headers tell of an answer; how many rows it has is not known of one that is still written."""
    text = media_type.startswith("text/")
    told = {"Content-Type": f"{media_type}; charset=utf-8" if text else media_type}
    if gzip:
        told["Content-Encoding"] = "gzip"
    if rows is not None:
        told["X-Rows"] = str(rows)
    if cut:
        told["Warning"] = '199 - "partial answer: there may be more rows"'
    return told


def from_file(path: Path) -> Iterator[bytes]:
    """The blocks of a spooled answer, whose file loses its name at once and goes with the last block."""
    file = path.open("rb")
    path.unlink()
    return iter(lambda: file.read(BLOCK), b"")


def caching(tag: str | None) -> dict[str, str]:
    """What caches need: the version that an answer holds for, and what it varies by."""
    told = {"Vary": "Accept, Accept-Encoding"}
    return told | (
        {"ETag": f'"{tag}"', "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"}
    )


def validated(response: Response, tag: str | None) -> Response:
    """The response with what caches need."""
    response.headers.update(caching(tag))
    return response
