"""The pictures of a thing's page: its timeline, what surrounds it, and where in the world that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.web.claims import Named
from kg.web.happenings import Happening
from kg.web.names import page_path
from kg.web.pictures.atlas import Atlas, Placed, Shaded, atlas
from kg.web.pictures.network import Neighbour, Network, around
from kg.web.pictures.timeline import Dated, Timeline, timeline
from kg.web.reading import Reader, value_of
from kg.web.telling import groups

MOST = 18  # neighbours in a picture
PLACES = ("place", "destination")
FIRST = ("state", "alliance", "international-organisation", "grouping")  # who goes first among equals


@dataclass(frozen=True, slots=True)
class Where:
    """Where a thing is: its coordinates, or the letters of the country that it is or lies in."""

    latitude: float | None
    longitude: float | None
    code: str


def dates(found: Iterable[Happening]) -> Timeline | None:
    """The dated events among these, each leading to its place on the page."""
    dated = (
        Dated(h.start or h.end, h.group, h.modality.lower(), f"{h.when}: {h.sentence}", f"#{h.anchor}")
        for h in found
        if h.start or h.end
    )
    return timeline(dated, groups())


def relations(reader: Reader, me: Named, found: Sequence[Happening]) -> Network | None:
    """Those that take part in the same events as a thing, the nearest of them; who only spoke is none."""
    told: dict[Named, set[str]] = defaultdict(set)
    why: dict[Named, Counter[str]] = defaultdict(Counter)
    for happening in found:
        if not happening.lifted or happening.type == "Statement":
            continue
        for other in _others(happening, me):
            if happening.iri not in told[other]:
                told[other].add(happening.iri)
                why[other][happening.label] += 1
    ranked = sorted(told, key=lambda n: (-len(told[n]), n.kind not in FIRST, n.name))[:MOST]
    ringed = sorted(ranked, key=lambda n: (n.kind, n.name))
    return around(me.name, me.kind, [_neighbour(reader, n, why[n]) for n in ringed])


def _others(happening: Happening, me: Named) -> Iterator[Named]:
    for claim in happening.claims:
        for _, part in claim.acting:
            for one in (part.who, part.acts_for):
                if one and one.iri != me.iri:
                    yield one


def _neighbour(reader: Reader, one: Named, why: Counter[str]) -> Neighbour:
    told = ", ".join(f"{count} × {label}" for label, count in why.most_common())
    link = page_path(one.iri, reader.published.base) + "#network"
    return Neighbour(one.name, link, one.kind, why.total(), f"{one.name}: {told}")


def places(reader: Reader, me: Named, found: Sequence[Happening]) -> Atlas | None:
    """The thing itself where it is a place, the states in its events, and the places of these."""
    base, here = reader.published.base, where(reader, me.iri)
    joined: Counter[Named] = Counter()
    spots: dict[Named, list[Happening]] = defaultdict(list)
    for happening in found:
        if happening.lifted and happening.type != "Statement":
            joined.update({n for n in _others(happening, me) if n.kind == "state"})
            spots_here = {p.who for c in happening.claims for r, p in c.acting if r in PLACES}
            for spot in spots_here - {n for n in spots_here if n.kind == "state"}:
                spots[spot].append(happening)
    shaded = [
        Shaded(
            where(reader, n.iri).code,
            f"level{min(count, 5)}",
            f"{n.name}: {count} events",
            page_path(n.iri, base),
        )
        for n, count in sorted(joined.items(), key=lambda item: item[0].name)
    ]
    if here.code and here.latitude is None and me.kind == "state":
        shaded.append(Shaded(here.code, "self", me.name, page_path(me.iri, base)))
    placed = [
        Placed(
            at.latitude,
            at.longitude,
            f"{n.name}: {', '.join(str(h.sentence) for h in held[:3])}",
            page_path(n.iri, base),
        )
        for n, held in sorted(spots.items(), key=lambda item: item[0].name)
        if (at := where(reader, n.iri)).latitude is not None and at.longitude is not None
    ]
    if here.latitude is not None and here.longitude is not None:
        placed.append(Placed(here.latitude, here.longitude, me.name, page_path(me.iri, base)))
    return atlas(shaded, placed)


def where(reader: Reader, iri: str) -> Where:
    """Where a thing is, as far as the reference data say."""
    for row in reader.rows("where", thing=iri):
        latitude, longitude = value_of(row["latitude"]), value_of(row["longitude"])
        return Where(
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            value_of(row["code"]),
        )
    return Where(None, None, "")
