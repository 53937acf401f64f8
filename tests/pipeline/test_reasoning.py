"""What is kept of the reasoning makes no difference to what a build ends in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import closed, derivations, following
from kg.model import Reading
from kg.pipeline import Work
from kg.published import open_published
from kg.steps import Derivations, Step
from kg.turtle import labelled
from tests.graph.readings import meeting
from tests.pipeline.small import publish, small
from tests.pipeline.test_pipeline import JAPAN, curated

NAMES = ("a", "b", "c", "d")


def work(place: Path, *readings: Reading) -> Work:
    """A build that keeps what it can."""
    made = small(place, *readings)
    known = replace(made.knowledge, ontology=labelled(made.knowledge.ontology))
    return replace(made, knowledge=known, edition="1")


def told(dist: Path) -> dict[derivations.Statement, tuple[Step, ...]]:
    """All statements in the derivations of the current version, each with its steps in their order."""
    path = open_published(dist).folder / derivations.FILE
    with closing(sqlite3.connect(path)) as file:
        number = dict(file.execute("SELECT number, text FROM term"))
        rows = file.execute("SELECT DISTINCT s, p, o FROM step").fetchall()
    opened = Derivations(path)
    try:
        found = ((number[s], number[p], number[o]) for s, p, o in rows)
        return {statement: opened.steps(statement) for statement in found}
    finally:
        opened.close()


def check(place: Path, aside: Path, readings: Sequence[Reading]) -> Work:
    """Build with what is kept and without it: the same triples, the same derivations."""
    shutil.rmtree(aside, ignore_errors=True)
    if (place / "dist").exists():
        shutil.copytree(place / "dist", aside / "dist", symlinks=True)
        (aside / "dist" / closed.FILE).unlink()
    for folder in (place, aside):
        folder.mkdir(parents=True, exist_ok=True)
    ours, anew = publish(work(place, *readings)), publish(work(aside, *readings))
    assert anew.reasoned is not None
    assert not anew.reasoned.before
    assert ours.inferred == anew.inferred
    assert told(place / "dist") == told(aside / "dist")
    return ours


def sets() -> Iterator[list[str]]:
    yield ["a"]
    yield ["a", "b", "c"]
    yield ["b", "c"]
    yield ["c", "d"]


@pytest.mark.long
def test_a_document_that_comes_or_goes_ends_as_from_nothing(tmp_path: Path) -> None:
    """Triples and derivations, and those of the version before are gone on with."""
    for n, names in enumerate(sets()):
        built = check(tmp_path / "kept", tmp_path / "anew", [meeting(name) for name in names])
        assert built.reasoned is not None
        assert bool(built.reasoned.before) == (n > 0)


@pytest.mark.long
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=2, max_size=5))
def test_any_sequence_of_builds_ends_as_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, states: list[set[str]]
) -> None:
    """The same for any documents in any order."""
    place = tmp_path_factory.mktemp("builds")
    for names in states:
        check(place / "kept", place / "anew", [meeting(name) for name in sorted(names)])


def test_what_curators_wrote_between_two_builds_is_reckoned_with(tmp_path: Path) -> None:
    """The derivations that a write left are of something else than what was kept."""
    (tmp_path / "kept").mkdir()
    before = publish(work(tmp_path / "kept", meeting("a")))
    curated(before, f"<{JAPAN.iri}> <https://w3id.org/entente/ontology#partnerOf> <{JAPAN.iri}x> .")
    check(tmp_path / "kept", tmp_path / "anew", [meeting("a"), meeting("b")])


def test_the_first_write_of_a_server_goes_on_from_what_a_build_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It closes nothing anew, and ends in the triples and derivations of a write that does."""
    place, aside = tmp_path / "kept", tmp_path / "anew"
    place.mkdir()
    before = publish(work(place, meeting("a")))
    shutil.copytree(place, aside, symlinks=True)
    (aside / "dist" / closed.FILE).unlink()
    partner = f"<{JAPAN.iri}> <https://w3id.org/entente/ontology#partnerOf> <{JAPAN.iri}x> ."
    curated(replace(before, settings=replace(before.settings, dist=aside / "dist")), partner)
    monkeypatch.setattr(following, "_anew", None)
    curated(before, partner)
    assert told(place / "dist") == told(aside / "dist")
    ours, anew = (open_published(folder / "dist") for folder in (place, aside))
    assert ours.counts == anew.counts
    assert ours.counts["inferred"] > len(before.inferred)


@pytest.mark.long
def test_what_is_damaged_or_of_another_version_is_not_gone_on_with(tmp_path: Path) -> None:
    """A closure whose bytes have changed; derivations that cannot be read."""
    place, aside = tmp_path / "kept", tmp_path / "anew"
    place.mkdir()
    publish(work(place, meeting("a")))
    with (place / "dist" / closed.FILE).open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    built = check(place, aside, [meeting("a"), meeting("b")])
    assert built.reasoned is not None
    assert not built.reasoned.before
    path = open_published(place / "dist").folder / derivations.FILE
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE made")
    check(place, aside, [meeting("b")])
