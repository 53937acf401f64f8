"""The tables: the curated ones of `ontology/source/` and the verified ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Row = Mapping[str, str]

# What the verified tables call a thing → the classes of ours under which it may stand.
KINDS = {
    "country": ("State", "Region"),
    "organisation": (
        "Alliance",
        "InternationalOrganisation",
        "Grouping",
        "GovernmentBody",
        "MilitaryCommand",
    ),
    "grouping": ("Grouping", "Alliance"),
    "party": ("Organisation",),
    "ministry": ("GovernmentBody",),
    "agency": ("GovernmentBody",),
    "armed_force": ("ArmedForce",),
    "outlet": ("NewsOutlet",),
    "region": ("Region",),
    "company": ("Company",),
    "position": ("Office",),
    "person": ("Person",),
}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table of tab-separated values with a heading; the word None stands for an empty cell."""
    with path.open(encoding="utf-8", newline="") as file:
        listed = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            {name: "" if cell in {None, "None"} else cell for name, cell in row.items()} for row in listed
        ]


def values(cell: str | None) -> list[str]:
    """The values of a cell, parted by bars."""
    return [value for value in (cell or "").split("|") if value]


@dataclass(frozen=True)
class Verified:
    """Identities with things of other data sets, each with where it was verified; and where the first was."""

    links: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class Tables:
    """All tables, read from their two folders when first asked for."""

    curated: Path
    verified: Path

    def named(self, name: str) -> list[dict[str, str]]:
        """A curated table."""
        return rows(self.curated / f"{name}.tsv")

    @cached_property
    def entities(self) -> list[dict[str, str]]:
        """The verified entities."""
        return rows(self.verified / "entities.tsv")

    @cached_property
    def cities(self) -> list[dict[str, str]]:
        """The verified cities."""
        return rows(self.verified / "cities.tsv")

    @cached_property
    def groupings(self) -> list[dict[str, str]]:
        """The verified groupings and their members."""
        return rows(self.verified / "groupings.tsv")

    @cached_property
    def states(self) -> dict[str, dict[str, str]]:
        """The states by their ISO 3166-1 code."""
        return {row["iso2"]: row for row in self.named("states")}

    @cached_property
    def codes(self) -> dict[str, str]:
        """The ISO 3166-1 codes of three letters of the verified states, by those of two."""
        found = (re.search(r"\bISO ([A-Z]{2})/([A-Z]{3})\b", row["iso_geonames"]) for row in self.entities)
        return {match[1]: match[2] for match in found if match}

    @cached_property
    def identities(self) -> dict[tuple[str, str], Verified]:
        """What was verified, by kind of ours and label."""
        found: dict[tuple[str, str], Verified] = {}

        def add(kind: str, label: str, links: Iterable[str], source: str) -> None:
            known = found.get((kind, label), Verified({}, source))
            found[kind, label] = Verified(dict.fromkeys(links, source) | known.links, known.source)

        for row in self.entities:
            for kind in KINDS.get(row["kind"], ()):
                add(kind, row["label"], _links(row["qid"], row["iso_geonames"]), row["verified_in"])
        for row in rows(self.verified / "seed_entities.tsv"):
            kind = KINDS_OF_SEED.get(row["kind"], "")
            if row["status"] == "verified" and (kind, row["label"]) in found:
                add(kind, row["label"], _links("", row["ids"]), row["verified_in"])
        for row in self.named("links"):
            add(row["kind"], row["label"], values(row["links"]), row["source"])
        return found


KINDS_OF_SEED = {"country": "State", "outlet": "NewsOutlet", "organisation": "Alliance", "region": "Region"}


def _links(qid: str, ids: str) -> Iterable[str]:
    if qid:
        yield wikidata_iri(qid)
    for number in re.findall(r"\bGN (\d+)", ids or ""):
        yield f"https://sws.geonames.org/{number}/"
    for title in re.findall(r"\bdbr:(\S+?)(?:;|$)", ids or ""):
        yield f"http://dbpedia.org/resource/{title}"


def wikidata_iri(qid: str) -> str:
    """The IRI of a Wikidata item."""
    return f"http://www.wikidata.org/entity/{qid}"
