"""Names and wordings that hide who acts and where: each case names what it is about, its text and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "whose forces fight",
        "Islamabad, whose forces fought a four-day war with India in May, is worried.",
        ["ArmedConflict(belligerent: Pakistan; opponent: India) Actual, 2025-05"],
    ),
    (
        "an alliance that is dissolved",
        "SEATO had been dissolved in 1977.",
        ["Establishment(institution: Southeast Asia Treaty Organization) Ended, to 1977"],
    ),
    (
        "who closes something is not what is closed",
        "NATO dissolved the Kosovo Training Centre in May.",
        [],
    ),
    (
        "an armed group that has an acronym is no province, and goes by the acronym later on",
        "Fighters of the Islamic State West Africa Province (ISWAP) killed 40 soldiers of Chad on Monday. "
        "On Tuesday ISWAP attacked Nigeria.",
        [
            "ArmedConflict(belligerent: Islamic State West Africa Province; opponent: Chad) Actual, 2025-05-12",
            "ArmedConflict(belligerent: Islamic State West Africa Province; opponent: Nigeria) Actual, 2025-05-13",
        ],
    ),
    (
        "a group's men",
        "The M23 took Goma. Its men attacked Burundi.",
        ["ArmedConflict(belligerent: M23; opponent: Burundi) Actual"],
    ),
    (
        "soldiers who are killed on an island are not sent there",
        "Chad said that rebels had killed 40 of its soldiers on the island of Barkaram.",
        ["ArmedConflict(belligerent: rebels; opponent: Chad) Actual, said by Chad"],
    ),
    (
        "a place that is called after a person",
        "Emmanuel Macron visited the King Abdullah II Special Operations Training Centre.",
        [
            "Visit(destination: King Abdullah II Special Operations Training Centre; visitor: Emmanuel Macron) Actual"
        ],
    ),
    (
        "a body that is called after a strait",
        "Spain and Morocco agreed to establish a Strait of Gibraltar Maritime Coordination Cell in Tarifa.",
        [
            "Establishment(founder: Morocco, Spain; institution: Strait of Gibraltar Maritime Coordination Cell; "
            "place: Tarifa) Planned"
        ],
    ),
    (
        "a person whose name has that of a missile in it",
        "Abdel Fattah al-Burhan, who leads the army, flew to Riyadh in December.",
        ["Visit(destination: Riyadh; visitor: Abdel Fattah al-Burhan) Actual, 2024-12"],
    ),
    (
        "a place before a span of time",
        "Asim Munir, Pakistan's army chief, had visited Benghazi days earlier.",
        ["Visit(destination: Benghazi; visitor: Asim Munir) Actual"],
    ),
    (
        "forces that are sent to a mission",
        "Portugal will contribute a frigate to Operation Aspides. Spain maintains 140 troops in the European Union "
        "Training Mission in Mozambique.",
        [
            "Deployment(asset: frigate; deployer: Portugal; place: Operation Aspides) Planned",
            "Deployment(asset: troops; deployer: Spain; place: European Union Training Mission, Mozambique) Actual, "
            "140 of them",
        ],
    ),
    (
        "forces abroad",
        "More than 500 Irish soldiers serve abroad.",
        ["Deployment(asset: Irish soldiers; deployer: Ireland) Actual, more than 500 of them"],
    ),
    (
        "forces that are where somebody went",
        "Donald Trump visited Puerto Rico on Monday. Roughly 900 U.S. troops are already there.",
        [
            "Visit(destination: Puerto Rico; visitor: Donald Trump) Actual, 2025-05-12",
            "Deployment(asset: U.S. troops; deployer: United States; place: Puerto Rico) Actual, "
            "roughly 900 of them",
        ],
    ),
    (
        "a type of arms in the plural, bought by a navy",
        "Kongsberg was awarded a contract by the Royal Netherlands Navy for an undisclosed number of NSMs.",
        [
            "ArmsTransfer(buyer: Royal Netherlands Navy; item: Naval Strike Missile; supplier: Kongsberg) Actual",
        ],
    ),
    (
        "sanctions that are prepared",
        "The United States is preparing sanctions against leaders of Serbia.",
        ["Sanction(actor: United States; target: Serbia) Planned"],
    ),
    (
        "an agreement that is acceded to",
        "Norway and Sweden signed an agreement on drones. Denmark acceded to it on 14 November.",
        [
            "AgreementSigning(agreement: agreement; party: Norway, Sweden) Actual",
            "Accession(member: Denmark; organisation: agreement) Actual, 2024-11-14",
        ],
    ),
    (
        "what money is to be turned into",
        "Saudi Arabia is discussing turning loans into a purchase of JF-17s.",
        ["ArmsTransfer(buyer: Saudi Arabia; item: JF-17) Proposed"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[case[0] for case in CASES])
def test_text(text: str, expected: list[str]) -> None:
    assert told(text) == expected
