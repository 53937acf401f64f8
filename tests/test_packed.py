"""A packed graph is the graph that was packed, whatever order its triples came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Graph, Literal, URIRef

from kg import packed as module
from kg.packed import Packed, Shelved, to_triples
from kg.publish.quads import canonical

NAMES = st.sampled_from([URIRef(f"https://example.org/{n}") for n in ("a", "b", "é", "doc#char=1,2")])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.one_of(
    NAMES,
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, lang="en")),
    st.integers().map(lambda n: Literal(str(n), datatype=XSD.integer, normalize=False)),
)
TRIPLES = st.lists(st.tuples(NAMES, NAMES, VALUES), max_size=12)


@given(TRIPLES)
def test_what_is_packed_comes_out_as_it_was(triples: list) -> None:
    packed = Packed.of(triples)
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    assert set(packed) == set(packed.graph()) == set(graph)
    assert len(packed) == len(graph)
    assert packed.objects() == {o for o in graph.objects() if isinstance(o, URIRef)}
    assert canonical({"x:g": packed}) == canonical({"x:g": graph})


@given(TRIPLES, TRIPLES, st.sampled_from([16, 100, module.BLOCK]))
def test_a_graph_without_another_is_what_only_it_has_however_much_is_unpacked_at_a_time(
    one: list, other: list, size: int
) -> None:
    packed, without = Packed.of(one), Packed.of(other)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "BLOCK", size)
        assert packed.minus(without) == sorted({*packed.lines} - {*without.lines})
        assert list(packed.each()) == packed.lines
    assert Packed.restored(packed.stored) == packed == Packed(packed.lines)


@given(TRIPLES, TRIPLES)
def test_order_and_repetition_count_for_nothing(one: list, other: list) -> None:
    assert Packed.of([*one, *other, *one]) == Packed.of(other).with_more(reversed(one))


@given(TRIPLES, TRIPLES, st.integers(1, 5), st.integers(1, 5))
def test_it_is_the_same_to_the_byte_however_many_lines_are_sorted_at_a_time(
    one: list, other: list, run: int, together: int
) -> None:
    lines = [*Packed.of(one).lines, *Packed.of(other).lines]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "TOGETHER", together)
        whole = Packed(lines)
        patched.setattr(module, "RUN", run)
        assert Packed(iter(lines)).stored == whole.stored
        assert whole.lines == sorted({*lines})


@given(TRIPLES)
def test_one_that_is_shelved_is_read_when_it_is_asked_for(triples: list) -> None:
    packed = Packed.of(triples)
    shelved = Shelved(packed, lambda: packed.stored)
    assert shelved == packed and len(shelved) == len(packed)
    assert shelved.lines == list(shelved.each()) == packed.lines
    assert shelved.stored == packed.stored


@given(TRIPLES, NAMES)
def test_it_tells_what_has_a_property(triples: list, asked: URIRef) -> None:
    found = Packed.of(triples).subjects_of(asked)
    assert found == {s.n3().encode() for s, p, _ in triples if p == asked}


def test_it_tells_what_things_are_but_not_what_stretches_of_text_are() -> None:
    thing, stretch, kind = (URIRef(f"https://example.org/{n}") for n in ("thing", "doc#char=1,2", "Kind"))
    told = [(thing, RDF.type, kind), (stretch, RDF.type, kind), (thing, kind, stretch)]
    assert list(to_triples(Packed.of(told).kinds())) == [(thing, RDF.type, kind)]
