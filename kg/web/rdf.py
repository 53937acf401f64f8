"""RDF as a response: serialised, tagged with the version of the data, compressed by the application."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import pyoxigraph as ox
from flask import Response

from kg.engine.formats import GRAPH_FORMATS
from kg.terms import PREFIXES

NAMESPACE = re.compile(r"(?<=[/#])[^/#]*$")  # what follows the last slash or hash


def rdf_response(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad],
    media_type: str,
    version: str,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Response:
    """The statements in a format; in one without graphs, a triple of several graphs stands once."""
    form = GRAPH_FORMATS[media_type]
    told: list[ox.Triple] | list[ox.Quad] = _by_graph(statements)
    if not form.engine.supports_datasets:
        told = list(dict.fromkeys(s.triple if isinstance(s, ox.Quad) else s for s in told))
    used = _used(told, prefixes) if form.prefixes else None
    body = ox.serialize(told, format=form.engine, prefixes=used)
    text = media_type.startswith("text/")
    response = Response(body, content_type=f"{media_type}; charset=utf-8" if text else media_type)
    response.set_etag(f"{version}-{form.name}")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response


def embedded(statements: Iterable[ox.Quad]) -> str:
    """The statements as JSON-LD that may stand in a script element of HTML: nothing in it ends the element."""
    told = list(dict.fromkeys(statement.triple for statement in statements))
    output = BytesIO()
    ox.serialize(told, output, ox.RdfFormat.JSON_LD)
    return output.getvalue().decode().replace("<", "\\u003c")


def _by_graph(statements: Iterable[ox.Triple] | Iterable[ox.Quad]) -> Any:
    """The statements, those of one graph together."""
    return sorted(statements, key=lambda s: str(s.graph_name) if isinstance(s, ox.Quad) else "")


def _used(statements: Iterable[ox.Triple | ox.Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Those of the prefixes that shorten anything in the statements."""
    terms = (t for s in statements for t in (s.subject, s.predicate, s.object))
    named = (t.datatype if isinstance(t, ox.Literal) else t for t in terms)
    spaces = {NAMESPACE.sub("", t.value) for t in named if isinstance(t, ox.NamedNode)}
    return {name: space for name, space in sorted(prefixes.items()) if space in spaces}
