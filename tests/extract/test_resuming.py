"""What a later sentence adds to a happening told before, and who is denied to have done it."""

import pytest

from tests.extract.sentences import told

HELD = "Meeting(participant: Chad, Niger; place: Oslo)"
CASES = [
    (
        "further participants and the end of drills",
        "Niger and Chad held drills near Diffa on 5 May. The manoeuvres, which involved 300 soldiers from Cameroon, "
        "ended on Friday.",
        ["JointExercise(participant: Cameroon, Chad, Niger; place: Diffa) Actual, 2025-05-05 to 2025-05-09"],
    ),
    (
        "who attended the meeting besides",
        "Chad and Niger met in Oslo on Tuesday. The meeting was also attended by Cameroon.",
        ["Meeting(participant: Cameroon, Chad, Niger; place: Oslo) Actual, 2025-05-13"],
    ),
    (
        "the day and the host of talks to come, which stay planned",
        "Chad and Niger will meet in Oslo. The meeting on 3 June will be hosted by Norway.",
        ["Meeting(participant: Chad, Niger, Norway; place: Oslo) Planned, 2025-06-03"],
    ),
    (
        "talks that were cancelled are told apart, with the sides told before",
        "Chad and Niger met in Oslo. The talks were cancelled.",
        [f"{HELD} Actual", f"{HELD} Ended"],
    ),
    (
        "another day is another meeting, of which nothing is known",
        "Chad and Niger met in Oslo on Tuesday. The meeting on Thursday was short.",
        [f"{HELD} Actual, 2025-05-13"],
    ),
    (
        "a date of what is said about the drills is none of theirs",
        "Chad and Niger held drills near Diffa. On Tuesday Norway was briefed on the drills.",
        ["JointExercise(participant: Chad, Niger; place: Diffa) Actual"],
    ),
    (
        "who had sent the soldiers that leave",
        "Norway sent 200 soldiers to Mali in 2022. The soldiers left Mali in 2024.",
        [
            "Deployment(asset: soldiers; deployer: Norway; place: Mali) Actual, 2022, 200 of them",
            "Deployment(asset: soldiers; deployer: Norway; place: Mali) Ended, to 2024",
        ],
    ),
    (
        "soldiers as 'they', and where they were as 'where'",
        "Norway withdrew 300 troops from Mali, where they had served since 2021.",
        [
            "Deployment(asset: troops; deployer: Norway; place: Mali) Ended, 300 of them",
            "Deployment(asset: troops; deployer: Norway; place: Mali) Actual, 2021",
        ],
    ),
    (
        "one's own accession to what one left",
        "Chad left ECOWAS a year after joining it.",
        [
            "Accession(member: Chad; organisation: Economic Community of West African States) Ended",
            "Accession(member: Chad; organisation: Economic Community of West African States) Actual",
        ],
    ),
]
DENIED = [
    (
        "the accusation",
        "Estonia said Russia had attacked Ukraine. Moscow denied the accusation.",
        "ArmedConflict(belligerent: Russia; opponent: Ukraine) Denied, said by Russia",
    ),
    (
        "a clause that hangs on what was said",
        "Estonia accused Rwanda of sending 400 soldiers to Goma, which Kigali denies.",
        "Deployment(asset: soldiers; deployer: Rwanda; place: Goma) Denied, said by Rwanda",
    ),
]
KEPT = [
    "Estonia said Russia had attacked Ukraine. Moscow neither confirmed nor denied it.",
    "Estonia said Russia had attacked Ukraine. Norway dismissed the report.",
]


@pytest.mark.parametrize(("text", "claims"), [c[1:] for c in CASES], ids=[case[0] for case in CASES])
def test_a_happening_goes_on_in_a_later_sentence(text: str, claims: list[str]) -> None:
    """What a definite noun takes up is one happening, with what is new of it."""
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claim"), [c[1:] for c in DENIED], ids=[case[0] for case in DENIED])
def test_who_denies_what_was_said_of_him(text: str, claim: str) -> None:
    """A denial that only points back denies what the denier was just said to have done."""
    assert claim in told(text)


@pytest.mark.parametrize("text", KEPT)
def test_no_denial_is_made_up(text: str) -> None:
    """Nothing is denied where the denial is denied, or is not that of who is said to have done it."""
    assert not any(" Denied" in claim for claim in told(text))
