"""The page of sizing is what the measured figures give."""

from __future__ import annotations

import pytest

from bench import sizing
from tests.built import ROOT


def test_the_page_is_computed_from_the_figures() -> None:
    assert (ROOT / "docs" / "sizing.md").read_text("utf-8") == "".join(sizing.page(sizing.read()))


def test_every_figure_was_measured_and_says_how() -> None:
    told = sizing.read()
    for part in ("build", "store", "cluster"):
        assert told[part]["command"]
        assert all(figure > 0 for figure in told[part].values() if isinstance(figure, float)), part


def test_what_is_not_spent_once_grows_with_the_documents() -> None:
    told = sizing.read()
    small, large = (sizing.size(documents, told) for documents in (1_000_000, 10_000_000))
    assert large.quads == pytest.approx(10 * small.quads)
    assert large.local_gib < 10 * small.local_gib
    assert large.cluster_hours < 10 * small.cluster_hours


@pytest.mark.parametrize(
    ("number", "words"), [(123_456, "120,000"), (12.3, "12"), (0.123, "0.12"), (0.001, "< 0.01")]
)
def test_figures_have_two_digits_that_count(number: float, words: str) -> None:
    assert sizing.shown(number) == words
