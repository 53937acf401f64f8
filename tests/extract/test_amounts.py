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
