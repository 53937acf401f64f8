"""Every class of events is found in the plain wording of news: each case names a class and how it is worded."""

import pytest

from tests.extract.sentences import mapper, told

CASES = [
    (
        "meeting, by persons",
        "Keir Starmer held talks with Donald Tusk in Warsaw on Friday.",
        [
            "Meeting(participant: Donald Tusk, Keir Starmer; place: Warsaw) Actual, 2025-05-09",
        ],
    ),
    (
        "visit, as a verb",
        "Emmanuel Macron visited Egypt in April.",
        [
            "Visit(destination: Egypt; visitor: Emmanuel Macron) Actual, 2025-04",
        ],
    ),
    (
        "visit, as a noun",
        "Emmanuel Macron's visit to Egypt took place in April.",
        [
            "Visit(destination: Egypt; visitor: Emmanuel Macron) Actual, 2025-04",
        ],
    ),
    (
        "signing of an agreement",
        "Germany and France signed a defence agreement in Paris on 12 May 2025.",
        [
            "AgreementSigning(agreement: defence agreement; party: France, Germany) Actual, 2025-05-12",
        ],
    ),
    (
        "signing of a contract",
        "The contract, worth 2.5 billion euros, was signed in April by Italy and Indonesia.",
        [
            "AgreementSigning(agreement: contract; party: Indonesia, Italy) Actual, 2025-04",
        ],
    ),
    (
        "cooperation, by ties",
        "India and France are strengthening defence ties.",
        [
            "Cooperation(party: France, India) Actual",
        ],
    ),
    (
        "cooperation, by a partnership",
        "India and France have a strategic partnership.",
        [
            "Cooperation(party: France, India) Actual",
        ],
    ),
    (
        "joint exercise, as a verb",
        "Troops from Oman and Iran drilled together in the Strait of Hormuz.",
        [
            "JointExercise(participant: Iran, Oman; place: Strait of Hormuz) Actual",
        ],
    ),
    (
        "joint exercise, by its name",
        "Forces from the United States, Japan and the Philippines took part in Exercise Balikatan.",
        [
            "JointExercise(exercise: Balikatan; participant: Japan, Philippines, United States) Actual",
        ],
    ),
    (
        "joint exercise, that involves sides",
        "The exercise, involving Japan, India and Australia, began on Monday.",
        [
            "JointExercise(participant: Australia, India, Japan) Actual",
        ],
    ),
    (
        "sharing of information",
        "South Korea and Poland share intelligence on missile launches.",
        [
            "InformationSharing(party: Poland, South Korea) Actual",
        ],
    ),
    (
        "aid, in arms",
        "The Netherlands donated 100 drones to Ukraine.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Actual, 100 of them",
        ],
    ),
    (
        "aid, in money",
        "Denmark allocated 1.5 billion euros in military aid to Ukraine.",
        [
            "Aid(provider: Denmark; recipient: Ukraine) Planned, 1,500,000,000 EUR",
        ],
    ),
    (
        "training",
        "Finland trains Ukrainian pilots in Turku.",
        [
            "Training(place: Turku; trainee: Ukrainian pilots; trainer: Finland) Actual",
        ],
    ),
    (
        "sale of arms",
        "Finland sold 50 howitzers to Estonia in 2020.",
        [
            "ArmsTransfer(buyer: Estonia; item: howitzers; supplier: Finland) Actual, 2020, 50 of them",
        ],
    ),
    (
        "purchase of arms",
        "Greece received more than 30 armoured vehicles from Germany.",
        [
            "ArmsTransfer(buyer: Greece; item: armoured vehicles; supplier: Germany) Actual, more than 30 of them",
        ],
    ),
    (
        "development of a weapon",
        "Estonia and Latvia jointly developed a naval drone.",
        [
            "CapabilityDevelopment(developer: Estonia, Latvia; item: naval drone) Actual",
        ],
    ),
    (
        "establishment",
        "Lithuania established a drone command in 2024.",
        [
            "Establishment(founder: Lithuania; institution: drone command) Actual, 2024",
        ],
    ),
    (
        "accession, as a verb",
        "Sweden joined NATO in March 2024.",
        [
            "Accession(member: Sweden; organisation: NATO) Actual, 2024-03",
        ],
    ),
    (
        "accession, as a noun",
        "Sweden's accession to NATO took place in March 2024.",
        [
            "Accession(member: Sweden; organisation: NATO) Actual, 2024-03",
        ],
    ),
    (
        "deployment",
        "About 1,200 British soldiers are stationed in Estonia.",
        [
            "Deployment(asset: British soldiers; deployer: United Kingdom; place: Estonia) Actual, about 1,200 of them",
        ],
    ),
    (
        "defence spending, as a sum",
        "Canada spent $30 billion on defence in 2024.",
        [
            "DefenceSpending(spender: Canada) Actual, 2024, 30,000,000,000 USD",
        ],
    ),
    (
        "defence spending, as a share",
        "Estonia spends 3.4 percent of its GDP on defence.",
        [
            "DefenceSpending(spender: Estonia) Actual, 3.4 % of GDP",
        ],
    ),
    (
        "adoption of a policy",
        "Spain adopted a new national defence strategy in 2024.",
        [
            "PolicyAdoption(adopter: Spain; policy: national defence strategy) Actual, 2024",
        ],
    ),
    (
        "build-up of forces",
        "China has a fleet of 370 warships.",
        [
            "ForceBuildup(actor: China; asset: warships) Actual, 370 of them",
        ],
    ),
    (
        "test of a weapon, as a verb",
        "North Korea fired a ballistic missile into the Sea of Japan on Wednesday.",
        [
            "WeaponTest(actor: North Korea; item: ballistic missile; place: Sea of Japan) Actual, 2025-05-14",
        ],
    ),
    (
        "test of a weapon, as a noun",
        "Pakistan conducted a test of the Fatah missile on 5 May 2025.",
        [
            "WeaponTest(actor: Pakistan; item: Fatah missile) Actual, 2025-05-05",
        ],
    ),
    (
        "armed conflict",
        "Russia invaded Ukraine in February 2022.",
        [
            "ArmedConflict(belligerent: Russia; opponent: Ukraine) Actual, 2022-02",
        ],
    ),
    (
        "threat, in words",
        "China threatened Taiwan with force.",
        [
            "Threat(actor: China; target: Taiwan) Actual",
        ],
    ),
    (
        "threat, by a dangerous act",
        "Chinese aircraft entered Taiwan's airspace.",
        [
            "Threat(actor: China; target: Taiwan) Actual",
        ],
    ),
    (
        "sanction, imposed",
        "Sanctions were imposed on Belarus by the European Union.",
        [
            "Sanction(actor: European Union; target: Belarus) Actual",
        ],
    ),
    (
        "sanction, as a verb",
        "Venezuela was sanctioned by the United States in 2019.",
        [
            "Sanction(actor: United States; target: Venezuela) Actual, 2019",
        ],
    ),
    (
        "nothing in mere description",
        "Growing concerns about evolving threats call for a credible deterrent and a sound economy.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_class_is_found_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims


def test_no_class_of_the_contract_goes_untested() -> None:
    """Every class that a frame evokes has a case here; what is said has its own tests, of speech."""
    tested = {claim.partition("(")[0] for _, _, claims in CASES for claim in claims} | {"Statement"}
    assert tested == {frame.evokes for frame in mapper().extractor.lexicon.frames}
