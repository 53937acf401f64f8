"""Things, classes and properties whose names begin with a text, and the small cards shown beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.search import THING, Entry
from kg.web.reading import Reader, value_of
from kg.web.reconcile.answers import class_of, types
from kg.web.reconcile.identifiers import OTHERS, entity_id, term_id, term_iri
from kg.web.reconcile.matching import identified

OWL = "http://www.w3.org/2002/07/owl#"


def entities(reader: Reader, prefix: str, start: int, limit: int) -> list[dict[str, Any]]:
    """Things by the beginnings of their names, or by an identifier."""
    exact = identified(reader, prefix)
    hits = reader.index.complete(prefix, [THING], start + limit)
    found = dict.fromkeys([*(e.iri for e in exact), *(h.iri for h in hits)])
    return [_entity(reader, reader.index[iri]) for iri in list(found)[start : start + limit]]


def _entity(reader: Reader, entry: Entry) -> dict[str, Any]:
    return {
        "id": entity_id(entry.iri, reader.published.base),
        "name": entry.label,
        "description": entry.note,
        "notable": types(reader, entry),
    }


def classes(reader: Reader, prefix: str, start: int, limit: int) -> list[dict[str, Any]]:
    """Classes by the beginnings of their names; all of them for an empty text."""
    base = reader.published.base
    things = {kind for entry in reader.index.entries if THING in entry.kinds for kind in entry.kinds}
    told = [
        {
            **class_of(reader, iri),
            "description": comment,
            **({"broader": [class_of(reader, above)]} if above else {}),
        }
        for iri, kind, comment, above in _terms(reader)
        if kind == f"{OWL}Class" and iri in things
    ]
    return _beginning(told, prefix, base)[start : start + limit]


def properties(reader: Reader, prefix: str, start: int, limit: int) -> list[dict[str, Any]]:
    """Properties by the beginnings of their names; all of them for an empty text."""
    base = reader.published.base
    told = [
        {"id": term_id(iri, base), "name": reader.label(iri), "description": comment}
        for iri, kind, comment, _ in _terms(reader)
        if kind != f"{OWL}Class"
    ]
    told += [{"id": term_id(iri, base), "name": name, "description": iri} for iri, name in OTHERS.items()]
    return _beginning(told, prefix, base)[start : start + limit]


def _terms(reader: Reader) -> Iterator[tuple[str, str, str, str]]:
    """The terms of the ontology, each once: IRI, kind, comment, the class above."""
    seen: set[str] = set()
    for row in reader.rows("terms"):
        iri = value_of(row["term"])
        if iri not in seen:
            seen.add(iri)
            yield iri, value_of(row["kind"]), value_of(row["comment"]), value_of(row["above"])


def _beginning(told: Sequence[dict[str, Any]], prefix: str, base: str) -> list[dict[str, Any]]:
    """Those whose identifier or a word of whose name begins with the text; whole beginnings first."""
    asked = term_id(term_iri(prefix.strip(), base), base).casefold() if prefix.strip() else ""
    plain = prefix.strip().casefold()

    def place(one: dict[str, Any]) -> int:
        name, own = str(one["name"]).casefold(), str(one["id"]).casefold()
        starts = [
            asked in (own, name),
            own.startswith(asked) or name.startswith(plain),
            f" {plain}" in f" {name}",
        ]
        return starts.index(True) if True in starts else len(starts)

    return sorted(
        (one for one in told if place(one) < 3), key=lambda one: (place(one), one["name"], one["id"])
    )


def described(reader: Reader, kind: str, identifier: str) -> tuple[str, str] | None:
    """The name and a line about a thing, a class or a property, by its identifier; None where it is not known."""
    if kind == "entity":
        entry = next(iter(identified(reader, identifier)), None)
        return (entry.label, entry.note) if entry else None
    iri = term_iri(identifier, reader.published.base)
    if iri in OTHERS:
        return OTHERS[iri], iri
    found = {one: comment for one, _, comment, _ in _terms(reader)}
    return (reader.label(iri), found[iri]) if iri in found else None
