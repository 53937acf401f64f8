"""The query page: a form, and the answer as a table or as Turtle, for people who ask by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, render_template, request

from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.web.evaluation import evaluated
from kg.web.protocol import Operation
from kg.web.service import Wanted, service

SHOWN = 500  # rows that a page shows; the files have all of them


def results_page(asked: Operation | None) -> Response:
    """The page for a query, or an empty form."""
    if asked is None:
        return Response(render_template("query.html", query="", prefixes=service().prefixes))
    wanted = Wanted("application/sparql-results+json", "text/turtle")
    answer = evaluated(replace(asked, partial=True, rows=SHOWN), wanted)
    body = answer.take()
    formats = GRAPH_FORMATS if answer.kind == "graph" else RESULT_FORMATS
    names = dict.fromkeys(form.name for form in formats.values())
    return Response(
        render_template(
            "query.html",
            query=asked.text,
            prefixes=service().prefixes,
            answer=answer,
            turtle=body.decode() if answer.kind == "graph" else None,
            table=json.loads(body) if answer.kind != "graph" else None,
            links={
                name: f"{request.path}?{urlencode({'query': asked.text, 'format': name})}" for name in names
            },
        )
    )
