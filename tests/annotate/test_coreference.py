"""What references back promise, text by text."""

from __future__ import annotations

import pytest

from tests.annotate.conftest import Annotate, labels

REFERENCES = [
    ("Japan opened a mission in Brussels. The country plans more.", "country", ["Japan"]),
    ("Mark Rutte met Shigeru Ishiba. The two agreed.", "two", ["Mark Rutte", "Shigeru Ishiba"]),
    ("Japan and Australia signed a pact. They will train together.", "They", ["Japan", "Australia"]),
    ("Poland ordered missiles. Its military trained in Germany.", "military", ["Poland"]),
    ("North Korea fired a missile. Japan protested. The North denied it.", "North denied", ["North Korea"]),
    ("Britain signed a defence pact with Japan. The accord entered into force.", "accord", ["defence pact"]),
    ("Poland ordered tanks. The other 64 will follow later.", "64", ["tanks"]),
    ("Saudi Arabia hosted Pakistan for talks. Arms went to the kingdom.", "kingdom", ["Saudi Arabia"]),
    ("Spain gave Ukraine tanks after Russia's invasion. It promised more.", "It", ["Spain"]),
    (
        "Defence Secretary John Healey met Kenya's Cabinet Secretary for Defence, Soipan Tuya. "
        "The Defence Secretary spoke.",
        "Secretary spoke",
        ["John Healey"],
    ),
    ("Poland sent tanks to Narva. Dutch units had been there.", "there", ["Narva"]),
    (
        "Chile and Peru signed a border treaty, replacing the agreement signed in 2001.",
        "agreement signed",
        [],
    ),
    (
        "John Healey and Gen Nakatani met in Tokyo. The three countries and both ministers agreed.",
        "ministers",
        ["John Healey", "Gen Nakatani"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), REFERENCES)
def test_references_find_what_was_named(
    annotate: Annotate, text: str, words: str, expected: list[str]
) -> None:
    """Pronouns and descriptions stand for what the text named before."""
    assert labels(annotate(text), words) == expected


def test_bare_numbers_of_people_are_nobody_named_before(annotate: Annotate) -> None:
    """'The two ministers' are those of whom the text told, 'two officials' are any."""
    assert labels(annotate("Japan and Italy met in Oslo. Two officials said so."), "officials") == []


def test_unnamed_officials_are_nobody(annotate: Annotate) -> None:
    """An official without a name refers to nobody."""
    assert labels(annotate("Japan agreed. A defence official said so."), "official") == []


def test_it_may_stand_for_nothing(annotate: Annotate) -> None:
    """'It is clear that' refers to nothing."""
    assert labels(annotate("Japan agreed. It is clear that more will follow."), "It is") == []


def test_the_sides_named_first_are_the_authors(annotate: Annotate) -> None:
    """The sides that a communiqué names together at its start say 'we'."""
    annotated = annotate("Japan and Australia met today.\n\nWe agreed to train together.")
    assert [r.agent.label for r in annotated.authors if r.agent] == ["Japan", "Australia"]
