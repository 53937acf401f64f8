"""Minting gives the same readable, distinct addresses everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iri import LONGEST, Mint, digest, kebab, slug
from kg.model import Span

MINT = Mint("https://example.org/")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Gen Nakatani", "gen-nakatani"),
        ("North Atlantic Treaty Organization", "north-atlantic-treaty-organization"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("Łódź", "lodz"),
        ("  Türkiye ", "turkiye"),
        ("AT&T", "at-and-t"),
        ("long-range, precision-guided missiles", "long-range-precision-guided-missiles"),
    ],
)
def test_a_name_becomes_a_readable_slug(name: str, made: str) -> None:
    assert slug(name) == made


@given(st.text())
def test_every_name_has_a_slug_that_is_safe_in_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= LONGEST + 9


@given(st.text(alphabet="日本東京ソウル", min_size=1), st.text(alphabet="日本東京ソウル", min_size=1))
def test_names_without_ascii_letters_stay_apart(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


@given(st.lists(st.text()), st.lists(st.text()))
def test_parts_of_a_hash_never_run_into_one_another(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


@pytest.mark.parametrize(
    ("minted", "iri"),
    [
        (MINT.thing("GovernmentBody", "Ministry of Defense"), "id/government-body/ministry-of-defense"),
        (MINT.term("Meeting"), "ontology#Meeting"),
        (MINT.stretch("Japan NATO", Span(78, 230)), "doc/japan-nato#char=78,230"),
        (MINT.claims("japan-nato"), "graph/claims/japan-nato"),
        (MINT.hashed("event", "a", 1), f"id/event/{digest('a', 1)}"),
    ],
)
def test_things_terms_stretches_and_graphs_stand_under_the_base(minted: str, iri: str) -> None:
    assert minted == "https://example.org/" + iri


def test_kinds_are_written_in_kebab_case() -> None:
    assert [kebab(k) for k in ("State", "IP4Group", "MilitaryCommand")] == [
        "state",
        "ip4-group",
        "military-command",
    ]
