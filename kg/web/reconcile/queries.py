"""Reconciliation queries of both versions, read into one form; raises Problem 400 for what is no query.

0.2: section 'Structure of a Reconciliation Query'; 1.0-draft: the section of that name, with conditions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.web.problems import Problem

USUAL, LARGEST = 10, 100  # candidates for a query
BATCH = 500  # queries in a batch; more are refused with 413


@dataclass(frozen=True, slots=True)
class Hint:
    """What a candidate should have as values of a property; `quantifier` is any, all or none of them."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a name or an identifier or neither, classes, and hints."""

    name: str = ""
    id: str = ""
    types: tuple[str, ...] = ()
    strict: str = "any"  # whether any or all of the types have to be there, or only should
    hints: tuple[Hint, ...] = ()
    limit: int = USUAL


def read_json(text: str | bytes) -> Any:
    """The JSON of a request."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"this is no JSON: {error}") from error


def batch_02(given: Any) -> dict[str, Query]:
    """A batch of version 0.2: queries by keys."""
    if not isinstance(given, dict):
        raise Problem(400, "queries has to be an object of queries, each under a key")
    _check_size(given)
    return {key: _query_02(key, one) for key, one in given.items()}


def batch_10(given: Any) -> list[Query]:
    """A batch of version 1.0-draft: an array of queries under `queries`."""
    if not isinstance(given, dict) or not isinstance(given.get("queries"), list):
        raise Problem(400, "the body has to be an object with an array of queries in 'queries'")
    _check_size(given["queries"])
    return [_query_10(number, one) for number, one in enumerate(given["queries"])]


def _query_02(key: str, given: Any) -> Query:
    _check_fields(f"query {key!r}", given, {"query", "type", "limit", "properties", "type_strict"})
    hints = given.get("properties", [])
    if not isinstance(hints, list) or not all(
        isinstance(h, dict) and isinstance(h.get("pid"), str) and "v" in h for h in hints
    ):
        raise Problem(
            400, f"query {key!r}: properties has to be an array of objects with 'pid', a string, and 'v'"
        )
    if not isinstance(given.get("query"), str) and not hints:
        raise Problem(400, f"query {key!r}: needs 'query', a string, or 'properties'")
    strict = given.get("type_strict", "any")
    if strict not in {"any", "should", "all"}:
        raise Problem(400, f"query {key!r}: type_strict is any, should or all")
    return Query(
        name=given.get("query", ""),
        types=tuple(_texts(key, given.get("type", []))),
        strict=strict,
        hints=tuple(Hint(str(h["pid"]), tuple(_texts(key, h["v"]))) for h in hints),
        limit=_limit(key, given),
    )


def _query_10(number: int, given: Any) -> Query:
    key = str(number)
    _check_fields(f"query {key}", given, {"conditions", "type", "limit", "lang", "dir"})
    conditions = given.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        raise Problem(400, f"query {key}: needs an array of conditions, at least one")
    if not isinstance(given.get("type", ""), str):
        raise Problem(400, f"query {key}: type has to be one identifier")
    for condition in conditions:
        _check_condition(key, condition)
    by_type: dict[str, str] = {
        c["matchType"]: next(iter(_texts(key, c["propertyValue"])), "")
        for c in reversed(conditions)
        if c["matchType"] != "property"
    }
    return Query(
        name=by_type.get("name", ""),
        id=by_type.get("id", ""),
        types=(given["type"],) if given.get("type") else (),
        hints=tuple(
            Hint(
                c["propertyId"],
                tuple(_texts(key, c["propertyValue"])),
                required=bool(c.get("required", False)),
                quantifier=c.get("matchQuantifier", "any"),
            )
            for c in conditions
            if c["matchType"] == "property"
        ),
        limit=_limit(key, given),
    )


def _check_condition(key: str, condition: Any) -> None:
    told = condition if isinstance(condition, dict) else {}
    if told.get("matchType") not in {"name", "id", "property"} or "propertyValue" not in told:
        raise Problem(
            400, f"query {key}: a condition has matchType name, id or property, and a propertyValue"
        )
    if told["matchType"] == "property" and not isinstance(told.get("propertyId"), str):
        raise Problem(400, f"query {key}: a condition on a property names it in propertyId")
    if told.get("matchQuantifier", "any") not in {"any", "all", "none"}:
        raise Problem(400, f"query {key}: matchQuantifier is any, all or none")


def _check_fields(which: str, given: Any, known: set[str]) -> None:
    if not isinstance(given, dict):
        raise Problem(400, f"{which} has to be an object")
    unknown = sorted(given.keys() - known)
    if unknown:
        raise Problem(400, f"{which} has {', '.join(unknown)}; a query has {', '.join(sorted(known))}")


def _check_size(batch: Sequence[Any] | Mapping[str, Any]) -> None:
    if len(batch) > BATCH:
        raise Problem(413, f"{len(batch)} queries in a batch; at most {BATCH} are answered at once")


def _limit(key: str, given: Mapping[str, Any]) -> int:
    limit = given.get("limit", USUAL)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise Problem(400, f"query {key}: limit has to be a number above 0")
    return int(min(limit, LARGEST))


def _texts(key: str, given: Any) -> Iterable[str]:
    """Values, one or several: strings, numbers, truth values, or things by their identifiers."""
    for value in given if isinstance(given, list) else [given]:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            yield value["id"]
        elif isinstance(value, bool):
            yield str(value).lower()
        elif isinstance(value, str | int | float):
            yield str(value)
        else:
            raise Problem(
                400, f"query {key}: a value is a string, a number, a truth value or an object with 'id'"
            )
