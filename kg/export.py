"""The flat export: one record for each fact that a document tells, as JSON Lines or CSV.

A record has the keys document, type, modality, roles, time, values, attributed_to, reported_by and quote.
A filler has a label, other labels under `alt`, and under `same_as` its IRIs in other data sets.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.model import Claim, Entity, Filler, Time, Values

Record = Mapping[str, Any]

COLUMNS = ("document", "type", "modality", "roles", "start", "end", "amount", "currency", "quantity")
MORE_COLUMNS = ("share_of_gdp", "attributed_to", "reported_by", "quote_start", "quote_end", "quote")


def record(claim: Claim) -> Record:
    """The record of a claim."""
    span = claim.evidence.span
    return {
        "document": claim.document,
        "type": claim.type,
        "modality": str(claim.modality),
        "roles": {role: [filler(f.entity) for f in fillers] for role, fillers in claim.roles},
        "time": _time(claim.time),
        "values": _values(claim.values),
        "attributed_to": _entities(claim.attributed_to),
        "reported_by": _entities(claim.reported_by),
        "quote": {"start": span.start, "end": span.end, "exact": claim.evidence.exact},
    }


def filler(entity: Entity) -> Mapping[str, Any]:
    """A thing as records name it; empty lists are left out."""
    told = {"label": entity.label, "alt": sorted(entity.alt), "same_as": sorted(entity.same_as)}
    return {key: value for key, value in told.items() if value}


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Each record as one line of JSON."""
    for one in records:
        yield json.dumps(one, ensure_ascii=False)


def csv_lines(records: Iterable[Record]) -> Iterator[str]:
    """A header and each record as lines of CSV (RFC 4180, lines ending in LF).

    Names in one cell are separated by '; ', roles as 'role: name; name | role: name'.
    """
    yield _row((*COLUMNS, *MORE_COLUMNS))
    for one in records:
        time, values, quote = one["time"], one["values"], one["quote"]
        roles = " | ".join(f"{role}: {_names(fillers)}" for role, fillers in one["roles"].items())
        yield _row(
            (
                *(one["document"], one["type"], one["modality"], roles, time.get("start"), time.get("end")),
                *(values.get(name) for name in ("amount", "currency", "quantity", "share_of_gdp")),
                *(_names(one["attributed_to"]), _names(one["reported_by"])),
                *(quote["start"], quote["end"], quote["exact"]),
            )
        )


def _entities(fillers: Iterable[Filler]) -> list[Mapping[str, Any]]:
    return [filler(f.entity) for f in fillers]


def _time(time: Time) -> Mapping[str, str]:
    return {name: value for name in ("start", "end") if (value := getattr(time, name)) is not None}


def _values(values: Values) -> Mapping[str, float | str]:
    names = ("amount", "currency", "quantity", "share_of_gdp")
    return {name: plain(value) for name in names if (value := getattr(values, name)) is not None}


def plain(value: float | str) -> float | str:
    """A number without a needless fraction: 2 for 2.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _names(fillers: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(f["label"] for f in fillers)


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(["" if cell is None else cell for cell in cells])
    return line.getvalue()
