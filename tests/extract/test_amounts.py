"""A number belongs to the thing it counts and the deed it pays for: each case names where it stands."""

import pytest

from tests.extract.sentences import reading

CASES = [
    (
        "the size that something grew to",
        "China expanded its nuclear arsenal to 600 warheads.",
        "ForceBuildup",
        600,
    ),
    (
        "the end of a rise, not its start",
        "The Polish army will grow from 200,000 to 300,000 soldiers.",
        "ForceBuildup",
        300000,
    ),
    (
        "the thing that an apposition counts",
        "Denmark is switching to the F-35A, 27 of which it has ordered.",
        "ArmsTransfer",
        27,
    ),
    ("no bound in a verb's particle", "Sweden handed over 10 boats to Moldova.", "Aid", 10),
    (
        "some of a whole that is told, too",
        "Britain ordered the last two of nine P-8 aircraft.",
        "ArmsTransfer",
        2,
    ),
    (
        "what it has named before",
        "Hungary slipped police into Bosnia, 70 of them by one count.",
        "Deployment",
        70,
    ),
    (
        "behind an adverb and a participle",
        "Estonia bought 20 newly built howitzers from France.",
        "ArmsTransfer",
        20,
    ),
]


@pytest.mark.parametrize(("text", "kind", "count"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_count_goes_with_its_thing(text: str, kind: str, count: int) -> None:
    values = [c.values for c in reading(text).claims if c.type == kind]
    assert [v.quantity for v in values] == [count]
    assert values[0].bound is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Germany raised its defence budget from €53 billion to €62 billion.", 62e9),
        ("Germany raised its defence budget to €62 billion from €53 billion.", 62e9),
        ("Germany raised defence spending by 9 billion euros to 62 billion euros.", 62e9),
    ],
)
def test_a_budget_is_the_sum_that_it_was_raised_to(text: str, amount: float) -> None:
    (claim,) = [c for c in reading(text).claims if c.type == "DefenceSpending"]
    assert (claim.values.amount, claim.values.currency) == (amount, "EUR")


def test_a_sum_in_a_clause_about_something_else_is_no_price() -> None:
    claims = reading("Italy sold boats, built with a $100 million credit, to Libya.").claims
    assert [c.values.amount for c in claims if c.type == "ArmsTransfer"] == [None]


def test_all_but_some_are_not_some() -> None:
    claims = reading(
        "Norway ordered 54 tanks from Germany; all but three of them will be built in Munich."
    ).claims
    assert {c.values.quantity for c in claims} == {54, None}


def test_the_size_to_come_counts_and_not_the_one_now() -> None:
    claims = reading("Poland's army, some 216,000 strong today, is to grow to 300,000.").claims
    assert [c.values.quantity for c in claims if c.modality == "Planned"] == [300000]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Azerbaijan responded by buying 40 jets from Pakistan (USD4.6 billion).", 4.6e9),
        ("Norway ordered 54 tanks from Germany (1.9 billion euros).", 1.9e9),
        ("Norway ordered 54 tanks from Germany for 20 billion kroner ($1.9 billion).", 20e9),
    ],
)
def test_a_sum_in_brackets_belongs_to_what_is_told_before(text: str, amount: float) -> None:
    assert [c.values.amount for c in reading(text).claims] == [amount]


def test_a_price_for_each_is_kept_as_such() -> None:
    (claim,) = reading("Norway bought 54 tanks from Germany at $12 million apiece.").claims
    assert (claim.values.amount, claim.values.bound) == (12e6, "per unit")


@pytest.mark.parametrize(
    "more",
    [
        "Price tag: about $1 billion.",
        "Estimated cost: $1 billion, according to Reuters.",
        "The deal is worth $1 billion.",
        "The contract was valued at $1 billion.",
        "It cost $1 billion.",
    ],
)
def test_a_price_may_be_told_in_a_sentence_of_its_own(more: str) -> None:
    (claim,) = [
        c for c in reading(f"Norway ordered 54 tanks from Germany. {more}").claims if c.type == "ArmsTransfer"
    ]
    assert (claim.values.amount, claim.values.quantity) == (1e9, 54)
    assert [told.exact for told in claim.also_told] == [more]


@pytest.mark.parametrize(
    "text",
    [
        "Norway ordered 54 tanks from Germany and is building three frigates. Estimated cost: $1 billion.",
        "Norway ordered 54 tanks from Germany. Denmark's army cost $1 billion.",
        "Norway ordered 54 tanks from Germany. The deal is not worth $1 billion.",
    ],
)
def test_a_sum_of_something_else_is_no_price(text: str) -> None:
    assert {c.values.amount for c in reading(text).claims if c.type == "ArmsTransfer"} == {None}


YEARS = [
    "Germany will raise its defence budget from €86 billion this year to €153 billion in 2029.",
    "The German cabinet approved a budget that lifts defence spending from €86 billion this year to"
    " €153 billion in 2029.",
]


@pytest.mark.parametrize("text", YEARS)
def test_sums_for_several_years_are_a_fact_each(text: str) -> None:
    told = [(c.values.amount, c.time.start, c.modality) for c in reading(text).claims]
    assert told == [(86e9, "2025", "Actual"), (153e9, "2029", "Planned")]
