"""What an extractor that is plugged in gives passes the laws of evidence, or is refused and listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iri import Mint
from kg.laws import Laws, read_laws
from kg.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Filler,
    Mention,
    Modality,
    Omission,
    Reading,
    Span,
    Time,
    Values,
)
from kg.reference import read_reference
from kg.settings import Settings

TEXT = "Japan opened a mission in Brussels. Gen Nakatani met Mark Rutte there. The talks were long."
DOCUMENT = Document("test", TEXT, body=Span(0, len(TEXT)))
QUOTE = "Japan opened a mission in Brussels"
SETTINGS = Settings()
MINT = Mint(SETTINGS.base)


@cache
def laws() -> Laws:
    return read_laws(SETTINGS.ontology, read_reference(SETTINGS.ontology, SETTINGS.base), SETTINGS.base)


def entity(label: str) -> Entity:
    """The thing of the reference data whose label this is."""
    return next(e.entity for e in laws().reference.named(label) if e.entity.label == label)


def minted(kind: str, label: str) -> Entity:
    return Entity(MINT.thing(kind, label), kind, label)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def filler(thing: Entity, words: str | None = None) -> Filler:
    return Filler(thing, at(words or thing.label))


def claim() -> Claim:
    return Claim(
        "test",
        "Establishment",
        (
            ("founder", (filler(entity("Japan")),)),
            ("institution", (filler(minted("Institution", "mission")),)),
            ("place", (filler(minted("Region", "Brussels")),)),
        ),
        Modality.ACTUAL,
        Evidence(at(QUOTE), QUOTE),
        "model",
    )


def judged(*claims: Claim, **more: object) -> Reading:
    given_ = Reading(Document("other", "other"), claims=claims, **more)  # type: ignore[arg-type]
    return laws().upheld(given_, DOCUMENT, "model 1.0")


def founder(one: Filler) -> Claim:
    return replace(claim(), roles=(("founder", (one,)),))


def test_a_claim_that_keeps_the_laws_passes_and_its_rule_becomes_an_iri() -> None:
    reading = judged(claim())
    assert reading.claims == (replace(claim(), rule=MINT.thing("Extractor", "model 1.0")),)
    assert (reading.omissions, reading.document, reading.extractor) == ((), DOCUMENT, "model 1.0")


BREAKS: dict[str, tuple[str, Callable[[], Claim]]] = {
    "a quote in other words": (
        "quote-not-in-text",
        lambda: replace(claim(), evidence=Evidence(at(QUOTE), QUOTE.replace("opened", "has opened"))),
    ),
    "a quote at other offsets": (
        "quote-not-in-text",
        lambda: replace(claim(), evidence=Evidence(Span(1, 1 + len(QUOTE)), QUOTE)),
    ),
    "a quote beyond the text": (
        "quote-not-in-text",
        lambda: replace(claim(), evidence=Evidence(Span(5000, 5010), QUOTE)),
    ),
    "a quote at negative offsets, which Python would count from the end": (
        "quote-not-in-text",
        lambda: replace(claim(), evidence=Evidence(Span(-5, len(TEXT)), "long.")),
    ),
    "an empty quote": ("quote-not-in-text", lambda: replace(claim(), evidence=Evidence(Span(3, 3), ""))),
    "a further quote that does not stand": (
        "quote-not-in-text",
        lambda: replace(claim(), also_told=(Evidence(Span(0, 5), "China"),)),
    ),
    "a filler that another sentence names": (
        "filler-not-named",
        lambda: founder(filler(entity("Mark Rutte"))),
    ),
    "a filler that nothing names": (
        "filler-not-named",
        lambda: founder(Filler(entity("China"), at("Japan"))),
    ),
    "a filler beyond the text": (
        "filler-not-named",
        lambda: founder(Filler(entity("Japan"), Span(900, 905))),
    ),
    "a thing under the name of another": (
        "filler-not-named",
        lambda: founder(Filler(replace(entity("China"), label="Japan"), at("Japan"))),
    ),
    "a thing with an address of its own making": (
        "filler-not-named",
        lambda: founder(filler(Entity("https://example.org/japan", "State", "Japan"))),
    ),
    "a kind that the ontology has not": (
        "filler-not-named",
        lambda: founder(filler(minted("Planet", "mission"))),
    ),
    "one who acts for a thing that nobody knows": (
        "filler-not-named",
        lambda: founder(replace(filler(entity("Japan")), acts_for=Entity("urn:x", "State", "X"))),
    ),
    "a source that the text does not name": (
        "source-not-named",
        lambda: replace(claim(), attributed_to=(Filler(entity("China"), at("Japan")),)),
    ),
    "no filler": ("no-filler", lambda: replace(claim(), roles=())),
    "a class that the ontology has not": ("unknown-class", lambda: replace(claim(), type="Party")),
    "a role that the class has not": (
        "unknown-role",
        lambda: replace(claim(), roles=(("buyer", (filler(entity("Japan")),)),)),
    ),
    "another document": ("other-document", lambda: replace(claim(), document="another")),
    "a date that is none": ("not-a-date", lambda: replace(claim(), time=Time("2025-02-30"))),
    "a date in words": ("not-a-date", lambda: replace(claim(), time=Time("last May"))),
    "a number that is none": ("not-a-number", lambda: replace(claim(), values=Values(quantity=float("nan")))),
    "a currency that is none": (
        "not-a-currency",
        lambda: replace(claim(), values=Values(amount=1.0, currency="$")),
    ),
    "a modality that is none": (
        "unknown-modality",
        lambda: replace(claim(), modality="Perhaps"),  # type: ignore[arg-type]
    ),
}


@pytest.mark.parametrize(("reason", "breaking"), BREAKS.values(), ids=BREAKS.keys())
def test_a_claim_is_refused_and_listed_for(reason: str, breaking: Callable[[], Claim]) -> None:
    reading = judged(breaking())
    assert reading.claims == ()
    assert [(o.kind, o.reason) for o in reading.omissions] == [("claim", reason)]


def test_a_refusal_does_not_touch_the_claims_beside_it() -> None:
    reading = judged(claim(), replace(claim(), type="Party"))
    assert len(reading.claims) == len(reading.omissions) == 1


def test_a_whole_document_is_no_quote() -> None:
    text = TEXT * 20
    long = replace(claim(), evidence=Evidence(Span(0, len(text)), text))
    reading = laws().upheld(Reading(DOCUMENT, claims=(long,)), replace(DOCUMENT, text=text), "model")
    assert [o.reason for o in reading.omissions] == ["quote-too-long"]


def test_persons_and_local_things_may_be_named_by_part_of_their_label_and_states_by_any_name_they_have() -> (
    None
):
    text = "Nakatani met Rutte. The Japanese mission opened."
    document = Document("test", text, body=Span(0, len(text)))

    def one(kind: str, role: str, thing: Entity, words: str, quote: str) -> Claim:
        span, stands = Span(text.index(words), text.index(words) + len(words)), text.index(quote)
        evidence = Evidence(Span(stands, stands + len(quote)), quote)
        return Claim("test", kind, ((role, (Filler(thing, span),)),), Modality.ACTUAL, evidence, "model")

    claims = (
        one("Meeting", "participant", entity("Mark Rutte"), "Rutte", "Nakatani met Rutte"),
        one("Establishment", "founder", entity("Japan"), "Japanese", "The Japanese mission opened"),
        one(
            "Establishment",
            "institution",
            minted("Institution", "Japanese mission"),
            "mission",
            "mission opened",
        ),
    )
    assert len(laws().upheld(Reading(document, claims=claims), document, "model").claims) == 3


def test_mentions_and_omissions_that_do_not_stand_in_the_text_are_not_taken() -> None:
    good, bad = Mention(at("Japan"), entity("Japan")), Mention(at("Japan"), entity("China"))
    kept = Omission("trigger", Evidence(at("talks"), "talks"), "no-filler")
    lost = Omission("trigger", Evidence(at("talks"), "walks"), "no-filler")
    reading = judged(mentions=(good, bad), omissions=(kept, lost))
    assert reading.mentions == (good,)
    assert [(o.kind, o.reason, o.detail) for o in reading.omissions] == [
        ("mention", "filler-not-named", "China"),
        ("trigger", "no-filler", ""),
    ]


@given(st.integers(-200, 200), st.integers(-200, 200), st.text(max_size=20))
def test_whatever_a_claim_quotes_only_the_texts_own_words_come_out(start: int, end: int, exact: str) -> None:
    reading = judged(replace(claim(), evidence=Evidence(Span(start, end), exact)))
    told = [c.evidence for c in reading.claims] + [o.evidence for o in reading.omissions]
    assert told
    assert all(e.exact and e.span.start >= 0 and e.span.of(TEXT) == e.exact for e in told)
