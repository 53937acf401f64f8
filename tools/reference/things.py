"""States, bodies, organisations, places and all other named things of the curated tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.reference.tables import Row, Tables, values
from tools.reference.turtle import MINT, Sheet, term, text, time, typed

CURATED = "common knowledge, curated by the project"
PLACES = {"State", "City", "Region", "Facility"}
ISO_PAGE = (
    "https://www.iso.org/obp/ui/#iso:code:3166:"  # where ISO tells what a code of two letters stands for
)
DATED_ON = {"Agreement": "ent:startTime", "default": "ent:from"}


@dataclass
class Book:
    """The sheets of the reference data, and those of the links by their sources, filled step by step."""

    tables: Tables
    sheets: dict[str, Sheet]
    links: dict[str, Sheet] = field(default_factory=dict)

    def state(self, iso2: str) -> str:
        """The IRI of a state by its ISO code."""
        return MINT.thing("State", self.tables.states[iso2]["label"])

    def source(self, label: str) -> str:
        """The IRI of a source, entered when first named."""
        iri = MINT.thing("source", label)
        self.sheets["sources"].add(iri, "rdf:type", term("dcterms:BibliographicResource"))
        self.sheets["sources"].add(iri, "skos:prefLabel", text(label))
        return iri

    def thing(self, sheet: str, kind: str, label: str, source: str = CURATED, iri: str = "") -> str:
        """Enter a thing with its class, label, source and verified links; returns its IRI."""
        iri = iri or MINT.thing(kind, label)
        page = self.sheets[sheet]
        page.add(iri, "rdf:type", term(f"ent:{kind}"))
        page.add(iri, "skos:prefLabel", text(label))
        known = self.tables.identities.get((kind, label))
        if known:
            for other, verified_in in known.links.items():
                self.link(iri, "owl:sameAs", other, verified_in)
        page.add(iri, "dcterms:source", self.source(known.source if known else source))
        return iri

    def link(self, iri: str, relation: str, other: str, source: str) -> None:
        """Enter that a thing is the same as one of another data set, or nearly, on the sheet of its source."""
        where = self.source(source)
        name = where.rpartition("/")[2]
        if name not in self.links:
            self.links[name] = Sheet(f"Links to things of other data sets, verified in: {source}.")
            linkset = MINT.graph(f"links/{name}")
            self.links[name].add(linkset, "rdf:type", term("void:Linkset"))
            self.links[name].add(linkset, "dcterms:source", where)
        self.links[name].add(iri, relation, other)

    def names(self, sheet: str, iri: str, label: str, how: str, names: list[str]) -> None:
        """Enter names of one sort; abbreviations and short names are alternative labels too."""
        page = self.sheets[sheet]
        for name in names:
            if name == label:
                continue
            if how in {"abbreviation", "shortName", "altLabel"}:
                page.add(iri, "skos:altLabel", text(name))
            if how != "altLabel":
                page.add(iri, f"ent:{how}", text(name))


def enter_states(book: Book) -> None:
    """The states, each with its names, its people's names, its capital and seats of government."""
    for iso2, row in book.tables.states.items():
        label, page = row["label"], book.sheets["states"]
        iri = book.thing("states", "State", label)
        page.add(iri, "skos:notation", typed(iso2, "string"))
        if iso2 in book.tables.codes:
            page.add(iri, "skos:notation", typed(book.tables.codes[iso2], "string"))
            source = book.tables.identities["State", label].source
            book.link(iri, "skos:closeMatch", ISO_PAGE + iso2, source)
        seats = [seat for seat in [row["capital"], *values(row["seat"])] if seat != label]
        alt, short = values(row["alt"]), values(row["abbreviation"])
        for how, names in {
            "altLabel": alt,
            "abbreviation": short,
            "demonym": values(row["demonym"]),
            "metonym": [seat for seat in seats if seat not in alt],
        }.items():
            book.names("states", iri, label, how, names)


def enter_table(book: Book, name: str) -> None:
    """The things of one curated table."""
    known = {row["label"]: row["kind"] for table in NAMED for row in book.tables.named(table)}
    for row in book.tables.named(name):
        iri = book.thing(name, row["kind"], row["label"])
        for how, cell in {"altLabel": "alt", "abbreviation": "abbreviation", "metonym": "metonym"}.items():
            book.names(name, iri, row["label"], how, values(row[cell]))
        relate(book, name, iri, row, known)


def relate(book: Book, sheet: str, iri: str, row: Row, known: dict[str, str]) -> None:
    """Where a thing lies or what it belongs to, and since when it is."""
    page, place = book.sheets[sheet], row["kind"] in PLACES
    for iso2 in values(row["country"]):
        page.add(iri, "ent:country", book.state(iso2))
        if place:
            page.add(iri, "ent:locatedIn", book.state(iso2))
    if row["within"]:
        whole = MINT.thing(known[row["within"]], row["within"])
        page.add(iri, "ent:locatedIn" if place else "ent:partOf", whole)
    if row["from"]:
        page.add(iri, DATED_ON.get(row["kind"], DATED_ON["default"]), time(row["from"]))


# The curated tables of things, all of one form.
NAMED = ["organisations", "bodies", "places", "outlets", "companies"]
NAMED += ["agreements", "programmes", "exercises", "weapons"]

# States that the news call by more than their first adjective: 'Filipino', 'U.S.', 'UK' …
MORE_ADJECTIVES = {"AR": ("demonym", 2), "PH": ("demonym", 2)} | dict.fromkeys(
    ["AE", "GB", "KR", "US"], ("abbreviation", 2)
)


def usual_names(state: Row, usual: Row) -> list[str]:
    """What the news call a state's ministry or armed forces."""
    cell, count = MORE_ADJECTIVES.get(state["iso2"], ("demonym", 1))
    adjectives = dict.fromkeys([*values(state["demonym"])[:1], *values(state[cell])[:count]])
    patterns, label = values(usual["usual"]), state["label"]
    made = [p.format(adjective=a, state=label) for a in adjectives for p in patterns if "{adjective}" in p]
    return made + [p.format(state=label) for p in patterns if "{adjective}" not in p]


def enter_usual_bodies(book: Book) -> None:
    """For each state the ministries and the armed forces, by the curated name or the usual one."""
    named = {(row["country"], row["role"]): row for row in book.tables.named("bodies") if row["role"]}
    for usual in book.tables.named("usual"):
        for iso2, state in book.tables.states.items():
            own = named.get((iso2, usual["role"]))
            label = own["label"] if own else usual["label"].format(state=state["label"])
            iri = book.thing("bodies", usual["kind"], label)
            book.names("bodies", iri, label, "altLabel", usual_names(state, usual))
            book.names("bodies", iri, label, "shortName", values(usual["short"]))
            book.sheets["bodies"].add(iri, "ent:country", book.state(iso2))
