"""Which updates are known by their text to change one graph alone: none that an engine would let change another."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.writes import writes_only

ONLY = "http://example.org/only"
G = f"GRAPH <{ONLY}>"


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ {G} {{ <a:s> <a:p> 'GRAPH <a:g> {{ }}' ; <a:q> 1 , 2 . }} }}",
        f"PREFIX x: <http://example.org/> DELETE DATA {{ GRAPH x:only {{ <a:s> <a:p> x:o }} {G} {{ }} }}",
        f"BASE <http://example.org/> CLEAR SILENT GRAPH <only> ; DROP SILENT {G} ; CREATE {G} ;",
        f"CLEAR {G} ; PREFIX a: <a:> INSERT DATA {{ {G} {{ a:s a:p a:o }} }}",
    ],
)
def test_what_changes_one_graph_by_its_text_is_known(update: str) -> None:
    assert writes_only(update, ONLY)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:s> <a:p> <a:o> }",
        f"INSERT DATA {{ {G} {{ }} <a:s> <a:p> <a:o> }}",
        f"INSERT DATA {{ <{ONLY}> <{ONLY}> <{ONLY}> }}",
        f"INSERT DATA {{ {G} {{ }} GRAPH <a:other> {{ <a:s> <a:p> <a:o> }} }}",
        f"INSERT DATA {{ {G} {{ }} }} ; DROP ALL",
        f"COPY <a:other> TO <{ONLY}>",
        f"DELETE WHERE {{ {G} {{ ?s ?p ?o }} }}",
        "CLEAR DEFAULT",
        f"PREFIX x: <a:> CLEAR GRAPH x:only # {ONLY}",
    ],
)
def test_what_may_change_another_is_not(update: str) -> None:
    assert not writes_only(update, ONLY)


PIECES = st.sampled_from(
    [
        *("INSERT DATA {", "DELETE DATA {", f"{G} {{", "GRAPH <a:g> {", "{", "}"),
        *("<a:s> <a:p> <a:o> .", ";", f"CLEAR {G}", "DROP ALL"),
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_no_update_that_is_known_to_write_one_graph_writes_another(update: str) -> None:
    """Whatever text the engine takes."""
    if writes_only(update, ONLY):
        store = ox.Store()
        store.add(ox.Quad(*[ox.NamedNode("a:x")] * 3, ox.NamedNode("a:g")))
        try:
            store.update(update)
        except (SyntaxError, RuntimeError):  # no update, or a graph to clear that is not there
            return
        names = {quad.graph_name.value for quad in store if isinstance(quad.graph_name, ox.NamedNode)}
        assert names <= {ONLY, "a:g"}
        assert len(list(store.quads_for_pattern(None, None, None, ox.NamedNode("a:g")))) == 1
        assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
