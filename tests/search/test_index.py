"""Names, found again however they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search import THING, Entry, Index, Name
from kg.search.folding import abbreviates, initials, words

BASE = "https://w3id.org/entente/"
THINGS = {
    "state/south-korea": ("State", 0.5, ["South Korea", "ROK", "Republic of Korea"]),
    "state/cote-divoire": ("State", 0.4, ["Côte d’Ivoire", "Ivory Coast"]),
    "state/georgia": ("State", 0.4, ["Georgia"]),
    "region/georgia": ("Region", 0.1, ["Georgia"]),
    "person/mark-rutte": ("Person", 0.3, ["Mark Rutte"]),
    "person/jana-cernochova": ("Person", 0.1, ["Jana Černochová"]),
    "alliance/nato": ("Alliance", 0.5, ["NATO", "North Atlantic Treaty Organization"]),
    "government-body/nato-military-committee": ("GovernmentBody", 0.1, ["NATO Military Committee"]),
    "organisation/iaea": ("Organisation", 0.1, ["International Atomic Energy Agency"]),
    "government-body/dod": ("GovernmentBody", 0.2, ["United States Department of Defense"]),
    "armed-force/us-army": ("ArmedForce", 0.2, ["United States Army", "U.S. Army"]),
    "city/hagatna": ("City", 0.0, ["Hagåtña"]),
}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(
        Entry(f"{BASE}id/{key}", names[0], (kind,), tuple(map(Name, names)), prominence=prominence)
        for key, (kind, prominence, names) in THINGS.items()
    )


def first(index: Index, text: str) -> str:
    hits = index.search(text)
    return hits[0].iri.removeprefix(f"{BASE}id/") if hits else ""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("SOUTH KOREA", "state/south-korea"),
        ("Korea, South", "state/south-korea"),
        ("southkorea", "state/south-korea"),
        ("S. Korea", "state/south-korea"),
        ("cote d'ivoire", "state/cote-divoire"),
        ("Rutte, Mark", "person/mark-rutte"),
        ("M. Rutte", "person/mark-rutte"),
        ("Marck Ruttte", "person/mark-rutte"),
        ("Cernochova", "person/jana-cernochova"),
        ("N.A.T.O.", "alliance/nato"),
        ("nato militry comittee", "government-body/nato-military-committee"),
        ("IAEA", "organisation/iaea"),
        ("Intl Atomic Energy Agcy", "organisation/iaea"),
        ("US Dept of Defense", "government-body/dod"),
        ("us army", "armed-force/us-army"),
        ("Hagatna", "city/hagatna"),
    ],
)
def test_a_name_is_found_in_other_spellings(index: Index, asked: str, found: str) -> None:
    assert first(index, asked) == found


def test_of_things_with_one_name_the_better_known_comes_first_and_none_is_certain(index: Index) -> None:
    hits = index.search("Georgia")
    assert [hit.entry.kinds[0] for hit in hits[:2]] == ["State", "Region"]
    assert not hits[0].certain
    assert [hit.entry.kinds[0] for hit in index.search("Georgia", kinds={"Region"})] == ["Region"]


def test_only_a_clear_and_close_hit_is_certain(index: Index) -> None:
    assert index.search("Mark Rutte")[0].certain
    assert not index.search("Rutte")[0].certain


@pytest.mark.parametrize("nothing", ["", "  ", "...", "xqzzw", "\0", "日本", "'" * 10_000])
def test_what_is_no_name_finds_nothing(index: Index, nothing: str) -> None:
    assert index.search(nothing) == []
    assert index.complete(nothing) == []


def test_a_beginning_is_completed(index: Index) -> None:
    assert index.complete("nato m")[0].label == "NATO Military Committee"
    assert {hit.label for hit in index.complete("uni")} >= {"United States Army"}
    assert index.complete("Jana Cer")[0].label == "Jana Černochová"


LONG = [name for _, _, names in THINGS.values() for name in names if len("".join(words(name))) > 7]


@given(st.sampled_from(LONG), st.data())
def test_one_edit_in_a_long_name_does_no_harm(index: Index, name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    edited = data.draw(
        st.sampled_from(
            [name[:place] + letter + name[place:], name[:place] + name[place + 1 :],
             name[:place] + letter + name[place + 1 :]]
        )
    )  # fmt: skip
    assert first(index, edited) == first(index, name)


@given(st.sampled_from(LONG), st.randoms())
def test_the_order_of_words_does_no_harm(index: Index, name: str, random: object) -> None:
    parts = list(words(name))
    random.shuffle(parts)  # type: ignore[attr-defined]  # Hypothesis gives a Random, typed as an object
    assert first(index, " ".join(parts)) == first(index, name)


@given(st.text())
def test_any_text_can_be_asked_for(index: Index, text: str) -> None:
    for hit in [*index.search(text), *index.complete(text)]:
        assert 0 <= hit.score <= 100


@given(st.text())
def test_folding_a_name_twice_changes_nothing(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


def test_initials_leave_small_words_out() -> None:
    assert initials(words("Organization for Security and Co-operation in Europe")) == "oscoe"
    assert abbreviates("dept", "department")
    assert not abbreviates("mark", "mark")


def test_an_abbreviation_with_an_error_is_rather_another_abbreviation_than_the_beginning_of_a_name() -> None:
    entries = [
        Entry(
            "x:osce", "Organization for Security", (THING,), (Name("Organization for Security"), Name("OSCE"))
        ),
        Entry("x:oceanside", "Oceanside", (THING,), (Name("Oceanside"),)),
    ]
    assert Index(entries).search("OCE")[0].iri == "x:osce"
    assert Index(entries).search("Oceansid")[0].iri == "x:oceanside"


def test_letters_in_each_others_place_are_nearer_than_a_wrong_letter() -> None:
    entries = [Entry(f"x:{name}", name, (THING,), (Name(name),)) for name in ("NTB", "NYT")]
    assert Index(entries).search("NTY")[0].iri == "x:NYT"
