"""What can be found: things, documents and terms, each with its names and how prominent it is."""

from __future__ import annotations

from dataclasses import dataclass

THING = "thing"
DOCUMENT = "document"
TERM = "term"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and how well it stands for its thing: 1 is its label, less what also means other things."""

    text: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found; `kinds` are its classes, its own before those above them, and what it is here.

    `note` tells it from others of the same name ('city, Japan'). `prominence`, from 0 to 1, decides between
    names that fit alike.
    """

    iri: str
    label: str
    kinds: tuple[str, ...]
    names: tuple[Name, ...]
    note: str = ""
    prominence: float = 0.0
