"""A date belongs to one event and not to another: each case names where the date stands."""

import pytest

from tests.extract.sentences import told

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
]


@pytest.mark.parametrize(("text", "kind", "time"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_an_event_has_the_date_that_belongs_to_it(text: str, kind: str, time: str) -> None:
    lines = [line for line in told(text) if line.startswith(kind)]
    assert lines
    assert all(_time(line) == time for line in lines)


def _time(line: str) -> str:
    """The time in a claim's line."""
    parts = line.partition(") ")[2].split(", ")[1:]
    return next((part for part in parts if part[:4].isdecimal() and part[4:5] in {"", "-"}), "")
