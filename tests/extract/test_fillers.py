"""A filler is what the text means: each case names how the text refers to it."""

import pytest

from tests.extract.sentences import reading, told

CASES = [
    (
        "a state by its capital where it acts",
        "Tokyo opened a military base in Djibouti in 2011.",
        [
            "Establishment(founder: Japan; institution: military base; place: Djibouti) Actual, 2011",
        ],
    ),
    (
        "a city where something happens there",
        "Germany and France held talks in Berlin on Tuesday.",
        [
            "Meeting(participant: France, Germany; place: Berlin) Actual, 2025-05-13",
        ],
    ),
    (
        "a state by the adjective before its forces",
        "German troops were deployed to Lithuania.",
        [
            "Deployment(asset: German troops; deployer: Germany; place: Lithuania) Actual",
        ],
    ),
    (
        "persons by a pronoun",
        "Keir Starmer visited Warsaw. He met Donald Tusk.",
        [
            "Visit(destination: Warsaw; visitor: Keir Starmer) Actual",
            "Meeting(participant: Donald Tusk, Keir Starmer) Actual",
        ],
    ),
    (
        "states for the persons who sign for them",
        "Keir Starmer and Donald Tusk met in Warsaw. They signed a defence treaty.",
        [
            "Meeting(participant: Donald Tusk, Keir Starmer; place: Warsaw) Actual",
            "AgreementSigning(agreement: defence treaty; party: Poland, United Kingdom) Actual",
        ],
    ),
    (
        "sides by 'the two leaders'",
        "Keir Starmer met Donald Tusk in Warsaw. The two leaders signed a defence treaty.",
        [
            "Meeting(participant: Donald Tusk, Keir Starmer; place: Warsaw) Actual",
            "AgreementSigning(agreement: defence treaty; party: Poland, United Kingdom) Actual",
        ],
    ),
    (
        "persons, where persons meet, with their offices before them",
        "Polish Defence Minister Władysław Kosiniak-Kamysz met Pete Hegseth in Warsaw on 14 February 2025.",
        [
            "Meeting(participant: Pete Hegseth, Władysław Kosiniak-Kamysz; place: Warsaw) Actual, 2025-02-14",
        ],
    ),
    (
        "a person with the office in apposition",
        "Mark Rutte, the NATO secretary general, visited Ankara.",
        [
            "Visit(destination: Ankara; visitor: Mark Rutte) Actual",
        ],
    ),
    (
        "an item without article and number",
        "Finland sold 50 howitzers to Estonia in 2020.",
        [
            "ArmsTransfer(buyer: Estonia; item: howitzers; supplier: Finland) Actual, 2020, 50 of them",
        ],
    ),
    (
        "an armed group by its adherents",
        "Houthi rebels attacked an Israeli ship in the Red Sea.",
        [
            "ArmedConflict(belligerent: Houthi movement; opponent: Israel) Actual",
        ],
    ),
    (
        "an exercise by its name behind the word",
        "More than 10,000 soldiers from Italy and Spain took part in the exercise Steadfast Dart.",
        [
            "JointExercise(exercise: Steadfast Dart; participant: Italy, Spain) Actual",
        ],
    ),
    (
        "nobody, where people stay unnamed",
        "Officials met in Berlin, and analysts discussed the plan.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_filler_is(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


def test_a_person_acts_for_the_state_whose_office_stands_beside_the_name() -> None:
    (claim,) = reading(
        "Ruritanian Foreign Minister Anna Prinz met Norwegian Defence Minister Ola Fjeld in Oslo."
    ).claims
    acting = {f.entity.label: f.acts_for.label if f.acts_for else None for f in claim.fillers("participant")}
    assert acting["Ola Fjeld"] == "Norway"
    assert acting["Anna Prinz"] is None
