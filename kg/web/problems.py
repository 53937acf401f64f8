"""Errors as a client sees them: a status, what was wrong, what to do; in the form that the client reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from kg.web.names import local_path
from kg.web.negotiation import HTML, best, prefers_html

BROKEN = "this is a fault of the server, which its log tells of; another page, or another try, may do"
NOT_SO = "what is here is not asked in this way; the header Allow tells which methods there are"
NOWHERE = "no page of this server has this address; a letter of it may be wrong, or it was cut short"
OURS = {404: NOWHERE, 405: NOT_SO, 500: BROKEN}  # in place of the framework's words
PROBLEM = "application/problem+json"
KEPT = {"Allow", "Content-Range", "Retry-After"}  # headers of the framework's errors that tell something
ADDRESS = re.compile(
    r"(<https?://[^>\s]+>|(?<=: )/[^\s;]+|(?<=from )/[^\s;,]+)"
)  # of a thing, or of a page of ours


class Problem(Exception):  # noqa: N818  # the term of RFC 9457
    """An answer that is an error: status, words, and headers that belong to it."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})

    @property
    def title(self) -> str:
        """The name of the status."""
        return HTTP_STATUS_CODES.get(self.status, "Error")


def not_acceptable(offers: Iterable[str]) -> Problem:
    """406, naming what there is (RFC 9110 section 15.5.7)."""
    listed = "\n".join(dict.fromkeys(offers))
    return Problem(406, f"nothing here is of a type that the Accept header takes; there is:\n{listed}")


def respond(problem: Problem) -> Response:
    """The problem as a page, as RFC 9457's JSON, or as plain text."""
    accept = request.headers.get("Accept")
    if prefers_html(accept):
        body, kind = render_template("problem.html", problem=problem), f"{HTML}; charset=utf-8"
    else:
        body, kind = in_words(problem, accept)
    response = Response(body, problem.status, content_type=kind)
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def in_words(problem: Problem, accept: str | None) -> tuple[str, str]:
    """What a program is told, and the media type of that: RFC 9457's JSON if it likes that, or plain text."""
    if best(accept, ["text/plain", PROBLEM, "application/json"]) in {"text/plain", None}:
        return f"{problem.detail}\n", "text/plain; charset=utf-8"
    told = {"title": problem.title, "status": problem.status, "detail": problem.detail}
    return json.dumps(told), PROBLEM


def linked(line: str, base: str) -> list[tuple[str, str]]:
    """A line of a problem in parts, each with the address that it leads to, if any; not to where one is."""
    parts = [part.strip("<>") for part in ADDRESS.split(line)]
    targets = [(local_path(part, base) or part) if number % 2 else "" for number, part in enumerate(parts)]
    return [(part, to if to != request.path else "") for part, to in zip(parts, targets, strict=True)]


def of_http_error(error: HTTPException) -> Problem:
    """The framework's own errors (404, 405, 413 …), with their headers."""
    headers = {name: value for name, value in error.get_headers() if name in KEPT}
    words = OURS.get(error.code or 500, error.description)
    return Problem(error.code or 500, words or error.name, headers)
