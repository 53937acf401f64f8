"""What overviews show: for each, its words and how its rows are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.web.names import page_path
from kg.web.pictures import Picture, pictures
from kg.web.pictures.bars import Counted, bars
from kg.web.pictures.timeline import Dated, timeline
from kg.web.reading import Reader
from kg.web.telling import day, money
from kg.web.ties import Rows, aid, by_year, cooperation

Table = tuple[Mapping[str, str], ...]


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
    if column == "date":
        return day(text) if text else "undated"
    if column == "amount" and text:
        return money(Decimal(text), row.get("currency", ""))
    return f"{text} %" if column == "share" and text else text


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
            page_path(row["event"], reader.published.base),
        )
        for row in rows
        for side in row[lanes].split(" · ")
        if side in named and row["date"]
    ]
    return timeline(dated, named)


def _agreements(reader: Reader, rows: Rows) -> list[Picture]:
    return pictures(
        ("timeline", "By those who signed the most", "timeline", _dated(reader, rows, "parties", "name")),
        ("years", "Signed in each year", "bars", bars(list(by_year(rows, "signed")))),
    )


def _meetings(reader: Reader, rows: Rows) -> list[Picture]:
    return pictures(
        ("timeline", "By those who met the most", "timeline", _dated(reader, rows, "sides", "sides")),
        ("years", "Held in each year", "bars", bars(list(by_year(rows, "meetings")))),
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
    return pictures(("shares", "Shares of gross domestic product", "bars", bars(shares)), *sums)


def _bar(reader: Reader, row: Mapping[str, str], value: float, figure: str) -> Counted:
    name = " ".join(part for part in (row["name"], row["year"]) if part)
    title = f"{name}: {figure}, {row['kind']}"
    shown = figure if row["kind"] == "actual" else f"{figure}, {row['kind']}"
    return Counted(name, page_path(row["claim"], reader.published.base), shown, {row["kind"]: (value, title)})


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
        cooperation,
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
        aid,
    ),
}
