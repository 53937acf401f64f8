"""Rows hold all that the mapping goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from kg.lexicon import Frame, Governor, Lexicon, Place, Slot
from kg.model import Entity, Modality
from kg.reference import Entry, Holding, Membership, Name, Reference
from kg.touching import Rows, asked, change, keys, rows
from kg.touching.words import packed

STATE, CITY, ANN, BODY = (f"urn:{name}" for name in ("state", "city", "ann", "body"))
FRAME = Frame(
    "urn:f#meet", "Meeting", frozenset({"meet"}), frozenset(), (Slot("a", ((Place("subj"),),), True),)
)


def entry(iri: str, kind: str, *names: str, country: str | None = None, how: str = "label") -> Entry:
    return Entry(
        Entity(iri, kind, names[0], reference=True), tuple(Name(n, how) for n in names), country=country
    )


def lexicon(*frames: Frame, **other: Any) -> Lexicon:
    words = {"family-name-first": frozenset({"Ruritania"}), "arms": frozenset({"tank"})}
    governor = {"plan/VERB": Governor(Modality.PLANNED)}
    return replace(Lexicon(frames or (FRAME,), words, {"arms": "Item"}, {}, governor), **other)


@cache
def reference() -> Reference:
    entries = (
        replace(
            entry(STATE, "State", "Freedonia", "Freedonian"),
            names=(Name("Freedonia", "label"), Name("Fredville", "metonym")),
        ),
        entry(CITY, "City", "Fredville", country=STATE),
        entry(BODY, "GovernmentBody", "Freedonian War Ministry", country=STATE),
        entry(ANN, "Person", "Ann Lee"),
        entry("urn:office", "Office", "Minister"),
    )
    held = (Holding(ANN, "urn:office", BODY, "Minister", date(2020, 1, 1), None),)
    return Reference({e.entity.iri: e for e in entries}, held, (Membership(STATE, BODY, None, None),))


def test_no_part_of_the_lexicon_or_the_reference_data_is_forgotten() -> None:
    """Who adds a part says here that `kg.touching.rows` has it, too."""
    assert [f.name for f in fields(Lexicon)] == [
        *("frames", "words", "kinds", "admits", "governors", "verbs", "nouns"),
    ], "verbs and nouns are the frames again"
    assert [f.name for f in fields(Reference)] == ["entries", "holdings", "memberships"]


def touched(now: Rows, text: str, before: Rows | None = None) -> bool:
    known = rows(lexicon(), asked(reference())) if before is None else before
    return change(known, now).touches(packed(keys(text)))


def with_entry(iri: str, **other: Any) -> Rows:
    entries = {**reference().entries, iri: replace(reference().entries[iri], **other)}
    return rows(lexicon(), asked(replace(reference(), entries=entries)))


@pytest.mark.parametrize("text", ["Freedonia", "in Fredville", "the war ministry of a Freedonian", "Ms Lee"])
def test_a_state_touches_who_names_it_its_cities_its_bodies_and_those_who_hold_their_offices(
    text: str,
) -> None:
    assert touched(with_entry(STATE, population=1), text)
    assert not touched(with_entry(STATE, population=1), "Ann spoke of war, and of a ministry.")


def test_a_city_that_is_a_way_to_say_its_state_touches_who_names_the_state() -> None:
    assert touched(with_entry(CITY, population=1), "The capital of Freedonia")
    other = with_entry(CITY, names=(Name("Marxtown", "label"),))
    assert not touched(with_entry(CITY, population=1, names=(Name("Marxtown", "label"),)), "Freedonia", other)


def test_what_a_person_held_touches_who_has_the_family_name() -> None:
    held = (replace(reference().holdings[0], end=date(2021, 1, 1)),)
    now = rows(lexicon(), asked(replace(reference(), holdings=held)))
    assert touched(now, "Lee spoke")
    assert not touched(now, "Ann spoke of Freedonia's war ministry")


def test_where_family_names_come_first_the_first_touches() -> None:
    words = {**lexicon().words, "family-name-first": frozenset({"Freedonian War Ministry"})}
    now = rows(lexicon(words=words), asked(reference()))
    assert touched(now, "Ann spoke")
    assert touched(now, "Lee spoke")
    assert not touched(now, "Bo spoke")


@pytest.mark.parametrize(
    ("changed", "touches"),
    [
        (lambda: lexicon(replace(FRAME, verbs=frozenset({"meet", "set up"}))), "They set one up"),
        (lambda: lexicon(replace(FRAME, at_least=2)), "They meet"),
        (lambda: lexicon(words={**lexicon().words, "arms": frozenset()}), "tanks"),
        (lambda: lexicon(governors={}), "a plan"),
        (lambda: lexicon(admits={"arms": frozenset({"Item"})}), "anything"),
        (lambda: lexicon(kinds={}), "anything"),
    ],
)
def test_the_lexicon_touches_who_has_the_words_that_are_told_otherwise(
    changed: Callable[[], Lexicon], touches: str
) -> None:
    now = rows(changed(), asked(reference()))
    assert touched(now, touches)
    assert touched(now, "They agreed to set off.") == (touches == "anything")


def test_offices_and_memberships_touch_nobody_as_no_reading_asks_for_them() -> None:
    entries = {iri: e for iri, e in reference().entries.items() if e.entity.kind != "Office"}
    now = rows(lexicon(), asked(replace(reference(), entries=entries, memberships=())))
    assert now == rows(lexicon(), asked(reference()))


def test_the_same_is_told_as_no_change() -> None:
    known = rows(lexicon(), asked(reference()))
    assert not change(known, rows(lexicon(), asked(reference())))
    assert not change(known, known).touches(None)


def test_a_change_is_told_in_words() -> None:
    two = lexicon(FRAME, replace(FRAME, iri="urn:f#talk", nouns=frozenset({"talk", "word"})))
    before, now = rows(lexicon(), asked(reference())), rows(two, asked(reference()))
    assert change(before, now).told == "1 frame changed"
    entries = {iri: e for iri, e in reference().entries.items() if iri not in {CITY, BODY}}
    now = rows(lexicon(kinds={}), asked(replace(reference(), entries=entries)))
    told = "1 list of classes of words and 2 reference rows changed"
    assert change(before, now).told == f"{told}; the list of classes of words can touch any document"
