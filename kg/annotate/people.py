"""The persons of the reference data by family name, and how their names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from kg.reference import Entry, Reference


@dataclass(frozen=True, slots=True)
class People:
    """The persons of the reference data, by family name."""

    by_family_name: Mapping[str, tuple[Entry, ...]]

    def like(self, name: str) -> Entry | None:
        """The one person of the reference data that a full name may stand for, spelled a little
        differently."""
        words = folded(name).split()
        if len(words) < 2:
            return None
        found = {}
        for family, others in ((words[-1], words[:-1]), (words[0], words[1:])):
            for entry in self.by_family_name.get(family, ()):
                given = [w for w in folded(entry.entity.label).split() if w != family]
                if given and others and _alike(given[0], others[0]):
                    found[entry.entity.iri] = entry
        return next(iter(found.values())) if len(found) == 1 else None

    def alone(self, family: str) -> Entry | None:
        """The only person of the reference data with this family name, if there is only one."""
        found = self.by_family_name.get(folded(family), ())
        return found[0] if len(found) == 1 else None

    def has(self, family: str) -> bool:
        """Whether anybody of the reference data has this family name."""
        return folded(family) in self.by_family_name


def people(reference: Reference, family_first: frozenset[str]) -> People:
    """Indexes the persons of the reference data; `family_first` names the states where family names come
    first."""
    table: dict[str, list[Entry]] = {}
    for entry in reference.entries.values():
        if entry.entity.kind != "Person":
            continue
        words = folded(entry.entity.label).split()
        of = next((h.of for h in reference.holdings if h.person == entry.entity.iri and h.of), None)
        state = reference.entries[of].entity.label if of and of in reference.entries else ""
        family = words[0] if state in family_first else words[-1]
        table.setdefault(family, []).append(entry)
    return People({family: tuple(entries) for family, entries in table.items()})


def _alike(one: str, other: str) -> bool:
    """Whether two given names are spellings of one: one begins the other, or few letters of many differ."""
    short, long = sorted((one, other), key=len)
    most = 2 if len(short) > 5 else len(short) > 3
    return (len(short) >= 3 and long.startswith(short)) or (
        one[0] == other[0] and Levenshtein.distance(one, other, score_cutoff=2) <= most
    )


def folded(text: str) -> str:
    """A name folded for comparison: case, accents and punctuation dropped."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()
