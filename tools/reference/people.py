"""Offices, the persons who held them, and the members of groups over time."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.iri import slug
from tools.reference.tables import values
from tools.reference.things import CURATED, Book
from tools.reference.turtle import MINT, day, term, text, time

HELD = re.compile(
    r"(?P<of>[a-z-]+): (?P<title>[^|]+?) since (?P<start>[\d-]+) \(site [\d-]+\.\.(?P<seen>[\d-]+)\)"
)
# A successor ends a term only where the last sighting is close to the successor's first day.
HANDOVER = timedelta(days=62)
OWNERS = ("organisations", "bodies")
OWNERS_AS_LISTED = {"turkey": "turkiye"}


@dataclass(frozen=True)
class Term:
    """That a person held an office from a day on, until a day or at least until it was last seen."""

    person: str
    office: str
    start: str
    end: str = ""
    seen: str = ""
    title: str = ""
    source: str = CURATED


def enter_offices(book: Book) -> dict[tuple[str, str], str]:
    """The offices of every state and the curated ones; returns IRIs by state's slug and listed title."""
    found: dict[tuple[str, str], str] = {}
    for row in book.tables.named("offices"):
        owners = (
            [row["of"]]
            if row["of"] != "*"
            else [iso for iso in book.tables.states if iso not in values(row["except"])]
        )
        for owner in owners:
            state = book.tables.states.get(owner)
            if row["heads"] and state and row["heads"] not in values(state["heads"]):
                continue
            of = book.state(owner) if state else owner_iri(book, owner)
            name = state["label"] if state else owner
            label = row["label"].format(name)
            iri = book.thing("offices", "Office", label)
            book.sheets["offices"].add(iri, "ent:officeOf", of)
            if state:
                book.sheets["offices"].add(iri, "ent:country", of)
            titles = values(row["titles"])
            book.names("offices", iri, label, "shortName", titles)
            book.names("offices", iri, label, "altLabel", values(row["alt"]))
            if titles:
                book.sheets["offices"].add(iri, "ent:title", text(titles[0]))
            for listed in values(row["listed_as"]):
                found[slug(name) if state else "", listed] = iri
    return found


def owner_iri(book: Book, label: str) -> str:
    """The IRI of the organisation or body of this label."""
    kinds = {
        row["label"]: row["kind"] for name in ("organisations", "bodies") for row in book.tables.named(name)
    }
    return MINT.thing(kinds[label], label)


def enter_persons(book: Book, offices: dict[tuple[str, str], str]) -> None:
    """The persons and the terms for which they held their offices."""
    more = {row["label"]: row for row in book.tables.named("persons")}
    verified = {row["label"]: row for row in book.tables.entities if row["kind"] == "person"}
    terms: list[Term] = []
    for label in sorted(more.keys() | verified.keys()):
        iri = book.thing("persons", "Person", label)
        row = more.get(label, {})
        book.names("persons", iri, label, "altLabel", values(row.get("alt")))
        book.sheets["persons"].add(iri, "foaf:gender", text(row.get("gender") or "male"))
        if label in verified:
            terms += listed_terms(verified[label], iri, offices)
    terms += curated_terms(book)
    for held in ended(terms):
        enter_term(book, held)


def listed_terms(row: dict[str, str], person: str, offices: dict[tuple[str, str], str]) -> list[Term]:
    """The terms that a verified row's note tells, for the offices that the table of offices knows."""
    found = []
    for match in HELD.finditer(row["note"]):
        of, title = OWNERS_AS_LISTED.get(match["of"], match["of"]), match["title"]
        office = offices.get((of, title)) or offices.get(("", title))
        if office:
            found.append(
                Term(person, office, start=match["start"], seen=match["seen"], source=row["verified_in"])
            )
    return found


def curated_terms(book: Book) -> list[Term]:
    """The terms of the curated table."""
    return [
        Term(
            MINT.thing("Person", row["person"]),
            MINT.thing("Office", row["office"]),
            title=row["title"],
            start=row["from"],
            end=row["to"],
        )
        for row in book.tables.named("holders")
    ]


def ended(terms: list[Term]) -> list[Term]:
    """The terms, each ended where its successor's is known to begin; a curated one replaces its like."""
    by_office: dict[str, dict[tuple[str, str], Term]] = defaultdict(dict)
    for held in terms:
        by_office[held.office][held.person, held.start] = held
    done = []
    for group in by_office.values():
        line = sorted(group.values(), key=lambda t: (t.start, t.person))
        for held, after in zip(line, [*line[1:], None], strict=True):
            done.append(replace(held, end=after.start) if after and hands_over(held, after) else held)
    return done


def hands_over(held: Term, after: Term) -> bool:
    """Whether a term of unknown end was last seen so late that its successor's first day ended it."""
    if held.end or not held.seen:
        return False
    return date.fromisoformat(after.start) - date.fromisoformat(held.seen) <= HANDOVER


def enter_term(book: Book, held: Term) -> None:
    """One office held by one person."""
    page = book.sheets["persons"]
    name = "-".join([held.person.rsplit("/", 1)[1], held.office.rsplit("/", 1)[1], held.start])
    iri = MINT.thing("OfficeHolding", name)
    page.add(iri, "rdf:type", term("ent:OfficeHolding"))
    page.add(iri, "ent:person", held.person)
    page.add(iri, "ent:office", held.office)
    page.add(iri, "ent:from", time(held.start))
    page.add(iri, "dcterms:source", book.source(held.source))
    if held.end:
        page.add(iri, "ent:to", time(held.end))
    elif held.seen:
        page.add(iri, "ent:seenUntil", day(date.fromisoformat(held.seen)))
    if held.title:
        page.add(iri, "ent:title", text(held.title))


def enter_members(book: Book) -> None:
    """The members of groups, with the dates of their joining and leaving where known."""
    kinds = {row["label"]: row["kind"] for name in OWNERS for row in book.tables.named(name)}
    listed = {
        (row["label"], iso2): row["source_of_members"]
        for row in book.tables.groupings
        for iso2 in row["members_iso2"].split()
    }
    labels = {"North Atlantic Treaty Organization": "NATO"}
    sources = {(labels.get(group, group), iso2): source for (group, iso2), source in listed.items()}
    curated = {
        (row["group"], iso2): row
        for row in book.tables.named("memberships")
        for iso2 in row["members"].split()
    }
    for group, iso2 in sorted(sources.keys() | curated.keys()):
        row = curated.get((group, iso2), {})
        page, member = book.sheets["memberships"], book.state(iso2)
        iri = MINT.thing("Membership", f"{group} {book.tables.states[iso2]['label']}")
        page.add(iri, "rdf:type", term("ent:Membership"))
        page.add(iri, "ent:member", member)
        page.add(iri, "ent:group", MINT.thing(kinds[group], group))
        if kinds[group] == "Alliance":
            page.add(iri, "ent:alliance", MINT.thing(kinds[group], group))
        page.add(iri, "dcterms:source", book.source(sources.get((group, iso2), CURATED)))
        for edge in ("from", "to"):
            if row.get(edge):
                page.add(iri, f"ent:{edge}", time(row[edge]))
