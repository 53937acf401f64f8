"""What has not changed is not mapped again, and what is kept is believed only as long as it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kg import graph, mapper
from kg.mapper import Mapper, edition
from kg.model import Document, Reading
from kg.packed import Packed
from kg.pipeline import Work
from kg.pipeline.fates import Mapped, Outcome
from kg.pipeline.kept import FILE, GRAPHS, kept_in
from kg.pipeline.readings import packed, unpacked
from kg.settings import Settings
from tests.extract.sentences import reading as real_reading
from tests.graph.readings import meeting, seedlike
from tests.pipeline.small import publish, small


@dataclass(frozen=True)
class Counting:
    """A mapper that notes what it maps."""

    mapper: Mapper
    seen: list[str] = field(default_factory=list)

    def read(self, document: Document) -> Reading:
        self.seen.append(document.name)
        return self.mapper.read(document)


Noted = tuple[list[str], list[int]]


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Noted:
    """The documents whose graphs are made, and how many are judged each time, from here on."""
    made, asked = list[str](), list[int]()
    make, ask = graph.claims_graph, graph.policy.Judge._ask

    def making(reading: Reading, *given: Any) -> Any:
        made.append(reading.document.name)
        return make(reading, *given)

    def asking(judge: Any, claims: Iterable[Packed]) -> Any:
        heard = list(claims)
        asked.append(len(heard))
        return ask(judge, heard)

    monkeypatch.setattr(graph, "claims_graph", making)
    monkeypatch.setattr(graph.policy.Judge, "_ask", asking)
    return made, asked


def mapped_by(work: Work, name: str = "1") -> list[str]:
    """Which documents a build maps, in an edition of the mapper."""
    counting = Counting(work.mapper())
    publish(replace(work, mapper=lambda: counting, edition=name))
    return sorted(counting.seen)


def test_only_documents_that_are_new_or_changed_are_mapped(tmp_path: Path) -> None:
    readings = [seedlike(), meeting("a"), meeting("b")]
    assert mapped_by(small(tmp_path, *readings[:2])) == ["a", "seed-like"]
    assert mapped_by(small(tmp_path, *readings)) == ["b"]
    assert mapped_by(small(tmp_path, *readings)) == []
    text = f"{readings[1].document.text} And more."
    changed = replace(readings[1], document=replace(readings[1].document, text=text))
    assert mapped_by(small(tmp_path, readings[0], changed, readings[2])) == ["a"]


def test_another_edition_of_the_mapper_maps_everything_and_forgets_the_other(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("a"), meeting("b"))
    assert mapped_by(work, "1") == mapped_by(work, "2") == mapped_by(work, "1") == ["a", "b"]


def test_a_build_from_kept_readings_publishes_the_same(tmp_path: Path) -> None:
    readings = [seedlike(), meeting("a")]
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    anew = publish(small(tmp_path / "one", *readings))
    mapped_by(small(tmp_path / "other", *readings))
    kept = publish(replace(small(tmp_path / "other", *readings), edition="1"))
    assert kept.readings == anew.readings
    assert kept.publication.version == anew.publication.version


def test_only_graphs_of_what_is_new_are_made_and_only_documents_that_it_concerns_are_judged(
    tmp_path: Path, noted: Noted
) -> None:
    made, asked = noted
    readings = [seedlike(), meeting("a"), meeting("b")]
    publish(replace(small(tmp_path, *readings[:2]), edition="1"))
    assert (sorted(made), asked) == (["a", "seed-like"], [2])
    made.clear()
    asked.clear()
    both = publish(replace(small(tmp_path, *readings), edition="1"))
    assert made == ["b"]
    assert asked == [2], "a and b tell of one event"
    (tmp_path / "other").mkdir()
    anew = publish(small(tmp_path / "other", *readings))
    assert both.built.claims == anew.built.claims
    assert both.built.facts == anew.built.facts


def test_after_a_change_of_the_reference_data_only_what_is_judged_by_it_is_made_anew(
    tmp_path: Path, noted: Noted
) -> None:
    readings = [seedlike(), meeting("a")]
    publish(replace(small(tmp_path, *readings), edition="1"))
    made, asked = noted
    made.clear()
    asked.clear()
    work = replace(small(tmp_path, *readings), edition="1")
    folder = tmp_path / "ontology"
    shutil.copytree(work.settings.ontology, folder)
    (folder / "frames" / "more.ttl").write_text("# another remark\n")
    work = replace(work, settings=replace(work.settings, ontology=folder))
    publish(work)
    assert (made, asked) == ([], []), "graphs do not depend on frames"
    (folder / "reference" / "more.ttl").write_text("# a remark\n")
    publish(work)
    assert (made, asked) == ([], [2])


def test_a_reading_is_unpacked_as_it_was() -> None:
    for reading in (
        seedlike(),
        real_reading("Japan gave Ukraine $5.5 million on 3 March 2025. It may rain."),
    ):
        assert unpacked(packed(Mapped(reading))) == Mapped(reading)


@pytest.mark.long
@pytest.mark.parametrize("name", [FILE, GRAPHS])
@pytest.mark.parametrize("at", [0, 40, 5000, -200], ids=["head", "header", "middle", "end"])
def test_damage_to_what_is_kept_costs_time_and_nothing_else(tmp_path: Path, at: int, name: str) -> None:
    readings = [seedlike(), *(meeting(f"m{n}") for n in range(4))]
    first = publish(replace(small(tmp_path, *readings), edition="1"))
    file = tmp_path / "dist" / name
    content = bytearray(file.read_bytes())
    for n in range(64):
        content[(at + n) % len(content)] ^= 0xA5
    file.write_bytes(content)
    again = publish(replace(small(tmp_path, *readings), edition="1"))
    assert again.publication == first.publication
    assert mapped_by(small(tmp_path, *readings)) == []


def test_one_damaged_row_is_mapped_again_and_the_others_are_not(tmp_path: Path) -> None:
    with kept_in(tmp_path, "1") as kept:
        for key in "ab":
            kept.put(key, packed(Mapped(None, Outcome.CRASHED, f"reason {key}")))
        kept.base.execute("UPDATE kept SET content = x'00' WHERE name = ?", (kept.name("a"),))
        assert kept.held("a") is None
        assert kept.held("b").head.reason == "reason b"


def test_the_edition_changes_with_a_frame_and_with_the_code_and_is_none_for_what_is_plugged_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "frames").mkdir()
    frames = tmp_path / "frames" / "frames.ttl"
    frames.write_text("# none\n")
    settings = replace(Settings(), ontology=tmp_path)
    first = edition(settings)
    assert edition(settings) == first
    frames.write_text("# some\n")
    second = edition(settings)
    assert second != first
    monkeypatch.setattr(mapper, "READERS", ("read",))
    assert edition(settings) != second
    assert edition(replace(settings, extractor="another")) == ""
