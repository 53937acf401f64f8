"""What the pages show, worked out of statements: values ready for a template, and no markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import Any
from urllib.parse import quote_plus

import pyoxigraph as ox

from kg.store import AnyTerm
from kg.terms import PREFIXES
from kg.web.claims import Named, claims_of
from kg.web.happenings import Happening, happenings, sorted_out
from kg.web.names import compact, local_path
from kg.web.reading import Reader, Statement, value_of
from kg.web.surroundings import dates, places, relations

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
OTHER_NAME = PREFIXES["skos"] + "altLabel"
ASKED = 4096  # terms whose form in an address is remembered
LISTED = 60  # triples on a page
DOCUMENTS = 60  # the latest documents that a page about a thing tells from


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
class Written:
    """A term of a triple as it is written, and its IRI if it has one."""

    text: str
    iri: str | None = None


def thing_view(
    reader: Reader, iri: str, page: int, outgoing: Iterable[Statement], incoming: Iterable[Statement]
) -> dict[str, Any]:
    """Everything that a page about a thing shows, of which it lists these statements."""
    return {
        "iri": iri,
        "data": (local_path(iri, reader.published.base) or "").replace("/id/", "/data/", 1),
        "reader": reader,
        "label": reader.label(iri),
        "types": kinds(reader, reader.said(iri, RDF_TYPE)),
        "same": sorted({value_of(s.value) for s in reader.said(iri, SAME_AS)}),
        "names": sorted({value_of(s.value) for s in reader.said(iri, OTHER_NAME)}),
        "facts": grouped(reader, [s for s in outgoing if s.property not in {RDF_TYPE, SAME_AS}], "value"),
        "mentions": grouped(reader, incoming, "subject"),
        "page": page,
        **(story(reader, iri) if page == 1 else {}),
    }


def story(reader: Reader, iri: str) -> dict[str, Any]:
    """What documents tell of a thing, in sentences and pictures; of an event or a claim, how it is told."""
    claims = claims_of(reader)
    kind = iri.rsplit("/", 2)[-2]
    label = partial(class_label, reader)
    if kind in {"event", "claim"}:
        found = happenings(claims.of_event(iri), label)
        me = Named(iri, str(found[0].sentence) if found else reader.label(iri))
        about: dict[str, Any] = {"one": found[0] if found else None, "told": None}
        about["why"] = _why_fact(reader, found[0]) if found else None
    else:
        found, me = happenings(claims.of_thing(iri, DOCUMENTS), label), claims.named(iri)
        about = {"one": None, "told": sorted_out(found)}
    return {
        **about,
        "title": me.name,
        "relations": grouped(reader, reader.relations(iri), "value"),
        "timeline": dates(found) if len(found) > 1 else None,
        "network": relations(reader, me, found),
        "atlas": places(reader, me, found),
    }


def _why_fact(reader: Reader, one: Happening) -> str:
    """The address of the page that tells why an event is what it is said to be."""
    class_ = ox.NamedNode(f"{reader.published.base}ontology#{one.type}")
    return explained_at(Statement("", ox.NamedNode(one.iri), RDF_TYPE, class_))


def shown_as_told(reader: Reader, term: AnyTerm) -> Shown:
    """A term with the words that stand for it; an event or a claim in the sentence that tells it."""
    iri = value_of(term)
    own = f"{reader.published.base}id/"
    if iri.startswith((f"{own}event/", f"{own}claim/")):
        found = happenings(claims_of(reader).of_event(iri), partial(class_label, reader))
        if found:
            return Shown(str(found[0].sentence), iri)
    return shown(reader, term)


def class_label(reader: Reader, name: str) -> str:
    """What a class of ours is called, by its local name."""
    return reader.label(f"{reader.published.base}ontology#{name}")


def kinds(reader: Reader, statements: Iterable[Statement]) -> list[Shown]:
    """The classes of this data set's ontology that a thing belongs to, those that are stated first."""
    of_ours = [
        shown(reader, s.value, s)
        for s in statements
        if s.property == RDF_TYPE and value_of(s.value).startswith(reader.published.base)
    ]
    return sorted(dict.fromkeys(of_ours), key=lambda kind: (kind.why is not None, kind.text))


def _inferred(statement: Statement) -> bool:
    return statement.graph.endswith("/graph/inferred")


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
    why = explained_at(statement) if statement and _inferred(statement) else None
    if isinstance(term, ox.NamedNode):
        return Shown(reader.label(term.value), term.value, why=why)
    if isinstance(term, ox.Literal):
        return Shown(term.value, language=term.language, why=why)
    return Shown(str(term), why=why)


def explained_at(statement: Statement) -> str:
    """The address of the page that tells why a statement holds."""
    terms = (statement.subject, ox.NamedNode(statement.property), statement.value)
    return "/why?" + "&".join(f"{name}={_asked(str(term))}" for name, term in zip("spo", terms, strict=True))


@lru_cache(ASKED)
def _asked(term: str) -> str:
    """A term as it stands in the query of an address; those of a page are mostly the same few."""
    return quote_plus(term)


def triples_on(reader: Reader, graph: str, page: int) -> list[tuple[Written, Written, Written]]:
    """A page of the triples in a graph, in the engine's order: those of one subject stand together."""
    start = (page - 1) * LISTED
    base = reader.published.base
    return [
        (_written(t.subject, base), _written(t.predicate, base), _written(t.object, base))
        for t in islice(reader.published.store.triples(graph), start, start + LISTED)
    ]


def _written(term: object, base: str) -> Written:
    """A term in the shortest form of Turtle, relative to the base."""
    if not isinstance(term, ox.NamedNode):
        return Written(str(term))
    name = compact(term.value)
    return Written(name if name != term.value else f"<{term.value.removeprefix(base)}>", term.value)
