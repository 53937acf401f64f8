"""What the grammar of quantities promises, phrase by phrase."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate.quantities import Quantity, quantities
from kg.model import Values
from kg.settings import Settings

BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def parse() -> Language:
    return spacy.load(Settings().pipeline)


def found(text: str) -> tuple[Quantity, ...]:
    return quantities(BLANK(text))


MONEY = [
    ("a record $55 billion defense budget", "$55 billion", 55e9, "USD"),
    ("worth US$3.4bn in all", "US$3.4bn", 3.4e9, "USD"),
    ("USD 3.4bn", "USD 3.4bn", 3.4e9, "USD"),
    ("3.4 billion USD", "3.4 billion USD", 3.4e9, "USD"),
    ("55 billion dollars", "55 billion dollars", 55e9, "USD"),
    ("55 billion U.S. dollars", "55 billion U.S. dollars", 55e9, "USD"),
    ("A$10 billion", "A$10 billion", 10e9, "AUD"),
    ("10 billion Australian dollars", "10 billion Australian dollars", 10e9, "AUD"),
    ("NT$1.25 trillion", "NT$1.25 trillion", 1.25e12, "TWD"),
    ("C$5 million and", "C$5 million", 5e6, "CAD"),
    ("S$22.2 billion", "S$22.2 billion", 22.2e9, "SGD"),
    ("€100m", "€100m", 100e6, "EUR"),
    ("EUR 150 billion", "EUR 150 billion", 150e9, "EUR"),
    ("500-million-euro loan", "500-million-euro", 500e6, "EUR"),
    ("a $6.5-billion deal", "$6.5-billion", 6.5e9, "USD"),
    ("£2.5bn", "£2.5bn", 2.5e9, "GBP"),
    ("¥8.9 trillion", "¥8.9 trillion", 8.9e12, "JPY"),
    ("8.7 trillion yen", "8.7 trillion yen", 8.7e12, "JPY"),
    ("8.9 trillion yen", "8.9 trillion yen", 8.9e12, "JPY"),
    ("China will spend ¥1.78 trillion", "¥1.78 trillion", 1.78e12, "CNY"),
    ("1.78 trillion yuan", "1.78 trillion yuan", 1.78e12, "CNY"),
    ("₩61 trillion", "₩61 trillion", 61e12, "KRW"),
    ("10 trillion won", "10 trillion won", 10e12, "KRW"),
    ("186 billion zlotys", "186 billion zlotys", 186e9, "PLN"),
    ("186 billion zł", "186 billion zł", 186e9, "PLN"),
    ("39.3 billion Swedish kronor", "39.3 billion Swedish kronor", 39.3e9, "SEK"),
    ("The Danes valued it at 2.1 billion kroner", "2.1 billion kroner", 2.1e9, "DKK"),
    ("Worth 16.4 billion crowns, it came from Sweden", "16.4 billion crowns", 16.4e9, "SEK"),
    ("Norway pledged 85 billion kroner", "85 billion kroner", 85e9, "NOK"),
    ("13.5 trillion rubles", "13.5 trillion rubles", 13.5e12, "RUB"),
    ("320 billion rupees", "320 billion rupees", 320e9, "INR"),
    ("Pakistan set aside 2.55 trillion rupees", "2.55 trillion rupees", 2.55e12, "PKR"),
    ("Rs 6.8 lakh crore", "Rs 6.8 lakh crore", 6.8e12, "INR"),
    ("₹62,370 crore", "₹62,370 crore", 623.7e9, "INR"),
    ("Colombia paid 16.5 trillion pesos", "16.5 trillion pesos", 16.5e12, "COP"),
    ("two and a half billion euros", "two and a half billion euros", 2.5e9, "EUR"),
    ("half a million pounds", "half a million pounds", 5e5, "GBP"),
    ("a fine of $1,250.50", "$1,250.50", 1250.5, "USD"),
]


@pytest.mark.parametrize(("text", "span", "amount", "currency"), MONEY)
def test_money_has_its_amount_and_currency(text: str, span: str, amount: float, currency: str) -> None:
    (one,) = found(text)
    assert (one.kind, one.span.of(text)) == ("money", span)
    assert one.values == Values(amount=amount, currency=currency)


def test_a_currency_that_the_text_does_not_tell_stays_open() -> None:
    (one,) = found("They paid 5 billion crowns.")
    assert (one.number, one.currency) == (5e9, None)


def test_a_bare_dollar_is_the_callers_to_decide() -> None:
    assert [q.currency for q in quantities(BLANK("$5 and 5 dollars and US$5"), "AUD")] == [
        "AUD",
        "AUD",
        "USD",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10 trillion won ($7.2 billion)",
        "2.1 billion kroner (about $300 million)",
        "NT$1.25 trillion, or about $40 billion, for",
        "€2 billion, equivalent to $2.3 billion",
    ],
)
def test_a_conversion_is_linked_to_the_amount_before_it(text: str) -> None:
    first, second = found(text)
    assert first.converts is None
    assert second.converts == first.span


def test_a_second_amount_in_the_same_currency_is_no_conversion() -> None:
    assert [q.converts for q in found("$5 billion ($2 billion less)")] == [None, None]


SHARES = [
    ("2% of gross domestic product", "share", 2.0),
    ("3.5 percent of GDP", "share", 3.5),
    ("3.32 per cent of its gross domestic product", "share", 3.32),
    ("2 per cent of national output", "share", 2.0),
    ("five percent of Lithuania's GDP", "share", 5.0),
    ("as a share of GDP rose to 2.4 percent", "share", 2.4),
    ("a 2% GDP target", "share", 2.0),
    ("96 per cent of the arms", "percent", 96.0),
    ("rose by 7.2 percent", "percent", 7.2),
]


@pytest.mark.parametrize(("text", "kind", "number"), SHARES)
def test_a_percentage_is_a_share_of_output_only_where_it_says_so(text: str, kind: str, number: float) -> None:
    (one,) = found(text)
    assert (one.kind, one.number) == (kind, number)
    assert one.values == (Values(share_of_gdp=number) if kind == "share" else Values())


def test_a_bare_percentage_near_a_share_of_output_means_one() -> None:
    shares = found(
        "They spend 5 per cent of GDP, of which 3.5 per cent is for arms; 40 per cent of it is new."
    )
    assert [(q.kind, q.number, q.implied) for q in shares] == [
        ("share", 5.0, False),
        ("share", 3.5, True),
        ("percent", 40.0, False),
    ]


COUNTS = [
    ("They have 1,000 nuclear warheads.", 1000, "warheads"),
    ("It bought 28 F-16s.", 28, "F-16s"),
    ("It will build 11 frigates.", 11, "frigates"),
    ("It ordered a dozen ships from Spain.", 12, "ships"),
    ("It sent two squadrons of fighter jets.", 2, "squadrons"),
    ("It sent some 12,000 troops to Mali.", 12000, "troops"),
    ("It ordered another 180 K2 tanks.", 180, "tanks"),
    ("It received the first six of the helicopters.", 6, "helicopters"),
    ("It ordered three Ground Master 200 radars.", 3, "radars"),
    ("It will train 30,000 more soldiers.", 30000, "soldiers"),
    ("Washington has sold Warsaw 96 Apaches.", 96, "Apaches"),
    ("It gave Ukraine 31 tanks.", 31, "tanks"),
    ("It ordered 77 Leopard 2A8s.", 77, "2A8s"),
    ("The brigade will number 4,800 soldiers.", 4800, "soldiers"),
    ("It ordered 48 FA-50 jets.", 48, "jets"),
    ("It wants 64 F-35A Block 4 fighters.", 64, "fighters"),
    ("It has six 155 mm guns.", 6, "guns"),
    ("The contract has two five-year options.", 2, "options"),
    ("It sent half a dozen patrol boats.", 6, "boats"),
    ("It bought twenty-four jets.", 24, "jets"),
    ("It plans to supply two million artillery shells.", 2e6, "shells"),
    ("The army is to grow to 300,000.", 300000, None),
    ("Only four have arrived.", 4, None),
    ("A force of 5,000 is on its way.", 5000, None),
]


@pytest.mark.parametrize(("text", "number", "noun"), COUNTS)
def test_a_count_knows_its_noun(parse: Language, text: str, number: float, noun: str | None) -> None:
    doc = parse(text)
    (one,) = quantities(doc)
    assert (one.kind, one.number) == ("count", number)
    assert (doc[one.head].text if one.head is not None else None) == noun
    assert one.values.quantity == number


@pytest.mark.parametrize(
    "text",
    [
        "The F-35 and the K2 fly over Article 5 territory.",
        "Type 26 frigates of the 7th Fleet use Link 16.",
        "Resolution 1929 was adopted in 2010 on 9 June.",
        "It flew 14,000 kilometers in 86 minutes.",
        "Scotland surrendered 5-1.",
        "They meet at 10:30 on 8 April 2025 for a 2+2 dialogue.",
        "It trains for three years at a five-year-old base.",
        "1. The Ministers met.\n2. They agreed.",
        "Hundreds of soldiers and dozens of jets came.",
        "A few hundred troops and several thousand guards came.",
        "Brief 41/2025 is about the 155mm and 10,000-ton classes.",
        "In the 1990s they fired a third of them.",
        "It bought the Ground Master 200.",
        "It provides 2.3 billion more than this year, and 4 in 10 want it.",
        "He spoke from 2 to 4 p.m. and at 0400 GMT.",
    ],
)
def test_what_only_looks_like_a_count_is_none(parse: Language, text: str) -> None:
    assert quantities(parse(text)) == ()


BOUNDS = [
    ("up to 10,000 troops", "up to"),
    ("more than 4,500 troops", "more than"),
    ("about $1 billion", "about"),
    ("at least 5 jets", "at least"),
    ("no fewer than 20 tanks", "no fewer than"),
    ("nearly €3 billion", "nearly"),
    ("almost 2% of GDP", "almost"),
    ("an estimated 600 warheads", "an estimated"),
    ("will exceed 1,000 jets", "more than"),
    ("5,000 or more troops", "or more"),
    ("500+ drones", "+"),
    ("20 tanks", None),
]


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_what_bounds_a_number_is_kept(text: str, bound: str | None) -> None:
    (one,) = found(text)
    assert one.values.bound == bound
    if bound and not bound.startswith("more than") and bound in text:
        assert bound in one.span.of(text)


RANGES = [
    ("between 10,000 and 12,000 troops came", "count", 10000, 12000),
    ("10,000 to 12,000 troops came", "count", 10000, 12000),
    ("$8-10 billion", "money", 8e9, 10e9),
    ("between $8 billion and $10 billion", "money", 8e9, 10e9),
    ("5 to 10 billion euros", "money", 5e9, 10e9),
    ("2 to 3 percent of GDP", "share", 2, 3),
]


@pytest.mark.parametrize(("text", "kind", "low", "high"), RANGES)
def test_a_range_is_one_quantity(parse: Language, text: str, kind: str, low: float, high: float) -> None:
    (one,) = quantities(parse(text))
    assert (one.kind, one.number, one.upper) == (kind, low, high)
    assert one.values.bound == f"{low:.15g} to {high:.15g}"


def test_a_change_from_one_number_to_another_is_no_range(parse: Language) -> None:
    assert [q.number for q in quantities(parse("The number of warships will rise from 11 to 26."))] == [
        11,
        26,
    ]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$2.6 billion a year", "year"),
        ("$4 million each", "each"),
        ("$5 per unit", "unit"),
        ("$5 a day later", None),
    ],
)
def test_what_a_number_is_for_each_of_is_kept(text: str, per: str | None) -> None:
    assert found(text)[0].per == per


PIECES = st.sampled_from(
    [
        *("$", "€", "A$", "Rs", "5", "1,000", "2.5", "2024", "10", "-", "–", "to", "and", "between", "from"),
        *(
            "billion",
            "bn",
            "m",
            "crore",
            "dozen",
            "hundred",
            "two",
            "half",
            "a",
            "twenty-",
            "percent",
            "of GDP",
        ),
        *(
            "dollars",
            "won",
            "troops",
            "F-16",
            "about",
            "up to",
            "(",
            ")",
            ",",
            ".",
            "\n",
            "a year",
            "each",
            "%",
        ),
    ]
)
JOINED = st.sampled_from([" ", ""]).flatmap(lambda gap: st.lists(PIECES, max_size=12).map(gap.join))


@given(st.one_of(st.text(), JOINED))
def test_any_text_gives_stretches_of_it_in_order_without_overlap(text: str) -> None:
    ends = 0
    for quantity in found(text):
        assert ends <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.of(text).strip()
        assert quantity.upper is None or quantity.number < quantity.upper
        ends = quantity.span.end


def test_what_was_told_before_tells_whose_currency_it_is_and_what_percentages_are_of() -> None:
    told = "Colombia will spend 3 percent of GDP on defense.\n\n"
    money, share = quantities(BLANK("It paid 16.5 trillion pesos and aims at 4 percent."), told=told)
    assert money.currency == "COP"
    assert (share.kind, share.implied) == ("share", True)


@pytest.mark.parametrize("run", ["1" * 20000, "1,000" * 4000, "one hundred " * 1000, "a million " * 1000])
def test_runs_of_figures_never_grow_into_numbers_that_nobody_writes(run: str) -> None:
    assert all(quantity.number < 1e33 for quantity in found(run))
