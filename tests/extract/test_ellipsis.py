"""What clauses without a verb of their own, or without all of their roles, tell all the same."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "another does it, too, by its auxiliary alone, and on its own date",
        "Norway will reintroduce conscription next year, as Chad will in January 2027.",
        [
            "PolicyAdoption(adopter: Chad; policy: conscription) Planned, 2027-01",
            "PolicyAdoption(adopter: Norway; policy: conscription) Planned, 2026",
        ],
    ),
    (
        "another did not do it, either",
        "Finland was not a member of NATO, and nor was Sweden.",
        [
            "Accession(member: Finland; organisation: NATO) Denied",
            "Accession(member: Sweden; organisation: NATO) Denied",
        ],
    ),
    (
        "several did so, without the numbers of the first",
        "Estonia bought six howitzers, as did Latvia and Norway.",
        [
            "ArmsTransfer(buyer: Estonia; item: howitzers) Actual, 6 of them",
            "ArmsTransfer(buyer: Latvia, Norway; item: howitzers) Actual",
        ],
    ),
    (
        "what only accords with something is no deed of another's",
        "Estonia bought howitzers, as had been agreed with Poland.",
        ["ArmsTransfer(buyer: Estonia; item: howitzers) Actual"],
    ),
    (
        "what a participle before a colon announces",
        "Signed in Oslo: a pact between Chad and Niger.",
        ["AgreementSigning(agreement: pact; party: Chad, Niger) Actual"],
    ),
    (
        "another spends a share, told beside one that does",
        "Chad spends 7 per cent of its gross domestic product on its military. Oman spends 5.4 per cent.",
        [
            "DefenceSpending(spender: Chad) Actual, 7 % of GDP",
            "DefenceSpending(spender: Oman) Actual, 5.4 % of GDP",
        ],
    ),
    (
        "those invited join what was told of before",
        "Armenia joined the European Union in May. Norway has been invited to join.",
        [
            "Accession(member: Armenia; organisation: European Union) Actual, 2025-05",
            "Accession(member: Norway; organisation: European Union) Proposed",
        ],
    ),
    (
        "a visit whose place goes without saying",
        "Boris Pistorius, Germany's defence minister, came for talks.",
        ["Visit(visitor: Boris Pistorius) Actual"],
    ),
    (
        "aid that reaches somebody",
        "A second tranche of 4 billion euros from the European Union reached Ukraine on Friday.",
        ["Aid(provider: European Union; recipient: Ukraine) Actual, 2025-05-09, 4,000,000,000 EUR"],
    ),
    (
        "a policy with its year",
        "The strategy of 2015 was long.",
        ["PolicyAdoption(policy: strategy) Actual, 2015"],
    ),
    (
        "a state that a decree brings about",
        "Peru declared a state of emergency in May.",
        ["PolicyAdoption(adopter: Peru; policy: state of emergency) Actual, 2025-05"],
    ),
    (
        "men whom a word before them tells as armed",
        "Islamist fighters overran two villages in Mali.",
        ["ArmedConflict(belligerent: Islamist fighters; opponent: Mali) Actual"],
    ),
    (
        "arms named again are whose they were",
        "Russian bombers violated Norwegian airspace. Oslo said that the bombers had also skirted Sweden.",
        [
            "Threat(actor: Russia; target: Norway) Actual",
            "Threat(actor: Russia; target: Sweden) Actual, said by Norway",
        ],
    ),
    (
        "a jet that is flown at a base threatens nobody",
        "Ukrainian pilots are taught to fly the Gripen at Sweden's Uppsala base.",
        ["Training(place: Uppsala base; trainee: Ukrainian pilots) Actual"],
    ),
    (
        "the minister of a field speaks for the state, and so does a counterpart named beside",
        "The Minister of National Defence of Chile, Catalina Lagos, and her Peruvian counterpart, "
        "General Walter Huamán, signed an accord in Arica.",
        ["AgreementSigning(agreement: accord; party: Chile, Peru) Actual"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_is_left_out_is_told_all_the_same(text: str, expected: list[str]) -> None:
    """The facts of a text that leaves words out, however they are found."""
    assert sorted(told(text)) == expected
