"""A date belongs to one event and not to another: each case names where the date stands."""

import pytest

from tests.extract.sentences import statements, told

CASES = [
    (
        "the day that a clause with 'when' tells more of",
        "Finland bought the guns in Paris on 17 March 2024, when Petteri Orpo met Emmanuel Macron.",
        "Meeting",
        "2024-03-17",
    ),
    (
        "the month that a clause tells more of",
        "Sweden joined NATO in March 2024, the month in which Sweden and Finland trained together in Lapland.",
        "JointExercise",
        "2024-03",
    ),
    (
        "the main clause, for one that says what happened there",
        "Donald Tusk flew to Oslo on Tuesday, where he met Jonas Gahr Støre.",
        "Meeting",
        "2025-05-13",
    ),
    (
        "the clause that says on what occasion",
        "Germany and Poland signed a defence agreement when their ministers met in Warsaw on Tuesday.",
        "AgreementSigning",
        "2025-05-13",
    ),
    (
        "the main clause, for what was done by the same act",
        "Japan answered on Monday by imposing sanctions on Russia.",
        "Sanction",
        "2025-05-12",
    ),
    (
        "the words before the event's own phrase",
        "Türkiye bought 20 aircraft on 27 January, during a visit by Keir Starmer to Ankara.",
        "Visit",
        "2025-01-27",
    ),
    (
        "a distance from a date told before",
        "The raid came on 20 April, six weeks after India and Pakistan had signed an agreement.",
        "AgreementSigning",
        "2025-03",
    ),
    (
        "the verb that its noun's deed is due to do",
        "Deliveries of the 20 helicopters to Romania are due to begin in 2026.",
        "ArmsTransfer",
        "2026",
    ),
    (
        "the participle that appoints an event",
        "Boris Pistorius's visit to Oslo, planned for June, was welcomed.",
        "Visit",
        "2025-06",
    ),
    (
        "the years that a budget is for",
        "Latvia on Monday approved a defence budget of one billion euros for 2026.",
        "DefenceSpending",
        "2026",
    ),
    (
        "the decision, which is no time of the deed",
        "Spain pledged 20 million euros to Moldova in April.",
        "Aid",
        "",
    ),
    (
        "the decision, told on the day itself",
        "Romania has today decided to send 200 soldiers to Lebanon.",
        "Deployment",
        "",
    ),
    (
        "another noun, which it only tells apart",
        "American troops are stationed in Luzon under the agreement of 2014.",
        "Deployment",
        "",
    ),
    (
        "the noun behind which it stands in brackets",
        "Islamabad's pact with Riyadh (Feb. 17) worries the neighbours.",
        "AgreementSigning",
        "2025-02-17",
    ),
    (
        "the clause of being that only says who did it",
        "Last month Japan was among the nations which took part in Exercise Talisman Sabre in Australia.",
        "JointExercise",
        "2025-04",
    ),
    (
        "all clauses of a sentence that it opens",
        "In 2022 Norway ordered 54 tanks from Germany, and Denmark ordered 44 howitzers from Israel.",
        "ArmsTransfer",
        "2022",
    ),
    (
        "the clause behind a semicolon, too",
        "On 14 August Boris Pistorius received Pål Jonson in Berlin; Germany and Sweden signed a treaty.",
        "AgreementSigning",
        "2024-08-14",
    ),
    (
        "what has lasted since something else",
        "Iran has been under a United Nations arms embargo since it tested a nuclear weapon in 2006.",
        "Sanction",
        "2006",
    ),
    (
        "no deed that only came after something else",
        "Since Russia attacked it in February 2022, Ukraine has received tanks from Poland.",
        "ArmsTransfer",
        "",
    ),
    (
        "the participle behind a comma that appoints an event",
        "Kenya awaits its admission to the East African Community, expected in October 2026.",
        "Accession",
        "2026-10",
    ),
    (
        "the announcing and not what was announced",
        "A rocket command, announced by Shehbaz Sharif on 13 April, will be set up by Pakistan.",
        "Establishment",
        "",
    ),
    (
        "the noun that it tells apart, for what brought that about",
        "The July 2024 cease-fire between Thailand and Cambodia, brokered by Anwar Ibrahim, has held.",
        "AgreementSigning",
        "2024-07",
    ),
    (
        "the budget that is meant for its year",
        "Chile's 2024 defence budget, which totals US$2.1 billion, was approved.",
        "DefenceSpending",
        "2024",
    ),
    (
        "the ending, with since when it had gone on",
        "The American sanctions on Milorad Dodik, in place since 2017, were lifted on 29 October 2024.",
        "Sanction",
        "2017 to 2024-10-29",
    ),
    (
        "the ending and not the concluding before it",
        "Chile's contract with Elbit Systems for rocket launchers, concluded in 2023, was cancelled last month.",
        "ArmsTransfer",
        "to 2025-04",
    ),
    (
        "no ending, where it only tells a paper apart",
        "Türkiye suspended the 2014 agreement with Greece.",
        "AgreementSigning",
        "",
    ),
]


@pytest.mark.parametrize(("text", "kind", "time"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_an_event_has_the_date_that_belongs_to_it(text: str, kind: str, time: str) -> None:
    lines = [line for line in told(text) if line.startswith(kind)]
    assert lines
    assert all(_time(line) == time for line in lines)


def _time(line: str) -> str:
    """The time in a claim's line."""
    parts = line.partition(") ")[2].split(", ")[1:]
    dates = (part for part in parts if part.removeprefix("to ")[:4].isdecimal() and "," not in part)
    return next((part for part in dates if part.removeprefix("to ")[4:5] in {"", "-", " "}), "")


@pytest.mark.parametrize(
    "text",
    [
        "Mark Rutte — in Paris on Tuesday for talks with Emmanuel Macron — said Russia was a threat to Poland.",
        "After a second conversation, on Saturday, Pete Hegseth said that China was a threat to Taiwan.",
    ],
)
def test_a_date_of_what_went_beside_the_speech_is_not_its_own(text: str) -> None:
    assert [_time(line) for line in statements(text)] == [""]
