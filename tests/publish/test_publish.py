"""A version is published whole, to the byte the same for the same content, and stays until it is replaced."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from kg.publish import KEPT, Edition, publish
from kg.published import NotPublishedError, current_version, open_published
from kg.store import Store
from tests.graph.readings import MINT, graphs, meeting, ontology, seedlike

FACTS, ONTOLOGY = MINT.graph("facts"), MINT.graph("ontology")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def edition(*readings) -> Edition:
    built = graphs(*readings)
    with_blank = Graph() + ontology()
    union = BNode()
    with_blank.add((URIRef(MINT.term("Agent")), OWL.equivalentClass, union))
    with_blank.add((union, RDF.type, OWL.Class))
    claims = {MINT.claims(name): graph for name, graph in built.claims.items()}
    return Edition(
        base=MINT.base,
        graphs={FACTS: built.facts, ONTOLOGY: with_blank, **claims},
        default_graphs=[FACTS, ONTOLOGY],
        documents=[reading.document for reading in readings],
        counts={"documents": len(readings)},
    )


def files(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("dumps/*"), *folder.glob("documents/*"), folder / "manifest.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_the_same_content_gives_the_same_files_to_the_byte(tmp_path: Path) -> None:
    one = publish(edition(seedlike()), tmp_path / "one")
    shuffled = edition(seedlike())
    backwards = Graph()
    for triple in sorted(shuffled.graphs[FACTS], reverse=True):
        backwards.add(triple)
    graphs_ = dict(reversed(shuffled.graphs.items())) | {FACTS: backwards}
    other = publish(replace(shuffled, graphs=graphs_), tmp_path / "other")
    assert one.version == other.version
    assert files(one.folder) == files(other.folder)


def test_dumps_and_store_hold_the_same_triples(tmp_path: Path) -> None:
    published = publish(edition(seedlike()), tmp_path)
    version = open_published(tmp_path)
    for name in ("facts", "claims-seed-like"):
        turtle, plain = (
            {q.triple for q in ox.parse(path=published.folder / f"dumps/{name}.{ending}")}
            for ending in ("ttl", "nt")
        )
        graph = next(d.graph for d in version.dumps if d.path == f"dumps/{name}.nt")
        stored = set(version.store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", default_graphs=[graph or ""]))
        assert turtle == plain == stored
    trig = set(ox.parse(path=published.folder / "dumps/entente.trig"))
    assert len(trig) == version.store.size()


def test_the_manifest_tells_the_size_and_hash_of_every_dump(tmp_path: Path) -> None:
    folder = publish(edition(seedlike()), tmp_path).folder
    told = json.loads((folder / "manifest.json").read_text())
    assert {d["path"] for d in told["dumps"]} == {f"dumps/{p.name}" for p in (folder / "dumps").iterdir()}
    assert all((folder / d["path"]).stat().st_size == d["bytes"] for d in told["dumps"])


def test_readers_find_the_documents_with_their_text(tmp_path: Path) -> None:
    publish(edition(seedlike()), tmp_path)
    document = open_published(tmp_path).documents["seed-like"]
    assert document.text == seedlike().document.text
    assert (document.title, document.date) == ("A test", "2025-05-01")


def test_a_new_version_takes_the_old_one_s_place_and_an_open_reader_keeps_the_old(tmp_path: Path) -> None:
    publish(edition(seedlike()), tmp_path)
    reader = open_published(tmp_path)
    before = next(iter(reader.store.query(COUNT)))["n"].value
    publish(edition(seedlike(), meeting("another")), tmp_path)
    assert next(iter(reader.store.query(COUNT)))["n"].value == before
    assert open_published(tmp_path).version != reader.version


def test_a_build_that_fails_leaves_what_was_published_and_no_litter(tmp_path: Path, monkeypatch) -> None:
    first = publish(edition(seedlike()), tmp_path)

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Store, "build", fails)
    with pytest.raises(OSError, match="disk full"):
        publish(edition(meeting("another")), tmp_path)
    assert current_version(tmp_path) == first.version
    assert sorted(p.name for p in tmp_path.iterdir()) == ["current", "versions"]


def test_the_last_few_versions_are_kept(tmp_path: Path) -> None:
    versions = [publish(edition(meeting(f"m{n}")), tmp_path).version for n in range(KEPT + 2)]
    assert sorted(p.name for p in (tmp_path / "versions").iterdir()) == sorted(versions[-KEPT:])


def test_where_nothing_is_published_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="kg build"):
        open_published(tmp_path)


def test_literals_keep_their_form_in_store_and_dumps(tmp_path: Path) -> None:
    plain = edition(seedlike())
    odd = Graph()
    odd.add((URIRef(MINT.term("x")), RDFS.label, Literal('a "quoted"\nline\\ – ’', lang="en")))
    publish(replace(plain, graphs={**plain.graphs, ONTOLOGY: odd}), tmp_path)
    version = open_published(tmp_path)
    answer = version.store.query(f"SELECT ?o {{ ?s <{RDFS.label}> ?o }}")
    assert [row["o"].value for row in answer] == ['a "quoted"\nline\\ – ’']
