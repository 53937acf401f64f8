"""How a claim holds is told by the words above and beside it: each case names those words."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "planned, by the verb whose end it is a means to",
        "Japan and Australia agreed to raise the readiness of their forces through joint exercises.",
        ["JointExercise(participant: Australia, Japan) Planned"],
    ),
    (
        "actual, as a means to what has been done",
        "Japan and Australia have deepened their ties through joint exercises in Guam.",
        [
            "Cooperation(party: Australia, Japan) Actual",
            "JointExercise(participant: Australia, Japan; place: Guam) Actual",
        ],
    ),
    (
        "planned, by an infinitive in the passive behind a noun",
        "The contract covers 12 frigates to be built by Naval Group.",
        ["CapabilityDevelopment(developer: Naval Group; item: frigates) Planned, 12 of them"],
    ),
    (
        "planned, by the verb that carries a named exercise",
        "Indonesia will take part in the Talisman Sabre exercise with Japan.",
        ["JointExercise(exercise: Talisman Sabre; participant: Indonesia, Japan) Planned"],
    ),
    (
        "planned, by its date, in the simple present",
        "Keir Starmer meets Donald Tusk in Warsaw in June.",
        ["Meeting(participant: Donald Tusk, Keir Starmer; place: Warsaw) Planned, 2025-06"],
    ),
    (
        "planned, by the noun before an infinitive",
        "Norway is in line to receive three submarines from Germany.",
        ["ArmsTransfer(buyer: Norway; item: submarines; supplier: Germany) Planned, 3 of them"],
    ),
    (
        "denied, by a verb with its particle",
        "France has ruled out sending troops to Ukraine.",
        ["Deployment(asset: troops; deployer: France; place: Ukraine) Denied"],
    ),
    (
        "proposed, where a denial is denied",
        "France has not ruled out sending troops to Ukraine.",
        ["Deployment(asset: troops; deployer: France; place: Ukraine) Proposed, said by France"],
    ),
    (
        "denied, in what reports are said to tell",
        "Egypt denied reports that it had deployed troops to Somalia.",
        ["Deployment(asset: troops; deployer: Egypt; place: Somalia) Denied, said by Egypt"],
    ),
    (
        "ended, as somebody does no longer what they did",
        "Chad no longer hosts French troops.",
        ["Deployment(asset: French troops; deployer: France; place: Chad) Ended"],
    ),
    (
        "ended, where the decided ending lies ahead",
        "Chad will withdraw its troops from Mali in June.",
        ["Deployment(asset: troops; deployer: Chad; place: Mali) Ended, to 2025-06"],
    ),
    (
        "denied, as it was left without",
        "Italy left the summit without signing the declaration.",
        ["AgreementSigning(agreement: declaration; party: Italy) Denied"],
    ),
    (
        "denied, as something else is done instead",
        "Instead of buying jets from France, Oman waited.",
        ["ArmsTransfer(buyer: Oman; item: jets; supplier: France) Denied"],
    ),
    (
        "denied, by a verb with an adverb",
        "Germany has stopped short of sending missiles to Ukraine.",
        ["Deployment(asset: missiles; place: Ukraine) Denied"],
    ),
    (
        "actual, as talks on its cost take it to be there",
        "Chad and Oman will discuss the cost of stationing 300 Chadian troops in Oman.",
        [
            "Deployment(asset: Chadian troops; deployer: Chad; place: Oman) Actual, 300 of them",
        ],
    ),
    (
        "actual, without the date of what was before",
        "Chad visited Oman in May, and has since bought 20 tanks from Qatar.",
        [
            "Visit(destination: Oman; visitor: Chad) Actual, 2025-05",
            "ArmsTransfer(buyer: Chad; item: tanks; supplier: Qatar) Actual, 20 of them",
        ],
    ),
    (
        "planned, as the means to what is",
        "Japan will respond by deploying missiles to Okinawa.",
        ["Deployment(asset: missiles; deployer: Japan; place: Okinawa) Planned"],
    ),
    ("nothing, where it nearly happened", "Chad nearly signed a treaty with Mali.", []),
    ("nothing, where it would have happened", "Finland would have joined NATO sooner.", []),
    ("nothing, where it would be needed", "Congress would have to ratify any treaty with Oman.", []),
    (
        "ended, though planned before",
        "The planned meeting between Keir Starmer and Donald Tusk was cancelled.",
        ["Meeting(participant: Donald Tusk, Keir Starmer) Ended"],
    ),
    (
        "nothing, where it is only asked",
        "Asked whether France would send troops to Ukraine, Sébastien Lecornu said nothing.",
        [],
    ),
    (
        "nothing, in a condition told by its order",
        "Had Poland joined NATO's programme, much would be different.",
        [],
    ),
    (
        "done, in the past",
        "Sweden joined NATO in March 2024.",
        [
            "Accession(member: Sweden; organisation: NATO) Actual, 2024-03",
        ],
    ),
    (
        "begun",
        "Japan began deploying missiles on Okinawa in March.",
        [
            "Deployment(asset: missiles; deployer: Japan; place: Okinawa) Actual, 2025-03",
        ],
    ),
    (
        "managed",
        "Japan managed to deploy missiles on Okinawa.",
        [
            "Deployment(asset: missiles; deployer: Japan; place: Okinawa) Actual",
        ],
    ),
    (
        "planned, by 'will'",
        "Italy will train Libyan officers until 2027.",
        [
            "Training(trainee: Libyan officers; trainer: Italy) Planned, to 2027",
        ],
    ),
    (
        "planned, by 'plans to'",
        "The Netherlands plans to provide Ukraine with 100 drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Planned, 100 of them",
        ],
    ),
    (
        "planned, by 'aims to'",
        "France aims to send an aircraft carrier to the Pacific in 2026.",
        [
            "Deployment(asset: aircraft carrier; deployer: France; place: Pacific Ocean) Planned, 2026",
        ],
    ),
    (
        "planned, by 'is set to'",
        "Italy is set to buy six submarines from Germany.",
        [
            "ArmsTransfer(buyer: Italy; item: submarines; supplier: Germany) Planned, 6 of them",
        ],
    ),
    (
        "planned, by 'was scheduled to' over a light verb",
        "Italy was scheduled to host talks with Spain in Rome on 20 May.",
        [
            "Meeting(participant: Italy, Spain; place: Rome) Planned, 2025-05-20",
        ],
    ),
    (
        "planned, by a noun of planning",
        "Germany's plans to station a brigade in Lithuania were welcomed.",
        [
            "Deployment(asset: brigade; deployer: Germany; place: Lithuania) Planned",
        ],
    ),
    (
        "planned, by 'agreed to'",
        "Finland and Sweden agreed to share intelligence.",
        [
            "InformationSharing(party: Finland, Sweden) Planned",
        ],
    ),
    (
        "planned, as what a contract is for",
        "Britain agreed a deal to sell 20 Typhoon fighters to Qatar.",
        [
            "AgreementSigning(agreement: deal; party: United Kingdom) Actual",
            "ArmsTransfer(buyer: Qatar; item: Typhoon fighters; supplier: United Kingdom) Planned, 20 of them",
        ],
    ),
    (
        "planned, of a noun in the subject",
        "A meeting between Keir Starmer and Donald Tusk is planned for June.",
        [
            "Meeting(participant: Donald Tusk, Keir Starmer) Planned, 2025-06",
        ],
    ),
    (
        "expected, by 'may'",
        "The Netherlands may provide Ukraine with 100 drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Expected, 100 of them",
        ],
    ),
    (
        "expected, by 'is likely to'",
        "Sweden is likely to join NATO.",
        [
            "Accession(member: Sweden; organisation: NATO) Expected",
        ],
    ),
    (
        "expected, by unnamed forecasters",
        "Analysts expect Italy to deploy troops in Niger.",
        [
            "Deployment(asset: troops; deployer: Italy; place: Niger) Expected",
        ],
    ),
    (
        "expected, in a main clause with a condition",
        "France could deploy troops in Ukraine if a ceasefire was signed.",
        [
            "Deployment(asset: troops; deployer: France; place: Ukraine) Expected",
        ],
    ),
    (
        "proposed, by 'should'",
        "Sweden should join NATO.",
        [
            "Accession(member: Sweden; organisation: NATO) Proposed",
        ],
    ),
    (
        "proposed, by 'is considering'",
        "Sweden is considering joining NATO.",
        [
            "Accession(member: Sweden; organisation: NATO) Proposed",
        ],
    ),
    (
        "proposed, by 'hopes to'",
        "Italy hopes to buy six submarines from Germany.",
        [
            "ArmsTransfer(buyer: Italy; item: submarines; supplier: Germany) Proposed, 6 of them",
        ],
    ),
    (
        "proposed, by 'applied to'",
        "Sweden applied to join NATO in May 2022.",
        [
            "Accession(member: Sweden; organisation: NATO) Proposed, 2022-05",
        ],
    ),
    (
        "denied, by 'not'",
        "The Netherlands did not provide Ukraine with drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Denied",
        ],
    ),
    (
        "denied, by 'will not', which is no plan",
        "France will not send troops to Ukraine.",
        [
            "Deployment(asset: troops; deployer: France; place: Ukraine) Denied",
        ],
    ),
    (
        "denied, by 'never'",
        "Italy never deployed troops in Niger.",
        [
            "Deployment(asset: troops; deployer: Italy; place: Niger) Denied",
        ],
    ),
    (
        "denied, by 'neither … nor'",
        "Neither Japan nor China signed the agreement.",
        [
            "AgreementSigning(agreement: agreement; party: China, Japan) Denied",
        ],
    ),
    (
        "denied, by 'no' at the noun",
        "No talks between Russia and Ukraine have taken place.",
        [
            "Meeting(participant: Russia, Ukraine) Denied",
        ],
    ),
    (
        "denied, by 'refused to'",
        "The Netherlands refused to provide Ukraine with drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Denied",
        ],
    ),
    (
        "denied, by 'failed to'",
        "Japan failed to deploy missiles on Okinawa.",
        [
            "Deployment(asset: missiles; deployer: Japan; place: Okinawa) Denied",
        ],
    ),
    (
        "denied, by 'denied'",
        "Russia denied attacking Poland.",
        [
            "ArmedConflict(belligerent: Russia; opponent: Poland) Denied, said by Russia",
        ],
    ),
    (
        "denied, by a plan that was rejected",
        "Sweden's plan to join NATO was rejected by Turkey.",
        [
            "Accession(member: Sweden; organisation: NATO) Denied",
        ],
    ),
    (
        "ended, by 'stopped'",
        "Japan stopped deploying missiles on Okinawa in March.",
        [
            "Deployment(asset: missiles; deployer: Japan; place: Okinawa) Ended, to 2025-03",
        ],
    ),
    (
        "ended, by 'ended' over a noun",
        "Britain ended its arms sales to Israel in 2024.",
        [
            "ArmsTransfer(buyer: Israel; item: arms; supplier: United Kingdom) Ended, to 2024",
        ],
    ),
    (
        "ended, by 'cancelled' over a noun",
        "France cancelled a joint exercise with Italy.",
        [
            "JointExercise(participant: France, Italy) Ended",
        ],
    ),
    (
        "ended, by 'withdrew'",
        "France withdrew its troops from Mali in 2022.",
        [
            "Deployment(asset: troops; deployer: France; place: Mali) Ended, to 2022",
        ],
    ),
    (
        "ended, by 'lifted'",
        "The United States lifted sanctions on Syria.",
        [
            "Sanction(actor: United States; target: Syria) Ended",
        ],
    ),
    (
        "nothing, of what an 'if' supposes",
        "If the Netherlands provided Ukraine with drones, Russia would protest.",
        [],
    ),
    (
        "nothing, of what an 'unless' supposes",
        "Unless Italy deploys troops in Niger, France will protest.",
        [],
    ),
    (
        "nothing, of what is only the purpose",
        "Keir Starmer went home early to meet Donald Tusk.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_told_is(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
