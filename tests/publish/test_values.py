"""Values are written so that every engine keeps them: in canonical form, of base datatypes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal

from kg.graph.tables import moment, number, whole
from kg.published import Published, open_published

XSD = "http://www.w3.org/2001/XMLSchema#"
# A code has its own datatype by SKOS (section 6.5.1): the scheme that it is of.
CODE = ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation")
LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
BASE = {LANGUAGE} | {
    XSD + name
    for name in (
        "string",
        "integer",
        "decimal",
        "boolean",
        "date",
        "dateTime",
        "gYear",
        "gYearMonth",
        "anyURI",
        "hexBinary",  # of sums, as SPDX has them
    )
}


@pytest.fixture(scope="module")
def published(built: Path) -> Published:
    return open_published(built)


@pytest.mark.long
def test_every_published_value_has_a_base_datatype_and_the_engine_s_own_form(published: Published) -> None:
    """What the dumps say is what the store answers with, to the letter, in every graph."""
    dumps = sorted((published.folder / "dumps").glob("*.nt.gz"))
    parsed = (ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_TRIPLES) for path in dumps)
    dumped = {quad.triple for quads in parsed for quad in quads}
    stored = {t for graph in published.store.graphs() for t in published.store.triples(graph)}
    named = {
        t for t in dumped if not isinstance(t.subject, ox.BlankNode) and isinstance(t.object, ox.Literal)
    }
    assert len(named) > 1000
    assert named - stored == set()
    values = {t for t in named if t.predicate != CODE}
    assert {t.object.datatype.value for t in values} <= BASE


def kept(value: Literal) -> bool:
    """Whether both engines give a value back as it was."""
    triple = f"<x:s> <x:p> {value.n3()} .".encode()
    store = ox.Store()
    store.load(triple, format=ox.RdfFormat.N_TRIPLES)
    (quad,) = store
    (read,) = Graph().parse(data=triple, format="nt").objects()
    same = str(quad.object) == f'"{value}"^^<{value.datatype}>'
    return same and isinstance(read, Literal) and str(read) == str(value)


@given(st.floats(min_value=0, max_value=1e15, allow_nan=False))
def test_a_number_is_kept(amount: float) -> None:
    (value,) = number(amount)
    assert kept(value)
    assert float(value) == pytest.approx(amount)


@given(st.integers(0, 10**9))
def test_a_count_is_kept(count: int) -> None:
    assert kept(whole(count))


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_is_kept(day: object, length: int) -> None:
    (value,) = moment(str(day)[:length])
    assert kept(value)
