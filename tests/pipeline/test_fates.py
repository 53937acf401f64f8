"""A document that cannot be read or mapped is held back and told; too many of them stop the build."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.mapper import Mapper
from kg.model import Document, Reading
from kg.pipeline import DocumentsError, TooManyError, Work
from kg.pipeline import mapping as at_work
from kg.pipeline.fates import Outcome, json_lines
from kg.pipeline.readings import unpacked
from kg.published import open_published
from kg.read import sources
from kg.settings import Settings
from tests.graph.readings import meeting
from tests.pipeline.small import publish, small


@dataclass(frozen=True)
class Failing:
    """A mapper that fails in documents of a name, as often as it sees them."""

    mapper: Mapper
    name: str

    def read(self, document: Document) -> Reading:
        if document.name == self.name:
            raise KeyError("a slip of the mapper")
        return self.mapper.read(document)


def failing(work: Work, name: str) -> Work:
    mapper = Failing(work.mapper(), name)
    return replace(work, mapper=lambda: mapper)


def outcomes(work: Work) -> dict[str, Outcome]:
    return {Path(fate.place).name: fate.outcome for fate in work.all_fates()}


def test_what_cannot_be_read_and_what_the_mapper_fails_in_is_held_back_and_the_rest_published(
    tmp_path: Path,
) -> None:
    work = small(tmp_path, *(meeting(name) for name in ("good", "mute", "crash")))
    (tmp_path / "seeds" / "mute.txt").write_bytes(b"\x00\x01")
    work = publish(failing(work, "crash"))
    assert outcomes(work) == {
        "good.txt": Outcome.PUBLISHED,
        "mute.txt": Outcome.UNREADABLE,
        "crash.txt": Outcome.CRASHED,
    }
    assert set(open_published(tmp_path / "dist").documents) == {"good"}
    told = {one["outcome"]: one for one in map(json.loads, json_lines(work.all_fates()))}
    assert "a slip of the mapper" in told["crashed"]["reason"]
    assert "control characters" in told["unreadable"]["reason"]
    assert work.counts()["held back"] == 2


def test_beyond_the_bound_nothing_is_published_and_the_fates_are_at_hand(tmp_path: Path) -> None:
    work = failing(small(tmp_path, *(meeting(name) for name in "abcd")), "a")
    for bound, stops in ((24, True), (25, False)):
        settled = replace(work, settings=replace(work.settings, most_held_back=bound))
        if stops:
            with pytest.raises(TooManyError, match="1 of 4 documents") as stopped:
                publish(settled)
            assert outcomes(stopped.value.work)["a.txt"] is Outcome.CRASHED
            assert not (tmp_path / "dist" / "current").exists()
        else:
            assert publish(settled).publication is not None


def test_a_document_is_built_from_again_once_it_is_mended(tmp_path: Path) -> None:
    work = small(tmp_path, meeting("good"), meeting("mute"))
    whole = (tmp_path / "seeds" / "mute.txt").read_bytes()
    (tmp_path / "seeds" / "mute.txt").write_bytes(b"")
    publish(replace(work, edition="1"))
    (tmp_path / "seeds" / "mute.txt").write_bytes(whole)
    assert set(outcomes(publish(replace(work, edition="1"))).values()) == {Outcome.PUBLISHED}


def test_of_documents_with_one_address_the_first_by_place_stays_and_its_copies_are_no_fault(
    tmp_path: Path,
) -> None:
    work = small(tmp_path, meeting("a"), meeting("b"))
    copy, other = (tmp_path / "seeds" / folder / "a.txt" for folder in ("more", "others"))
    for path, name in ((copy, "a"), (other, "b")):
        path.parent.mkdir()
        path.write_bytes((tmp_path / "seeds" / f"{name}.txt").read_bytes())
    for order in ((other, *work.paths, copy), (copy, other, *work.paths)):
        fates = publish(replace(work, paths=order)).all_fates()
        told = {fate.place: fate.outcome for fate in fates}
        assert told[str(copy)] is Outcome.REPEATED
        assert told[str(other)] is Outcome.HELD_BACK
        assert told[str(tmp_path / "seeds" / "a.txt")] is Outcome.PUBLISHED


def test_where_nothing_is_left_the_reasons_are_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentsError, match="a slip of the mapper"):
        publish(failing(small(tmp_path, meeting("a")), "a"))


class Deadly:
    """A mapper that kills the process it is in when it sees a certain document."""

    def read(self, document: Document) -> Reading:
        if document.name == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return Reading(document)


def deadly(_settings: Settings) -> Mapper:
    return Deadly()


@pytest.mark.long
def test_a_document_that_kills_its_process_is_found_and_the_others_are_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes are spawned, and find the mapper by its name in this module."""
    monkeypatch.setattr(at_work, "_work", deadly_work)
    names = [*(f"d{n}" for n in range(12)), "deadly", "last"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text("Japan and Australia signed a treaty in Tokyo in January.\n")
    given = sources(tmp_path / f"{name}.txt" for name in names)
    mapped = at_work.mapped(given, Deadly, replace(Settings(), jobs=2))
    made = {source.name: unpacked(content) for source, content, _ in mapped}
    assert len(made) == len(names)
    assert made.pop("deadly.txt").outcome is Outcome.CRASHED
    assert {one.outcome for one in made.values()} == {Outcome.PUBLISHED}


def deadly_work(_settings: Settings, given: at_work.Source) -> tuple[bytes, bytes | None]:
    return at_work.made(Deadly(), given)
