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
    (
        "a letter by its whole name",
        "Chile signed a letter of intent with Peru.",
        ["AgreementSigning(agreement: letter of intent; party: Chile, Peru) Actual"],
    ),
    (
        "numbers in brackets",
        "Chile ordered radars (54) and howitzers (24).",
        [
            "ArmsTransfer(buyer: Chile; item: radars) Actual, 54 of them",
            "ArmsTransfer(buyer: Chile; item: howitzers) Actual, 24 of them",
        ],
    ),
    (
        "the Union by its seat",
        "Brussels and Ottawa signed a pact.",
        ["AgreementSigning(agreement: pact; party: Canada, European Union) Actual"],
    ),
    (
        "a sum in the currency of the one before",
        "Chile raised its defence budget by 19 billion euros, to 110 billion, in 2024.",
        ["DefenceSpending(spender: Chile) Actual, 2024, 110,000,000,000 EUR"],
    ),
    (
        "a mark that spending is held to",
        "Chile's president said that Chile would meet the 2 percent target.",
        ["DefenceSpending(spender: Chile) Planned, 2 % of GDP, said by Chile"],
    ),
    (
        "who signs the decree that does it",
        "Chile's president signed a decree imposing sanctions on Peru.",
        ["Sanction(actor: Chile; target: Peru) Actual"],
    ),
    (
        "whom a sum of aid is for",
        "New military aid worth 6 million euros for Peru was announced by Chile.",
        ["Aid(item: military aid; provider: Chile; recipient: Peru) Planned, 6,000,000 EUR"],
    ),
    (
        "spending told with where it is",
        "Defence spending in Chile will climb from 2.4 to 3.5 percent of GDP by 2030.",
        ["DefenceSpending(spender: Chile) Planned, to 2030, 3.5 % of GDP"],
    ),
    (
        "sanctions that are removed from somebody",
        "The US has removed sanctions from three Peruvian firms.",
        ["Sanction(actor: United States; target: Peru, Peruvian firms) Ended"],
    ),
    (
        "members of a force are the force",
        "Chile trained 120 members of the Peruvian Army.",
        ["Training(trainee: Peruvian Army; trainer: Chile) Actual, 120 of them"],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_told_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


def test_we_in_the_answers_of_a_parliament_are_its_state() -> None:
    """Whose forces a question asks after is whose minister answers."""
    text = (
        "Ms Ana Lima (Leeds): To ask the Minister what arms Norway is giving to Chad.\n\n"
        "Mr Paul Berg: We trained 300 soldiers from Chad in May. I visited Lagos in June.\n\n"
        "Ms Ana Lima (Leeds): To ask the Minister whether Norway has ordered tanks.\n\n"
        "Mr Paul Berg: We have ordered 54 tanks."
    )
    claims = told(text)
    assert "ArmsTransfer(buyer: Norway; item: tanks) Actual, 54 of them, said by Paul Berg" in claims
    assert any(c.startswith("Training(") and "trainer: Norway" in c for c in claims)
    assert any(c.startswith("Visit(") and "visitor: Paul Berg" in c for c in claims)
