"""/sparql: queries by GET and POST, with the answer in the form that the client asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Blueprint, Response, request

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.job import Answer
from kg.web.description import description
from kg.web.evaluation import evaluated
from kg.web.negotiation import accepts_gzip, best, prefers_html
from kg.web.protocol import Operation, operation
from kg.web.results import results_page
from kg.web.service import Wanted, is_stable, service
from kg.web.writing import update

views = Blueprint("sparql", __name__)

BLOCK = 1 << 16


@views.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """Answer a query; say what is here where there is none; refuse what the protocol does not allow."""
    asked = operation(request)
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
    wanted = wanted_by(accept, asked.format)
    tag = entity_tag(asked, wanted)
    if tag and request.if_none_match.contains(tag):
        return validated(Response(status=304), tag)
    return validated(sent(evaluated(asked, wanted)), tag)


def wanted_by(accept: str | None, name: str | None) -> Wanted:
    """The media types that a client likes best for either kind of answer.

    A format named in the address goes first, for links cannot say what they accept; a name that we do not
    know is somebody's own way to say what the Accept header says, too.
    """
    results = {form.name: kind for kind, form in reversed(RESULT_FORMATS.items())}
    graphs = {form.name: kind for kind, form in reversed(GRAPH_FORMATS.items())}
    return Wanted(
        results.get(name or "") or best(accept, RESULT_FORMATS),
        graphs.get(name or "") or best(accept, GRAPH_FORMATS),
        accepts_gzip(request.headers.get("Accept-Encoding")),
    )


def sent(answer: Answer) -> Response:
    """An answer as it goes out: whole, so that one cut off on the way is shorter than its Content-Length."""
    size = answer.spooled.stat().st_size if answer.spooled else len(answer.body)
    body: bytes | Iterable[bytes] = from_file(answer.spooled) if answer.spooled else answer.body
    text = answer.media_type.startswith("text/")
    kind = f"{answer.media_type}; charset=utf-8" if text else answer.media_type
    response = Response(body, content_type=kind)
    response.content_length = size
    if answer.gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["X-Rows"] = str(answer.rows)
    if answer.cut:
        response.headers["Warning"] = '199 - "partial answer: there may be more rows"'
    return response


def from_file(path: Path) -> Iterator[bytes]:
    """The blocks of a spooled answer, whose file loses its name at once and goes with the last block."""
    file = path.open("rb")
    path.unlink()
    return iter(lambda: file.read(BLOCK), b"")


def entity_tag(asked: Operation, wanted: Wanted) -> str | None:
    """What an answer is known by: the version of the data and the form; None where it differs every time."""
    if not service().source.version or not is_stable(asked.text):
        return None
    form = [wanted.bindings, wanted.graph, "gzip" if wanted.gzip else "plain"]
    return "-".join([service().source.version, *map(str, form)])


def validated(response: Response, tag: str | None) -> Response:
    """The response with what caches need: the version it holds for, and what it varies by."""
    response.vary.update(["Accept", "Accept-Encoding"])
    if tag:
        response.set_etag(tag)
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
