"""Treaties, orders, gifts and sums in constructions that parsers and word lists easily miss."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "leaving a treaty is leaving a club, and no signing",
        "Peru withdrew from the Ottawa Convention in March 2024.",
        ["Accession(member: Peru; organisation: Ottawa Treaty) Ended, to 2024-03"],
    ),
    (
        "a participle read as a past tense",
        "A pact concluded in May between Chile and Peru lets their navies exchange crews.",
        ["AgreementSigning(agreement: pact; party: Chile, Peru) Actual, 2025-05"],
    ),
    (
        "a blessing for an agreement",
        "Chile's cabinet gave its blessing to an agreement with Peru.",
        ["AgreementSigning(agreement: agreement; party: Chile, Peru) Actual"],
    ),
    (
        "an agreement that lapses",
        "Peru's pact with Chile lapsed in 2023.",
        ["AgreementSigning(agreement: pact; party: Chile, Peru) Ended, to 2023"],
    ),
    (
        "sides that a treaty binds",
        "Peru and Chile are bound by a defence treaty.",
        ["AgreementSigning(agreement: defence treaty; party: Chile, Peru) Actual"],
    ),
    (
        "the receiver as the subject of a passive",
        "Peru was given 18 howitzers by Chile.",
        ["Aid(item: howitzers; provider: Chile; recipient: Peru) Actual, 18 of them"],
    ),
    (
        "the last part of a number",
        "Peru took delivery of the last 12 of 36 radars.",
        ["ArmsTransfer(buyer: Peru; item: radars) Actual, 12 of them"],
    ),
    (
        "a number that leaves out what it counts",
        "Peru, which ordered 14 F-16s in 2018, took delivery of the last two in January 2024.",
        [
            "ArmsTransfer(buyer: Peru; item: F-16) Actual, 2018, 14 of them",
            "ArmsTransfer(buyer: Peru; item: F-16) Actual, 2024-01, 2 of them",
        ],
    ),
    (
        "companies of which the second has its state before it",
        "Saab and Italy's Leonardo have built a radar.",
        ["CapabilityDevelopment(developer: Leonardo, Saab; item: radar) Actual"],
    ),
    (
        "the leader of a consortium",
        "A consortium led by Saab is building radars for Chile.",
        ["CapabilityDevelopment(developer: Saab; item: radars) Actual"],
    ),
    (
        "a loose participle behind an adverb",
        "Chile showed interest in the radar, jointly developed by Italy and Spain.",
        [
            "ArmsTransfer(buyer: Chile; item: radar) Proposed",
            "CapabilityDevelopment(developer: Italy, Spain; item: radar) Actual",
        ],
    ),
    (
        "who is awarded a contract, and whom it is to supply",
        "Saab was awarded a contract to supply Chile with 96 radars.",
        ["ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Actual, 96 of them"],
    ),
    (
        "a commissioned company",
        "Saab was commissioned by Chile to build radars.",
        ["ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Actual"],
    ),
    (
        "a possible sale that is approved",
        "Washington approved a possible sale of radars to Chile.",
        ["ArmsTransfer(buyer: Chile; item: radars; supplier: United States) Planned"],
    ),
    (
        "talks on arms",
        "Chile is in talks with Saab on ten radars.",
        [
            "Meeting(participant: Chile, Saab) Actual",
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Proposed, 10 of them",
        ],
    ),
    (
        "arms replaced from a supplier",
        "Chile will replace its old jets with 18 Gripens from Saab.",
        ["ArmsTransfer(buyer: Chile; item: Gripens; supplier: Saab) Planned, 18 of them"],
    ),
    (
        "somebody's orders in their parts",
        "Chilean orders include 25 radars.",
        ["ArmsTransfer(buyer: Chile; item: radars) Actual, 25 of them"],
    ),
    ("arms sent, to whomever", "Sweden sent missiles.", ["Aid(item: missiles; provider: Sweden) Actual"]),
    (
        "help that is withheld",
        "Chile withheld 500 million dollars in military aid from Peru.",
        ["Aid(item: military aid; provider: Chile; recipient: Peru) Denied, 500,000,000 USD"],
    ),
    (
        "somebody hit with sanctions",
        "Chile hit 17 Peruvian companies with sanctions.",
        ["Sanction(actor: Chile; target: Peru, Peruvian companies) Actual"],
    ),
    (
        "sanctions that others are to impose",
        "Chile urged others to impose sanctions on Peru.",
        ["Sanction(target: Peru) Proposed, said by Chile"],
    ),
    (
        "who joins whom in a deed",
        "Chile has joined Peru in sending soldiers to Haiti.",
        ["Deployment(asset: soldiers; deployer: Chile, Peru; place: Haiti) Actual"],
    ),
    (
        "the share of output that defence takes",
        "Defence accounts for 6.3 percent of Chilean GDP.",
        ["DefenceSpending(spender: Chile) Actual, 6.3 % of GDP"],
    ),
    (
        "a share of nothing else",
        "Chile spends 5.4 per cent on defence.",
        ["DefenceSpending(spender: Chile) Actual, 5.4 % of GDP"],
    ),
    (
        "a part of a sum is no number of things",
        "Chile pledged 3.5 billion euros for Peru, of which 700 million is for drones.",
        ["Aid(provider: Chile; recipient: Peru) Planned, 3,500,000,000 EUR"],
    ),
    ("a maiden flight", "The Kaan made its maiden flight in 2024.", ["WeaponTest(item: Kaan) Actual, 2024"]),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_told_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
