"""The queries of the loads that servers are measured by."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.serve import PLACEHOLDER, asking, build, loads


@pytest.mark.parametrize("name", ["lookup", "star"])
def test_a_query_is_asked_of_the_term_that_is_given(name: str) -> None:
    asked = asking(name)(ox.Literal('a "quoted" one'))
    assert PLACEHOLDER not in asked
    assert '"a \\"quoted\\" one"' in asked
    ox.Store().query(asked)


def test_every_query_of_a_load_has_an_answer(tmp_path: Path) -> None:
    build(tmp_path, 50)
    store = ox.Store.read_only(str(tmp_path / "store"))
    for queries in loads(10).values():
        assert all(any(True for _ in store.query(query)) for query in queries)
