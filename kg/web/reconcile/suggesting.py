"""Things, classes and properties whose names begin with a text, and the small cards shown beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.search import THING, Entry
from kg.terms import PREFIXES
from kg.web.reading import Reader
from kg.web.reconcile.answers import class_of, types
from kg.web.reconcile.identifiers import OTHERS, entity_id, term_id, term_iri
from kg.web.reconcile.matching import identified
from kg.web.vocabulary import KINDS, vocabulary

CLASSES = KINDS[PREFIXES["owl"] + "Class"]


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
    told = [
        {
            **class_of(reader, one.iri),
            "description": one.definition,
            **({"broader": [class_of(reader, str(above.iri)) for above in one.above]} if one.above else {}),
        }
        for one in vocabulary(reader).by_kind.get(CLASSES, ())
        if one.iri in reader.classes
    ]
    return _beginning(told, prefix, base)[start : start + limit]


def properties(reader: Reader, prefix: str, start: int, limit: int) -> list[dict[str, Any]]:
    """Properties by the beginnings of their names; all of them for an empty text."""
    base = reader.published.base
    told = [
        {"id": term_id(one.iri, base), "name": one.label, "description": one.definition}
        for one in vocabulary(reader).terms.values()
        if one.kind.startswith("Properties")
    ]
    told += [{"id": term_id(iri, base), "name": name, "description": iri} for iri, name in OTHERS.items()]
    return _beginning(told, prefix, base)[start : start + limit]


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
    found = {one.iri: one for one in vocabulary(reader).terms.values()}
    return (found[iri].label, found[iri].definition) if iri in found else None
