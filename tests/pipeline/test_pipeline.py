"""A build publishes all or nothing, says what stopped it, and keeps the names of events from before."""

import gzip
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from kg.iri import Mint
from kg.model import Evidence, Span
from kg.pipeline import STAGES, DocumentsError, InvalidError, run
from kg.published import current_version, open_published
from kg.store import copy_store
from kg.write import Curation
from tests.graph.readings import JAPAN, events_of_claims, graphs, meeting, seedlike
from tests.pipeline.small import publish, small


def misquoted():
    reading = seedlike()
    first = reading.claims[0]
    wrong = replace(first, evidence=Evidence(Span(0, 36), "Mark Rutte met Gen Nakatani in Osaka"))
    return replace(reading, claims=(wrong, *reading.claims[1:]))


def test_a_build_runs_all_stages_in_order_and_publishes(tmp_path: Path) -> None:
    told: list[str] = []
    work = run(small(tmp_path, seedlike()), lambda stage, *_: told.append(stage))
    assert list(dict.fromkeys(told)) == [name for name, _ in STAGES]
    assert (
        work.counts() | {"documents": 1, "claims": 4, "facts": 3, "omissions": 1, "disputed": 0}
        == work.counts()
    )
    assert open_published(tmp_path / "dist").documents["seed-like"].text == seedlike().document.text


def test_the_published_graphs_are_disjoint_within_the_default_graph(tmp_path: Path) -> None:
    publish(small(tmp_path, seedlike(), meeting("another")))
    store = open_published(tmp_path / "dist").store
    merged = {line for graph in store.default_graphs for line in triples(store, graph)}
    assert len(merged) == sum(store.size(graph) for graph in store.default_graphs)


def triples(store, graph: str) -> set[ox.Triple]:
    return set(store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graphs=[graph]))


def test_the_graphs_hold_no_blank_node_but_in_the_ontology(tmp_path: Path) -> None:
    work = publish(small(tmp_path, seedlike()))
    assert work.publication is not None
    dumps = {dump.name: dump for dump in (work.publication.folder / "dumps").glob("*.nt.gz")}
    assert dumps.keys() >= {"ontology.nt.gz", "entente.nt.gz", "facts.nt.gz"}
    for name in dumps.keys() - {"ontology.nt.gz", "entente.nt.gz"}:
        assert b"_:" not in gzip.decompress(dumps[name].read_bytes()), name


def test_talks_imply_that_the_sides_engage_with_each_other(tmp_path: Path) -> None:
    work = publish(small(tmp_path, seedlike()))
    found = {(str(s), str(o)) for s, p, o in work.inferred if str(p).endswith("#engagesWith")}
    state, alliance = JAPAN.iri, JAPAN.iri.replace("state/japan", "alliance/nato")
    assert found == {(state, alliance), (alliance, state)}


def test_a_violation_stops_publication_and_what_was_published_stays(tmp_path: Path) -> None:
    publish(small(tmp_path, meeting("before")))
    before = current_version(tmp_path / "dist")
    with pytest.raises(InvalidError) as stopped:
        publish(small(tmp_path, misquoted()))
    words = str(stopped.value)
    assert "seed-like" in words
    assert "shapes#Document" in words
    assert "#char=0,36" in words
    assert current_version(tmp_path / "dist") == before


def test_where_no_document_can_be_read_the_build_stops_and_names_them(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("another"))
    (tmp_path / "seeds" / "another.txt").write_bytes(b"")
    with pytest.raises(DocumentsError, match=r"another\.txt"):
        publish(work)


def test_building_the_same_again_gives_the_same_version_whatever_the_order(tmp_path: Path) -> None:
    readings = [seedlike(), meeting("a"), meeting("b")]
    first = publish(small(tmp_path, *readings)).publication
    again = publish(small(tmp_path, *reversed(readings))).publication
    assert first == again


def test_a_later_build_keeps_the_names_of_events(tmp_path: Path) -> None:
    publish(small(tmp_path, meeting("b")))
    named = set(events_of_claims(open_published(tmp_path / "dist")).values())
    publish(small(tmp_path, meeting("a"), meeting("b")))
    assert set(events_of_claims(open_published(tmp_path / "dist")).values()) == named
    assert {one.event for told in graphs(meeting("a"), meeting("b")).told.values() for one in told} != named


def test_a_build_can_end_at_a_stage_and_then_publishes_nothing(tmp_path: Path) -> None:
    run(small(tmp_path, seedlike()), lambda *_: None, until="Validating")
    assert not (tmp_path / "dist").exists()


def curated(work, *triples: str) -> None:
    """Publish what a build made with these triples in the graph of curation, as a write does."""
    mint = Mint(work.settings.base)

    def change(source: Path, target: Path) -> None:
        copy_store(source, target)
        graph = ox.NamedNode(mint.graph("curation"))
        ox.Store(str(target)).load(" ".join(triples), ox.RdfFormat.N_TRIPLES, to_graph=graph)

    Curation(work.settings, work.settings.dist).write(change)


def test_a_claim_that_a_curator_retracts_is_no_fact_in_the_next_build(tmp_path: Path) -> None:
    """What the curator wrote is carried over, the claim is still among the claims, and its fact is gone."""
    work = publish(small(tmp_path, seedlike(), meeting("another")))
    claim = next(one for one in work.built.told["another"] if one.iri in work.built.verdict.accepted)
    act = "<https://w3id.org/entente/id/curation/1>"
    retraction = f"<{claim.iri}> <http://www.w3.org/ns/prov#wasInvalidatedBy> {act} ."
    curated(work, retraction)
    again = publish(small(tmp_path, seedlike(), meeting("another")))
    published = open_published(tmp_path / "dist")
    assert URIRef(claim.event) in set(work.built.facts.graph().subjects())
    assert URIRef(claim.event) not in set(again.built.facts.graph().subjects())
    assert URIRef(claim.iri) in set(again.built.claims["another"].graph().subjects())
    assert len(triples(published.store, Mint(published.base).graph("curation"))) == 1


def test_what_a_curator_adds_is_kept_and_reasoned_over_by_the_next_build(tmp_path: Path) -> None:
    work = publish(small(tmp_path, seedlike()))
    ent, other = "https://w3id.org/entente/ontology#", "https://w3id.org/entente/id/state/new-zealand"
    curated(work, f"<{JAPAN.iri}> <{ent}partnerOf> <{other}> .")
    again = publish(small(tmp_path, seedlike()))
    follows = (URIRef(other), URIRef(f"{ent}cooperatesWith"), URIRef(JAPAN.iri))
    assert follows in again.inferred
    assert follows not in work.inferred
