"""The rules' text, and the values of literals."""

from __future__ import annotations

import pytest
from rdflib import RDFS, XSD, Literal

from kg.reason.closure import Closure
from kg.reason.datatypes import IllTypedError, value_of
from kg.reason.rules import RuleError, owl2rl, read_rules
from kg.reason.words import sentences
from tests.reason.random_graphs import E

TABLES = {4: "eq-", 5: "prp-", 6: "cls-", 7: "cax-", 9: "scm-"}


def test_each_table_of_the_standard_is_there() -> None:
    """As many rules of each table as it has, apart from those that hold of any graph, and a sentence for each."""
    names = {rule.name for rule in owl2rl()}
    assert {n: sum(name.startswith(begin) for name in names) for n, begin in TABLES.items()} == {
        4: 8,
        5: 19,
        6: 17,
        7: 5,
        9: 20,
    }
    assert names <= sentences().keys()


@pytest.mark.parametrize("line", ["name ?x a ?y", "name ?x a -> false", "name ?x foo:bar ?y -> false"])
def test_a_line_that_is_no_rule_is_refused(line: str) -> None:
    """A rule without conclusion, an atom of two words, an unknown prefix: the line is named."""
    with pytest.raises(RuleError, match="name"):
        read_rules(line)


def test_rules_of_ones_own_are_applied() -> None:
    """Any rules in the notation make a closure."""
    closure = Closure(
        [(E.a, RDFS.seeAlso, E.b), (E.b, RDFS.seeAlso, E.c)],
        rules=read_rules("onward  ?x rdfs:seeAlso ?y . ?y rdfs:seeAlso ?z -> ?x rdfs:member ?z"),
    )
    assert set(closure.inferred()) == {(E.a, RDFS.member, E.c)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("1", datatype=XSD.integer), Literal("1.0", datatype=XSD.decimal)),
        (Literal("a", lang="en"), Literal("a", lang="EN")),
        (
            Literal("2025-04-08T10:00:00Z", datatype=XSD.dateTime),
            Literal("2025-04-08T12:00:00+02:00", datatype=XSD.dateTime),
        ),
    ],
)
def test_equal_values(one: Literal, other: Literal) -> None:
    """Literals that are written differently may have one value."""
    assert value_of(one) == value_of(other) is not None


@pytest.mark.parametrize(
    ("words", "datatype"),
    [
        ("2025-02-30", XSD.date),
        ("25", XSD.gYear),
        ("1,5", XSD.decimal),
        ("300", XSD.byte),
        ("2025-13", XSD.gYearMonth),
    ],
)
def test_ill_typed_literals_have_no_value(words: str, datatype: str) -> None:
    """Words that are no value of their datatype are told to be none."""
    with pytest.raises(IllTypedError):
        value_of(Literal(words, datatype=datatype, normalize=False))


@pytest.mark.parametrize(
    ("words", "datatype"), [("2025-04-08", XSD.date), ("2025", XSD.gYear), ("-0044", XSD.gYear)]
)
def test_dates_as_coarse_as_they_are_told(words: str, datatype: str) -> None:
    """Days, months and years have values of their own."""
    assert value_of(Literal(words, datatype=datatype)) is not None
