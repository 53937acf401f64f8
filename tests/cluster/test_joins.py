"""Shapes of rules, and what files of a corpus hold, need no cluster to be looked at."""

from __future__ import annotations

import pytest

pytest.importorskip("pyspark", reason="needs the extra 'spark': make spark")

from kg.cluster.documents import opened
from kg.cluster.joins import concluded, key, shapes
from kg.reason.coded import Instance


def test_instances_that_differ_in_constants_alone_share_a_shape() -> None:
    one = Instance("prp-spo1", (), (("x", 1, "y"),), (("x", 2, "y"),))
    other = Instance("prp-eqp1", (), (("a", 3, "b"),), (("a", 4, "b"),))
    turned = Instance("prp-inv1", (), (("a", 3, "b"),), (("b", 4, "a"),))
    found = shapes([one, other, turned], lambda number: f"<x:{number}>")
    assert [sorted(rows) for rows in found.values()] == [
        [("prp-eqp1", "<x:3>", "<x:4>"), ("prp-spo1", "<x:1>", "<x:2>")],
        [("prp-inv1", "<x:3>", "<x:4>")],
    ]
    (shape, rows), _ = found.items()
    assert key(shape.body[0], rows[0], "<type>") == ("<x:1>", "")


def test_a_file_of_many_documents_is_opened_where_it_is_read() -> None:
    lines = b'{"id": "one", "text": "a"}\n{"text": "b"}\n'
    found = list(opened("hdfs://host/corpus/more.jsonl", lines, b""))
    assert [one.name for one in found] == ["one", "more-2"]
    assert found[1].place == "hdfs://host/corpus/more.jsonl#2"
    (one,) = opened("hdfs://host/corpus/a.txt", b"text", b"title: T\n")
    assert (one.name, one.data, one.beside) == ("a.txt", b"text", b"title: T\n")


def test_words_of_rules_are_literals_in_the_query_whatever_is_in_them() -> None:
    instance = Instance("cls-hv1", (), (("x", 1, 2),), (("x", 3, 4),))
    words = {1: "<x:p>", 2: '"it\'s \\\\ here"', 3: "<x:q>", 4: "<x:o>"}
    ((shape, rows),) = shapes([instance], words.__getitem__).items()
    query = concluded(shape, 0, rows, "<x:same>")
    assert r"""o IN ('"it\'s \\\\ here"')""" in query
    assert "FROM new" in query
    assert "FROM known" not in query
