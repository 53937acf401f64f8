"""/compare/versions: two versions of the data set side by side: figures, documents, facts, and every statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request

from kg.published import PublishedDocument
from kg.published_versions import Statement
from kg.web.changes import SHOWN, by_thing, events_in
from kg.web.reading import Reader, value_of
from kg.web.service import reader_of, versions
from kg.web.things import page_number

views = Blueprint("between", __name__)

FIGURES = {"documents": "documents", "claims": "claims", "facts": "facts", "asserted": "asserted triples",
           "inferred": "inferred triples"}  # fmt: skip


@views.get("/compare/versions")
def between() -> Response:
    """The page: a form to choose two versions, by default the latest two, and both beside each other."""
    moments = versions().moments
    default = [one.version for one in moments[-2:]]
    asked = [request.args.get(name, "").strip() for name in ("a", "b")]
    chosen = asked if all(asked) else default if len(default) == 2 else []
    told = _told(*chosen) if chosen else {}
    return Response(render_template("between.html", moments=moments[::-1], chosen=chosen, **told))


def _told(old: str, new: str) -> dict[str, Any]:
    """What a page about two versions shows."""
    sides = [reader_of(old), reader_of(new)]
    found = versions().difference(old, new)
    start = (page_number() - 1) * SHOWN
    documents = [side.published.documents for side in sides]
    return {
        "sides": sides,
        "figures": _figures(*sides),
        "only": [_only(mine, theirs) for mine, theirs in (documents, documents[::-1])],
        "events": [
            events_in(side, (s for s in found if s.added is added))
            for side, added in zip(sides, (False, True), strict=True)
        ],
        "graphs": _by_graph(found, sides[1].published.base),
        "total": len(found),
        "things": by_thing(found[start : start + SHOWN], sides[1], sides[0]),
        "page": page_number(),
        "more": len(found) > start + SHOWN,
    }


def _figures(a: Reader, b: Reader) -> list[tuple[str, int, int]]:
    """The figures that both versions tell."""
    old, new = a.published.counts, b.published.counts
    return [(words, old[name], new[name]) for name, words in FIGURES.items() if name in old and name in new]


def _only(
    mine: Mapping[str, PublishedDocument], theirs: Mapping[str, PublishedDocument]
) -> list[PublishedDocument]:
    """The documents that one version has and the other has not, or has with another text."""
    others = {document.name: document.sha256 for document in theirs.values()}
    return [document for document in mine.values() if others.get(document.name) != document.sha256]


def _by_graph(found: Sequence[Statement], base: str) -> list[tuple[str, int, int]]:
    """How many statements of each graph only the one version has, and only the other; claims graphs as one."""
    names = ((value_of(s.quad.graph_name).removeprefix(f"{base}graph/"), s.added) for s in found)
    count = Counter((name.partition("/")[0], added) for name, added in names)
    return [(name, count[name, False], count[name, True]) for name in sorted({name for name, _ in count})]
