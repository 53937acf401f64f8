"""What a curator's write makes of discovery: figures, files and tombstones follow it, or say whose they are."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

from kg.history import history, record
from kg.packed import Packed
from kg.publish import dump_all, make_current, publish
from kg.publish.before import Before
from kg.publish.quads import Lines, quads
from kg.publish.revising import write_revision
from kg.publish.revision import Revision
from kg.published import Published, open_published
from kg.published_versions import Versions
from kg.settings import Settings
from kg.web import create_app
from tests.graph.readings import MINT, seedlike
from tests.publish.test_publish import dump, edition

CURATION, INFERRED = MINT.graph("curation"), MINT.graph("inferred")
VOID = "http://rdfs.org/ns/void#"
NEW = f"{MINT.base}id/state/novia"
SAID = f'<{NEW}> <http://www.w3.org/2004/02/skos/core#prefLabel> "Novia"@en .\n'.encode()
OTHER = SAID.replace(b"novia", b"alia")


def written(dist: Path, curated: Lines) -> Published:
    """The version in which curators have said this, and nothing follows from it."""
    before = Before.of(dist)
    assert before is not None
    building = dist / "building"
    shutil.copytree(before.folder / "store", building / "store")
    revision = Revision(before, {CURATION: Packed(curated), INFERRED: before.graphs[INFERRED]})
    store = ox.Store(str(building / "store"))
    store.remove_graph(ox.NamedNode(CURATION))
    store.bulk_extend(quads({CURATION: curated}))
    write_revision(revision, building, store, before.manifest["counts"])
    del store
    building.rename(dist / "versions" / revision.version)
    record(dist, revision.version)
    make_current(dist, revision.version)
    dump_all(dist)
    return open_published(dist)


def figure(published: Published, part: str, name: str) -> int:
    of = f"{MINT.base}dataset{part}"
    told = published.store.triples(MINT.graph("dataset"))
    (value,) = (t.object.value for t in told if (t.subject.value, t.predicate.value) == (of, VOID + name))
    return int(value)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    told, inferred = edition(seedlike()), Graph()
    inferred.add((URIRef(f"{MINT.base}id/state/japan"), RDF.type, URIRef(MINT.term("Place"))))
    graphs = {**told.graphs, INFERRED: inferred}
    publish(replace(told, graphs=graphs, default_graphs=[*told.default_graphs, CURATION, INFERRED]), tmp_path)
    return tmp_path


def test_the_description_follows_a_write_and_says_what_does_not(dist: Path) -> None:
    one = open_published(dist)
    other = written(dist, [SAID])
    assert figure(other, "", "triples") == figure(one, "", "triples") + 1
    assert figure(other, "#curation", "triples") == 1
    about = {str(t) for t in other.store.triples(MINT.graph("dataset"))}
    assert any(f'dcat#version> "{other.version}"' in line for line in about)
    assert not any(
        f'<{MINT.base}dataset> <http://www.w3.org/ns/dcat#version> "{one.version}"' in line for line in about
    )
    assert any("note" in line and one.version in line for line in about)
    assert dump(other.folder, "dataset.nt").splitlines() == sorted(f"{line} .".encode() for line in about)


def test_a_write_upon_a_write_is_described_as_if_it_were_one(dist: Path) -> None:
    """Nothing of the write before stays, but what it is: the version before."""
    first = written(dist, [])
    second = written(dist, [SAID])
    told = b"".join(dump(second.folder, "dataset.nt").splitlines(True)).decode()
    assert f"dataset/{first.version}#" not in told
    assert f"previousVersion> <{MINT.base}dataset/{first.version}>" in told
    assert figure(second, "#curation", "triples") == 1


def test_what_a_curator_takes_back_is_gone_until_it_is_said_again(dist: Path) -> None:
    with_it = written(dist, [SAID])
    without = written(dist, [])
    withdrawn = {t.subject.value for t in without.store.triples(MINT.graph("withdrawn"))}
    assert NEW in withdrawn
    assert [m.version for m in Versions(dist, history(dist)).of(NEW)] == [with_it.version]
    again = written(dist, [SAID])
    assert NEW not in {t.subject.value for t in again.store.triples(MINT.graph("withdrawn"))}


def test_the_server_tells_of_a_tombstone_and_leads_to_the_files_of_the_whole(dist: Path) -> None:
    built = open_published(dist).version
    written(dist, [SAID])
    written(dist, [])
    latest = written(dist, [OTHER]).version
    app = create_app(Settings(query_processes=1), dist)
    try:
        client = app.test_client()
        gone = client.get(NEW.removeprefix(MINT.base.rstrip("/")))
        assert gone.status_code == 410
        assert client.get("/dumps/latest/entente.nq").location == f"/dumps/{built}/entente.nq"
        assert client.get("/dumps/latest/curation.nt").location == f"/dumps/{latest}/curation.nt"
        assert client.get("/dumps/entente.nq").headers["Content-Location"] == f"/dumps/{built}/entente.nq"
        missing = client.get(f"/dumps/{latest}/entente.nq")
        assert (missing.status_code, f"/dumps/{built}/entente.nq" in missing.text) == (404, True)
        described = client.get("/dataset.nt").text
        for version, name in ((latest, "curation.nt"), (built, "entente.nq")):
            assert f"downloadURL> <{MINT.base}dumps/{version}/{name}>" in described
        for page in ("/dumps/", "/dataset"):
            assert built in client.get(page, headers={"Accept": "text/html"}).text
    finally:
        app.extensions["entente"].pool.close()
