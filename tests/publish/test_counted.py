"""Figures that are brought up to date are those that counting everything anew gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.packed import Packed
from kg.publish import counted
from kg.publish.changes import Difference
from kg.publish.counted import Counted
from kg.publish.quads import quads
from kg.store import Store
from tests.graph.readings import MINT

SAME, SOURCE = "http://www.w3.org/2002/07/owl#sameAs", "http://purl.org/dc/terms/source"
KIND = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMES = [MINT.graph(n) for n in ("facts", "inferred", "links", "links/a", "claims/a", "claims/b", "claims/c")]
LINES = [
    f"{subject} <{predicate}> {value} .\n".encode()
    for subject in (f"<{MINT.base}id/a>", "<x:b>", "_:c14n0", f"<{MINT.graph('links/a')}>")
    for predicate in (KIND, SAME, SOURCE)
    for value in (f"<{MINT.base}id/a>", "<http://other.org/1>", '"1"')
]
versions = st.dictionaries(
    st.sampled_from(NAMES), st.sets(st.sampled_from(LINES), min_size=1).map(Packed), min_size=1
)


@given(versions, versions, st.sampled_from([0, counted.FEW]))
def test_figures_that_follow_a_change_are_those_that_are_counted_anew(
    before: dict[str, Packed], now: dict[str, Packed], few: int
) -> None:
    """Whether graphs are asked one by one or all at once; and as a manifest tells them they are the same."""
    default, change = NAMES[:2], Difference.between(before, now)
    old, new = (Counted.of(graphs, default, MINT.base) for graphs in (before, now))
    kept, counted.FEW = counted.FEW, few
    try:
        followed = old.followed(change, Store.memory(quads(before)), now, default, MINT.base)
    finally:
        counted.FEW = kept
    assert followed == new
    assert Counted.restored(new.stored) == new
