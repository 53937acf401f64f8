"""Dates and numbers go with what they date and count: each case names the form of the date or number."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "a day with its year",
        "On 3 March 2025, Japan and the Philippines held talks in Manila.",
        [
            "Meeting(participant: Japan, Philippines; place: Manila) Actual, 2025-03-03",
        ],
    ),
    (
        "a weekday, before the document's date",
        "Turkey, a NATO member, tested a ballistic missile on Monday.",
        [
            "WeaponTest(actor: Türkiye; item: ballistic missile) Actual, 2025-05-12",
        ],
    ),
    (
        "'last month'",
        "Japan and the Philippines held talks in Manila last month.",
        [
            "Meeting(participant: Japan, Philippines; place: Manila) Actual, 2025-04",
        ],
    ),
    (
        "a month alone, of what is past",
        "The contract was signed in April by Italy and Indonesia.",
        [
            "AgreementSigning(agreement: contract; party: Indonesia, Italy) Actual, 2025-04",
        ],
    ),
    (
        "a deadline as an end",
        "Japan will buy 400 missiles by 2027.",
        [
            "ArmsTransfer(buyer: Japan; item: missiles) Planned, to 2027, 400 of them",
        ],
    ),
    (
        "a deadline within a year",
        "Italy will deliver two patrol boats to Libya by the end of 2025.",
        [
            "Aid(item: patrol boats; provider: Italy; recipient: Libya) Planned, to 2025, 2 of them",
        ],
    ),
    (
        "a range of years and a sum in yen",
        "From 2023 to 2027, Japan will spend 43 trillion yen on defence.",
        [
            "DefenceSpending(spender: Japan) Planned, 2023 to 2027, 43,000,000,000,000 JPY",
        ],
    ),
    (
        "a range of months",
        "Between January and March 2025, Italy trained 300 Libyan officers.",
        [
            "Training(trainee: Libyan officers; trainer: Italy) Actual, 2025-01 to 2025-03, 300 of them",
        ],
    ),
    (
        "a beginning, by 'since'",
        "Italy has trained Libyan officers since 2021.",
        [
            "Training(trainee: Libyan officers; trainer: Italy) Actual, 2021",
        ],
    ),
    (
        "a sum by a sign",
        "Taiwan bought weapons worth $2.2 billion from the United States.",
        [
            "ArmsTransfer(buyer: Taiwan; item: weapons; supplier: United States) Actual, 2,200,000,000 USD",
        ],
    ),
    (
        "a sum in words",
        "Japan's defence budget for fiscal year 2025 is 8.7 trillion yen.",
        [
            "DefenceSpending(spender: Japan) Actual, 2025, 8,700,000,000,000 JPY",
        ],
    ),
    (
        "a share of gross domestic product",
        "Poland raised its defence spending to 4.7 percent of GDP in 2025.",
        [
            "DefenceSpending(spender: Poland) Actual, 2025, 4.7 % of GDP",
        ],
    ),
    (
        "a number in words",
        "Estonia ordered six radars from Norway.",
        [
            "ArmsTransfer(buyer: Estonia; item: radars; supplier: Norway) Actual, 6 of them",
        ],
    ),
    (
        "'more than' kept beside the number",
        "Greece received more than 30 armoured vehicles from Germany.",
        [
            "ArmsTransfer(buyer: Greece; item: armoured vehicles; supplier: Germany) Actual, more than 30 of them",
        ],
    ),
    (
        "'at least' kept beside the number",
        "At least 100 Italian soldiers were sent to Niger in September 2023.",
        [
            "Deployment(asset: Italian soldiers; deployer: Italy; place: Niger) Actual, 2023-09, at least 100 of them",
        ],
    ),
    (
        "a number in millions",
        "North Korea has 1.2 million soldiers.",
        [
            "ForceBuildup(actor: North Korea; asset: soldiers) Actual, 1,200,000 of them",
        ],
    ),
    (
        "a number behind the unit that it makes up",
        "Germany plans to station a brigade of 5,000 troops in Lithuania by 2027.",
        [
            "Deployment(asset: brigade; deployer: Germany; place: Lithuania) Planned, to 2027, 5,000 of them",
        ],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_told_takes(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


def test_a_relative_date_counts_only_where_the_document_has_one() -> None:
    assert told("Emmanuel Macron visited Egypt on Tuesday.", None) == [
        "Visit(destination: Egypt; visitor: Emmanuel Macron) Actual"
    ]
