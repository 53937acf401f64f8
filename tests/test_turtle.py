"""Reviewed Turtle is read as it is written, and what cannot be read is named."""

from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.graph import Graph

from kg.terms import ONTOLOGY
from kg.turtle import TurtleError, read_turtle, turtle_files


def test_the_graph_is_the_one_that_rdflib_reads() -> None:
    assert isomorphic(read_turtle([ONTOLOGY]), Graph().parse(ONTOLOGY))


def test_our_own_iris_stand_under_the_base_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(
        "<https://w3id.org/entente/id/a> <http://other.example/p> <https://w3id.org/entente/id/b> ."
    )
    assert list(read_turtle([file], "http://here.example/")) == [
        (
            URIRef("http://here.example/id/a"),
            URIRef("http://other.example/p"),
            URIRef("http://here.example/id/b"),
        )
    ]


def test_literals_keep_their_form(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<x:s> <x:p> 1.10 .")
    assert [o.n3() for o in read_turtle([file]).objects()] == [
        Literal("1.10", datatype=DECIMAL, normalize=False).n3()
    ]


DECIMAL = URIRef("http://www.w3.org/2001/XMLSchema#decimal")


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    files = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for file in files:
        file.write_text("_:same <x:p> <x:o> .")
    assert len(read_turtle(files)) == 2


def test_a_file_that_is_no_turtle_is_named_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("<x:s> <x:p> .")
    with pytest.raises(TurtleError, match=r"broken\.ttl.*1"):
        read_turtle([file])


def test_a_folder_without_turtle_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TurtleError, match="no Turtle files"):
        turtle_files(tmp_path)
