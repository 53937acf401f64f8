"""The query page: an editor, examples, and the answer as a table or a picture, for people who ask by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from msgspec.structs import replace

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.web.answers import Answered, edges
from kg.web.evaluation import evaluated
from kg.web.gallery import examples
from kg.web.problems import Problem
from kg.web.protocol import Operation
from kg.web.reading import Reader
from kg.web.service import Wanted, reader, service
from kg.web.sources import PublishedSource

SHOWN = 500  # rows that a page shows; the files have all of them
PLACE = re.compile(r"\b(\d+):(\d+)")  # where in a query the parser stopped: line and column
KINDS = {"Class": "classes", "ObjectProperty": "properties", "DatatypeProperty": "properties"}


def results_page(asked: Operation | None) -> Response:
    """The page for a query, or an empty form; a query that cannot be answered stands there with its error."""
    here = reader() if isinstance(service().source, PublishedSource) else None
    page: dict[str, Any] = {
        "query": asked.text if asked else "",
        "prefixes": service().prefixes,
        "examples": examples(service().source.base) if here else (),
        "known": {
            "prefixes": dict(service().prefixes),
            **(known(here) if here else {"classes": [], "properties": []}),
        },
    }
    if asked is None:
        return Response(render_template("query.html", **page))
    try:
        told = answered(asked, here)
    except Problem as problem:
        page["error"] = problem.detail
        page["place"] = _place(problem.detail, asked.text) if problem.status == 400 else None
        told = {**problem.headers, "Cache-Control": "no-store"}
        return Response(render_template("query.html", **page), problem.status, told)
    return Response(render_template("query.html", **page, **told))


def answered(asked: Operation, here: Reader | None) -> Mapping[str, Any]:
    """What the page shows of an answer."""
    wanted = Wanted("application/sparql-results+json", "text/turtle")
    answer = evaluated(replace(asked, partial=True, rows=SHOWN), wanted)
    body = answer.take()
    graph = answer.kind == "graph"
    table: dict[str, Any] = {} if graph else json.loads(body)
    columns, rows = edges(body.decode()) if graph else _rows(table)
    pictures = Answered(columns, rows, here, service().source.base).pictures()
    formats = GRAPH_FORMATS if graph else RESULT_FORMATS
    view = request.args.get("view", "table")
    return {
        "answer": answer,
        "turtle": body.decode() if graph else None,
        "table": table,
        "pictures": pictures,
        "picture": pictures.get(view),
        "links": {
            name: _link(asked, format=name) for name in dict.fromkeys(f.name for f in formats.values())
        },
        "views": {name: _link(asked, view=name) for name in ("table", *pictures)},
    }


def _place(detail: str, text: str) -> tuple[int, int] | None:
    """The line and column of a query at which the parser stopped; one beyond the end is the end."""
    found, lines = PLACE.search(detail), text.splitlines()
    if found is None or not lines:
        return None
    line, column = (int(number) for number in found.groups())
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)


def _rows(table: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    return table["head"].get("vars", []), table.get("results", {}).get("bindings", [])


def _link(asked: Operation, **more: str) -> str:
    return f"{request.path}?{urlencode({'query': asked.text, **more})}"


@lru_cache(2)
def known(here: Reader) -> Mapping[str, list[str]]:
    """The classes and properties of the ontology, for completion."""
    found: dict[str, list[str]] = {"classes": [], "properties": []}
    for row in here.rows("terms"):
        kind = KINDS.get(here.short(getattr(row["kind"], "value", "")))
        term = getattr(row["term"], "value", "")
        if kind and term not in found[kind]:
            found[kind].append(term)
    return found
