"""Genres beyond news reports: communiqués in items, interviews by 'Q:' and 'A:', budgets, incidents, denials."""

import pytest

from tests.extract.sentences import statements, told

CASES = [
    (
        "a paper that was allowed to lapse has ended",
        "The treaty between Chad and Niger was allowed to lapse in 2024.",
        ["AgreementSigning(agreement: treaty; party: Chad, Niger) Ended, to 2024"],
    ),
    (
        "who intercepts guards; the intercepted near somebody's airspace is the threat",
        "Norwegian fighters intercepted two Russian bombers near Finnish airspace on Tuesday.",
        ["Threat(actor: Russia; target: Finland) Actual, 2025-05-13"],
    ),
    (
        "who intercepts dangerously is the threat",
        "A Chinese fighter dangerously intercepted an Australian aircraft.",
        ["Threat(actor: China; target: Australia) Actual"],
    ),
    ("an interception alone tells no threat", "Chinese jets intercepted an Australian aircraft.", []),
    (
        "a committee of a parliament acts for the state",
        "The Bundestag's budget committee approved the purchase of 20 howitzers.",
        ["ArmsTransfer(buyer: Germany; item: howitzers) Planned, 20 of them"],
    ),
    (
        "what is asked behind a second 'whether' is not claimed",
        "Norway was asked how many soldiers it has and whether it intends to send troops to Mali.",
        [],
    ),
    (
        "a refusal does not reach a clause with an auxiliary of its own",
        "Spain has refused to go beyond 2 percent and was threatened with tariffs for it by France.",
        ["Threat(actor: France) Actual"],
    ),
    (
        "who would not confirm a claim is no source of it",
        "Saab won an order from Chad for 20 howitzers, a claim that Norway would not confirm.",
        ["ArmsTransfer(buyer: Chad; item: howitzers; supplier: Saab) Actual, 20 of them"],
    ),
    (
        "a mission elsewhere is not the deployment told before",
        "Norway sent 200 soldiers to Mali. The mission in Kashmir will be reviewed.",
        ["Deployment(asset: soldiers; deployer: Norway; place: Mali) Actual, 200 of them"],
    ),
    (
        "items without a verb under a line that decides are planned, by those who decide",
        "The ministers of Chad, Niger and Norway met in Oslo.\n\nThe ministers agreed on the following:\n\n"
        "- Establishment of a joint training centre in Bergen.\n"
        "- Signature of an agreement between Chad and Niger.",
        [
            "Meeting(participant: Chad, Niger, Norway; place: Oslo) Actual",
            "Establishment(founder: Chad, Niger, Norway; institution: joint training centre; place: Bergen) Planned",
            "AgreementSigning(agreement: agreement; party: Chad, Niger) Planned",
        ],
    ),
    (
        "a force that is authorised is there",
        "Chad authorised a Gang Suppression Force for Haiti.",
        ["Establishment(founder: Chad; institution: Gang Suppression Force for Haiti) Actual"],
    ),
    (
        "items under any other line are not",
        "The year saw a number of steps:\n\n- Deployment of Danish troops to Mali.",
        ["Deployment(asset: Danish troops; deployer: Denmark; place: Mali) Actual"],
    ),
]
INTERVIEW = (
    "Anna Novak leads the company Saab.\n\nQ: Will you build ships?\n\nA: Chad has ordered three frigates.\n\n"
    "Q: And Niger?\n\nA: Niger bought 20 howitzers."
)


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[case[0] for case in CASES])
def test_genre(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_who_answers_in_an_interview_is_who_was_named_before_it() -> None:
    assert [line.rpartition("said by ")[2] for line in told(INTERVIEW)] == ["Anna Novak", "Anna Novak"]
    assert statements(INTERVIEW) == ["Statement(speaker: Anna Novak) Actual"] * 2


def test_an_interview_needs_no_marks_where_questions_are_put_to_you_and_answers_say_we() -> None:
    text = (
        "Anna Novak leads the company Saab.\n\nWill you build ships?\n\nWe will. Chad has ordered three frigates."
        "\n\nWhat do you hear of Niger?\n\nNiger bought 20 howitzers from us."
    )
    assert [line.rpartition("said by ")[2] for line in told(text)] == ["Anna Novak", "Anna Novak"]
    assert statements(text) == []


def test_items_that_begin_with_a_verb_are_said_by_those_of_the_line_above() -> None:
    text = (
        "Margarita Robles and Nuno Melo met in Madrid on Monday.\n\nThe Ministers:\n\n"
        "1. Welcomed the agreement signed by Spain and Chad in March;\n\n"
        "2. Expressed concern at the invasion of Ukraine by Russia."
    )
    speaking = "Statement(speaker: Margarita Robles, Nuno Melo) Actual"
    assert [line.partition(",2")[0] for line in statements(text)] == [speaking, speaking]
    assert all(line.endswith("said by Margarita Robles, Nuno Melo") for line in told(text)[1:])
