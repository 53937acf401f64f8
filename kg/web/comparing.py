"""/compare: two states or organisations side by side: what each did, with whom, and what both did together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request

from kg.web.claims import Named, claims_of
from kg.web.happenings import Happening, happenings
from kg.web.overviews import rows_of
from kg.web.problems import Problem
from kg.web.reading import Reader
from kg.web.service import reader
from kg.web.telling import groups
from kg.web.views import DOCUMENTS, class_label

views = Blueprint("comparing", __name__)

SIDES = ("state", "alliance", "international-organisation", "grouping", "organisation")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared: its events, how many there are of each heading, and its partners."""

    who: Named
    found: Sequence[Happening]
    counts: Mapping[str, int]
    partners: Counter[Named]


@views.get("/compare")
def compare() -> Response:
    """The page: a form to choose two, and, where two are chosen, both beside each other."""
    here = reader()
    asked = [request.args.get(name, "").strip() for name in ("a", "b")]
    sides = [_side(here, name) for name in asked if name] if all(asked) else []
    told = _both(*sides) if len(sides) == 2 else {}
    return Response(render_template("compare.html", asked=asked, choices=_choices(here), sides=sides, **told))


def _choices(here: Reader) -> list[tuple[str, str]]:
    """Those that cooperate with anybody, as `(end of the IRI, name)`."""
    rows = rows_of(here, "cooperation")
    found = {row[iri]: row[name] for row in rows for iri, name in (("a", "nameA"), ("b", "nameB"))}
    named = [(iri.split("/id/", 1)[-1], name) for iri, name in found.items()]
    return sorted((one for one in named if one[0].startswith(SIDES)), key=lambda one: one[1])


def _side(here: Reader, name: str) -> Side:
    iri = f"{here.published.base}id/{name}"
    if not here.knows(f"id/{name}"):
        raise Problem(404, f"nothing is known of <{iri}> here")
    claims = claims_of(here)
    found = happenings(claims.of_thing(iri, DOCUMENTS), partial(class_label, here))
    facts = [h for h in found if h.lifted]
    counts = Counter(h.group for h in facts)
    partners: Counter[Named] = Counter()
    for happening in facts:
        if happening.type != "Statement":
            partners.update({n for n in _sides_of(happening) if n.iri != iri})
    ordered = {heading: counts[heading] for heading in groups()}
    return Side(claims.named(iri), found, ordered, partners)


def _sides_of(happening: Happening) -> Iterator[Named]:
    """The states and organisations in an event."""
    for claim in happening.claims:
        for _, part in claim.acting:
            yield from (one for one in (part.who, part.acts_for) if one and one.kind in SIDES)


def _both(a: Side, b: Side) -> dict[str, Any]:
    """What both did together, and whom both deal with, or only one of them."""
    in_a, in_b = ({h.iri for h in side.found if side.who in _sides_of(h)} for side in (a, b))
    shared = [n for n in a.partners if n in b.partners]
    own = {a.who, b.who}
    return {
        "together": [h for h in a.found if h.iri in in_a & in_b],
        "shared": sorted(shared, key=lambda n: n.name),
        "only": [
            sorted((n for n in side.partners if n not in shared and n not in own), key=lambda n: n.name)
            for side in (a, b)
        ],
        "most": max([1, *a.counts.values(), *b.counts.values()]),
    }
