"""The command line of the writer."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.reference import people, things
from tools.reference.cities import enter_cities
from tools.reference.tables import Tables
from tools.reference.things import NAMED, Book
from tools.reference.turtle import Sheet

HOME = Path(__file__).resolve().parents[2]

HEADINGS = {
    "states": "States: names, abbreviations, demonyms, seats of government.",
    "sources": "Where the rows of the reference data come from.",
    "offices": "Offices of states and organisations, with their titles as worded in news.",
    "persons": "Persons and the offices they held over time.",
    "memberships": "Members of alliances, organisations and groupings over time.",
    "cities": "Cities: country, population, coordinates.",
} | {name: f"{name.capitalize()}: names, and what they belong to." for name in NAMED}


def write(tables: Tables, into: Path) -> None:
    """Write all sheets of the reference data and of the links below a folder."""
    book = Book(tables, {name: Sheet(heading) for name, heading in HEADINGS.items()})
    things.enter_states(book)
    for name in NAMED:
        things.enter_table(book, name)
    things.enter_usual_bodies(book)
    people.enter_persons(book, people.enter_offices(book))
    people.enter_members(book)
    enter_cities(book)
    for folder, sheets in {"reference": book.sheets, "links": book.links}.items():
        for name, sheet in sheets.items():
            if sheet.triples:
                sheet.write(into / folder / f"{name}.ttl")


def main() -> None:
    """Read the tables and write the Turtle."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.reference", description="Writes the reference data's Turtle."
    )
    parser.add_argument("--verified", type=Path, default=HOME.parent / "shared" / "reference")
    parser.add_argument("--into", type=Path, default=HOME / "ontology")
    given = parser.parse_args()
    write(Tables(HOME / "ontology" / "source", given.verified), given.into)


if __name__ == "__main__":
    main()
