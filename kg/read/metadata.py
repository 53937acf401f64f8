"""What is known about a document besides its text: from front matter, a file beside it, or its caller."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

import yaml

from kg.read.dateline import parse_date
from kg.read.verdict import ReadError

_TEXTS = ("title", "publisher", "source", "language")
_DEPTH = 8  # of nested lists and mappings
_LIMIT = 16_384  # characters of metadata; more is an attack or a mistake
_FRONT = re.compile(r"---[ \t]*\n(?P<block>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_UNQUOTED = re.compile(
    r"^(?P<key>[A-Za-z][\w-]*):[ \t]+(?P<value>[^\"'\[{>|&*!%@`#\s].*:(?:[ \t].*)?)$", re.MULTILINE
)
_DATE_ADVICE = "write the date as 2025-04-08"
_ADVICE = "write one 'key: value' a line, with the keys title, date, publisher, source, language"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document; None where nothing is."""

    title: str | None = None
    date: date | None = None
    publisher: str | None = None
    source: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with what it lacks from the other."""
        mine = {f.name: getattr(self, f.name) for f in fields(self)}
        return Metadata(**{key: value or getattr(other, key) for key, value in mine.items()})


def front_matter(text: str, name: str) -> tuple[Metadata, int]:
    """The metadata of a text that starts with a block between two lines of '---', and the offset behind it.

    The offset is 0 where there is no such block. Raises ReadError for a block that cannot be understood.
    """
    if not text.startswith("---") or not (found := _FRONT.match(text)):
        return Metadata(), 0
    block = found["block"]
    if not re.match(r"\s*[A-Za-z][\w -]*:(?:\s|$)", block):
        return Metadata(), 0  # a rule above the text, not a block of keys
    return parse_metadata(block, name, line=2), found.end()


def parse_metadata(block: str, name: str, line: int = 1) -> Metadata:
    """The metadata of a YAML mapping that starts at a line of a file; raises ReadError where it is none.

    A value may hold a colon without being quoted, as titles do.
    """
    if len(block) > _LIMIT:
        raise ReadError(name, "metadata", f"its metadata is longer than {_LIMIT} characters", _ADVICE, line)
    quoted = _UNQUOTED.sub(lambda line: f"{line['key']}: {json.dumps(line['value'].strip())}", block)
    try:
        _check_shape(quoted, name, line)
        loaded = yaml.load(quoted, Loader=yaml.BaseLoader)  # noqa: S506  # the loader that makes nothing but text
    except yaml.MarkedYAMLError as error:
        at = line + (error.problem_mark.line if error.problem_mark else 0)
        raise ReadError(
            name, "metadata", f"its metadata is no YAML ({error.problem})", _ADVICE, at
        ) from error
    except yaml.YAMLError as error:
        raise ReadError(name, "metadata", f"its metadata is no YAML ({error})", _ADVICE, line) from error
    if not isinstance(loaded, Mapping):
        raise ReadError(name, "metadata", "its metadata is no mapping", _ADVICE, line)
    return _checked(loaded, name, lambda key: line + _line_of(key, block))


def given_metadata(given: Mapping[str, object], name: str) -> Metadata:
    """The metadata that a caller gives with a document; raises ReadError for a value that cannot be used."""
    return _checked(given, name, lambda _: None)


def _check_shape(block: str, name: str, line: int) -> None:
    """Raises ReadError, before anything is built, for what can blow up: deep nesting, and aliases."""
    depth = 0
    for event in yaml.parse(block, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH or isinstance(event, yaml.AliasEvent):
            at = line + (event.start_mark.line if event.start_mark else 0)
            raise ReadError(name, "metadata", "its metadata has an alias or is nested deeply", _ADVICE, at)


def _line_of(key: str, block: str) -> int:
    """Which line of a block has the key, from 0."""
    return next((n for n, line in enumerate(block.splitlines()) if line.lower().startswith(key)), 0)


def _checked(loaded: Mapping[str, object], name: str, line_of: Callable[[str], int | None]) -> Metadata:
    """The values of the known keys, as they should be; other keys are not ours."""
    given = {str(key).strip().lower(): value for key, value in loaded.items() if value not in (None, "")}
    texts = {key: _text(given[key], key, name, line_of) for key in _TEXTS if key in given}
    day = _date(given["date"], name, line_of) if "date" in given else None
    return Metadata(**texts, date=day)


def _text(value: object, key: str, name: str, line_of: Callable[[str], int | None]) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    detail = f"its {key} is no text but {type(value).__name__}"
    raise ReadError(name, "metadata", detail, _ADVICE, line_of(key))


def _date(value: object, name: str, line_of: Callable[[str], int | None]) -> date:
    if isinstance(value, datetime):
        return value.date()
    day = value if isinstance(value, date) else parse_date(value) if isinstance(value, str) else None
    if day is None:
        detail = f"its date {value!r} is no day of the calendar"
        raise ReadError(name, "metadata", detail, _DATE_ADVICE, line_of("date"))
    return day
