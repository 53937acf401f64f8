"""Table 8: the values of literals by the OWL 2 datatype map, with the dates of XML Schema beside it."""

from __future__ import annotations

import math
import re
import struct
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from rdflib import RDF, XSD, Literal, URIRef

# A value: its space, and what it is there. Values of different spaces differ.
Value = tuple[str, Any]


class IllTypedError(ValueError):
    """A literal whose words are no value of its datatype: the literal."""

    def __init__(self, literal: Literal) -> None:
        super().__init__(f"{literal.n3()} has no value")
        self.literal = literal


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype: its space, the form of its literals, how one is read, which values it contains.

    A literal read as None is well formed, but its value is not compared: an instant after the year 9999.
    """

    space: str
    form: re.Pattern[str]
    read: Callable[[str], Any]
    contains: Callable[[Any], bool]


def _anything(_: Any) -> bool:
    return True


def _between(low: float, high: float) -> Callable[[Decimal], bool]:
    return lambda value: value == value.to_integral_value() and low <= value <= high


def _text(pattern: str) -> Callable[[tuple[str, str]], bool]:
    form = re.compile(pattern)
    return lambda value: value[1] == "" and form.fullmatch(value[0]) is not None


def _untagged(text: str) -> tuple[str, str]:
    return text, ""


def _tagged(text: str) -> tuple[str, str]:
    words, _, tag = text.rpartition("@")
    return words, tag.lower()


def _double(text: str) -> float:
    """A number that the format cannot hold has no value: it is not taken for nothing, nor for infinity."""
    value = float(text)
    is_nothing = re.search("[1-9IN]", re.split("[eE]", text)[0]) is None
    if math.isinf(value) != ("INF" in text) or (value == 0) != is_nothing:
        raise OverflowError(text)
    return value


def _float(text: str) -> float:
    exact = _double(text)
    if math.isfinite(exact):
        (single,) = struct.unpack("f", struct.pack("f", exact))
        return _double(f"{single!r}") if single or not exact else _double("1e-999")
    return exact


def _base64(text: str) -> bytes:
    return b64decode(text.replace(" ", ""), validate=True)


def _xml(text: str) -> str:
    ParserCreate().Parse(f"<x>{text}</x>", True)
    return text


def _instant(text: str) -> tuple[datetime, bool] | None:
    if not re.match(r"\d{4}-.*T(?!24)", text) or re.search(r"\.\d{7}", text):
        return None
    moment = datetime.fromisoformat(text)
    return moment, moment.tzinfo is not None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def _unzoned(text: str) -> str | None:
    return None if re.search(_ZONE + "$", text) else text


_ZONE = r"(Z|[+-]\d\d:\d\d)"
_YEAR = r"-?([1-9]\d{3,}|0\d{3})"
_INSTANT = _YEAR + r"-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?"
_ANY = re.compile(r"(?s).*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_NUMBER = re.compile(_DECIMAL.pattern + r"([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BITS = {"Long": 64, "Int": 32, "Short": 16, "Byte": 8}
_INTEGERS: dict[str, tuple[float, float]] = {
    "integer": (-math.inf, math.inf),
    "nonNegativeInteger": (0, math.inf),
    "positiveInteger": (1, math.inf),
    "nonPositiveInteger": (-math.inf, 0),
    "negativeInteger": (-math.inf, -1),
    **{name.lower(): (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()},
    **{f"unsigned{name}": (0, 2**bits - 1) for name, bits in _BITS.items()},
}
_TEXTS = {
    "string": r"(?s).*",
    "normalizedString": r"[^\r\n\t]*",
    "token": r"(\S+( \S+)*)?",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "Name": r"(:|[^\W\d])[\w.\-:·]*",
    "NCName": r"[^\W\d][\w.\-·]*",
    "NMTOKEN": r"[\w.\-:·]+",
}
_IRI = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*:|[^:?%\s<>\"{}|\\^`]|[/#]|%[0-9a-fA-F]{2})[^\s<>\"{}|\\^`]*|")

DATATYPES: dict[URIRef, Datatype] = {
    XSD.decimal: Datatype("decimal", _DECIMAL, Decimal, _anything),
    **{XSD[n]: Datatype("decimal", _INTEGER, Decimal, _between(*limits)) for n, limits in _INTEGERS.items()},
    **{XSD[name]: Datatype("text", _ANY, _untagged, _text(form)) for name, form in _TEXTS.items()},
    RDF.PlainLiteral: Datatype(
        "text", re.compile(r"(?s).*@([a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*)?"), _tagged, _anything
    ),
    RDF.langString: Datatype("text", _ANY, _untagged, lambda value: value[1] != ""),
    XSD.float: Datatype("float", _NUMBER, _float, _anything),
    XSD.double: Datatype("double", _NUMBER, _double, _anything),
    XSD.boolean: Datatype("boolean", re.compile("true|false|1|0"), {"true", "1"}.__contains__, _anything),
    XSD.anyURI: Datatype("iri", _IRI, str, _anything),
    XSD.hexBinary: Datatype("hex", re.compile(r"([0-9a-fA-F]{2})*"), bytes.fromhex, _anything),
    XSD.base64Binary: Datatype("base64", _ANY, _base64, _anything),
    XSD.dateTime: Datatype("instant", re.compile(f"{_INSTANT}{_ZONE}?"), _instant, _anything),
    XSD.dateTimeStamp: Datatype("instant", re.compile(_INSTANT + _ZONE), _instant, lambda value: value[1]),
    RDF.XMLLiteral: Datatype("xml", _ANY, _xml, _anything),
    XSD.date: Datatype("day", re.compile(rf"{_YEAR}-\d\d-\d\d{_ZONE}?"), _day, _anything),
    XSD.gYear: Datatype("year", re.compile(f"{_YEAR}{_ZONE}?"), _unzoned, _anything),
    XSD.gYearMonth: Datatype("month", re.compile(rf"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}?"), _unzoned, _anything),
}


def value_of(literal: Literal) -> Value | None:
    """The value of a literal, None for one that is not compared; raises IllTypedError where it has none."""
    if literal.language:
        return "text", (str(literal), literal.language.lower())
    datatype = DATATYPES.get(literal.datatype or XSD.string)
    if datatype is None:
        return None
    text = str(literal)
    if not datatype.form.fullmatch(text):
        raise IllTypedError(literal)
    try:
        value = datatype.read(text)
    except (ValueError, ArithmeticError, ExpatError) as error:
        raise IllTypedError(literal) from error
    if value is None:
        return None
    if not datatype.contains(value):
        raise IllTypedError(literal)
    return datatype.space, value


def is_in(value: Value, datatype: URIRef) -> bool:
    """Whether a datatype contains a value; true of rdfs:Literal, and of a datatype that is not of the map."""
    known = DATATYPES.get(datatype)
    return known is None or (known.space == value[0] and known.contains(value[1]))
