"""Candidates, suggestions and values as the two versions write them in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.search import THING, Entry
from kg.web.reading import Reader
from kg.web.reconcile.extending import Fetched
from kg.web.reconcile.identifiers import entity_id, term_id
from kg.web.reconcile.matching import Candidate

Json = dict[str, Any]


def types(reader: Reader, entry: Entry) -> list[Json]:
    """The classes of an entry, its own first."""
    return [class_of(reader, kind) for kind in entry.kinds if kind != THING]


def class_of(reader: Reader, iri: str) -> Json:
    """A class with its name."""
    return {"id": term_id(iri, reader.published.base), "name": reader.label(iri)}


def candidate(reader: Reader, one: Candidate, *, named: bool) -> Json:
    """A reconciliation candidate; features have a name of their own from 1.0 on."""
    features = {"prominence": round(100 * one.entry.prominence, 1), **one.features}
    return {
        "id": entity_id(one.entry.iri, reader.published.base),
        "name": one.entry.label,
        "description": one.entry.note,
        "score": one.score,
        "match": one.match,
        "type": types(reader, one.entry),
        "features": [
            {
                "id": key.replace(" ", "-"),
                "value": value,
                **({"name": FEATURES.get(key, key)} if named else {}),
            }
            for key, value in features.items()
        ],
    }


FEATURES = {
    "name": "likeness of the name",
    "prominence": "how much is told of it, or how many live there",
    "type": "whether it is of a type asked for",
}


def extension_02(meta: Sequence[Json], rows: Iterable[Fetched]) -> Json:
    """A data extension response of version 0.2: rows and values by keys."""
    told: Json = {}
    for one in rows:
        told.setdefault(one.id, {})[one.property] = [_value(v, bare=True) for v in one.values] or [{}]
    return {"meta": list(meta), "rows": told}


def extension_10(meta: Sequence[Json], rows: Iterable[Fetched]) -> Json:
    """A data extension response of version 1.0-draft: arrays of rows and of values."""
    told: dict[str, list[Json]] = {}
    for one in rows:
        values = [_value(v, bare=False) for v in one.values] or [{}]
        told.setdefault(one.id, []).append({"id": one.property, "values": values})
    return {"meta": list(meta), "rows": [{"id": key, "properties": values} for key, values in told.items()]}


def _value(value: Mapping[str, Any], *, bare: bool) -> Json:
    """A value; its language is told from 1.0 on."""
    return {key: told for key, told in value.items() if not (bare and key == "lang")}
