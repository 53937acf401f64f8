"""What the pages show, worked out of statements: values ready for a template, and no markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.store import AnyTerm
from kg.web.names import local_path
from kg.web.reading import Reader, Row, Statement, value_of

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A term as a page shows it: its words, where they link to, and, where its statement is inferred, where
    the page stands that tells why.
    """

    text: str
    iri: str | None = None
    language: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a document that tell of an event, and how they hold."""

    text: str
    document: str
    title: str
    stretch: str
    modality: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a page tells it: what it was, who filled which role, when, and who says so."""

    iri: str
    type: str
    when: str
    roles: Sequence[tuple[str, Sequence[Shown]]]
    quotes: Sequence[Quote]


def thing_view(reader: Reader, iri: str, page: int, most: int) -> dict[str, Any]:
    """Everything that the page about a thing shows; long lists of statements are cut into pages."""
    start = (page - 1) * most
    outgoing, incoming = reader.outgoing(iri, start, most), reader.incoming(iri, start, most)
    return {
        "iri": iri,
        "data": (local_path(iri, reader.published.base) or "").replace("/id/", "/data/", 1),
        "reader": reader,
        "label": reader.label(iri),
        "types": kinds(reader, outgoing),
        "same": sorted({value_of(s.value) for s in outgoing if s.property == SAME_AS}),
        "facts": grouped(reader, [s for s in outgoing if s.property not in {RDF_TYPE, SAME_AS}], "value"),
        "mentions": grouped(reader, incoming, "subject"),
        "events": events(reader, iri) if page == 1 else [],
        "quotes": quotes(reader, iri),
        "page": page,
        "more": max(len(outgoing), len(incoming)) == most,
    }


def kinds(reader: Reader, statements: Iterable[Statement]) -> list[Shown]:
    """The classes of this data set's ontology that a thing belongs to, those that are stated first."""
    of_ours = [
        shown(reader, s.value, s)
        for s in statements
        if s.property == RDF_TYPE and value_of(s.value).startswith(reader.published.base)
    ]
    return sorted(dict.fromkeys(of_ours), key=lambda kind: (kind.why is not None, kind.text))


def grouped(reader: Reader, statements: Iterable[Statement], end: str) -> list[tuple[Shown, list[Shown]]]:
    """Statements by their property, in the order of the properties' names; each value once."""
    found: dict[str, dict[AnyTerm, Shown]] = defaultdict(dict)
    for statement in statements:
        term = getattr(statement, end)
        found[statement.property].setdefault(term, shown(reader, term, statement))
    listed = [
        (shown(reader, ox.NamedNode(p)), sorted(values.values(), key=lambda v: v.text))
        for p, values in found.items()
    ]
    return sorted(listed, key=lambda entry: entry[0].text)


def shown(reader: Reader, term: AnyTerm, statement: Statement | None = None) -> Shown:
    """A term with the words that stand for it; `statement` is the one that it is shown for."""
    why = explained_at(statement) if statement and statement.graph.endswith("/graph/inferred") else None
    if isinstance(term, ox.NamedNode):
        return Shown(reader.label(term.value), term.value, why=why)
    if isinstance(term, ox.Literal):
        return Shown(term.value, language=term.language, why=why)
    return Shown(str(term), why=why)


def explained_at(statement: Statement) -> str:
    """The address of the page that tells why a statement holds."""
    terms = (statement.subject, ox.NamedNode(statement.property), statement.value)
    return f"/why?{urlencode(dict(zip('spo', map(str, terms), strict=True)))}"


def events(reader: Reader, iri: str) -> list[EventView]:
    """The events that a thing has a role in, the latest first."""
    found: dict[str, Row] = {}
    for row in reader.rows("events", thing=iri):
        found.setdefault(value_of(row["event"]), row)
    latest = sorted(found.items(), key=lambda item: (value_of(item[1]["start"]), item[0]), reverse=True)
    return [event(reader, one, row) for one, row in latest[:MOST_EVENTS]]


def event(reader: Reader, iri: str, row: Row) -> EventView:
    """One event of the facts."""
    facts = [s for s in reader.outgoing(iri) if s.graph.endswith("/graph/facts")]
    roles: dict[str, dict[AnyTerm, Shown]] = defaultdict(dict)
    for statement in facts:
        local = reader.short(statement.property)
        if isinstance(statement.value, ox.NamedNode) and local not in {"type", "supportedBy", "engages"}:
            roles[reader.label(statement.property)].setdefault(
                statement.value, shown(reader, statement.value)
            )
    return EventView(
        iri=iri,
        type=reader.label(value_of(row["type"])),
        when=value_of(row["start"]),
        roles=[(role, list(fillers.values())) for role, fillers in sorted(roles.items())],
        quotes=quotes(reader, iri),
    )


def quotes(reader: Reader, event_iri: str) -> list[Quote]:
    """The words that tell of an event, in the order of documents and text."""
    return [quote(reader, row) for row in reader.rows("quotes", event=event_iri)]


def quote(reader: Reader, row: Row) -> Quote:
    """One stretch of a document."""
    document = value_of(row["document"])
    return Quote(
        text=value_of(row["exact"]),
        document=document,
        title=reader.label(document),
        stretch=f"{document}#char={value_of(row['start'])},{value_of(row['end'])}",
        modality=reader.short(value_of(row["modality"])),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document's text, the stretches that begin there, and the modality of what covers it."""

    text: str
    anchors: Sequence[str] = ()
    modality: str | None = None


def marked(text: str, claims: Iterable[Mapping[str, Any]]) -> Iterator[Piece]:
    """The text cut where claims begin and end; of stretches that overlap, the narrowest tells how it holds."""
    spans = [
        (c["start"], c["end"], c["modality"]) for c in claims if 0 <= c["start"] <= c["end"] <= len(text)
    ]
    edges = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    for start, end in pairwise(edges):
        covering = sorted((e - s, modality) for s, e, modality in spans if s <= start and end <= e)
        anchors = dict.fromkeys(f"char={s},{e}" for s, e, _ in spans if s == start)
        yield Piece(text[start:end], tuple(anchors), covering[0][1] if covering else None)
