"""Values of things, for columns beside the reconciled one ('Data Extension Service' of both versions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.store import AnyTerm
from kg.terms import PREFIXES
from kg.web.problems import Problem
from kg.web.reading import Reader, value_of
from kg.web.reconcile.identifiers import entity_id, entity_iri, property_name, term_id, term_iri

_XSD = PREFIXES["xsd"]
MOST = 2000  # things in one request


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property asked for, and how many of its values at most; 0 is all."""

    id: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """The values of one property of one thing, as JSON objects."""

    id: str
    property: str
    values: Sequence[Mapping[str, Any]]


def read_request(given: Any) -> tuple[list[str], list[Wanted]]:
    """The things and properties of a data extension query; raises Problem."""
    ids = given.get("ids") if isinstance(given, dict) else None
    properties = given.get("properties") if isinstance(given, dict) else None
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise Problem(400, "a data extension query has arrays of 'ids' and of 'properties'")
    if len(ids) > MOST:
        raise Problem(413, f"{len(ids)} things; at most {MOST} are told of at once")
    return [str(one) for one in ids], [_wanted(one) for one in properties]


def _wanted(given: Any) -> Wanted:
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        raise Problem(400, "a property of a data extension query is an object with an 'id'")
    settings = given.get("settings") or {}
    limit = str(settings.get("limit") or 0) if isinstance(settings, dict) else "?"
    if not (limit.isascii() and limit.isdigit()):
        raise Problem(400, f"property {given['id']}: limit is a whole number, 0 for all")
    return Wanted(given["id"], int(limit))


def meta(reader: Reader, wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
    """What the properties asked for are called."""
    base = reader.published.base
    return [{"id": one.id, "name": property_name(reader, term_iri(one.id, base))} for one in wanted]


def fetched(reader: Reader, ids: Sequence[str], wanted: Sequence[Wanted]) -> Iterator[Fetched]:
    """The values of the properties of the things, in the order asked for; none for what is not known."""
    base = reader.published.base
    for one in ids:
        found: dict[str, dict[AnyTerm, None]] = {}
        for statement in reader.outgoing(entity_iri(one, base)):
            found.setdefault(statement.property, {})[statement.value] = None
        for property_ in wanted:
            terms = sorted(found.get(term_iri(property_.id, base), ()), key=lambda t: (value_of(t), str(t)))
            yield Fetched(one, property_.id, [as_json(reader, t) for t in terms[: property_.limit or None]])


def as_json(reader: Reader, term: AnyTerm) -> dict[str, Any]:
    """A term as a property value: a thing of ours with its name, a number, a date, or a text."""
    if isinstance(term, ox.NamedNode):
        own = term.value.startswith(f"{reader.published.base}id/")
        return (
            {"id": entity_id(term.value, reader.published.base), "name": reader.label(term.value)}
            if own
            else {"str": _shown(reader, term.value)}
        )
    if not isinstance(term, ox.Literal):
        return {"str": str(term)}
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "integer":
        return {"int": int(term.value)}
    if kind in {"decimal", "double", "float"} and term.value not in {"INF", "-INF", "NaN"}:
        return {"float": float(term.value)}
    if kind == "date" and len(term.value) == 10:
        return {"date": f"{term.value}T00:00:00Z"}  # RFC 3339 wants a zone, and so does OpenRefine
    return {"str": term.value, **({"lang": term.language} if term.language else {})}


def _shown(reader: Reader, iri: str) -> str:
    """A class by its identifier here, anything else by its IRI."""
    own = f"{reader.published.base}ontology#"
    return term_id(iri, reader.published.base) if iri.startswith(own) else iri


def proposed(reader: Reader, kind: str, limit: int) -> list[dict[str, str]]:
    """The properties that things of a class have, of any where none is given; those of the most things first."""
    base = reader.published.base
    named = {"kind": term_iri(kind, base)} if kind else {}
    rows = reader.rows("properties", **named)
    found = dict.fromkeys(
        value_of(row["property"]) for row in rows if value_of(row["kind"]) in reader.classes
    )
    return [{"id": term_id(iri, base), "name": property_name(reader, iri)} for iri in list(found)[:limit]]
