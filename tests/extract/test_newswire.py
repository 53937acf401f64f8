"""Wordings of wire reports: each case names the construction or the words, its sentence and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "a belief that is nobody's by name",
        "Russia is thought to have sent 3,000 troops to Libya.",
        ["Deployment(asset: troops; deployer: Russia; place: Libya) Expected, 3,000 of them"],
    ),
    (
        "a suspicion",
        "Iran is suspected of supplying drones to Sudan.",
        ["Aid(item: drones; provider: Iran; recipient: Sudan) Expected"],
    ),
    (
        "reports that are called false",
        "Kenya said that reports that it had sent troops to Sudan were untrue.",
        ["Deployment(asset: troops; deployer: Kenya; place: Sudan) Denied, said by Kenya"],
    ),
    (
        "a decision against something",
        "Belgium has decided against taking part in the brigade.",
        ["Accession(member: Belgium; organisation: brigade) Denied"],
    ),
    (
        "a brigade that is withdrawn, which is no leaving of it",
        "The United States will withdraw a brigade from Romania.",
        ["Deployment(asset: brigade; deployer: United States; place: Romania) Ended"],
    ),
    (
        "what drills that were told of would lead to",
        "Japan and India opened a drill in Kochi on Monday. China warned that the drills would bring instability.",
        ["JointExercise(participant: India, Japan; place: Kochi) Actual, 2025-05-12"],
    ),
    (
        "a contract between two states, of which either may buy",
        "Poland and South Korea signed a contract for 180 K2 tanks in Seoul.",
        [
            "AgreementSigning(agreement: contract; party: Poland, South Korea) Actual",
            "ArmsTransfer(item: K2) Actual, 180 of them",
        ],
    ),
    (
        "a company's contract with its customer",
        "Navantia signed a contract with the Saudi navy for three corvettes.",
        [
            "AgreementSigning(agreement: contract; party: Navantia, Saudi Arabia) Actual",
            "ArmsTransfer(buyer: Saudi Arabia; item: corvettes; supplier: Navantia) Actual, 3 of them",
        ],
    ),
    (
        "talks that are denied, and what they would be about",
        "Saudi Arabia denied that it was in talks with China on buying submarines.",
        [
            "Meeting(participant: China, Saudi Arabia) Denied, said by Saudi Arabia",
            "ArmsTransfer(buyer: Saudi Arabia; item: submarines) Denied, said by Saudi Arabia",
        ],
    ),
    (
        "a company's contract with another",
        "Hindustan Aeronautics contracted with General Electric for 113 F404 engines.",
        [
            "ArmsTransfer(buyer: Hindustan Aeronautics Limited; item: F404 engines; supplier: General Electric) "
            "Actual, 113 of them"
        ],
    ),
    (
        "leaving together with others",
        "Poland left the Ottawa Convention together with Estonia and Latvia.",
        ["Accession(member: Estonia, Latvia, Poland; organisation: Ottawa Treaty) Ended"],
    ),
    (
        "money that is set aside, for nobody else",
        "Lithuania has budgeted 800 million euros for counter-mobility measures.",
        [],
    ),
    (
        "a form in -ing that is denied",
        "Tehran has denied laying mines in the Strait of Hormuz.",
        ["Deployment(asset: mines; deployer: Iran; place: Strait of Hormuz) Denied, said by Iran"],
    ),
    (
        "arms whose name begins like a verb",
        "Rwanda accused Burundi of sending hundreds of troops and attack drones to Congo.",
        ["Deployment(asset: attack drones, troops; deployer: Burundi; place: Congo) Actual, said by Rwanda"],
    ),
    (
        "a span of time behind the place",
        "Sergei Lavrov visited Oslo days later.",
        ["Visit(destination: Oslo; visitor: Sergey Lavrov) Actual"],
    ),
    (
        "what a hyphen does not part",
        "Pete Hegseth and his Indian counterpart, Rajnath Singh, signed a 10-year framework in Kuala Lumpur, "
        "pledging to share intelligence.",
        [
            "AgreementSigning(agreement: 10-year framework; party: India, United States) Actual",
            "InformationSharing(party: India, United States) Planned, said by Pete Hegseth, Rajnath Singh",
        ],
    ),
    (
        "a guest whom somebody welcomes",
        "Sitiveni Rabuka welcomed Anthony Albanese at Government House in Suva.",
        ["Meeting(participant: Anthony Albanese, Sitiveni Rabuka; place: Government House, Suva) Actual"],
    ),
    (
        "forces that are promised",
        "Germany and Belgium have promised a minehunter each.",
        ["Deployment(asset: minehunter; deployer: Belgium, Germany) Planned"],
    ),
    (
        "forces under a command",
        "Finland and Sweden are to be placed under Joint Force Command Norfolk.",
        ["Accession(member: Finland, Sweden; organisation: Joint Force Command Norfolk) Planned"],
    ),
    (
        "a ban on imports",
        "Latvia's parliament voted to extend the country's ban on electricity imports from Russia.",
        ["Sanction(actor: Latvia; target: Russia) Actual"],
    ),
    (
        "forces that rotate through a place",
        "The United States has rotated a battalion through Vilnius since 2019.",
        ["Deployment(asset: battalion; deployer: United States; place: Vilnius) Actual, 2019"],
    ),
    (
        "the verb of a sentence, read as a participle",
        "The European Union, which met in Oslo in November, announced on Monday that it would give 75 million "
        "euros for Chad.",
        [
            "Meeting(participant: European Union; place: Oslo) Actual, 2024-11",
            "Aid(provider: European Union; recipient: Chad) Planned, 75,000,000 EUR, said by European Union",
        ],
    ),
    (
        "a person who is sanctioned, not his state",
        "The Treasury Department put Colombia's president, Gustavo Petro, under sanctions on Friday.",
        [
            "Sanction(actor: United States Department of the Treasury; target: Gustavo Petro) "
            "Actual, 2025-05-09"
        ],
    ),
    (
        "a deal between others",
        "Kenya agreed to pay for a peace deal between Chad and Sudan.",
        ["AgreementSigning(agreement: peace deal; party: Chad, Sudan) Planned"],
    ),
    (
        "being thrown out",
        "Turkey was thrown out of the F-35 programme in 2019.",
        ["Accession(member: Türkiye; organisation: F-35 programme) Ended, to 2019"],
    ),
    (
        "ships that are ordered somewhere",
        "The Pentagon has ordered the aircraft carrier USS Gerald R. Ford from the Mediterranean to the waters "
        "off South America.",
        [
            "Deployment(asset: USS Gerald R. Ford; deployer: United States Department of Defense; "
            "place: South America) Planned"
        ],
    ),
    (
        "a camp that others pay for",
        "The camp in Chad was financed by the United Arab Emirates.",
        ["Establishment(founder: United Arab Emirates; institution: camp; place: Chad) Actual"],
    ),
    (
        "a boat that is hit",
        "U.S. forces struck another boat in the Caribbean.",
        ["ArmedConflict(belligerent: United States) Actual"],
    ),
    (
        "following suit in what was told last",
        "The EU imposed sanctions on Russia. Later the Netherlands and Chad signed a pact. Britain followed suit.",
        [
            "Sanction(actor: European Union; target: Russia) Actual",
            "AgreementSigning(agreement: pact; party: Chad, Netherlands) Actual",
        ],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_told_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
