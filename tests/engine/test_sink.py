"""Answers counted, bounded and spooled while an engine writes them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.sink import COUNTERS, INLINE, Sink, TooManyError

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
MARKUP = ['"', "}", "{", ",", "<result>", "\n", "\r\n", '}},{"', "'", "a", '"bindings":[{"', ":[", "\\"]


@given(st.lists(st.lists(st.sampled_from(MARKUP), max_size=6).map("".join), max_size=8), st.integers(1, 40))
def test_rows_are_counted_whatever_they_hold_and_wherever_blocks_end(values: list[str], block: int) -> None:
    """Values that look like the format's own marks, cut anywhere, do not disturb the count."""
    store = ox.Store()
    for number, value in enumerate(values):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(value)))
    for name, form in FORMATS.items():
        told = store.query("SELECT ?s ?o { ?s ?p ?o }").serialize(format=form)
        counter = COUNTERS[name]()
        for start in range(0, len(told), block):
            counter.add(told[start : start + block])
        assert counter.rows == len(values), name


def sink(folder: Path, *, size: int = 1 << 30, zipped: bool = False) -> Sink:
    return Sink(str(folder / "answer"), size, gzip=zipped, counter=None, most_rows=10)


def test_a_small_answer_stays_in_memory(tmp_path: Path) -> None:
    small = sink(tmp_path)
    small.write(b"some")
    small.write(b"thing")
    assert small.close() == b"something"
    assert small.spooled is None


def test_a_large_answer_goes_to_its_file_whole(tmp_path: Path) -> None:
    large = sink(tmp_path)
    blocks = [bytes([n]) * (INLINE // 2) for n in range(7)]
    for block in blocks:
        large.write(block)
    assert large.close() == b""
    assert (tmp_path / "answer").read_bytes() == b"".join(blocks)


def test_a_compressed_answer_is_the_same_answer(tmp_path: Path) -> None:
    packed = sink(tmp_path, zipped=True)
    packed.write(b"word " * 1000)
    told = packed.close()
    assert len(told) < 1000
    assert gzip.decompress(told) == b"word " * 1000


def test_an_answer_beyond_its_size_ends_in_an_error(tmp_path: Path) -> None:
    bounded = sink(tmp_path, size=10)
    with pytest.raises(TooManyError) as caught:
        bounded.write(b"more than ten bytes")
    assert caught.value.limit == 10
