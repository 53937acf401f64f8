"""Sentences that tell events."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.published import PublishedDocument
from kg.terms import ENT
from kg.web.claims import ClaimView, Figures, Named, Part
from kg.web.happenings import happenings, sorted_out
from kg.web.telling import group, groups, money, sentence, table, when

PAPER = PublishedDocument(
    "paper", "https://example.org/doc/paper", "Paper", "2025-01-02", None, "en", "", Path()
)


def claim(type_: str = "Meeting", modality: str = "Actual", **told: object) -> ClaimView:
    """A claim whose roles are filled by things of these names."""
    roles = {
        role: [Part(Named(f"https://example.org/id/state/{name.lower()}", name)) for name in names]
        for role, names in told.items()
        if isinstance(names, list)
    }
    rest = {name: value for name, value in told.items() if not isinstance(value, list)}
    fixed = {
        "start": "",
        "end": "",
        "figures": Figures(),
        "lifted": modality == "Actual",
        "event": "e",
        "iri": "c",
    }
    return ClaimView(type=type_, modality=modality, document=PAPER, span=(0, 1), exact="x", rule="", roles=roles,
                     **{**fixed, **rest})  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            claim(participant=["Arcadia", "Elbonia"], place=["Ruritania"]),
            "Arcadia and Elbonia met in Ruritania",
        ),
        (claim(participant=["Arcadia"]), "Arcadia held talks"),
        (claim(modality="Planned", participant=["Arcadia", "Elbonia"]), "Arcadia and Elbonia are to meet"),
        (claim("Visit", "Denied", visitor=["Arcadia"]), "Arcadia did not visit abroad"),
        (claim("Aid", recipient=["Arcadia"], item=["boats"]), "Arcadia received boats"),
        (claim("Sanction", target=["Arcadia"]), "Label: Arcadia"),
        (
            claim("Aid", provider=["Arcadia"], figures=Figures(Decimal("2500000000"), "EUR", bound="about")),
            "Arcadia gave aid (about EUR 2.5 billion)",
        ),
        (
            claim("ArmsTransfer", buyer=["Arcadia"], item=["tanks"], figures=Figures(quantity=Decimal(1200))),
            "Arcadia bought 1,200 tanks",
        ),
        (claim(participant=[f"S{n}" for n in range(9)]), "S0, S1, S2, S3, S4, S5 and 3 more met"),
    ],
)
def test_an_event_is_told_in_a_sentence(told: ClaimView, words: str) -> None:
    assert str(sentence(told, "Label")) == words


def test_every_class_of_events_has_its_sentence_and_its_heading() -> None:
    """The table knows the ontology's classes and roles, and no others."""
    classes = {name for name in table() if name != "groups"}
    assert all(name in ENT for name in classes)
    for name in classes:
        assert group(name) in groups()
        for way in table()[name]["ways"]:
            roles = {way["who"], *(role for _, role in way.get("then", ())), way.get("object", way["who"])}
            assert all(role in ENT for role in roles)


def test_what_is_no_fact_stands_apart() -> None:
    found = happenings(
        [
            claim(event="a", start="2024"),
            claim(event="b", start="2025-03"),
            claim(modality="Planned", event="c"),
            claim(modality="Denied", event="d"),
            claim(event="e", lifted=False),
        ],
        lambda name: name,
    )
    told = sorted_out(found)
    assert [h.iri for h in told.facts["Talks and visits"]] == ["b", "a"]
    assert [[h.iri for h in held] for held in (told.ahead, told.denied, told.said)] == [["c"], ["d"], ["e"]]


def test_claims_of_one_event_are_told_once_by_the_one_that_was_lifted() -> None:
    planned, done = claim(modality="Planned", participant=["Arcadia"]), claim(participant=["Elbonia"])
    (one,) = happenings([planned, done], lambda name: name)
    assert one.lifted
    assert str(one.sentence) == "Elbonia held talks"
    assert len(one.claims) == 2


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-07-08", "", "8 July 2024"),
        ("2024-07", "", "July 2024"),
        ("2024", "2027", "2024 to 2027"),
        ("2025-09-09", "2025-09-19", "9 to 19 September 2025"),
        ("", "2027", "until 2027"),
        ("", "", ""),
    ],
)
def test_times_are_told_as_coarse_as_they_are_known(start: str, end: str, words: str) -> None:
    assert when(start, end) == words


def test_sums_are_told_as_they_are_read() -> None:
    assert money(Decimal("1250000000000"), "TWD") == "TWD 1.25 trillion"
    assert money(Decimal(950), "EUR") == "EUR 950"
