"""Pictures of who deals with whom: cooperation, and aid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.web.names import page_path
from kg.web.pictures import Picture, pictures
from kg.web.pictures.bars import Counted, bars
from kg.web.pictures.grid import grid
from kg.web.pictures.network import Neighbour, circle
from kg.web.reading import Reader
from kg.web.telling import counted

MOST = 24  # states and organisations in a picture: those with the most
Rows = Sequence[Mapping[str, str]]


def _slug(iri: str) -> str:
    return iri.split("/id/", 1)[-1]


def by_year(rows: Rows, what: str) -> Iterator[Counted]:
    """How many events there were in each year, the latest first."""
    events: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        events[row["year"] or "undated"].add(row["event"])
    for year, held in sorted(events.items(), key=lambda item: (item[0].isdigit(), item[0]), reverse=True):
        yield Counted(year, "", str(len(held)), {"actual": (len(held), f"{year}: {len(held)} {what}")})


def cooperation(reader: Reader, rows: Rows) -> list[Picture]:
    """Those who take part in the same events: a matrix and a network of those with the most ties."""
    names: dict[str, str] = {}
    joined: dict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        pair = (row["a"], row["b"])
        names.update({row["a"]: row["nameA"], row["b"]: row["nameB"]})
        if row["event"] not in joined[pair]:
            joined[pair].add(row["event"])
            kinds[pair][row["kind"]] += 1
    weight: Counter[str] = Counter()
    for (a, b), events in joined.items():
        weight.update({a: len(events), b: len(events)})
    first = sorted(
        (iri for iri, _ in sorted(weight.items(), key=lambda i: (-i[1], names[i[0]]))[:MOST]),
        key=names.__getitem__,
    )
    told = {pair: f"{names[pair[0]]} and {names[pair[1]]}: {_counted(kinds[pair])}" for pair in joined}
    links = {iri: page_path(iri, reader.published.base) for iri in names}
    cells = {
        (links[a], links[b]): (len(events), told[pair], f"/compare?a={_slug(pair[0])}&b={_slug(pair[1])}")
        for pair, events in joined.items()
        for a, b in (pair, pair[::-1])
    }
    listed = [(links[iri], names[iri]) for iri in first]
    ring = [
        Neighbour(
            names[i], links[i], i.rsplit("/", 2)[-2], weight[i], f"{names[i]}: {counted(weight[i], 'tie')}"
        )
        for i in first
    ]
    edges = [(links[a], links[b], len(events), told[a, b]) for (a, b), events in joined.items()]
    return pictures(
        ("matrix", "Who with whom, and how often", "grid", grid(listed, listed, cells)),
        ("network", "The same as a network", "network", circle(ring, edges)),
    )


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common())


def aid(reader: Reader, rows: Rows) -> list[Picture]:
    """Who gives to whom: a matrix, and how often in each year."""
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = {
        row[iri]: row[name] for row in rows for iri, name in (("provider", "nameA"), ("recipient", "nameB"))
    }
    for row in rows:
        if row["provider"] and row["recipient"]:
            given[row["provider"], row["recipient"]].add(row["event"])
    cells = {
        (page_path(a, reader.published.base), page_path(b, reader.published.base)): (
            len(events),
            f"{names[a]} to {names[b]}: {len(events)} × aid",
            f"/compare?a={_slug(a)}&b={_slug(b)}"
            if len(events) > 1
            else page_path(min(events), reader.published.base),
        )
        for (a, b), events in given.items()
    }
    givers = sorted(
        {(page_path(a, reader.published.base), names[a]) for a, _ in given}, key=lambda one: one[1]
    )
    takers = sorted(
        {(page_path(b, reader.published.base), names[b]) for _, b in given}, key=lambda one: one[1]
    )
    return pictures(
        ("matrix", "From whom (rows) to whom (columns)", "grid", grid(givers[:MOST], takers[:MOST], cells)),
        ("years", "Given in each year", "bars", bars(list(by_year(rows, "aid")))),
    )
