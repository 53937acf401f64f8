"""Numbers and words of amount that stand for arms or forces named before."""

from __future__ import annotations

import pytest

from tests.extract.sentences import reading, told


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Germany has sent two minehunters to the Strait of Hormuz. Italy is weighing whether to send two.",
            "Deployment(asset: minehunters; deployer: Italy) Proposed, 2 of them",
        ),
        (
            "Indonesia has bought 42 Rafale jets. In May it signed a letter of intent for more.",
            "ArmsTransfer(buyer: Indonesia; item: Rafale jets) Planned",
        ),
        (
            "India flies 12 P-8I aircraft of the American maker Boeing. India is negotiating for six more.",
            "ArmsTransfer(buyer: India; item: P-8I aircraft) Proposed, 6 of them",
        ),
        (
            "Poland ordered 180 K2 tanks in 2022. Ten have been delivered.",
            "ArmsTransfer(buyer: Poland; item: K2) Actual, 10 of them",
        ),
        (
            "Germany ordered 123 Leopard tanks. Sweden wants another 44.",
            "ArmsTransfer(buyer: Sweden; item: Leopard 2) Proposed, 44 of them",
        ),
        (
            "Poland ordered 180 K2 tanks to replace its old T-72s. Norway ordered ten.",
            "ArmsTransfer(buyer: Norway; item: K2) Actual, 10 of them",
        ),
        (
            "Norway bought 24 K9 howitzers. Finland bought both in May.",
            "ArmsTransfer(buyer: Finland; item: K9) Actual, 2025-05",
        ),
        (
            "Norway chose the Type 26 frigate in August. At least five will be built in Glasgow.",
            "CapabilityDevelopment(item: Type 26) Planned, at least 5 of them",
        ),
        (
            "American soldiers are stationed in Estonia. There are 700 of them in Tartu.",
            "Deployment(asset: American soldiers; deployer: United States; place: Tartu) Actual, 700 of them",
        ),
        (
            "Sweden sent 300 soldiers to Latvia in 2020. A further 40 serve in Mali.",
            "Deployment(asset: soldiers; deployer: Sweden; place: Mali) Actual, 40 of them",
        ),
    ],
)
def test_an_amount_without_its_noun_stands_for_what_was_named_before(text: str, last: str) -> None:
    """A number, 'more' or 'both' where arms or forces are asked for stands for the last ones that the role admits."""
    assert told(text)[-1] == last


def test_who_else_does_so_and_how_often_goes_with_the_same_arms() -> None:
    """A gapped clause behind a stand-in tells of the arms that this one stands for."""
    text = "South Korea makes the Cheongung II interceptor. Saudi Arabia ordered ten in 2023 and Iraq eight in 2024."
    assert told(text)[-2:] == [
        "ArmsTransfer(buyer: Saudi Arabia; item: Cheongung II interceptor) Actual, 2023, 10 of them",
        "ArmsTransfer(buyer: Iraq; item: Cheongung II interceptor) Actual, 2024, 8 of them",
    ]


def test_it_is_the_weapon_where_it_is_supplied() -> None:
    """What is supplied, bought or sold as 'it' is the weapon named last, and no state or company."""
    text = "Saab and Raytheon have worked on the NSM since 2014 and supply it to the US Navy."
    assert any("item: Naval Strike Missile" in line for line in told(text))


def test_more_of_a_kind_is_no_part_of_the_first_order() -> None:
    """An order of 'more' stays apart from the order before it, and does not lend it its date."""
    assert told("Poland ordered 180 K2 tanks. In May it ordered more.") == [
        "ArmsTransfer(buyer: Poland; item: K2) Actual, 180 of them",
        "ArmsTransfer(buyer: Poland; item: K2) Actual, 2025-05",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ten ministers met in Oslo. Norway will send two.",
        "Poland ordered 180 K2 tanks. Ten members of parliament resigned.",
        "Poland ordered 180 K2 tanks. Norway ordered two inquiries.",
    ],
)
def test_what_a_role_does_not_admit_is_stood_for_by_nothing(text: str) -> None:
    """A number that counts something else, or has nothing of the role's kind before it, fills no role."""
    assert not any("Norway" in line and "of them" in line for line in told(text))
    assert not any(", 10 of them" in line or ", 2 of them" in line for line in told(text))


def test_a_stand_in_is_told_at_its_own_words() -> None:
    """The evidence of a filler that a number stands for is the number, not the noun in another sentence."""
    text = "Germany has sent two minehunters to the Strait of Hormuz. Italy is weighing whether to send two."
    claim = reading(text).claims[-1]
    assert claim.evidence.exact == "Italy is weighing whether to send two"
    assert [text[f.span.start : f.span.end] for f in claim.fillers("asset")] == ["two"]
