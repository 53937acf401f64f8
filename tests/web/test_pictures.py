"""Where things go in pictures."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.web.pictures.atlas import project
from kg.web.pictures.network import LINE, Neighbour, around, circle
from kg.web.pictures.timeline import STEP, Dated, timeline

DATES = st.dates().map(lambda d: d.isoformat()) | st.integers(1900, 2100).map(str)
DATED = st.builds(Dated, DATES, st.sampled_from("abc"), st.just("actual"), st.text(max_size=3), st.just("#x"))
NEIGHBOURS = st.lists(st.builds(Neighbour, st.text(max_size=40), st.uuids().map(str), st.just("state"),
                                st.integers(1, 500), st.just("")), max_size=40)  # fmt: skip


@given(st.lists(DATED, max_size=60))
def test_no_two_dots_of_a_timeline_cover_each_other(dated: list[Dated]) -> None:
    """Each has its place within the picture, and later years stand further right."""
    drawn = timeline(dated, ["a", "b"])
    if drawn is None:
        assert not dated
        return
    assert len(drawn.dots) == len(dated)
    for number, dot in enumerate(drawn.dots):
        assert 0 < dot.x < drawn.width
        assert 0 < dot.y < drawn.height
        for other in drawn.dots[:number]:
            assert max(abs(dot.x - other.x), abs(dot.y - other.y)) >= STEP - 0.5
    by_time = sorted(drawn.dots, key=lambda dot: dot.dated.date[:4])
    assert [d.x for d in by_time if d.dated.date[:4] == by_time[0].dated.date[:4]] == [
        d.x for d in by_time if d.x < drawn.years[0].right
    ]


@given(NEIGHBOURS)
def test_every_neighbour_is_in_the_picture(neighbours: list[Neighbour]) -> None:
    drawn = around("Arcadia", "state", neighbours)
    assert (drawn is None) == (not neighbours)
    if drawn:
        assert len(drawn.nodes) == len(neighbours) + 1
        assert len(drawn.edges) == len(neighbours)
        assert all(0 < n.x < drawn.width and 0 < n.y < drawn.height for n in drawn.nodes)


def test_a_circle_joins_only_those_that_are_in_it() -> None:
    things = [Neighbour(name, f"/{name}", "state", 1, "") for name in "abc"]
    drawn = circle(things, [("/a", "/b", 3, ""), ("/a", "/z", 1, "")])
    assert drawn
    assert len(drawn.edges) == 1


@given(NEIGHBOURS)
def test_no_name_in_a_circle_stands_over_another(things: list[Neighbour]) -> None:
    """Names on one side are a line's height apart."""
    drawn = circle(things, [])
    for side in ("start", "end"):
        places = sorted(node.y for node in drawn.nodes if node.side == side) if drawn else []
        assert all(below - above >= LINE - 0.2 for above, below in pairwise(places))


def test_places_are_where_the_shapes_are() -> None:
    """The projection is the one that the shapes were drawn in: the middle, and the far east of the equator."""
    told = {"scale": 100.0, "translate": [480.0, 270.0]}
    assert project(0, 0, told) == (480.0, 270.0)
    assert project(0, 180, told) == (480 + round(100 * 3.141592653589793 * 0.8707, 1), 270.0)
    assert project(50, 0, told)[1] < project(10, 0, told)[1]
