"""Other data have only those documents read again that have words for what changed, and the outcome is that of all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kg.mapper import load_mapper
from kg.model import Document, Reading
from kg.pipeline import Work, prepare
from kg.pipeline.kept import FILE
from kg.pipeline.stages import map_documents, read_documents
from kg.pipeline.touched import Readers
from kg.settings import Settings
from kg.touching import Row, Rows, keys
from kg.touching.words import packed
from tests.graph.readings import meeting
from tests.pipeline.small import Given, small


@dataclass(frozen=True)
class Telling:
    """A mapper that notes what it reads, tells the words of it, and is stopped by documents that it does not like."""

    given: Given
    seen: list[str] = field(default_factory=list)
    stops_at: str = ""

    def read(self, document: Document) -> Reading:
        if document.name == self.stops_at:
            raise KeyboardInterrupt
        self.seen.append(document.name)
        return self.given.read(document)

    def read_with_words(self, document: Document) -> tuple[Reading, bytes]:
        return self.read(document), packed(keys(document.text))


@dataclass(frozen=True)
class Silent:
    """A mapper that tells no words."""

    telling: Telling

    def read(self, document: Document) -> Reading:
        return self.telling.read(document)


def row(value: str, *asks: str, leads: tuple[str, ...] = (), what: str = "frame") -> Row:
    return Row(what, asks[0] if asks else "", value.encode(), tuple(tuple(keys(a)) for a in asks), leads)


BEFORE: Rows = {
    "visit": row("1", "visited"),
    "Ann Lee": row("1", "Ann Lee", "Lee", leads=("Utopia",), what="reference row"),
    "Utopia": row("1", "Utopia", what="reference row"),
    "Bo Li": row("1", "Bo Li", what="reference row"),
}
TEXTS = {"a": "Ann Lee visited Rome.", "b": "Bo Li visits Oslo.", "c": "Bo spoke.", "d": "Ms Lee met Li."}


def work(folder: Path, rows: Rows, code: str = "1", **other: object) -> Work:
    """The work of mapping the texts by what some rows say."""
    texts = TEXTS | {"e": str(other["more"])} if "more" in other else TEXTS
    readings = [meeting(name) for name in texts]
    made = small(
        folder, *(replace(r, document=replace(r.document, text=texts[r.document.name])) for r in readings)
    )
    edition = f"{code} {sorted(rows.items())}"
    return replace(made, edition=edition, readers=Readers(code, edition, lambda: rows))


def read_again(made: Work, stops_at: str = "", silent: bool = False) -> tuple[str, str]:
    """Which documents a build reads, and what it says of that."""
    telling = Telling(Given({}), stops_at=stops_at)
    given = made.mapper()
    assert isinstance(given, Given)
    telling = replace(telling, given=given)
    by = Silent(telling) if silent else telling
    with suppress(KeyboardInterrupt):
        made = map_documents(
            read_documents(replace(made, mapper=lambda: by), lambda *_: None), lambda *_: None
        )
    return "".join(sorted(telling.seen)), made.again


@pytest.mark.parametrize(
    ("changed", "documents", "told"),
    [
        ({}, "", ""),
        ({"visit": row("2", "visited")}, "a", "1 of 4 documents are read again: 1 frame changed"),
        ({"Bo Li": row("2", "Bo Li")}, "b", ""),
        ({"speech": row("1", "spoke"), "Ann Lee": None}, "acd", "1 frame and 1 reference row changed"),
        ({"Utopia": row("2", "Utopia")}, "ad", ""),
        ({"none": row("1", "nobody has this")}, "", "0 of 4 documents are read again"),
        ({"Bo Li": row("2", "Oslo")}, "b", ""),
        ({"classes": row("1", "")}, "abcd", "; the frame can touch any document"),
    ],
)
def test_documents_with_words_for_what_changed_are_read_again_and_no_other(
    tmp_path: Path, changed: dict[str, Row | None], documents: str, told: str
) -> None:
    assert read_again(work(tmp_path, BEFORE)) == ("abcd", "")
    now = {key: one for key, one in (BEFORE | changed).items() if one is not None}
    again, why = read_again(work(tmp_path, now))
    assert again == documents
    assert told in why
    assert read_again(work(tmp_path, now)) == ("", "")


def test_new_documents_are_read_beside_those_that_are_touched(tmp_path: Path) -> None:
    read_again(work(tmp_path, BEFORE))
    now = BEFORE | {"visit": row("2", "visited")}
    assert read_again(work(tmp_path, now, more="Nobody came."))[0] == "ae"


def test_other_code_has_all_documents_read_again_and_says_so(tmp_path: Path) -> None:
    read_again(work(tmp_path, BEFORE))
    told = "all documents are read again: code, settings or packages changed"
    assert read_again(work(tmp_path, BEFORE, code="2")) == ("abcd", told)
    assert read_again(work(tmp_path, BEFORE)) == ("abcd", told)


def test_of_a_mapper_that_tells_no_words_all_is_read_again_after_any_change(tmp_path: Path) -> None:
    assert read_again(work(tmp_path, BEFORE), silent=True)[0] == "abcd"
    assert read_again(work(tmp_path, BEFORE), silent=True)[0] == ""
    now = BEFORE | {"none": row("1", "nobody has this")}
    assert read_again(work(tmp_path, now), silent=True)[0] == "abcd"


def test_a_build_that_is_stopped_leaves_no_reading_of_the_data_before(tmp_path: Path) -> None:
    read_again(work(tmp_path, BEFORE))
    now = BEFORE | {"visit": row("2", "visited"), "speech": row("1", "spoke")}
    assert read_again(work(tmp_path, now), stops_at="c")[0] in {"a", ""}
    with kept(tmp_path) as base:
        assert base.execute("SELECT count(*) FROM kept").fetchone() in {(2,), (3,)}
    assert set(read_again(work(tmp_path, now))[0]) >= {"c"}
    assert read_again(work(tmp_path, now)) == ("", "")
    assert read_again(work(tmp_path, BEFORE))[0] == "ac"


@pytest.mark.parametrize("damage", ["UPDATE words SET content = x'00'", "DELETE FROM words"])
def test_documents_whose_words_are_damaged_are_read_again(tmp_path: Path, damage: str) -> None:
    read_again(work(tmp_path, BEFORE))
    with kept(tmp_path) as base:
        base.execute(damage)
    assert read_again(work(tmp_path, BEFORE))[0] == "", "nothing changed, so nobody asks for the words"
    assert read_again(work(tmp_path, BEFORE | {"new": row("1", "nobody")}))[0] == "abcd"


@pytest.mark.parametrize("damage", ["UPDATE read_by SET content = x'00'", "DELETE FROM read_by"])
def test_all_is_read_again_where_nobody_knows_what_it_was_read_by(tmp_path: Path, damage: str) -> None:
    read_again(work(tmp_path, BEFORE))
    with kept(tmp_path) as base:
        base.execute(damage)
    told = "all documents are read again: it is not known what they were read by"
    assert read_again(work(tmp_path, BEFORE)) == ("abcd", told)


@contextmanager
def kept(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file that readings are kept in; what is done in it stays."""
    with closing(sqlite3.connect(folder / "dist" / FILE)) as base, base:
        yield base


@pytest.mark.long
def test_a_frame_and_a_row_of_the_reference_data_have_the_documents_read_again_that_they_touch(
    tmp_path: Path,
) -> None:
    """With the real mapper, and the ontology's files changed as a person changes them."""
    shutil.copytree(Settings().ontology, tmp_path / "ontology")
    (tmp_path / "seeds").mkdir()
    for name, text in {
        "talks": "Japan and Australia held talks in Perth on 12 May 2025. Both signed a pact.\n",
        "arms": "Poland ordered 96 helicopters and 20 howitzers for its army on 2 June 2025.\n",
        "speech": "Boris Pistorius met Mark Rutte in Brussels. Germany has sent 12 tanks to Ukraine.\n",
    }.items():
        (tmp_path / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    settings = replace(
        Settings(), ontology=tmp_path / "ontology", dist=tmp_path / "dist", seeds=tmp_path / "seeds"
    )

    def mapped(dist: str = "dist") -> Work:
        paths = sorted((tmp_path / "seeds").iterdir())
        begun = prepare(replace(settings, dist=tmp_path / dist), paths, lambda *_: None)
        return map_documents(read_documents(begun, lambda *_: None), lambda *_: None)

    def again(done: Work) -> set[str]:
        return {fate.document for fate in done.fates if not fate.kept}

    def change(file: str, before: str, after: str) -> None:
        path = settings.ontology / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")

    assert again(mapped()) == {"talks", "arms", "speech"}
    change("frames/frames.ttl", "@prefix", "# a remark\n@prefix")
    assert again(mapped()) == set()
    change("frames/words.ttl", '"howitzer"', '"howitzer", "helicopter-carrier"')
    assert again(mapped()) == set()
    change("reference/states.ttl", '"Republic of Poland"@en', '"Republic of Poland"@en, "Polska"@en')
    done = mapped()
    assert again(done) == {"arms"}
    assert done.again == "1 of 3 documents are read again: 1 reference row changed"
    assert done.readings == mapped("other").readings
    assert load_mapper(settings).read(done.documents[0]) == done.readings[0]
