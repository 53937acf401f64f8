"""Whose word a claim is: direct, indirect and broken quotations, tags, 'according to', outlets."""

import pytest

from kg.model import Document, Span
from tests.extract.sentences import line, mapper, reading, statements, told

DEAL = "AgreementSigning(agreement: agreement; party: France, Poland) Actual"
DRONES = "ArmsTransfer(buyer: France; item: drones; supplier: Türkiye) Planned, 20 of them"
TANKS = "Aid(item: tanks; provider: Germany; recipient: Ukraine) Actual, 12 of them"
BASE = "Establishment(founder: Japan; institution: base; place: Djibouti) Actual, 2011"
LECORNU, PISTORIUS = "said by Sébastien Lecornu", "said by Boris Pistorius"
CASES = [
    (
        "indirect",
        "Boris Pistorius said that Germany had delivered 12 tanks to Ukraine.",
        [f"{TANKS}, {PISTORIUS}"],
    ),
    (
        "direct",
        '"Germany has delivered 12 tanks to Ukraine," Boris Pistorius said.',
        [f"{TANKS}, {PISTORIUS}"],
    ),
    (
        "broken",
        'Sébastien Lecornu said France "has signed" an agreement with Poland.',
        [f"{DEAL}, {LECORNU}"],
    ),
    (
        "a tag behind",
        "France will buy 20 drones from Turkey, Sébastien Lecornu said.",
        [f"{DRONES}, {LECORNU}"],
    ),
    (
        "'according to' a person",
        "According to Boris Pistorius, Germany has delivered 12 tanks to Ukraine.",
        [f"{TANKS}, {PISTORIUS}"],
    ),
    (
        "'according to' an outlet",
        "According to Kyodo News, Japan opened a base in Djibouti in 2011.",
        [f"{BASE}, reported by Kyodo News"],
    ),
    (
        "an outlet that reports, behind",
        "Japan opened a base in Djibouti in 2011, Kyodo News reported.",
        [f"{BASE}, reported by Kyodo News"],
    ),
    (
        "a ministry, as an outlet has it",
        "France has bought 20 drones from Turkey, the French defence ministry said, according to Reuters.",
        [
            f"{DRONES.replace('Planned', 'Actual')}, said by Ministry of the Armed Forces (France), reported by Reuters"
        ],
    ),
    (
        "nobody's, where an unnamed official speaks",
        "A French official said that France would buy 20 drones from Turkey.",
        [DRONES],
    ),
    (
        "of somebody about others, and so a forecast",
        "Pentagon spokesman Sean Parnell said that Italy would deploy 500 troops to Poland.",
        [
            "Deployment(asset: troops; deployer: Italy; place: Poland) Expected, 500 of them, said by Sean Parnell",
        ],
    ),
    (
        "a warning",
        "Sébastien Lecornu warned that Russia could attack Estonia.",
        [f"ArmedConflict(belligerent: Russia; opponent: Estonia) Expected, {LECORNU}"],
    ),
    (
        "a denial",
        "Sébastien Lecornu denied that France had sold missiles to Iran.",
        [f"ArmsTransfer(buyer: Iran; item: missiles; supplier: France) Denied, {LECORNU}"],
    ),
    (
        "a state's announcement, which is a plan",
        "France announced that it will buy 20 drones from Turkey.",
        [f"{DRONES}, said by France"],
    ),
    (
        "'we' for whom the speaker speaks",
        '"We have signed a pact," said Defence Minister Richard Marles, "and Australia will host a joint exercise '
        'with Japan in June."',
        [
            "AgreementSigning(agreement: pact; party: Australia) Actual, said by Richard Marles",
            "JointExercise(participant: Australia, Japan) Planned, 2025-06, said by Richard Marles",
        ],
    ),
    (
        "a quotation that goes on in the next sentences",
        '"We are proud," Sébastien Lecornu said. "France signed an agreement with Poland in March. France will '
        'buy 20 drones from Turkey."',
        [f"{DEAL}, 2025-03, {LECORNU}", f"{DRONES}, {LECORNU}"],
    ),
    (
        "quoted by an outlet",
        "Sébastien Lecornu was quoted by Le Monde as saying that France will buy 20 drones from Turkey.",
        [f"{DRONES}, {LECORNU}, reported by Le Monde"],
    ),
    (
        "told in a tag within the sentence",
        "France, Sébastien Lecornu said, will buy 20 drones from Turkey.",
        [f"{DRONES}, {LECORNU}"],
    ),
    (
        "'by the account of' somebody",
        "By Boris Pistorius's account, Germany has delivered 12 tanks to Ukraine.",
        [f"{TANKS}, {PISTORIUS}"],
    ),
    (
        "a ministry's, whose statement it is",
        "According to a Pentagon statement, Germany has delivered 12 tanks to Ukraine.",
        [f"{TANKS}, said by United States Department of Defense"],
    ),
    (
        "whose turn it is in a transcript",
        "Boris Pistorius: Germany has delivered 12 tanks to Ukraine.\n\nSébastien Lecornu: France signed an "
        "agreement with Poland.",
        [f"{TANKS}, {PISTORIUS}", f"{DEAL}, {LECORNU}"],
    ),
    ("the article's own, without a source", "France signed an agreement with Poland.", [DEAL]),
]


@pytest.mark.parametrize(("text", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_word_is(text: str, claims: list[str]) -> None:
    assert told(text) == claims


def test_each_sentence_that_carries_a_persons_speech_is_a_statement() -> None:
    text = '"We are proud," Sébastien Lecornu said. "France signed an agreement with Poland."'
    assert statements(text) == ["Statement(speaker: Sébastien Lecornu) Actual"] * 2


def test_a_statement_takes_the_date_of_the_saying_and_the_outlet_it_was_told() -> None:
    assert statements(
        "Sébastien Lecornu told Le Monde on Tuesday that France would send drones to Moldova."
    ) == ["Statement(speaker: Sébastien Lecornu) Actual, 2025-05-13, reported by Le Monde"]


def test_a_ministry_that_speaks_is_a_source_and_gives_no_statement() -> None:
    text = "The German defence ministry said it had signed an agreement with Norway."
    assert statements(text) == []
    assert [c.attributed_to[0].entity.kind for c in reading(text).claims] == ["GovernmentBody"]


def test_we_of_a_speech_are_those_whom_its_speaker_speaks_for() -> None:
    title = "Speech by the Finnish Minister of Defence"
    text = f"{title}\n\nWe joined NATO in April 2023."
    (claim,) = mapper().read(Document("test", text, title, body=Span(len(title), len(text)))).claims
    assert line(claim) == "Accession(member: Finland; organisation: NATO) Actual, 2023-04"


def test_the_ministers_of_a_communique_are_the_body_of_its_title() -> None:
    """'The Ministers' are the body that the title names, though no reference data knows it."""
    title = "Final communiqué of the Meeting of Ministers of the Community of Baltic Ports"
    text = f"{title}\n\nThe Ministers welcomed the donation of two trucks to Mali. They decided to set up a centre."
    claims = mapper().read(Document("test", text, title, body=Span(len(title), len(text)))).claims
    assert "Statement(speaker: Community of Baltic Ports) Actual" in map(line, claims)


SCOPES = [
    (
        "a source in one clause is credited with that alone",
        "Iran ratified a treaty with Russia in May, and in June, according to the Kremlin, China joined the pact.",
        {"AgreementSigning": ""},
    ),
    (
        "a source behind a colon is credited with what follows",
        "Israel had struck Hamas in Qatar: according to Khawaja Asif, Pakistan signed a pact with Riyadh long before.",
        {"ArmedConflict": "", "AgreementSigning": "Khawaja Asif"},
    ),
    (
        "a source that opens a sentence is credited with all of it",
        "According to Boris Pistorius, Poland bought tanks from Korea, and Norway bought jets from Sweden.",
        {"ArmsTransfer": "Boris Pistorius"},
    ),
    (
        "a tag that ends the sentence tells whose word the clause before its semicolon is",
        "In 2020 Russia sold Armenia tanks; now India sells it howitzers, Armen Grigoryan said last year.",
        {"ArmsTransfer": "Armen Grigoryan"},
    ),
    (
        "a clause that the parser hung too low is still what is said",
        "Boris Pistorius warned at the opening that Russia was building up its forces close to Poland.",
        {"ForceBuildup": "Boris Pistorius"},
    ),
    (
        "unease is told of what it is felt at",
        "Boris Pistorius expressed his unease at the growing military cooperation between Russia and North Korea.",
        {"Cooperation": "Boris Pistorius"},
    ),
    (
        "the author's comment is the author's",
        "Pedro Sánchez insists that this is enough, a stand which led Donald Trump to threaten Spain.",
        {"Threat": ""},
    ),
    (
        "what goes on from a quotation is the author's",
        'Boris Pistorius expressed "concern over the dangerous actions by China at Second Thomas Shoal,"'
        " where Manila keeps a small garrison aboard a grounded warship.",
        {"Deployment": ""},
    ),
    (
        "an outlet's state is not the source",
        "Poland has ratified a treaty with Russia, South Korea's Yonhap news agency said.",
        {"AgreementSigning": ""},
    ),
    (
        "what something is called is nobody's word",
        "Hyundai Rotem will deliver 64 tanks, of a Polish version called the K2PL, to Warsaw.",
        {"ArmsTransfer": ""},
    ),
    (
        "answering to somebody says nothing",
        "The Wagner Group left Mali, but the Africa Corps, which answers to the Kremlin, remains.",
        {"Deployment": ""},
    ),
]


@pytest.mark.parametrize(("text", "said"), [c[1:] for c in SCOPES], ids=[c[0] for c in SCOPES])
def test_whose_word_is(text: str, said: dict[str, str]) -> None:
    for kind, source in said.items():
        claims = [c for c in reading(text).claims if c.type == kind]
        assert claims
        assert {", ".join(f.entity.label for f in c.attributed_to) for c in claims} == {source}


def test_what_an_outlet_cites_is_reported_by_both() -> None:
    text = "Russia ratified the treaty with Iran on Saturday, the Yonhap news agency said, citing TASS."
    (claim,) = [c for c in reading(text).claims if c.type == "AgreementSigning"]
    assert {f.entity.label for f in claim.reported_by} == {"Yonhap News Agency", "TASS"}


def test_what_a_number_has_risen_from_does_not_date_the_speech() -> None:
    text = "The UK will give Ukraine 100,000 drones, John Healey told reporters, up from 10,000 last year."
    assert statements(text) == ["Statement(speaker: John Healey) Actual"]
