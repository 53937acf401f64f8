"""A version's store is the one before it with what has changed: it shares its tables, and holds the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.packed import Packed
from kg.publish import Edition, Publication, dump_all, publish_graphs
from kg.publish.quads import Lines, quads
from kg.published import open_published
from kg.store import Store
from tests.graph.readings import MINT

NAMES = [MINT.graph(name) for name in ("facts", "inferred", "claims/a", "claims/b")]
LINES = [
    f"<{MINT.base}id/event/{n}> <{MINT.term('quantity')}> {value} .\n".encode()
    for n in range(6)
    for value in (f'"{n}"', f'"{n}"@en', f"<{MINT.base}id/event/{n + 1}>", "_:c14n0")
]
WHOLE = {
    MINT.graph("reference"): [
        f"<{MINT.base}id/x{n:04}> <{MINT.term('a')}> <x:y> .\n".encode() for n in range(2500)
    ]
}
versions = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(LINES)).map(sorted), max_size=4),
    min_size=2,
    max_size=4,
)


def published(graphs: dict[str, Lines], dist: Path) -> Publication:
    edition = Edition(base=MINT.base, graphs={}, default_graphs=NAMES[:2], documents=[], counts={})
    given = {name: Packed(lines) for name, lines in (WHOLE | graphs).items() if lines}
    publication = publish_graphs(edition, given, dist)
    dump_all(dist)
    return publication


def built(sequence: Sequence[dict[str, Lines]], dist: Path, *, anew: bool) -> list[bytes]:
    """Publish one after the other, and tell the manifests; `anew` takes the stores away that might be followed."""
    manifests = []
    for graphs in sequence:
        one = published(graphs, dist)
        manifests.append((one.folder / "manifest.json").read_bytes())
        if anew:
            shutil.rmtree(one.folder / "store", ignore_errors=True)
    return manifests


@pytest.mark.long
@settings(max_examples=4)
@given(versions)
def test_any_sequence_of_versions_ends_in_the_same_bytes_and_the_same_store_as_stores_made_anew(
    sequence: list[dict[str, Lines]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one"), Path(folder, "other")
        assert built(sequence, one, anew=False) == built(sequence, other, anew=True)
        held, dumped = (
            open_published(one).store,
            open_published(other).store,
        )  # the latter is read from its dumps
        assert held.graphs() == dumped.graphs()
        for graph in held.graphs():
            assert set(held.triples(graph)) == set(dumped.triples(graph))


def test_a_store_shares_the_tables_of_the_one_before(tmp_path: Path) -> None:
    first, second = (published({NAMES[0]: LINES[:n]}, tmp_path) for n in (3, 5))
    tables = [path for path in (second.folder / "store").glob("*.sst") if path.stat().st_nlink > 1]
    assert tables
    assert {path.name for path in tables} <= {path.name for path in (first.folder / "store").iterdir()}


def test_a_store_that_does_not_come_out_as_large_as_it_has_to_be_is_none(tmp_path: Path) -> None:
    graph = {NAMES[0]: LINES[:3]}
    Store.build(tmp_path / "one", quads(graph))
    more = list(quads({NAMES[0]: LINES[4:5]}))
    assert not Store.follow(tmp_path / "one", tmp_path / "two", more, [], size=9)
    assert not (tmp_path / "two").exists()
    assert Store.follow(tmp_path / "one", tmp_path / "two", more, [], size=4)
    assert Store.open(tmp_path / "two").size() == 4
    assert len(ox.Store.read_only(str(tmp_path / "one"))) == 3
