"""What is said otherwise to the engine, so that it answers as SPARQL 1.1 says."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.conforming import conforming
from kg.store import QueryError, Store

SAME = [
    'SELECT ("GROUP_CONCAT(" AS ?x) {}',
    "SELECT * { ?s <urn:GROUP_CONCAT(> ?o }",
    "SELECT * { ?group_concat ?p ?o } # GROUP_CONCAT(?p)",
    "SELECT (COUNT(*) AS ?n) {}",
]
PIECES = [
    "GROUP_CONCAT",
    "group_concat",
    "(",
    ")",
    " ",
    "?x",
    "DISTINCT",
    "'",
    '"',
    "<",
    ">",
    "STR",
    "{",
    "}",
    "#",
    "\n",
]


@pytest.mark.parametrize("text", SAME)
def test_what_only_looks_like_a_concatenation_stays_as_it_is(text: str) -> None:
    assert conforming(text) == text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (GROUP_CONCAT(?v) AS ?x) { VALUES ?v { 'a'@en 'b'@en } }",
        "SELECT (group_concat (DISTINCT STR((?v)); SEPARATOR=' ') AS ?x) { VALUES ?v { 'a'@en 'b'@en } }",
        "SELECT ?x { { SELECT (Group_Concat(?v) AS ?x) { VALUES ?v { 'a'@en 'b'@en } } } }",
        "SELECT ('a b' AS ?x) { VALUES ?v { 'a'@en 'b'@en } } HAVING (GROUP_CONCAT(?v) = 'a b')",
    ],
)
def test_a_concatenation_has_no_language_wherever_it_stands(query: str) -> None:
    answer = Store.memory().query(query)
    assert isinstance(answer, ox.QuerySolutions)
    assert [row["x"] for row in answer] == [ox.Literal("a b")]


def test_an_error_is_told_of_the_text_that_was_asked() -> None:
    text = "SELECT (GROUP_CONCAT(?v) AS ?x) { ?s ?p ?v ] }"
    with pytest.raises(SyntaxError) as engine:
        ox.Store().query(text)
    with pytest.raises(QueryError) as ours:
        Store.memory().query(text)
    assert str(ours.value) == engine.value.msg


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert conforming(text).replace("STR(", "").replace("))", ")") == text.replace("STR(", "").replace(
        "))", ")"
    )
