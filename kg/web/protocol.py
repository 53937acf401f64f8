"""SPARQL 1.1 Protocol, sections 2.1 and 2.2: what a request asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

import msgspec
import pyoxigraph as ox
from werkzeug.http import parse_options_header

from kg.engine.job import ALL, Chosen
from kg.web.problems import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LARGEST_QUERY = 1 << 20
MARK = "\ufeff"  # with which some programs begin every text (RFC 3629 section 6)

Parameters = Mapping[str, Sequence[str]]


class Message(msgspec.Struct, frozen=True):
    """What matters to the protocol of an HTTP request, whichever way it came in."""

    method: str
    parameters: bytes
    content_type: str = ""
    body: bytes = b""


class Operation(msgspec.Struct, frozen=True):
    """A query or an update with the graphs chosen for it, and what the client may ask of its answer."""

    text: str
    chosen: Chosen = ALL
    update: bool = False
    seconds: float | None = None
    rows: int | None = None
    partial: bool = False
    format: str | None = None


def operation(request: Message) -> Operation | None:
    """What a request to the endpoint asks for; None for a GET without a query, which asks what is here.

    Raises Problem for a request that the protocol does not allow.
    """
    address = parameters(request.parameters)
    if request.method in {"GET", "HEAD"}:
        if "update" in address:
            raise Problem(400, "an update is sent by POST, never by GET (SPARQL 1.1 Protocol 2.2)")
        return _query(_one(address, "query"), address) if "query" in address else None
    kind, options = parse_options_header(request.content_type)
    kind, charset = kind.lower(), options.get("charset", "utf-8")
    if kind not in {FORM, QUERY, UPDATE}:
        raise Problem(415, f"Content-Type is {kind or 'missing'}; POST takes {FORM}, {QUERY} or {UPDATE}")
    check_charset(charset)
    if kind != FORM and not {"query", "update"}.isdisjoint(address):
        raise Problem(400, "the body is the query or the update; the address may not have another")
    if kind == QUERY:
        return _query(_text(request.body), address)
    if kind == UPDATE:
        return _update(_text(request.body), address)
    form = parameters(request.body)
    both = {name: [*address.get(name, ()), *form.get(name, ())] for name in {**address, **form}}
    if ("query" in both) == ("update" in both):
        raise Problem(400, "the form has to have either 'query' or 'update'")
    if "update" in both:
        return _update(_one(both, "update"), both)
    return _query(_one(both, "query"), both)


def check_charset(charset: str) -> None:
    """Raises Problem where a text is said to be in something else than UTF-8."""
    if charset.lower() not in {"utf-8", "utf8"}:
        raise Problem(415, f"charset is {charset!r}; queries, updates and graphs are sent as UTF-8")


def _query(text: str, parameters: Parameters) -> Operation:
    if len(text) > LARGEST_QUERY:
        raise Problem(413, f"the query has more than {LARGEST_QUERY:,} characters")
    if parameters.keys() <= {"query"}:
        return Operation(text.removeprefix(MARK))
    return Operation(
        text.removeprefix(MARK),
        _chosen(parameters, "default-graph-uri", "named-graph-uri"),
        seconds=_seconds(parameters),
        partial=parameters.get("partial", ["false"])[0].lower() in {"true", "1"},
        format=parameters.get("format", [None])[0],
    )


def _update(text: str, parameters: Parameters) -> Operation:
    chosen = _chosen(parameters, "using-graph-uri", "using-named-graph-uri")
    return Operation(text.removeprefix(MARK), chosen, update=True, seconds=_seconds(parameters))


def _chosen(parameters: Parameters, default: str, named: str) -> Chosen:
    """The graphs of the request; choosing any means that no other is seen (section 2.1.4)."""
    if default not in parameters and named not in parameters:
        return ALL
    for iri in [*parameters.get(default, ()), *parameters.get(named, ())]:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise Problem(400, f"{iri!r} is no absolute IRI: {error}") from error
    return Chosen(tuple(parameters.get(default, ())), tuple(parameters.get(named, ())))


def _seconds(parameters: Parameters) -> float | None:
    """The time limit that a client asks for itself, in seconds."""
    if "timeout" not in parameters:
        return None
    try:
        seconds = float(_one(parameters, "timeout"))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise Problem(400, "timeout has to be a number of seconds above 0")
    return seconds


def _one(parameters: Parameters, name: str) -> str:
    values = parameters[name]
    if len(values) != 1:
        raise Problem(400, f"{name!r} is given {len(values)} times; a request has exactly one")
    return values[0]


def parameters(encoded: bytes) -> dict[str, list[str]]:
    """The parameters of an address or a form; raises Problem where they are no UTF-8."""
    try:
        return _plain_parameters(encoded)
    except ValueError:
        pass  # it may yet be what parse_qs takes, which is slow
    try:
        return parse_qs(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"the parameters are not UTF-8: {error}") from error
    except ValueError as error:  # more fields than parse_qs takes
        raise Problem(400, str(error)) from error


def _plain_parameters(encoded: bytes) -> dict[str, list[str]]:
    """As parse_qs has them, where the text is encoded as it should be; raises ValueError for any other.

    A percent sign with its two digits is written as a backslash, an x and these, which Python knows how to decode.
    """
    if b"\\" in encoded or not encoded.isascii():
        raise ValueError(encoded)
    found: dict[str, list[str]] = {}
    for pair in filter(None, encoded.replace(b"+", b" ").replace(b"%", b"\\x").split(b"&")):
        name, _, value = pair.partition(b"=")
        found.setdefault(_decoded(name), []).append(_decoded(value))
    return found


def _decoded(escaped: bytes) -> str:
    return (
        escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
        if b"\\" in escaped
        else escaped.decode()
    )


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"the body is not UTF-8: {error}") from error
