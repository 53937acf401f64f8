"""How deeply a query is nested, told by its tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nesting import DEEPEST, LONGEST, NestingError, check_nesting

DEEP = {
    "parentheses": ("SELECT * { BIND(", "(", "1", ")", " AS ?x) }"),
    "groups": ("SELECT * ", "{", "", "}", ""),
    "optionals": ("SELECT * {", "OPTIONAL {", "", "}", "}"),
    "paths": ("SELECT * { ?s ", "^(", "<urn:p>", ")", " ?o }"),
    "nodes": ("SELECT * { ?s ?p ", "[ <urn:p> ", "1", "]", " }"),
    "collections": ("INSERT DATA { <urn:s> <urn:p> ", "(", "1", ")", " }"),
    "calls": ("SELECT (", "STR(", "1", ")", " AS ?x) {}"),
    "queries": ("SELECT * {", "{ SELECT * ", "{}", "}", "}"),
    "conditions": ("DELETE { ?s ?p ?o } WHERE { FILTER ", "EXISTS { FILTER ", "(true)", "}", "}"),
}
LONG = {
    "paths": ("SELECT * { ?s <urn:p>", "/<urn:p>", " ?o }"),
    "negations": ("SELECT * { FILTER(", "!", "true) }"),
    "alternatives": ("SELECT * { FILTER(?a", "||?a", ") }"),
    "sums": ("SELECT * { FILTER(1", "+1", ") }"),
    "unions": ("SELECT * { {?s ?p ?o}", "UNION{?s ?p ?o}", " }"),
    "values": ("SELECT * { ", "BIND(1 AS ?x)", " }"),
    "groups": ("SELECT * { ", "{?s ?p ?o} ", "}"),
    "graphs": ("SELECT * { ", "GRAPH ?g {} ?s ?p ?o ", "}"),
    "services": ("SELECT * { ", "SERVICE <urn:x> {} ", "}"),
    "lists": ("SELECT * { ", "VALUES ?x {1} ", "}"),
    "triples": ("SELECT * { ", "?s ?p ?o . ", "}"),
    "properties": ("DELETE WHERE { ?s ?p ?o", " ; ?q ?r", "}"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_too_deeply_is_told_with_its_place(kind: str) -> None:
    before, opening, inner, closing, after = DEEP[kind]

    def nested(times: int) -> str:
        return f"{before}{opening * times}{inner}{closing * times}{after}"

    check_nesting(nested(DEEPEST - 5))
    with pytest.raises(NestingError) as caught:
        check_nesting(f"\n\n{nested(DEEPEST + 1)}")
    assert caught.value.line == 3
    assert f"3:{caught.value.column}: more than {DEEPEST} brackets" in str(caught.value)


@pytest.mark.parametrize("kind", LONG)
def test_what_follows_one_another_too_often_is_told_with_its_place(kind: str) -> None:
    before, link, after = LONG[kind]
    check_nesting(f"{before}{link * (LONGEST - 5)}{after}")
    with pytest.raises(NestingError, match=f"1:.*{LONGEST:,} operators and patterns"):
        check_nesting(f"{before}{link * (LONGEST + 5)}{after}")


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({', '.join(['1.5'] * 5000)})) }}",
        f"SELECT * {{ VALUES (?x ?y) {{ {'(-1.5 2.5) ' * 5000} }} }}",
        f"INSERT DATA {{ GRAPH <urn:g> {{ {'<urn:a> <urn:b> 1.5, -2 ; <urn:c> 3 . ' * 5000} }} }}",
        f"CONSTRUCT {{ {'?s ?p ?o . ' * 5000} }} WHERE {{ ?s ?p ?o }}",
        ";".join(["INSERT DATA { <urn:a> <urn:b> 1 }"] * 5000),
        f"ASK {{ ?s ?p '{'(' * 5000}' }} # {'{' * 5000}",
    ],
    ids=["in", "values", "data", "template", "operations", "text"],
)
def test_what_is_only_long_passes(text: str) -> None:
    check_nesting(text)


@given(st.text(st.sampled_from("(){}[]!&|;., \"'#<>aVALUES")))
def test_any_text_can_be_looked_at(text: str) -> None:
    check_nesting(text)
