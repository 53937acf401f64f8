"""What is told of a query by its tokens: keywords, graphs, and where a limit goes."""

import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sparql import outline, tokens, with_values


@given(st.text())
def test_any_text_has_tokens_that_together_are_the_text_without_space_and_comments(text: str) -> None:
    found = list(tokens(text))
    assert all(text[t.start : t.start + len(t.text)] == t.text for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "FROM <x:a>" }',
        "SELECT * { ?s ?p '''a ' FROM <x:a>''' }",
        "SELECT * { ?s <x:FROM> ?from }  # FROM <x:a>",
        "PREFIX from: <x:> SELECT * { ?s from:FROM ?o }",
    ],
)
def test_a_keyword_in_a_string_a_comment_an_iri_or_a_name_is_none(query: str) -> None:
    assert "FROM" not in outline(query).keywords


def test_the_graphs_of_a_query_are_resolved_by_its_prologue() -> None:
    found = outline(
        """BASE <http://a.example/> PREFIX g: <graph/>
        SELECT * FROM <one> FROM NAMED g:two FROM g:three { ?s ?p ?o }"""
    )
    assert found.default_graphs == ("http://a.example/one", "http://a.example/graph/three")
    assert found.named_graphs == ("http://a.example/graph/two",)


@pytest.mark.parametrize("piece", ["'\\", "\"'", "a.", "-a", "'''a''", "<a", "?a<b<", '"\\"'])
def test_a_long_text_is_read_in_a_time_that_grows_with_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    assert sum(1 for _ in tokens(text)) > 0
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { <x:a> ?p ?o }",
        "ASK WHERE { <x:a> ?p 1 }",
        "CONSTRUCT { <x:b> ?p ?o } WHERE { <x:a> ?p ?o }",
        "CONSTRUCT { <x:b> ?p ?o . } FROM <x:g> { <x:a> ?p ?o }",
    ],
)
def test_values_are_given_to_the_pattern_of_a_query_of_any_form(query: str) -> None:
    store = ox.Store()
    for graph in (ox.DefaultGraph(), ox.NamedNode("x:g")):
        for name in ("x:p", "x:q"):
            triple = (ox.NamedNode("x:a"), ox.NamedNode(name), ox.Literal(1))
            store.add(ox.Quad(*triple, graph))
    chosen = store.query(with_values(query, {"p": "<x:p>"}))
    assert bool(chosen) if isinstance(chosen, ox.QueryBoolean) else len(list(chosen)) == 1
    nothing = store.query(with_values(query, {"p": "<x:other>"}))
    assert not bool(nothing) if isinstance(nothing, ox.QueryBoolean) else not list(nothing)
