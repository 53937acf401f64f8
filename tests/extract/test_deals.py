"""Deals, gifts and dues as the news words them: each case names the construction, its sentence and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "each thing with its own seller",
        "Greece bought 24 Rafale jets from France and 20 F-35s from the United States.",
        [
            "ArmsTransfer(buyer: Greece; item: Rafale jets; supplier: France) Actual, 24 of them",
            "ArmsTransfer(buyer: Greece; item: F-35; supplier: United States) Actual, 20 of them",
        ],
    ),
    (
        "things of one seller, and one of another",
        "Chile ordered 66 tanks and 12 guns from Spain and 90 radars from Italy.",
        [
            "ArmsTransfer(buyer: Chile; item: tanks; supplier: Spain) Actual, 66 of them",
            "ArmsTransfer(buyer: Chile; item: guns; supplier: Spain) Actual, 12 of them",
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Italy) Actual, 90 of them",
        ],
    ),
    (
        "each gift with whom it goes to",
        "Germany gave 14 tanks to Ukraine and 30 howitzers to Moldova.",
        [
            "Aid(item: tanks; provider: Germany; recipient: Ukraine) Actual, 14 of them",
            "Aid(item: howitzers; provider: Germany; recipient: Moldova) Actual, 30 of them",
        ],
    ),
    (
        "arms that another army is sent, which nobody's crew goes with",
        "Sweden sent Archer howitzers to Ukraine in May.",
        ["Aid(item: Archer howitzers; provider: Sweden; recipient: Ukraine) Actual, 2025-05"],
    ),
    (
        "a contract to buy",
        "Chile signed a contract to buy 14 radars from Saab for 90 million dollars.",
        [
            "AgreementSigning(agreement: contract; party: Chile) Actual",
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Actual, 90,000,000 USD, 14 of them",
        ],
    ),
    (
        "a contract won to supply, behind its worth",
        "Saab won a contract worth 200 million euros from the Chilean army to supply ammunition.",
        [
            "ArmsTransfer(buyer: Chile; item: ammunition; supplier: Saab) Actual, 200,000,000 EUR",
        ],
    ),
    (
        "an agreement to buy, with the maker before the infinitive",
        "Peru signed a $70 million agreement with the Turkish drone maker Baykar to purchase TB2 drones.",
        [
            "AgreementSigning(agreement: agreement; party: Baykar, Peru) Actual",
            "ArmsTransfer(buyer: Peru; item: TB2 drones; supplier: Baykar) Actual, 70,000,000 USD",
        ],
    ),
    (
        "a contract to deliver",
        "Baykar signed a contract with Peru to deliver 12 drones.",
        [
            "AgreementSigning(agreement: contract; party: Baykar, Peru) Actual",
            "ArmsTransfer(buyer: Peru; item: drones; supplier: Baykar) Actual, 12 of them",
        ],
    ),
    (
        "a contract for the supply, for a service",
        "Saab received a contract for the supply of 155 mm shells for the Chilean Navy.",
        [
            "ArmsTransfer(buyer: Chilean Navy; item: 155 mm shells; supplier: Saab) Actual",
        ],
    ),
    (
        "a maker picked to provide",
        "Chile picked Sweden's Saab to provide four coastal radars.",
        [
            "ArmsTransfer(buyer: Chile; item: coastal radars; supplier: Saab) Planned, 4 of them",
        ],
    ),
    (
        "talks to buy",
        "Peru is in talks with Sweden to buy 12 jets.",
        [
            "Meeting(participant: Peru, Sweden) Actual",
            "ArmsTransfer(buyer: Peru; item: jets; supplier: Sweden) Proposed, 12 of them",
        ],
    ),
    (
        "a company that hands over",
        "Saab handed over two patrol boats to the Chilean Navy.",
        [
            "ArmsTransfer(buyer: Chilean Navy; item: patrol boats; supplier: Saab) Actual, 2 of them",
        ],
    ),
    (
        "what a deal brings",
        "Under the deal, Peru will get 12 Gripen jets.",
        [
            "ArmsTransfer(buyer: Peru; item: Gripen) Planned, 12 of them",
        ],
    ),
    (
        "arms with a name of their own",
        "Chile ordered 36 Coastal Strike Missiles from Saab.",
        [
            "ArmsTransfer(buyer: Chile; item: Coastal Strike Missiles; supplier: Saab) Actual, 36 of them",
        ],
    ),
    (
        "licences to export",
        "Chile suspended export licences for arms to Peru.",
        [
            "ArmsTransfer(buyer: Peru; item: arms; supplier: Chile) Ended",
        ],
    ),
    (
        "a receiver behind the worth of the gift",
        "Sweden donated four trucks and spare parts worth 2 million euros to Chad.",
        [
            "Aid(item: spare parts; provider: Sweden; recipient: Chad) Actual, 2,000,000 EUR",
            "Aid(item: trucks; provider: Sweden; recipient: Chad) Actual, 4 of them",
        ],
    ),
    (
        "a package told in its parts",
        "Sweden announced 20 million euros of aid to Chad. The package includes 18 guns, 400 shells and two radars.",
        [
            "Aid(provider: Sweden; recipient: Chad) Planned, 20,000,000 EUR",
            "Aid(item: guns; provider: Sweden; recipient: Chad) Planned, 18 of them",
            "Aid(item: shells; provider: Sweden; recipient: Chad) Planned, 400 of them",
            "Aid(item: radars; provider: Sweden; recipient: Chad) Planned, 2 of them",
        ],
    ),
    (
        "a measure of aid",
        "Sweden approved a 20 million euro assistance measure for the army of Chad.",
        [
            "Aid(item: assistance measure; provider: Sweden; recipient: Chad) Planned, 20,000,000 EUR",
        ],
    ),
    (
        "money to support",
        "Sweden allocated 20 million euros to support the Chadian army.",
        [
            "Aid(provider: Sweden; recipient: Chad) Planned, 20,000,000 EUR",
        ],
    ),
    (
        "what is received as a gift",
        "Chad received 40 trucks from China as a gift.",
        [
            "Aid(item: trucks; provider: China; recipient: Chad) Actual, 40 of them",
        ],
    ),
    (
        "ships transferred to a state",
        "Sweden transferred two frigates to Peru.",
        [
            "Aid(item: frigates; provider: Sweden; recipient: Peru) Actual, 2 of them",
        ],
    ),
    (
        "negotiations on a treaty",
        "Chile and Peru began negotiations on a defence treaty.",
        [
            "Meeting(participant: Chile, Peru) Actual",
            "AgreementSigning(agreement: defence treaty; party: Chile, Peru) Proposed",
        ],
    ),
    (
        "a pact told again without its sides",
        "Chile and Peru signed a defence pact in 2007. The pact was renewed in 2019.",
        [
            "AgreementSigning(agreement: defence pact; party: Chile, Peru) Actual, 2007",
            "AgreementSigning(agreement: defence pact; party: Chile, Peru) Actual, 2019",
        ],
    ),
    (
        "an agreement rejected",
        "Peru's parliament rejected a defence agreement with Chile.",
        [
            "AgreementSigning(agreement: defence agreement; party: Chile, Peru) Denied",
        ],
    ),
    (
        "an agreement that is entered into, and joined by nobody",
        "Peru entered into a military agreement with Chile in 1947.",
        [
            "AgreementSigning(agreement: military agreement; party: Chile, Peru) Actual, 1947",
        ],
    ),
    (
        "membership applied for",
        "Chad applied for membership of the African Union in May.",
        [
            "Accession(member: Chad; organisation: African Union) Proposed",
        ],
    ),
    (
        "part taken",
        "Chile takes part in the coalition.",
        [
            "Accession(member: Chile; organisation: coalition) Actual",
        ],
    ),
    (
        "a member shut out",
        "Peru was expelled from the coalition.",
        [
            "Accession(member: Peru; organisation: coalition) Ended",
        ],
    ),
    (
        "money set aside",
        "Chile set aside 500 million pesos for the armed forces.",
        [
            "DefenceSpending(spender: Chile) Planned, 500,000,000 CLP",
        ],
    ),
    (
        "spending in a state",
        "Defence spending in Chile has doubled, to 12 billion pesos.",
        [
            "DefenceSpending(spender: Chile) Actual, 12,000,000,000 CLP",
        ],
    ),
    (
        "money put into what is naval",
        "Chile will invest 12 billion pesos in a naval shipyard.",
        [
            "DefenceSpending(spender: Chile) Planned, 12,000,000,000 CLP",
        ],
    ),
    (
        "trade forbidden",
        "Chile banned all arms trade with Peru.",
        [
            "Sanction(actor: Chile; target: Peru) Actual",
        ],
    ),
    (
        "a ban lifted, which is no export",
        "Chile lifted its ban on arms exports to Peru.",
        [
            "Sanction(actor: Chile; target: Peru) Ended",
        ],
    ),
    (
        "what the punished did",
        "Chile imposed sanctions on two Peruvian firms for supplying drones to Chad.",
        [
            "Sanction(actor: Chile; target: Peru, Peruvian firms) Actual",
            "ArmsTransfer(buyer: Chad; item: drones; supplier: Peru) Actual",
        ],
    ),
    (
        "a sale that is the reason of sanctions",
        "Chile imposed sanctions on Saab over arms sales to Peru.",
        [
            "Sanction(actor: Chile; target: Saab) Actual",
            "ArmsTransfer(buyer: Peru; item: arms) Actual",
        ],
    ),
    (
        "soldiers who train on something abroad",
        "Twenty Peruvian pilots will begin training on Gripen jets in Sweden.",
        [
            "Training(place: Sweden; trainee: Peruvian pilots) Planned, 20 of them",
        ],
    ),
    (
        "a group that completes a programme",
        "The first group of Peruvian pilots completed a training programme in Sweden.",
        [
            "Training(place: Sweden; trainee: Peruvian pilots) Actual",
        ],
    ),
    (
        "a course run for somebody",
        "The course for 40 Peruvian officers was run by the Chilean army.",
        [
            "Training(trainee: Peruvian officers; trainer: Chile) Actual, 40 of them",
        ],
    ),
    (
        "a participle that goes along with a plan",
        "Chile plans to buy 48 jets, taking delivery of 12 aircraft by 2027.",
        [
            "ArmsTransfer(buyer: Chile; item: jets) Planned, 48 of them",
            "ArmsTransfer(buyer: Chile; item: aircraft) Planned, to 2027, 12 of them",
        ],
    ),
    (
        "a number before a name in K",
        "Chile ordered 180 K-2 tanks.",
        [
            "ArmsTransfer(buyer: Chile; item: K-2 tanks) Actual, 180 of them",
        ],
    ),
    (
        "units of a thing",
        "Peru bought two units of the Gripen.",
        [
            "ArmsTransfer(buyer: Peru; item: Gripen) Actual, 2 of them",
        ],
    ),
    (
        "companies with their legal form",
        "Chile's Ferrox Co. and Saab Ltd. will ship radars to Peru.",
        [
            "ArmsTransfer(buyer: Peru; item: radars; supplier: Ferrox Co., Saab) Planned",
        ],
    ),
    (
        "a company that supplies a state with arms",
        "Saab will supply Peru with 36 jets.",
        [
            "ArmsTransfer(buyer: Peru; item: jets; supplier: Saab) Planned, 36 of them",
        ],
    ),
    (
        "arms under construction",
        "Chile's first icebreaker is under construction.",
        [
            "CapabilityDevelopment(developer: Chile; item: icebreaker) Actual",
        ],
    ),
    (
        "a verb behind 'co-'",
        "Chile and Peru will co-develop a radar.",
        [
            "CapabilityDevelopment(developer: Chile, Peru; item: radar) Planned",
        ],
    ),
    (
        "a noun behind 'co-'",
        "Co-production of the missile by Chile and Peru began in May.",
        [
            "CapabilityDevelopment(developer: Chile, Peru; item: missile) Actual, 2025-05",
        ],
    ),
    (
        "a plan signed together",
        "Chile and Peru signed a five-year military plan.",
        [
            "AgreementSigning(agreement: five-year military plan; party: Chile, Peru) Actual",
        ],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_told_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
