"""Documents come one at a time from files, archives, JSON Lines and web archives; damage is a document's problem."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.model import Document
from kg.read import ReadError, read, read_source, source, sources

TEXT = "Japan and Australia signed a defence agreement in Tokyo on 6 January 2022.\n"
ABOUT = "title: A pact\ndate: 2022-01-07\n"
FILES = {"news/pact.txt": TEXT, "news/pact.yaml": ABOUT, "news/other.txt": TEXT.replace("Tokyo", "Perth")}


def documents(*paths: Path) -> dict[str, Document]:
    return {document.name: document for document in map(read_source, sources(paths))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def zipped(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
        archive.writestr("__MACOSX/news/._pact.txt", "x")
    return folder / "all.zip"


def tarred(folder: Path, ending: str = ".tar.gz") -> Path:
    path = folder / f"all{ending}"
    with tarfile.open(path, "w:" + ending.rpartition(".")[2].removeprefix("tar")) as archive:
        for name, text in FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize("pack", [zipped, tarred, lambda f: tarred(f, ".tar")], ids=["zip", "tar.gz", "tar"])
def test_an_archive_gives_the_documents_that_its_files_give_with_their_metadata(pack, folder: Path) -> None:
    alone = {d.name: d for d in (read(folder / n) for n in FILES if n.endswith(".txt"))}
    assert documents(pack(folder)) == alone
    assert alone["pact"].title == "A pact"


def test_a_file_read_as_a_source_is_the_document_that_it_is_by_itself(folder: Path) -> None:
    path = folder / "news/pact.txt"
    assert read_source(source(path)) == read(path)


def test_a_line_of_json_is_a_document_with_what_is_known_about_it(tmp_path: Path) -> None:
    lines = [
        {"id": "pact", "text": TEXT, "title": "A pact", "date": "2022-01-07", "url": "https://example.org/a"},
        {"html": f"<html><body><article><p>{TEXT * 3}</p></article></body></html>"},
        {"nothing": 1},
        ["no object"],
    ]
    path = tmp_path / "many.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join([*map(json.dumps, lines), "{"]).encode()))
    good, page, *bad = sources([path])
    document = read_source(good)
    assert (document.name, document.title, document.source) == ("pact", "A pact", "https://example.org/a")
    assert document.text == TEXT
    assert read_source(page).name == "many-2"
    for one in bad:
        with pytest.raises(ReadError, match="the line is no"):
            read_source(one)
    assert [one.place for one in bad] == [f"{path}#{n}" for n in (3, 4, 5)]


def test_a_web_archive_gives_the_pages_that_were_answered_with_their_address(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    page = f"<html><body><article><p>{TEXT * 3}</p></article></body></html>".encode()
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for address, status, kind in (
            ("https://example.org/news/pact?id=1", "200 OK", "text/html; charset=utf-8"),
            ("https://example.org/gone", "404 Not Found", "text/html"),
            ("https://example.org/a.png", "200 OK", "image/png"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(page), http_headers=headers
            )
            writer.write_record(record)
    ((name, document),) = documents(path).items()
    assert name == "example-org-news-pact-id-1"
    assert document.source == "https://example.org/news/pact?id=1"
    assert "defence agreement" in document.text


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar.gz"])
def test_an_archive_that_breaks_off_is_told_with_its_path_and_the_next_file_is_read(
    pack, folder: Path
) -> None:
    path = pack(folder)
    path.write_bytes(path.read_bytes()[:-60])
    *_, broken, last = sources([path, folder / "news/pact.txt"])
    assert last.name == "pact.txt"
    assert broken.place == str(path)
    with pytest.raises(ReadError, match="cannot be read on"):
        read_source(broken)


def test_a_document_that_is_too_long_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a " * (8 * 1024 * 1024))
    (bomb,) = sources([path])
    assert len(bomb.data) < 11 * 1024 * 1024
    with pytest.raises(ReadError, match="split the document"):
        read_source(bomb)


def test_the_key_of_a_document_changes_with_its_bytes_its_name_and_its_metadata_only(folder: Path) -> None:
    path = folder / "news/pact.txt"
    first = source(path).key
    moved = folder / "pact.txt"
    moved.write_text(TEXT)
    (folder / "pact.yaml").write_text(ABOUT)
    assert source(moved).key == first
    (folder / "pact.yaml").write_text(ABOUT + "language: en\n")
    assert source(moved).key != first
    path.write_text(TEXT + "More.\n")
    assert source(path).key != first
