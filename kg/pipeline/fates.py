"""What became of each document that a build was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from operator import itemgetter
from typing import Protocol, TypeVar

import msgspec

from kg.iri import slug
from kg.model import Reading


class Outcome(StrEnum):
    """The fates that a document can have."""

    PUBLISHED = "published"
    HELD_BACK = "held back"  # it breaks a shape, contradicts the ontology, or has the address of another
    UNREADABLE = "unreadable"
    CRASHED = "crashed"  # the mapper failed in it
    REPEATED = "repeated"  # another document has its name and its text

    @property
    def bad(self) -> bool:
        """Whether the document counts against the bound beyond which a build stops."""
        return self in {Outcome.HELD_BACK, Outcome.UNREADABLE, Outcome.CRASHED}


@dataclass(frozen=True, slots=True, order=True)
class Fate:
    """What became of a document: where it stands, its name where it has one, and why.

    `kept` says that its reading was kept from an earlier build.
    """

    place: str
    document: str
    outcome: Outcome
    reason: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """What mapping made of a document: its reading, or why there is none.

    It is not `lasting` where another attempt may end otherwise, as when a process was killed.
    """

    reading: Reading | None
    outcome: Outcome = Outcome.PUBLISHED
    reason: str = ""
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What has to be known of what mapping made of every document, even where nothing has changed.

    `text` is the SHA-256 of the document's text; the figures count what is in the reading.
    """

    document: str
    text: bytes
    outcome: Outcome
    reason: str
    lasting: bool
    mentions: int = 0
    claims: int = 0
    omissions: int = 0

    @classmethod
    def of(cls, mapped: Mapped) -> Head:
        """Of what mapping made of a document, which has no name where there is no reading."""
        one = mapped.reading
        if one is None:
            return cls("", b"", mapped.outcome, mapped.reason, mapped.lasting)
        return cls(
            one.document.name,
            sha256(one.document.text.encode("utf-8", "surrogatepass")).digest(),
            mapped.outcome,
            mapped.reason,
            mapped.lasting,
            *(len(one.mentions), len(one.claims), len(one.omissions)),
        )


class Headed(Protocol):
    """Something that has a head."""

    @property
    def head(self) -> Head:
        """The head."""


T = TypeVar("T", bound=Headed)


def settled(found: Iterable[tuple[str, T, bool]]) -> tuple[list[Fate], list[T]]:
    """The fates of documents, by places, and what to build from, by names.

    Each comes with its place, what mapping made of it, and whether that was kept. Of documents that would have one
    address, the one whose place sorts first stays.
    """
    fates: list[Fate] = []
    taken: dict[str, T] = {}
    for place, one, kept in sorted(found, key=itemgetter(0)):
        head = one.head
        if head.outcome is not Outcome.PUBLISHED:
            fates.append(Fate(place, "", head.outcome, head.reason, kept))
            continue
        first = taken.setdefault(slug(head.document), one)
        outcome, reason = Outcome.PUBLISHED, ""
        if first is not one and first.head.text == head.text:
            outcome, reason = Outcome.REPEATED, f"it repeats document {first.head.document!r}"
        elif first is not one:
            outcome = Outcome.HELD_BACK
            reason = f"it would have the address of document {first.head.document!r}; rename one of them"
        fates.append(Fate(place, head.document, outcome, reason, kept))
    return fates, sorted(taken.values(), key=lambda one: one.head.document)


def json_lines(fates: Iterable[Fate]) -> Iterator[str]:
    """Each fate as one line of JSON."""
    return (msgspec.json.encode(fate).decode() for fate in fates)
