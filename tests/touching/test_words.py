"""Words are keys by which all forms that the mapping asks for are found again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.people import folded
from kg.model import Document, Span
from kg.touching import keys
from kg.touching.words import packed, unpacked
from tests.extract.sentences import mapper


@given(st.text(alphabet="siey ab'-", max_size=12))
def test_a_word_has_the_key_of_the_forms_that_the_mapping_makes_of_it(word: str) -> None:
    for form in (word.removesuffix("s"), word.rstrip("s"), f"{word.removesuffix('ies')}y"):
        assert keys(form) <= keys(word) | keys("s") | keys("y"), "an ending alone is no word"


@given(st.sets(st.integers(0, 2**32 - 1)))
def test_keys_are_unpacked_as_they_were(found: set[int]) -> None:
    assert unpacked(packed(found)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministries met in Kraków.", ["ministry", "Kraków", "Krakow", "meet", "MET"]),
        ("Vice-President O\u2019Brien co-hosted them.", ["O'Brien", "obrien", "vice president", "host"]),
        ("The North\u00adern fleet took part.", ["northern", "fleet", "take part"]),
        ("Rheinmetall AG bought 20km of cable.", ["km", "buy", "Rheinmetall"]),
    ],
)
def test_a_document_has_its_words_however_they_are_asked_for(text: str, words: list[str]) -> None:
    document = Document("test", text, date=date(2025, 5, 15), body=Span(0, len(text)))
    has = unpacked(mapper().read_with_words(document)[1])
    for word in words:
        assert keys(word) <= has, word
        assert keys(folded(word)) <= has, word
    assert not keys("submarine") <= has
