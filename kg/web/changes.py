"""/changes: what each version changed, for people, for feed readers (Atom, RFC 4287) and as RDF Patch."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from flask import Blueprint, Response, render_template, request

from kg.history import Moment
from kg.published import Published
from kg.published_versions import CHANGES, Statement
from kg.web.claims import claims_of
from kg.web.happenings import Happening, happenings
from kg.web.negotiation import HTML, accepts_gzip
from kg.web.problems import Problem
from kg.web.reading import Reader, value_of
from kg.web.service import reader_of, versions
from kg.web.signposting import Link, signpost
from kg.web.things import page_number, wanted
from kg.web.views import RDF_TYPE, Shown, class_label, shown

views = Blueprint("changes", __name__)

ATOM, PATCH = "application/atom+xml", "application/rdf-patch"
LISTED = 50  # versions on a page
SHOWN = 500  # statements on a page
EVENTS = 100  # events of which a page tells; the statements are listed all the same
READ = 50_000  # statements of a version in which the page that comes first looks for facts


@dataclass(frozen=True, slots=True)
class Changed:
    """One version in the list: when it was published, and what it is."""

    moment: Moment
    published: Published


@dataclass(frozen=True, slots=True)
class Line:
    """One statement that was added or removed, as a page shows it."""

    added: bool
    property: Shown
    value: Shown
    graph: str


@views.get("/changes")
def listed() -> Response:
    """The versions, the latest first: a page, or a feed."""
    kind = wanted([HTML, ATOM])
    response = (
        _feed()
        if kind == ATOM
        else Response(render_template("changes.html", versions=_page(), page=page_number(), more=_more()))
    )
    response.vary.add("Accept")
    return signpost(response, [Link("/changes.atom", "alternate", ATOM)])


@views.get("/changes.atom")
def feed() -> Response:
    """The versions as a feed."""
    return _feed()


@views.get("/changes/<version>")
def changed(version: str) -> Response:
    """What a version added and removed, thing by thing; with `.rdfp` as RDF Patch."""
    name, dot, _ = version.partition(".rdfp")
    here = reader_of(name)
    if dot:
        return _patch(here.published, packed=version.endswith(".gz"))
    start = (page_number() - 1) * SHOWN
    found = list(islice(versions().changes(name), start, start + SHOWN + 1))
    before = here.published.changes and reader_of(here.published.changes.previous)
    all_of_it = list(islice(versions().changes(name), READ)) if start == 0 and before else []
    html = render_template(
        "change.html",
        published=here.published,
        events=[
            events_in(side or here, (s for s in all_of_it if s.added is added))
            for side, added in ((here, True), (before, False))
        ],
        things=by_thing(found[:SHOWN], here, before or here),
        page=page_number(),
        more=len(found) > SHOWN,
    )
    return signpost(Response(html), [Link(f"/changes/{name}.rdfp", "alternate", PATCH)] if before else [])


def _patch(published: Published, *, packed: bool) -> Response:
    """The changes as a file; unpacked for clients that do not decompress."""
    path = published.folder / CHANGES
    if not path.is_file():
        raise Problem(404, f"version {published.version} is the first one: it changed nothing")
    if packed:
        return Response(path.read_bytes(), content_type="application/gzip")
    response = Response(path.read_bytes(), content_type=PATCH)
    if accepts_gzip(request.headers.get("Accept-Encoding")):
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(gzip.decompress(response.get_data()))
    response.vary.add("Accept-Encoding")
    return response


def _feed() -> Response:
    """The versions as Atom."""
    root = request.url_root
    text = render_template(
        "changes.atom.xml", versions=_page(), root=root, base=reader_of(None).published.base
    )
    return Response(text, content_type=f"{ATOM}; charset=utf-8")


def _page() -> Sequence[Changed]:
    """A page of versions."""
    start = (page_number() - 1) * LISTED
    latest = list(reversed(versions().moments))[start : start + LISTED]
    return [Changed(moment, versions().published(moment.version)) for moment in latest]


def _more() -> bool:
    return len(versions().moments) > page_number() * LISTED


def events_in(side: Reader, found: Iterable[Statement]) -> list[Happening]:
    """The facts that begin, or end, with some statements, as the version tells them that has them."""
    facts = f"{side.published.base}graph/facts"
    own = f"{side.published.base}id/event/"
    subjects = (
        value_of(s.quad.subject)
        for s in found
        if value_of(s.quad.graph_name) == facts and s.quad.predicate.value == RDF_TYPE
    )
    events = [iri for iri in dict.fromkeys(subjects) if iri.startswith(own)][:EVENTS]
    claims = [claim for iri in events for claim in claims_of(side).of_event(iri)]
    return happenings(claims, partial(class_label, side))


def by_thing(
    found: Sequence[Statement], here: Reader, before: Reader
) -> Sequence[tuple[Shown, Sequence[Line]]]:
    """Statements by what they are about; what was removed goes by the names that it had."""
    things: dict[str, list[Line]] = defaultdict(list)
    for statement in found:
        reader, quad = (here if statement.added else before), statement.quad
        things[value_of(quad.subject)].append(
            Line(
                statement.added,
                shown(reader, quad.predicate),
                shown(reader, quad.object),
                value_of(quad.graph_name).removeprefix(f"{here.published.base}graph/"),
            )
        )
    named = {iri: here if any(line.added for line in lines) else before for iri, lines in things.items()}
    return [(Shown(named[iri].label(iri), iri), lines) for iri, lines in things.items()]
