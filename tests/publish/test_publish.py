"""A version is published whole, to the byte the same for the same content, and stays until it is replaced."""

import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from kg.history import history
from kg.manifest import dumps_of, manifest_of
from kg.publish import KEPT, Edition, publish
from kg.publish.dumps import FORMATS
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
    found = [*folder.glob("dumps/*"), *folder.glob("documents/*"), *folder.glob("*.json")]
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


def dump(folder: Path, name: str) -> bytes:
    (path,) = (folder / "dumps").glob(f"{name}.gz")
    return gzip.decompress(path.read_bytes())


@pytest.mark.parametrize("part", ["facts", "ontology", "claims-*", "dataset", "entente"])
def test_every_format_of_a_dump_holds_what_the_store_does(tmp_path: Path, part: str) -> None:
    """Triple for triple; those with graphs quad for quad."""
    published = publish(edition(seedlike()), tmp_path)
    version = open_published(tmp_path)
    parsed = {
        ending: set(ox.parse(dump(published.folder, f"{part}.{ending}"), format=form))
        for ending, form in FORMATS.items()
    }
    names = {q.graph_name for q in parsed["nq"]}
    stored = {
        ox.Quad(t.subject, t.predicate, t.object, name)
        for name in names
        for t in version.store.triples(name.value)
    }
    assert len(parsed["nq"]) == len(stored) == len(parsed["trig"]) == len(parsed["jsonld"])
    if part not in {"ontology", "entente"}:  # blank nodes go by other labels there
        assert parsed["nq"] == parsed["trig"] == parsed["jsonld"] == stored
        assert parsed["nt"] == parsed["ttl"] == parsed["rdf"] == {ox.Quad(*q.triple) for q in stored}
    assert len(parsed["nt"]) == len(parsed["ttl"]) == len(parsed["rdf"])


def test_the_whole_is_all_graphs_and_as_triples_what_a_query_sees(tmp_path: Path) -> None:
    folder = publish(edition(seedlike()), tmp_path).folder
    version = open_published(tmp_path)
    described = version.store.size(MINT.graph("dataset"))
    assert len(dump(folder, "entente.nq").splitlines()) == version.store.size() - described
    answer = next(iter(version.store.query(COUNT)))
    assert len(dump(folder, "entente.nt").splitlines()) == int(answer["n"].value)


def test_n_quads_are_canonical(tmp_path: Path) -> None:
    """As RDFC-1.0 gives them: canonicalised again, and in the order of their code points, they stay as they are."""
    folder = publish(edition(seedlike()), tmp_path).folder
    told = dump(folder, "entente.nq")
    again = ox.Dataset(ox.parse(told, format=ox.RdfFormat.N_QUADS))
    again.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(again, format=ox.RdfFormat.N_QUADS).splitlines(keepends=True)
    assert told == b"".join(sorted(lines))
    assert b"_:c14n0 " in told


def test_the_size_and_hash_of_every_dump_are_told(tmp_path: Path) -> None:
    folder = publish(edition(seedlike()), tmp_path).folder
    told = dumps_of(folder, manifest_of(folder))
    assert told is not None
    assert {d["path"] for d in told} == {f"dumps/{p.name}" for p in (folder / "dumps").iterdir()}
    for one in told:
        packed = (folder / one["path"]).read_bytes()
        content = gzip.decompress(packed)
        assert (one["bytes"], one["content_bytes"]) == (len(packed), len(content))
        assert one["sha256"] == hashlib.sha256(packed).hexdigest()
        assert one["content_sha256"] == hashlib.sha256(content).hexdigest()


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
    assert sorted(p.name for p in tmp_path.iterdir()) == ["current", "history.jsonl", "versions"]


def test_what_was_published_stays_though_the_stores_of_old_versions_go(tmp_path: Path) -> None:
    """Dumps keep their addresses; an old version is opened from them, and holds what it held."""
    first, *_, last = [publish(edition(meeting(f"m{n}")), tmp_path).version for n in range(KEPT + 1)]
    assert len(list((tmp_path / "versions").glob("*/store"))) == KEPT
    old, new = open_published(tmp_path, first), open_published(tmp_path, last)
    assert not (old.folder / "store").exists()
    assert set(old.documents) == {"m0"}
    assert MINT.claims("m0") in old.store.graphs()
    assert old.published < new.published


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    one = publish(edition(seedlike()), tmp_path)
    assert publish(edition(seedlike()), tmp_path) == one
    assert [moment.version for moment in history(tmp_path)] == [one.version]


def test_going_back_is_a_version_of_its_own(tmp_path: Path) -> None:
    """Versions follow one another: each has one time and one difference to the one before."""
    versions = [
        publish(edition(reading), tmp_path).version for reading in (seedlike(), meeting("m"), seedlike())
    ]
    assert len(set(versions)) == 3
    assert [moment.version for moment in history(tmp_path)] == versions


def test_files_that_stay_the_same_are_shared_with_the_version_before(tmp_path: Path) -> None:
    one, other = (
        publish(edition(*readings), tmp_path) for readings in ([seedlike()], [seedlike(), meeting("m")])
    )
    name = "dumps/ontology.ttl.gz"
    assert (one.folder / name).samefile(other.folder / name)
    assert not (one.folder / "dumps/facts.ttl.gz").samefile(other.folder / "dumps/facts.ttl.gz")


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
