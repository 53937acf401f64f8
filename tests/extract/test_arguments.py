"""Roles are found whatever the construction: each case names the construction, its sentence and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "the subject and object of an active verb",
        "Japan opened a military base in Djibouti in 2011.",
        [
            "Establishment(founder: Japan; institution: military base; place: Djibouti) Actual, 2011",
        ],
    ),
    (
        "the agent and subject of a passive",
        "A military base was opened by Japan in Djibouti in 2011.",
        [
            "Establishment(founder: Japan; institution: military base; place: Djibouti) Actual, 2011",
        ],
    ),
    (
        "the antecedent of a relative clause as subject",
        "Japan, which opened a military base in Djibouti in 2011, has no others.",
        [
            "Establishment(founder: Japan; institution: military base; place: Djibouti) Actual, 2011",
        ],
    ),
    (
        "an active verb with a destination",
        "Japan has deployed two destroyers to the Gulf of Aden.",
        [
            "Deployment(asset: destroyers; deployer: Japan; place: Gulf of Aden) Actual, 2 of them",
        ],
    ),
    (
        "a passive with a destination before its agent",
        "Two destroyers were deployed to the Gulf of Aden by Japan.",
        [
            "Deployment(asset: destroyers; deployer: Japan; place: Gulf of Aden) Actual, 2 of them",
        ],
    ),
    (
        "a noun of doing with possessor and of-phrase",
        "Japan's deployment of two destroyers to the Gulf of Aden was welcomed.",
        [
            "Deployment(asset: destroyers; deployer: Japan; place: Gulf of Aden) Actual, 2 of them",
        ],
    ),
    (
        "a noun of doing with a by-phrase",
        "The training of Ukrainian pilots by Finland began in May.",
        [
            "Training(trainee: Ukrainian pilots; trainer: Finland) Actual, 2025-05",
        ],
    ),
    (
        "a passive in the present continuous",
        "Ukrainian pilots are being trained by Finland.",
        [
            "Training(trainee: Ukrainian pilots; trainer: Finland) Actual",
        ],
    ),
    (
        "the antecedent of a relative clause as object",
        "The 96 helicopters that Poland ordered from the United States were praised.",
        [
            "ArmsTransfer(buyer: Poland; item: helicopters; supplier: United States) Actual, 96 of them",
        ],
    ),
    (
        "an apposition between subject and verb",
        "Poland, the largest buyer, has ordered 96 helicopters from the United States.",
        [
            "ArmsTransfer(buyer: Poland; item: helicopters; supplier: United States) Actual, 96 of them",
        ],
    ),
    (
        "an infinitive with the subject of its verb",
        "Poland decided to buy 96 Apache helicopters from the United States.",
        [
            "ArmsTransfer(buyer: Poland; item: Apache helicopters; supplier: United States) Planned, 96 of them",
        ],
    ),
    (
        "an infinitive below a noun with a possessor",
        "Poland's decision to buy 96 helicopters was criticised.",
        [
            "ArmsTransfer(buyer: Poland; item: helicopters) Planned, 96 of them",
        ],
    ),
    (
        "the object of a verb of forecasting as subject",
        "France expects Italy to buy Rafale fighters.",
        [
            "ArmsTransfer(buyer: Italy; item: Rafale fighters) Expected, said by France",
        ],
    ),
    (
        "coordinated subjects",
        "Poland and Estonia ordered 20 howitzers.",
        [
            "ArmsTransfer(buyer: Estonia, Poland; item: howitzers) Actual, 20 of them",
        ],
    ),
    (
        "coordinated objects without numbers as one fact",
        "Poland ordered helicopters and howitzers from South Korea.",
        [
            "ArmsTransfer(buyer: Poland; item: helicopters, howitzers; supplier: South Korea) Actual",
        ],
    ),
    (
        "coordinated objects with numbers as a fact each",
        "Poland ordered 96 helicopters and 20 howitzers.",
        [
            "ArmsTransfer(buyer: Poland; item: helicopters) Actual, 96 of them",
            "ArmsTransfer(buyer: Poland; item: howitzers) Actual, 20 of them",
        ],
    ),
    (
        "a subject shared by coordinated verbs",
        "Emmanuel Macron travelled to Cairo and met Abdel Fattah el-Sisi.",
        [
            "Visit(destination: Cairo; visitor: Emmanuel Macron) Actual",
            "Meeting(participant: Abdel Fattah el-Sisi, Emmanuel Macron; place: Cairo) Actual",
        ],
    ),
    (
        "a light verb with its subject coordinated",
        "Germany and France held talks in Berlin on Tuesday.",
        [
            "Meeting(participant: France, Germany; place: Berlin) Actual, 2025-05-13",
        ],
    ),
    (
        "a light verb with the other side behind 'with'",
        "India conducted a joint exercise with Australia and Japan in the Bay of Bengal.",
        [
            "JointExercise(participant: Australia, India, Japan; place: Bay of Bengal) Actual",
        ],
    ),
    (
        "a light verb in the passive",
        "Talks were held between Keir Starmer and Donald Tusk in Warsaw.",
        [
            "Meeting(participant: Donald Tusk, Keir Starmer; place: Warsaw) Actual",
        ],
    ),
    (
        "'together with' between subject and verb",
        "Britain, together with Japan and Italy, is developing a fighter.",
        [
            "CapabilityDevelopment(developer: Italy, Japan, United Kingdom; item: fighter) Actual",
        ],
    ),
    (
        "the other side behind 'with' after the object",
        "Australia is developing a hypersonic missile with the United States.",
        [
            "CapabilityDevelopment(developer: Australia, United States; item: hypersonic missile) Actual",
        ],
    ),
    (
        "sides behind 'between' at a noun in the subject",
        "A defence agreement between Germany and France was signed in Paris.",
        [
            "AgreementSigning(agreement: defence agreement; party: France, Germany) Actual",
        ],
    ),
    (
        "an indirect object before the object",
        "The Netherlands gave Ukraine 100 drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Actual, 100 of them",
        ],
    ),
    (
        "the receiver as object with the thing behind 'with'",
        "The Netherlands will provide Ukraine with 100 drones.",
        [
            "Aid(item: drones; provider: Netherlands; recipient: Ukraine) Planned, 100 of them",
        ],
    ),
    (
        "an adverb of place that points back",
        "Mark Rutte visited Ankara and he met Turkish President Recep Tayyip Erdogan there.",
        [
            "Visit(destination: Ankara; visitor: Mark Rutte) Actual",
            "Meeting(participant: Mark Rutte, Recep Tayyip Erdoğan; place: Ankara) Actual",
        ],
    ),
    (
        "a copula with a noun of belonging",
        "Iceland became a member of NATO in 1949.",
        [
            "Accession(member: Iceland; organisation: NATO) Actual, 1949",
        ],
    ),
    (
        "nothing where no role can be filled",
        "Talks were held, and troops were moved.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_roles_are_found_in(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
