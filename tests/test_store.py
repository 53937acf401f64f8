"""The store answers over the published default graph, or the merge of the graphs that a client chooses."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import QueryError, Store, StoreError

S, P = ox.NamedNode("x:s"), ox.NamedNode("x:p")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
COUNT_ONE = "SELECT (COUNT(*) AS ?n) FROM <x:a> WHERE { ?s ?p ?o }"
COUNT_TWO = "PREFIX g: <x:> SELECT (COUNT(*) AS ?n) FROM g:a FROM g:b WHERE { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


def quad(value: str, graph: str) -> ox.Quad:
    return ox.Quad(S, P, ox.Literal(value), ox.NamedNode(graph))


@pytest.fixture
def store() -> Store:
    """Graphs a and b share a triple; a and c make the default graph."""
    return Store.memory([quad("1", "x:a"), quad("1", "x:b"), quad("2", "x:c")], ["x:a", "x:c"])


def count(store: Store, query: str, **chosen: list[str]) -> int:
    answer = store.query(query, **chosen)
    assert isinstance(answer, ox.QuerySolutions)
    return int(next(answer)["n"].value)


def test_a_query_that_chooses_nothing_sees_the_default_graph_and_every_named_graph(store: Store) -> None:
    assert count(store, COUNT) == 2
    assert count(store, COUNT_NAMED) == 3


def test_a_triple_that_two_chosen_graphs_hold_counts_once(store: Store) -> None:
    assert count(store, COUNT, default_graphs=["x:a", "x:b"]) == 1
    assert count(store, COUNT.replace("WHERE", "FROM <x:a> FROM <x:b> WHERE")) == 1


def test_choosing_default_graphs_leaves_no_named_graphs_and_the_other_way_round(store: Store) -> None:
    assert count(store, COUNT_NAMED, default_graphs=["x:a"]) == 0
    assert count(store, COUNT, named_graphs=["x:a"]) == 0
    assert count(store, COUNT_NAMED, default_graphs=["x:a", "x:b"], named_graphs=["x:c"]) == 1


def test_the_protocol_s_graphs_go_before_those_of_the_query(store: Store) -> None:
    assert count(store, COUNT_ONE, default_graphs=["x:a", "x:c"]) == 2


def test_graphs_in_a_query_may_be_named_by_prefix(store: Store) -> None:
    assert count(store, COUNT_TWO) == 1


def test_bindings_give_values_to_projected_variables(store: Store) -> None:
    answer = store.query("SELECT ?s ?o WHERE { ?s ?p ?o }", bindings={"o": ox.Literal("2")})
    assert isinstance(answer, ox.QuerySolutions)
    assert [row["o"].value for row in answer] == ["2"]


def test_an_error_has_the_parser_s_words(store: Store) -> None:
    with pytest.raises(QueryError, match="expected"):
        store.query("SELECT ?s WHERE { ?s ?p")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_however_it_is_written(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.query(query)


def test_service_in_a_string_an_iri_a_comment_or_a_name_is_none(store: Store) -> None:
    query = 'PREFIX service: <x:SERVICE> SELECT * { ?service service:SERVICE "SERVICE {" } # SERVICE <x:y> {}'
    assert list(store.query(query)) == []  # type: ignore[arg-type]  # a SELECT gives solutions


def test_a_store_is_built_once_and_opened_to_read(tmp_path: Path) -> None:
    Store.build(tmp_path / "store", [quad("1", "x:a")])
    assert count(Store.open(tmp_path / "store", ["x:a"]), COUNT) == 1
    with pytest.raises(StoreError, match="exists already"):
        Store.build(tmp_path / "store", [])


def test_where_there_is_no_store_the_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Store.open(tmp_path / "none")
