"""What became of each document that a build was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

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


def settled(found: Iterable[tuple[str, Mapped, bool]]) -> tuple[list[Fate], list[Reading]]:
    """The fates of documents, by places, and the readings to build from, by names.

    Each comes with its place, what mapping made of it, and whether that was kept. Of documents that would have one
    address, the one whose place sorts first stays.
    """
    fates: list[Fate] = []
    taken: dict[str, Reading] = {}
    for place, mapped, kept in sorted(found, key=itemgetter(0)):
        reading = mapped.reading
        if reading is None:
            fates.append(Fate(place, "", mapped.outcome, mapped.reason, kept))
            continue
        document = reading.document
        first = taken.setdefault(slug(document.name), reading)
        outcome, reason = Outcome.PUBLISHED, ""
        if first is not reading and first.document.text == document.text:
            outcome, reason = Outcome.REPEATED, f"it repeats document {first.document.name!r}"
        elif first is not reading:
            outcome = Outcome.HELD_BACK
            reason = f"it would have the address of document {first.document.name!r}; rename one of them"
        fates.append(Fate(place, document.name, outcome, reason, kept))
    return fates, sorted(taken.values(), key=lambda reading: reading.document.name)


def json_lines(fates: Iterable[Fate]) -> Iterator[str]:
    """Each fate as one line of JSON."""
    return (msgspec.json.encode(fate).decode() for fate in fates)
