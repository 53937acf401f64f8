"""Answers of queries as pictures: a chart, a timeline, a map or a network, where their columns allow it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.web.claims import Named
from kg.web.names import link
from kg.web.pictures import Picture
from kg.web.pictures.atlas import Placed, Shaded, atlas
from kg.web.pictures.bars import Counted, bars
from kg.web.pictures.network import Neighbour, circle
from kg.web.pictures.timeline import Dated, timeline
from kg.web.reading import Reader
from kg.web.surroundings import where

Row = Mapping[str, Mapping[str, str]]  # as SPARQL 1.1 Query Results JSON has it
MOST = 40
NUMBER = re.compile(r"#(integer|decimal|double|float|int|long|nonNegativeInteger)$")
DATE = re.compile(r"#(date|dateTime|gYear|gYearMonth)$")


class Answered:
    """Rows of an answer, and what can be drawn of them."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Row], reader: Reader | None, base: str) -> None:
        self._columns, self._rows, self._reader, self._base = columns, rows, reader, base

    def pictures(self) -> dict[str, Picture]:
        """What can be drawn, by the name of the view."""
        ways: Mapping[str, tuple[str, Callable[[], Any]]] = {
            "chart": ("bars", self._chart),
            "timeline": ("timeline", self._timeline),
            "map": ("atlas", self._map),
            "graph": ("network", self._graph),
        }
        drawn = {name: (template, draw()) for name, (template, draw) in ways.items()}
        return {
            n: Picture(n, f"The answer as a {n}", t, picture) for n, (t, picture) in drawn.items() if picture
        }

    def _chart(self) -> Any:
        number = self._first(lambda v: bool(NUMBER.search(v.get("datatype", ""))))
        if number is None or len(self._columns) < 2:
            return None
        return bars([
            Counted(self._name(row, number), self._leads(row), row[number]["value"],
                    {"actual": (float(row[number]["value"]), f"{self._name(row, number)}: {row[number]['value']}")})
            for row in self._rows[:MOST] if number in row and float(row[number]["value"]) >= 0
        ])  # fmt: skip

    def _timeline(self) -> Any:
        date = self._first(lambda v: bool(DATE.search(v.get("datatype", ""))))
        if date is None:
            return None
        dated = [(row, row[date]["value"][:10]) for row in self._rows if date in row]
        titles = [(row, at, f"{at}: {self._name(row, date)}") for row, at in dated]
        return timeline([Dated(at, "", "actual", title, self._leads(row)) for row, at, title in titles], [""])

    def _map(self) -> Any:
        if self._reader is None:
            return None
        shaded: list[tuple[str, str, int]] = []
        placed = []
        own = f"{self._base}id/"
        iris = Counter(v["value"] for row in self._rows for v in row.values() if v["value"].startswith(own))
        for iri, count in iris.items():
            at = where(self._reader, iri)
            if at.latitude is not None and at.longitude is not None:
                placed.append(Placed(at.latitude, at.longitude, self._label(iri), self._link(iri)))
            elif at.code:
                shaded.append((iri, at.code, count))
        most = max((count for *_, count in shaded), default=1)
        countries = [
            Shaded(code, f"level{max(1, round(5 * count / most))}", self._label(iri), self._link(iri))
            for iri, code, count in shaded
        ]
        return atlas(countries, placed)

    def _graph(self) -> Any:
        """The first and the last column that hold things, joined where they stand in one row."""
        things = [c for c in self._columns if any(row.get(c, {}).get("type") == "uri" for row in self._rows)]
        if len(things) < 2:
            return None
        ends = [[row.get(c, {}) for c in (things[0], things[-1])] for row in self._rows]
        pairs = Counter((a["value"], b["value"]) for a, b in ends if a.get("type") == b.get("type") == "uri")
        weight = Counter(iri for pair in pairs.elements() for iri in pair)
        first = sorted(weight.most_common(MOST), key=lambda item: self._label(item[0]))
        ring = [
            Neighbour(self._label(i), self._link(i), Named(i, "").kind, n, self._label(i)) for i, n in first
        ]
        joined = [
            (self._link(a), self._link(b), n, f"{self._label(a)} and {self._label(b)}")
            for (a, b), n in pairs.items()
        ]
        return circle(ring, joined)

    def _first(self, fits: Callable[[Mapping[str, str]], bool]) -> str | None:
        """The first column whose values fit."""
        for column in self._columns:
            values = [row[column] for row in self._rows if column in row]
            if values and all(fits(value) for value in values):
                return column
        return None

    def _name(self, row: Row, other: str) -> str:
        """What a row is called: its first text, else its first thing."""
        rest = [row[c] for c in self._columns if c in row and c != other]
        texts = [v["value"] for v in rest if v["type"] == "literal"] or [
            self._label(v["value"]) for v in rest
        ]
        return (texts or [""])[0][:60]

    def _leads(self, row: Row) -> str:
        """Where a row leads: to its first thing."""
        iris = [row[c]["value"] for c in self._columns if row.get(c, {}).get("type") == "uri"]
        return self._link(iris[0]) if iris else ""

    def _link(self, iri: str) -> str:
        return link(iri, self._base) or ""

    def _label(self, iri: str) -> str:
        return (
            self._reader.label(iri) if self._reader else iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        )


def edges(turtle: str) -> tuple[list[str], list[Row]]:
    """The triples between things in a graph, as rows of two columns."""
    quads = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    pairs = ((q.subject, q.object) for q in quads)
    rows: list[Row] = [
        {name: {"type": "uri", "value": term.value} for name, term in (("from", a), ("to", b))}
        for a, b in pairs
        if isinstance(a, ox.NamedNode) and isinstance(b, ox.NamedNode)
    ]
    return ["from", "to"], rows
