"""A document's text, cut where claims and names begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.claims import Named
from kg.web.marking import marked

SPAN = st.tuples(st.integers(-2, 45), st.integers(-2, 45))
NAME = Named("https://example.org/id/state/arcadia", "Arcadia")


@given(st.text(max_size=40), st.lists(SPAN, max_size=6), st.sets(SPAN, max_size=6))
def test_the_pieces_are_the_text(
    text: str, spans: list[tuple[int, int]], named: set[tuple[int, int]]
) -> None:
    """However stretches overlap or miss the text, its pieces together are the text, letter for letter."""
    pieces = list(marked(text, spans, dict.fromkeys(named, NAME)))
    assert "".join(piece.text for piece in pieces) == text


@given(st.lists(SPAN, max_size=6))
def test_each_claim_within_the_text_is_marked_whole_and_can_be_reached(spans: list[tuple[int, int]]) -> None:
    pieces = list(marked("x" * 40, spans, {}))
    for number, (start, end) in enumerate(spans):
        if 0 <= start < end <= 40:
            assert sum(len(p.text) for p in pieces if number in p.claims) == end - start
            assert any(
                number in a.claims and a.name == f"char={start},{end}" for p in pieces for a in p.anchors
            )


def test_the_narrowest_stretch_tells_how_it_holds() -> None:
    pieces = list(marked("0123456789", [(0, 10), (3, 6)], {}))
    assert [(p.text, list(p.claims), p.first) for p in pieces] == [
        ("012", [0], True),
        ("345", [1, 0], True),
        ("6789", [0], False),
    ]


def test_a_name_within_a_claim_leads_to_what_it_names() -> None:
    pieces = list(marked("Arcadia met", [(0, 11)], {(0, 7): NAME, (0, 3): NAME}))
    assert [(p.text, p.names) for p in pieces] == [("Arcadia", NAME), (" met", None)]
