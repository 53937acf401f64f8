"""Clauses without their verb: what they tell of others, and what they no longer add to the clause before."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "how many others sent",
        "Poland sent 10 tanks to Ukraine in March, Estonia four in April.",
        [
            "Aid(item: tanks; provider: Poland; recipient: Ukraine) Actual, 2025-03, 10 of them",
            "Aid(item: tanks; provider: Estonia; recipient: Ukraine) Actual, 2025-04, 4 of them",
        ],
    ),
    (
        "how many in words, however large",
        "Poland sent 10 tanks to Ukraine in March, Estonia fifteen in April.",
        [
            "Aid(item: tanks; provider: Poland; recipient: Ukraine) Actual, 2025-03, 10 of them",
            "Aid(item: tanks; provider: Estonia; recipient: Ukraine) Actual, 2025-04, 15 of them",
        ],
    ),
    (
        "when others joined",
        "Finland joined NATO in April 2023, Sweden in March 2024.",
        [
            "Accession(member: Finland; organisation: NATO) Actual, 2023-04",
            "Accession(member: Sweden; organisation: NATO) Actual, 2024-03",
        ],
    ),
    (
        "with whom else, and when",
        "Japan signed pacts with Australia in 2022, Britain in 2023 and the Philippines in 2024.",
        [
            "AgreementSigning(agreement: pacts; party: Australia, Japan) Actual, 2022",
            "AgreementSigning(agreement: pacts; party: Japan, United Kingdom) Actual, 2023",
            "AgreementSigning(agreement: pacts; party: Japan, Philippines) Actual, 2024",
        ],
    ),
    (
        "by whom else, behind the same preposition",
        "The pact was joined by Britain in January, by Chad in February and by Iran in March.",
        [
            "Accession(member: United Kingdom; organisation: pact) Actual, 2025-01",
            "Accession(member: Chad; organisation: pact) Actual, 2025-02",
            "Accession(member: Iran; organisation: pact) Actual, 2025-03",
        ],
    ),
    (
        "another thing, from another supplier",
        "Morocco bought 36 HIMARS launchers from the United States and Egypt 30 Rafale jets from France.",
        [
            "ArmsTransfer(buyer: Morocco; item: HIMARS launchers; supplier: United States) Actual, 36 of them",
            "ArmsTransfer(buyer: Egypt; item: Rafale; supplier: France) Actual, 30 of them",
        ],
    ),
    (
        "shares of output",
        "Poland will spend 4.7 per cent of its GDP on defence in 2025, Estonia 3.4 per cent.",
        [
            "DefenceSpending(spender: Poland) Planned, 2025, 4.7 % of GDP",
            "DefenceSpending(spender: Estonia) Planned, 2025, 3.4 % of GDP",
        ],
    ),
    (
        "how many elsewhere",
        "Ireland has 13 soldiers in Kosovo, 4 in Bosnia and 12 in Syria.",
        [
            "Deployment(asset: soldiers; deployer: Ireland; place: Kosovo) Actual, 13 of them",
            "Deployment(asset: soldiers; deployer: Ireland; place: Bosnia and Herzegovina) Actual, 4 of them",
            "Deployment(asset: soldiers; deployer: Ireland; place: Syria) Actual, 12 of them",
        ],
    ),
    (
        "endings, each on its date",
        "France withdrew from Mali in 2022, Burkina Faso in 2023 and Niger in December of that year.",
        [
            "Deployment(deployer: France; place: Mali) Ended, to 2022",
            "Deployment(deployer: France; place: Burkina Faso) Ended, to 2023",
            "Deployment(deployer: France; place: Niger) Ended, to 2023-12",
        ],
    ),
    (
        "a list of names with one date is no such clause",
        "The United States, Japan and Australia in 2023 held a joint exercise.",
        ["JointExercise(participant: Australia, Japan, United States) Actual, 2023"],
    ),
    (
        "the state behind a city is none, either",
        "Rutte met Merz in Tallinn, Estonia in May 2024.",
        ["Meeting(participant: Merz, Rutte; place: Tallinn) Actual, 2024-05"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[case[0] for case in CASES])
def test_clause_without_a_verb(text: str, expected: list[str]) -> None:
    assert sorted(told(text)) == sorted(expected)
