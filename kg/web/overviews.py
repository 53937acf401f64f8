"""/overview: pictures of the whole: each with the query behind it, and its rows and pictures to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kg.web.drawing import DRAWN, Drawing, Table, records
from kg.web.problems import Problem
from kg.web.reading import Reader, query_text
from kg.web.service import reader

views = Blueprint("overviews", __name__)

FILTERS = ("kind", "year")
SHOWN = 200  # rows that a page shows; the file has all of them


@views.get("/overview/")
def overviews() -> Response:
    """What overviews there are."""
    here = reader()
    counted = {name: len(rows_of(here, name)) for name in DRAWN}
    return Response(render_template("overviews.html", drawn=DRAWN, counted=counted))


@views.get("/overview/<name>")
def overview(name: str) -> Response:
    """One overview: its pictures, its rows, and the ways to get both."""
    here, drawing = reader(), _drawing(name)
    table = rows_of(here, name)
    chosen = [row for row in table if _wanted(row)]
    asked = {key: value for key in FILTERS if (value := request.args.get(key))}
    response = Response(
        render_template(
            "overview.html",
            name=name,
            drawing=drawing,
            pictures=drawing.draw(here, chosen),
            rows=records(drawing, chosen[:SHOWN]),
            total=len(chosen),
            choices=_choices(table),
            asked=asked,
            suffix=f"?{urlencode(asked)}" if asked else "",
            query=query_text(f"overviews/{name}", here.published.base),
        )
    )
    response.set_etag(f"{here.published.version}-{name}-{urlencode(asked)}")
    return response


@views.get("/overview/<name>.csv")
def rows(name: str) -> Response:
    """The rows of an overview, as its query gives them (RFC 4180)."""
    here, _ = reader(), _drawing(name)
    chosen = [row for row in rows_of(here, name) if _wanted(row)]
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(chosen[0]) if chosen else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(chosen)
    return Response(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@views.get("/overview/<name>/<picture>.svg")
def picture(name: str, picture: str) -> Response:
    """One picture of an overview, as a file of its own."""
    here, drawing = reader(), _drawing(name)
    chosen = [row for row in rows_of(here, name) if _wanted(row)]
    found = next((p for p in drawing.draw(here, chosen) if p.name == picture), None)
    if found is None:
        raise Problem(404, f"the overview {name!r} has no picture {picture!r} of what is chosen")
    drawn = render_template(
        f"pictures/{found.template}.svg",
        picture=found.drawn,
        label=found.heading,
        root=request.url_root.rstrip("/"),
    )
    return Response(
        drawn,
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}-{picture}.svg"'},
    )


@lru_cache(64)
def rows_of(here: Reader, name: str) -> Table:
    """The rows of an overview as texts, empty where unbound; read once for each version."""
    return tuple(
        {key: getattr(term, "value", "") for key, term in row.items()}
        for row in here.rows(f"overviews/{name}")
    )


def _drawing(name: str) -> Drawing:
    if name not in DRAWN:
        raise Problem(404, f"there is no overview {name!r}; there is {', '.join(DRAWN)}")
    return DRAWN[name]


def _wanted(row: Mapping[str, str]) -> bool:
    """Whether a row is of the kind and the year that are asked for."""
    return all(row.get(key) == value for key in FILTERS if (value := request.args.get(key)))


def _choices(table: Table) -> Mapping[str, Sequence[str]]:
    """What can be chosen by."""
    found = {key: sorted({row[key] for row in table if row.get(key)}) for key in FILTERS}
    return {key: values for key, values in found.items() if len(values) > 1}
