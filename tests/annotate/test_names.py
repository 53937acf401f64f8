"""What the finding and linking of names promises, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.annotate.conftest import Annotate, labels, referents

PERSONS = [
    ("South Korean Defense Minister Ahn Gyu-back spoke.", "Ahn", "Ahn Gyu-back", "South Korea"),
    ("The UK Defence Secretary, John Healey, spoke.", "Healey", "John Healey", "United Kingdom"),
    (
        "It was signed by General Artur Kuptel, head of the Polish Armament Agency.",
        "Kuptel",
        "Artur Kuptel",
        "Polish Armament Agency",
    ),
    ("The Minister for Defence Industry, Pat Conroy, denied it.", "Conroy", "Pat Conroy", None),
    ("North Korean leader Kim Jong Un spoke.", "Kim", "Kim Jong Un", "North Korea"),
    ("Bratislav Petrov, the Serbian defence minister, spoke.", "Petrov", "Bratislav Petrov", "Serbia"),
    ("President Volodymyr Zelensky of Ukraine spoke.", "Zelensky", "Volodymyr Zelensky", "Ukraine"),
    ("Talks with Australia's Richard Marles ended.", "Marles", "Richard Marles", "Australia"),
    ("Senate President Francis Escudero spoke.", "Escudero", "Francis Escudero", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name", "acts_for"), PERSONS)
def test_persons_keep_their_names_and_capacities(
    annotate: Annotate, text: str, words: str, name: str, acts_for: str | None
) -> None:
    """A title of any shape falls away from the name and tells for whom the person acts."""
    (referent,) = referents(annotate(text), words)
    assert referent.agent is not None
    assert name in (referent.agent.label, *referent.agent.alt)
    assert (referent.acts_for.label if referent.acts_for else None) == acts_for


def test_a_title_is_one_token_with_its_person(annotate: Annotate) -> None:
    """Titles beside names fall out of what is parsed, so that subjects stand next to their verbs."""
    (parsed,) = annotate(
        "Richard Marles, the Australian Minister for Defence, and Gen Nakatani, the Japanese Minister of Defence, met."
    ).passages
    verb = next(t for t in parsed.doc if t.text == "met")
    subject = next(c for c in verb.children if c.dep_ == "nsubj")
    assert parsed.words(parsed.span(subject)).startswith("Richard Marles")
    assert [t.text for t in subject.children] == ["and", "Obama"]


THINGS = [
    ("The Reciprocal Access Agreement was signed.", "Access", "Reciprocal Access Agreement", "Agreement"),
    ("They trained in exercise Blue Heron.", "Heron", "Blue Heron", "Exercise"),
    ("The 45th Armoured Brigade moved.", "Brigade", "45th Armoured Brigade", "ArmedForce"),
    ("On Friday Hindustan Dynamics delivered it.", "Dynamics", "Hindustan Dynamics", "Company"),
]


@pytest.mark.parametrize(("text", "words", "label", "kind"), THINGS)
def test_unknown_names_are_told_by_their_words(
    annotate: Annotate, text: str, words: str, label: str, kind: str
) -> None:
    """What the reference data lacks is named without article or weekday, and of the kind that its words tell."""
    (referent,) = referents(annotate(text), words)
    assert referent.entity is not None
    assert (referent.entity.label, referent.entity.kind) == (label, kind)


def test_a_capital_acts_as_its_state_and_is_a_city_as_a_place(annotate: Annotate) -> None:
    """'Tokyo' is Japan where it acts and a city where something happens."""
    (referent,) = referents(annotate("Tokyo agreed to the plan."), "Tokyo")
    assert referent.agent is not None
    assert referent.place is not None
    assert (referent.agent.label, referent.place.kind) == ("Japan", "City")


def test_family_names_prefer_whom_the_document_named(annotate: Annotate) -> None:
    """A family name alone stands for the person named in full, though a town has the same name."""
    text = "Japanese Foreign Minister Yoko Kamikawa came. Kamikawa praised the pact."
    (referent,) = referents(annotate(text), "Kamikawa praised")
    assert referent.agent is not None
    assert referent.agent.kind == "Person"


def test_an_acronym_stands_for_what_it_was_given_to(annotate: Annotate) -> None:
    """An acronym in brackets is used for the name from then on."""
    text = "The Joint Fighter Development Agency (JFDA) was founded. Japan told JFDA to wait."
    assert labels(annotate(text), "JFDA to") == ["Joint Fighter Development Agency"]


def test_the_newspaper_is_not_the_government(annotate: Annotate) -> None:
    """'The Australian Government' names Australia, not the newspaper of that name."""
    assert labels(annotate("The Australian Government chose the ship."), "Australian") == ["Australia"]


@pytest.mark.parametrize(("word", "city"), [("Rzeszow", "Rzeszów"), ("Tromso", "Tromsø"), ("Osaka", "Ōsaka")])
def test_a_city_is_known_without_its_accents(annotate: Annotate, word: str, city: str) -> None:
    """Wires write names of cities in plain letters."""
    (referent,) = referents(annotate(f"Troops went to {word} on Monday."), word)
    assert referent.place is not None
    assert referent.place.label == city
