"""What overviews show: for each, its words and how its rows are drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.web.names import local_path
from kg.web.pictures.bars import Counted, bars
from kg.web.pictures.grid import grid
from kg.web.pictures.network import Neighbour, circle
from kg.web.pictures.timeline import Dated, timeline
from kg.web.reading import Reader
from kg.web.telling import day, money

MOST = 24  # states and organisations in a picture: those with the most
Table = tuple[Mapping[str, str], ...]
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to show: its name in addresses, its heading, the template that writes it, and what it draws."""

    name: str
    heading: str
    template: str
    drawn: Any


@dataclass(frozen=True, slots=True)
class Drawing:
    """An overview: what it is called and tells, its columns (heading, value, link), and its pictures."""

    title: str
    note: str
    columns: Sequence[tuple[str, str, str]]
    draw: Callable[[Reader, Rows], list[Picture]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a table and where it leads."""

    text: str
    iri: str = ""


def records(drawing: Drawing, rows: Rows) -> list[list[Value]]:
    """Rows as a table shows them."""
    return [
        [Value(_told(row, value), row.get(link, "")) for _, value, link in drawing.columns] for row in rows
    ]


def _told(row: Mapping[str, str], column: str) -> str:
    """A value in words: dates, sums and shares as they are read."""
    text = row.get(column, "")
    if column == "date" and text:
        return day(text)
    if column == "amount" and text:
        return money(Decimal(text), row.get("currency", ""))
    return f"{text} %" if column == "share" and text else text


def _page(reader: Reader, iri: str) -> str:
    return (local_path(iri, reader.published.base) or iri).replace("/id/", "/page/", 1)


def _slug(iri: str) -> str:
    return iri.split("/id/", 1)[-1]


def _pictures(*drawn: tuple[str, str, str, Any]) -> list[Picture]:
    """Those of the pictures that there is anything to see in."""
    return [Picture(*one) for one in drawn if one[-1] is not None]


def _cooperation(reader: Reader, rows: Rows) -> list[Picture]:
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
    links = {iri: _page(reader, iri) for iri in names}
    cells = {
        (links[a], links[b]): (len(events), told[pair], f"/compare?a={_slug(pair[0])}&b={_slug(pair[1])}")
        for pair, events in joined.items()
        for a, b in (pair, pair[::-1])
    }
    listed = [(links[iri], names[iri]) for iri in first]
    ring = [
        Neighbour(names[i], links[i], i.rsplit("/", 2)[-2], weight[i], f"{names[i]}: {weight[i]} ties")
        for i in first
    ]
    edges = [(links[a], links[b], len(events), told[a, b]) for (a, b), events in joined.items()]
    return _pictures(
        ("matrix", "Who with whom, and how often", "grid", grid(listed, listed, cells)),
        ("network", "The same as a network", "network", circle(ring, edges)),
    )


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common())


def _by_year(rows: Rows, what: str) -> Iterator[Counted]:
    """How many events there were in each year, the latest first."""
    events: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        events[row["year"] or "undated"].add(row["event"])
    for year, held in sorted(events.items(), key=lambda item: (item[0].isdigit(), item[0]), reverse=True):
        yield Counted(year, "", str(len(held)), {"actual": (len(held), f"{year}: {len(held)} {what}")})


def _dated(reader: Reader, rows: Rows, lanes: str, title: str) -> Any:
    """A timeline with one lane for each of those that have the most; `lanes` and `title` name columns."""
    count = Counter(side for row in rows for side in row[lanes].split(" · ") if side)
    named = [side for side, _ in count.most_common(10)]
    dated = [
        Dated(
            row["date"],
            side,
            "actual",
            f"{day(row['date'])}: {row[title] or row[lanes]}",
            _page(reader, row["event"]),
        )
        for row in rows
        for side in row[lanes].split(" · ")
        if side in named and row["date"]
    ]
    return timeline(dated, named)


def _agreements(reader: Reader, rows: Rows) -> list[Picture]:
    return _pictures(
        ("timeline", "By those who signed the most", "timeline", _dated(reader, rows, "parties", "name")),
        ("years", "Signed in each year", "bars", bars(list(_by_year(rows, "signed")))),
    )


def _meetings(reader: Reader, rows: Rows) -> list[Picture]:
    return _pictures(
        ("timeline", "By those who met the most", "timeline", _dated(reader, rows, "sides", "sides")),
        ("years", "Held in each year", "bars", bars(list(_by_year(rows, "meetings")))),
    )


def _spending(reader: Reader, rows: Rows) -> list[Picture]:
    shares = [
        _bar(reader, row, float(row["share"]), f"{row['share']} % of GDP") for row in rows if row["share"]
    ]
    currencies = sorted({row["currency"] for row in rows if row["amount"]})
    sums = [
        (f"sums-{c.lower()}", f"Sums in {c}", "bars", bars([
            _bar(reader, row, float(row["amount"]), money(Decimal(row["amount"]), c))
            for row in sorted(rows, key=lambda r: -float(r["amount"] or 0)) if row["amount"] and row["currency"] == c]))
        for c in currencies
    ]  # fmt: skip
    return _pictures(("shares", "Shares of gross domestic product", "bars", bars(shares)), *sums)


def _bar(reader: Reader, row: Mapping[str, str], value: float, figure: str) -> Counted:
    name = " ".join(part for part in (row["name"], row["year"]) if part)
    title = f"{name}: {figure}, {row['kind']}"
    shown = figure if row["kind"] == "actual" else f"{figure}, {row['kind']}"
    return Counted(name, _page(reader, row["claim"]), shown, {row["kind"]: (value, title)})


def _aid(reader: Reader, rows: Rows) -> list[Picture]:
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = {
        row[iri]: row[name] for row in rows for iri, name in (("provider", "nameA"), ("recipient", "nameB"))
    }
    for row in rows:
        if row["provider"] and row["recipient"]:
            given[row["provider"], row["recipient"]].add(row["event"])
    cells = {
        (_page(reader, a), _page(reader, b)): (
            len(events),
            f"{names[a]} to {names[b]}: {len(events)} × aid",
            f"/compare?a={_slug(a)}&b={_slug(b)}" if len(events) > 1 else _page(reader, min(events)),
        )
        for (a, b), events in given.items()
    }
    givers = sorted({(_page(reader, a), names[a]) for a, _ in given}, key=lambda one: one[1])
    takers = sorted({(_page(reader, b), names[b]) for _, b in given}, key=lambda one: one[1])
    return _pictures(
        ("matrix", "From whom (rows) to whom (columns)", "grid", grid(givers[:MOST], takers[:MOST], cells)),
        ("years", "Given in each year", "bars", bars(list(_by_year(rows, "aid")))),
    )


DRAWN: Mapping[str, Drawing] = {
    "cooperation": Drawing(
        "Who cooperates with whom",
        "States and organisations that took part in one event: talks, agreements, exercises, aid, joint "
        "development. What a body of a state does counts for the state.",
        (
            ("Who", "nameA", "a"),
            ("with whom", "nameB", "b"),
            ("Kind", "kind", "event"),
            ("Year", "year", ""),
        ),
        _cooperation,
    ),
    "agreements": Drawing(
        "Agreements",
        "Treaties, pacts, memoranda and contracts that were signed or entered into force.",
        (("When", "date", "event"), ("Agreement", "name", "agreement"), ("Parties", "parties", "")),
        _agreements,
    ),
    "meetings": Drawing(
        "Meetings over time",
        "Talks, summits and calls among states and organisations, or persons who act for them.",
        (("When", "date", "event"), ("Where", "place", ""), ("Who met", "sides", "")),
        _meetings,
    ),
    "spending": Drawing(
        "Defence spending",
        "By state and year, as documents tell it: sums in the currency that they are told in, and shares of gross "
        "domestic product. What is planned, expected or asked for is no fact, and marked so.",
        (
            ("Who", "name", "spender"),
            ("Year", "year", ""),
            ("Sum", "amount", ""),
            ("Share of GDP", "share", ""),
            ("How it holds", "kind", "claim"),
        ),
        _spending,
    ),
    "aid": Drawing(
        "Aid given and received",
        "Help in arms, money, training places or kind that is not said to be a sale.",
        (
            ("From", "nameA", "provider"),
            ("To", "nameB", "recipient"),
            ("What", "what", "event"),
            ("Sum", "amount", ""),
            ("Year", "year", ""),
        ),
        _aid,
    ),
}
