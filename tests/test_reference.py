"""The reference data: what its reader promises, and laws that its Turtle keeps."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef

from kg.reason import close
from kg.reference import Entry, Holding, Reference, ReferenceDataError, fold, read_reference
from kg.terms import DEFAULT_BASE, ENT
from kg.turtle import read_turtle, turtle_files
from tools.reference.__main__ import write
from tools.reference.tables import Tables

HOME = Path(__file__).resolve().parents[1]
ONTOLOGY = HOME / "ontology"
VERIFIED = HOME.parent / "shared" / "reference"
ID = DEFAULT_BASE + "id/"


@cache
def reference() -> Reference:
    return read_reference(ONTOLOGY)


@cache
def graph(folder: str) -> Graph:
    return read_turtle(turtle_files(ONTOLOGY / folder))


@cache
def names_of_things() -> list[str]:
    return sorted(reference().entries)


def found(name: str) -> set[str]:
    return {entry.entity.iri.removeprefix(ID) for entry in reference().named(name)}


def held_by(office: str, on: date) -> list[str]:
    return [h.person.removeprefix(ID + "person/") for h in reference().holders(f"{ID}office/{office}", on)]


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("U.S.", "state/united-states"),
        ("America", "state/united-states"),
        ("Britain", "state/united-kingdom"),
        ("ROK", "state/south-korea"),
        ("DPRK", "state/north-korea"),
        ("PRC", "state/china"),
        ("Czech Republic", "state/czechia"),
        ("Turkey", "state/turkiye"),
        ("Burma", "state/myanmar"),
        ("Ivory Coast", "state/cote-divoire"),
        ("Filipinos", "state/philippines"),
        ("Philippine", "state/philippines"),
        ("Emirati", "state/united-arab-emirates"),
        ("Dutch", "state/netherlands"),
        ("Tokyo", "state/japan"),
        ("Tokyo", "city/tokyo-jp"),
        ("the Kremlin", "state/russia"),
        ("Malacañang", "state/philippines"),
        ("the Pentagon", "government-body/united-states-department-of-defense"),
        ("Japanese Ministry of Defense", "government-body/ministry-of-defense-japan"),
        ("Philippine Defense Department", "government-body/department-of-national-defense-philippines"),
        ("JMSDF", "armed-force/japan-maritime-self-defense-force"),
        ("NSATU", "military-command/nato-security-assistance-and-training-for-ukraine"),
        ("IP4", "grouping/indo-pacific-four"),
        ("Kyodo News", "news-outlet/kyodo-news"),
        ("Scarborough Shoal", "region/scarborough-shoal"),
        ("Tomahawk missiles", "weapon-system/tomahawk"),
        ("Balikatan", "exercise/balikatan"),
        ("Budapest Memorandum", "agreement/budapest-memorandum"),
        ("Rheinmetall", "company/rheinmetall"),
        ("Kiev", "city/kyiv-ua"),
        ("Chinese Communist Party", "organisation/chinese-communist-party"),
    ],
)
def test_things_are_found_by_the_names_that_news_gives_them(name: str, thing: str) -> None:
    assert thing in found(name)


@given(st.data())
def test_every_thing_is_found_by_each_of_its_names(data: st.DataObject) -> None:
    entry = reference().entries[data.draw(st.sampled_from(names_of_things()))]
    for name in entry.names:
        assert entry in reference().named(name.text)


@given(st.text(max_size=12))
def test_what_is_found_bears_the_name(text: str) -> None:
    for entry in reference().named(text):
        assert fold(text) in {fold(name.text) for name in entry.names}


def test_names_in_capitals_are_read_letter_for_letter_others_in_any_case() -> None:
    assert "state/united-states" not in found("us")
    assert "organisation/islamic-state" not in found("is")
    assert "state/united-states" in found("the united states".removeprefix("the "))
    assert found("People’s Liberation Army") == found("people's liberation army")


def test_a_name_that_two_things_bear_finds_both() -> None:
    assert {"news-outlet/agence-france-presse", "armed-force/armed-forces-of-the-philippines"} <= found("AFP")


@pytest.mark.parametrize(
    ("office", "on", "person"),
    [
        ("prime-minister-of-japan", date(2024, 9, 30), "fumio-kishida"),
        ("prime-minister-of-japan", date(2024, 10, 1), "shigeru-ishiba"),
        ("minister-of-defense-japan", date(2025, 4, 8), "gen-nakatani"),
        ("secretary-general-of-nato", date(2024, 9, 30), "jens-stoltenberg"),
        ("secretary-general-of-nato", date(2025, 4, 8), "mark-rutte"),
        ("prime-minister-of-netherlands", date(2020, 1, 1), "mark-rutte"),
        ("united-states-secretary-of-defense", date(2025, 2, 1), "pete-hegseth"),
        ("president-of-the-european-commission", date(2023, 1, 1), "ursula-von-der-leyen"),
    ],
)
def test_an_office_has_the_holder_of_the_day(office: str, on: date, person: str) -> None:
    assert held_by(office, on) == [person]


def test_a_person_holds_the_offices_of_the_day_and_all_of_them_without_a_day() -> None:
    rutte = f"{ID}person/mark-rutte"
    assert [h.of for h in reference().offices_of(rutte, date(2025, 4, 8))] == [f"{ID}alliance/nato"]
    assert {h.of for h in reference().offices_of(rutte)} == {f"{ID}alliance/nato", f"{ID}state/netherlands"}


def test_an_office_has_no_two_holders_on_one_day() -> None:
    def overlap(one: Holding, other: Holding) -> bool:
        assert one.start
        assert other.start
        return max(one.start, other.start) < min(one.end or date.max, other.end or date.max)

    by_office: dict[str, list[Holding]] = {}
    for holding in reference().holdings:
        earlier = by_office.setdefault(holding.office, [])
        assert not [other for other in earlier if overlap(holding, other)], holding
        earlier.append(holding)


def test_groups_have_the_members_of_the_day() -> None:
    nato, japan = f"{ID}alliance/nato", f"{ID}state/japan"
    assert len(reference().members(nato, date(2025, 1, 1))) == 32
    assert f"{ID}state/finland" not in reference().members(nato, date(2023, 4, 3))
    assert f"{ID}state/united-kingdom" not in reference().members(
        f"{ID}international-organisation/european-union", date(2020, 2, 1)
    )
    assert set(reference().members(f"{ID}grouping/indo-pacific-four")) == {
        japan,
        f"{ID}state/australia",
        f"{ID}state/new-zealand",
        f"{ID}state/south-korea",
    }


def test_another_base_gives_the_same_data_under_it() -> None:
    base = "http://localhost:8000/"
    other = read_reference(ONTOLOGY, base)
    assert {iri.replace(base, DEFAULT_BASE) for iri in other.entries} == set(reference().entries)
    tokyo = other.entries[f"{base}id/city/tokyo-jp"]
    assert tokyo.country == f"{base}id/state/japan"
    assert tokyo.entity.kind == "City"
    assert "http://www.wikidata.org/entity/Q1490" in tokyo.entity.same_as


def test_data_that_cannot_be_read_name_the_file_and_the_thing(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    file = tmp_path / "reference" / "broken.ttl"
    file.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"broken\.ttl"):
        read_reference(tmp_path)
    file.write_text(f"<{ID}state/x> a <{ENT.State}> .", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="state/x"):
        read_reference(tmp_path)


@pytest.mark.long
def test_every_thing_is_of_a_declared_class_has_one_label_and_a_source_that_is_told() -> None:
    told = graph("reference")
    for thing, kind in told.subject_objects(RDF.type):
        if str(kind).startswith(ENT.State.removesuffix("State")):
            assert ENT.local(str(kind)) in ENT
            sources = list(told.objects(thing, DCTERMS.source))
            assert sources, thing
            assert all((source, SKOS.prefLabel, None) in told for source in sources)
    for iri, entry in reference().entries.items():
        (label,) = told.objects(URIRef(iri), SKOS.prefLabel)
        assert isinstance(label, Literal)
        assert label.language == "en"
        assert str(label) == entry.entity.label


def test_every_predicate_of_the_project_is_declared() -> None:
    for folder in ("reference", "links"):
        for predicate in set(graph(folder).predicates()):
            if "w3id.org" in str(predicate):
                ENT.local(str(predicate))


def test_no_label_of_a_thing_stands_twice_as_preferred_and_alternative() -> None:
    told = graph("reference")
    for thing, label in told.subject_objects(SKOS.prefLabel):
        assert (thing, SKOS.altLabel, label) not in told, thing
    for how in (ENT.abbreviation, ENT.shortName):
        for thing, name in told.subject_objects(URIRef(how)):
            assert (thing, SKOS.altLabel, name) in told, (thing, name)


def test_what_a_thing_refers_to_exists_and_is_of_the_right_sort() -> None:
    entries = reference().entries
    for predicate, kinds in {
        ENT.country: {"State"},
        ENT.officeOf: None,
        ENT.partOf: None,
        ENT.locatedIn: {"State", "Region"},
        ENT.member: {"State"},
        ENT.alliance: {"Alliance"},
        ENT.person: {"Person"},
        ENT.office: {"Office"},
    }.items():
        for value in graph("reference").objects(None, URIRef(predicate)):
            assert kinds is None or entries[str(value)].entity.kind in kinds, (predicate, value)
            assert str(value) in entries


def test_no_two_things_are_the_same_as_one_thing_elsewhere() -> None:
    uses = Counter(str(o) for o in graph("links").objects(None, OWL.sameAs))
    assert [iri for iri, times in uses.items() if times > 1] == []


def verified_ids() -> set[str]:
    """Every Wikidata id of the verified tables, and those on which two further lists agree."""
    if not VERIFIED.exists():
        pytest.skip(f"needs the verified tables at {VERIFIED}")
    files = [VERIFIED / f"{name}.tsv" for name in ("entities", "seed_entities", "groupings", "cities")]
    files.append(ONTOLOGY / "source" / "links.tsv")
    return {qid for file in files for qid in re.findall(r"\bQ\d+\b", file.read_text(encoding="utf-8"))}


def test_a_link_to_wikidata_stands_only_where_it_was_verified() -> None:
    allowed = verified_ids()
    linked = {
        str(o).rpartition("/")[2] for o in graph("links").objects(None, OWL.sameAs) if "wikidata" in str(o)
    }
    assert linked <= allowed
    assert {"Q17", "Q7184", "Q57792", "Q1490"} <= linked


def test_the_verified_tables_labels_and_ids_all_arrived() -> None:
    verified_ids()
    with (VERIFIED / "entities.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    entries = {link: entry for entry in reference().entries.values() for link in entry.entity.same_as}

    def arrived(row: dict[str, str]) -> bool:
        entry: Entry | None = entries.get(f"http://www.wikidata.org/entity/{row['qid']}")
        return entry is not None and entry.entity.label == row["label"]

    wanted = [row for row in rows if row["kind"] not in {"war", "currency"}]
    missing = [(row["kind"], row["label"]) for row in wanted if not arrived(row)]
    assert missing == []


@pytest.mark.parametrize(
    ("city", "geonames"), [("prague-cz", "3067696"), ("wellington-nz", "2179537"), ("tel-aviv-il", "293397")]
)
def test_known_faults_of_the_list_of_cities_are_mended(city: str, geonames: str) -> None:
    links = reference().entries[f"{ID}city/{city}"].entity.same_as
    assert [link for link in links if "geonames" in link] == [f"https://sws.geonames.org/{geonames}/"]


@pytest.mark.parametrize(
    ("city", "state"),
    [
        ("sevastopol-ua", "ukraine"),
        ("prishtina-xk", "kosovo"),
        ("hong-kong-hk", "china"),
        ("tokyo-jp", "japan"),
    ],
)
def test_a_city_lies_in_its_state_that_of_a_territory_too(city: str, state: str) -> None:
    assert reference().entries[f"{ID}city/{city}"].country == f"{ID}state/{state}"


def test_there_is_one_pyongyang() -> None:
    assert {iri for iri in found("Pyongyang") if iri.startswith("city/")} == {"city/pyongyang-kp"}


def test_the_reference_data_are_consistent_with_the_ontology() -> None:
    ontology = Graph().parse(ONTOLOGY / "entente.ttl").parse(ONTOLOGY / "alignments.ttl")
    inferred = close(ontology, graph("reference"), DEFAULT_BASE)
    assert inferred.clashes == ()
    state, ally = URIRef(f"{ID}state/finland"), URIRef(f"{ID}state/norway")
    assert (state, URIRef(ENT.allyOf), ally) in inferred.triples


def test_the_turtle_is_what_its_tables_say_to_the_byte(tmp_path: Path) -> None:
    verified_ids()
    write(Tables(ONTOLOGY / "source", VERIFIED), tmp_path)
    written = {file.relative_to(tmp_path) for file in tmp_path.rglob("*.ttl")}
    kept = {
        file.relative_to(ONTOLOGY)
        for folder in ("reference", "links")
        for file in ONTOLOGY.glob(f"{folder}/*")
    }
    assert written == kept
    for name in written:
        assert (tmp_path / name).read_bytes() == (ONTOLOGY / name).read_bytes(), name


def test_no_cell_that_was_empty_became_a_word() -> None:
    for folder in ("reference", "links"):
        for value in graph(folder).objects():
            assert not re.search(r"\bNone$|entity/$|geonames\.org/(-1)?/$", str(value)), value
