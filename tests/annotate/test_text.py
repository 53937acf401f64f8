"""What passages promise of their words and of where these stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.text import passages
from kg.annotated import HIDDEN, unbroken
from kg.model import Document, Span
from tests.extract.sentences import told

SENTENCE = "Poland and Sweden signed a defence agreement in Warsaw on Monday."


@given(st.lists(st.text(alphabet="abc XYZ." + HIDDEN, min_size=1), min_size=1).map(" ".join))
def test_every_word_is_placed_where_it_stands(text: str) -> None:
    """Each letter that is parsed is the letter that stands in the document at the place it is given."""
    for passage in passages(Document("test", text)):
        words = passage.words(text)
        assert all(passage.placed(Span(i, i + 1)).of(text) == letter for i, letter in enumerate(words))
        assert unbroken(passage.placed(Span(0, len(words))).of(text)) == words


def test_soft_hyphens_change_nothing_that_is_told() -> None:
    """A text broken into syllables tells what it tells unbroken."""
    broken = SENTENCE.replace("la", "l\u00ada").replace("ee", "e\u00ade").replace("on", "o\u00adn")
    assert told(broken) == told(SENTENCE) != []
