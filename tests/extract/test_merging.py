"""One happening is one fact: each case names what makes two tellings one, or keeps them two."""

import pytest

from tests.extract.sentences import reading, told

CASES = [
    (
        "one: the same day, the place told by one of them",
        "Japan and Australia held talks on Monday. Japan and Australia held talks in Perth on Monday.",
        [
            "Meeting(participant: Australia, Japan; place: Perth) Actual, 2025-05-12",
        ],
    ),
    (
        "one: the same paper told again without its date",
        "Japan and Australia signed a pact in Tokyo on Monday. The pact was signed by the two countries.",
        [
            "AgreementSigning(agreement: pact; party: Australia, Japan) Actual, 2025-05-12",
        ],
    ),
    (
        "two: the same sides at another time and place",
        "Japan and Australia held talks in Perth in March. Japan and Australia held talks in Tokyo in April.",
        [
            "Meeting(participant: Australia, Japan; place: Perth) Actual, 2025-03",
            "Meeting(participant: Australia, Japan; place: Tokyo) Actual, 2025-04",
        ],
    ),
    (
        "two: other sides on the same day",
        "Japan held talks with Australia on Monday. Japan held talks with India on Monday.",
        [
            "Meeting(participant: Australia, Japan) Actual, 2025-05-12",
            "Meeting(participant: India, Japan) Actual, 2025-05-12",
        ],
    ),
    (
        "two: other numbers",
        "Japan bought 20 missiles from Norway. Japan bought 30 missiles from Norway.",
        [
            "ArmsTransfer(buyer: Japan; item: missiles; supplier: Norway) Actual, 20 of them",
            "ArmsTransfer(buyer: Japan; item: missiles; supplier: Norway) Actual, 30 of them",
        ],
    ),
    (
        "two: a plan and a deed",
        "Japan bought 20 missiles from Norway in 2020. Japan will buy 20 missiles from Norway in 2026.",
        [
            "ArmsTransfer(buyer: Japan; item: missiles; supplier: Norway) Actual, 2020, 20 of them",
            "ArmsTransfer(buyer: Japan; item: missiles; supplier: Norway) Planned, 2026, 20 of them",
        ],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_happenings_are(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


def test_the_other_telling_is_kept_beside_the_fuller_one() -> None:
    short, full = (
        "Japan and Australia held talks on Monday.",
        "Japan and Australia held talks in Perth on Monday.",
    )
    (claim,) = reading(f"{short} {full}").claims
    assert claim.evidence.exact == full[:-1]
    assert [told.exact for told in claim.also_told] == [short[:-1]]
