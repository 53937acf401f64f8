"""What the pages show, worked out of statements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.views import marked

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["Actual", "Planned"])), max_size=6
)


@given(st.text(max_size=40), SPANS)
def test_the_marked_text_is_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    """However stretches overlap or miss the text, its pieces together are the text, letter for letter."""
    claims = [{"start": start, "end": end, "modality": modality} for start, end, modality in spans]
    assert "".join(piece.text for piece in marked(text, claims)) == text


def test_the_narrowest_stretch_tells_how_it_holds() -> None:
    claims = [{"start": 0, "end": 10, "modality": "Actual"}, {"start": 3, "end": 6, "modality": "Planned"}]
    pieces = list(marked("0123456789", claims))
    assert [(p.text, p.modality) for p in pieces] == [
        ("012", "Actual"),
        ("345", "Planned"),
        ("6789", "Actual"),
    ]
    assert [p.anchors for p in pieces] == [("char=0,10",), ("char=3,6",), ()]
