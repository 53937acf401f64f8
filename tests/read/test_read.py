"""What reading a file promises: the text as stored, what is known about it, and clear verdicts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import LIMIT, ReadError, read, read_bytes

PROSE = (
    "Japan opened a mission to NATO in Brussels in January 2025, and its ministers met with their allies "
    "there. They said that they would train together with the forces of the alliance, and that was all.\n"
)
GERMAN = (
    "Die Minister trafen sich in Berlin und unterzeichneten ein Abkommen über die Zusammenarbeit. "
    "Die Länder wollen ihre Streitkräfte gemeinsam ausbilden, sagte der Minister nach dem Treffen.\n"
)
SPANISH = (
    "Los ministros se reunieron en Madrid y firmaron un acuerdo sobre la cooperación en materia de defensa, "
    "según informó el ministerio en un comunicado a la prensa.\n"
)
FRONT = "---\ntitle: Siege warfare: the first week\ndate: 2024-06-20\npublisher: Example Desk\n---\n"


def test_text_is_kept_letter_for_letter_with_its_front_matter() -> None:
    text = FRONT + "“Smart” quotes – dashes, ﬁ ligatures, soft\u00adhyphens and\u00a0spaces stay.\n" + PROSE
    document = read_bytes(text.encode(), "siege.txt")
    assert document.text == text
    assert document.body.of(text).startswith("“Smart”")
    assert document.body.end == len(text)
    assert (document.title, document.date, document.publisher) == (
        "Siege warfare: the first week",
        date(2024, 6, 20),
        "Example Desk",
    )


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-32"),
        lambda text: text.encode("cp1252"),
    ],
)
def test_any_encoding_and_line_ending_gives_the_same_text(encode: Callable[[str], bytes]) -> None:
    text = "The minister’s café – so he said – is closed, and it is not to be opened again.\n\n" + PROSE
    document = read_bytes(encode(text), "cafe.txt")
    assert document.text == text


def test_the_checksum_is_of_the_bytes_as_they_came() -> None:
    data = PROSE.encode("utf-8-sig")
    assert read_bytes(data, "a.txt").sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("seeds/japan-nato.txt", "japan-nato"),
        ("a.b.txt", "a.b"),
        ("Über den Tisch (2).txt", "Uber-den-Tisch-2"),
        ("no ending", "no-ending"),
    ],
)
def test_the_name_is_the_file_name_without_its_ending_made_fit_for_an_address(path: str, name: str) -> None:
    assert read_bytes(PROSE.encode(), path).name == name


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Six questions about policing the Pacific\n\n", "Six questions about policing the Pacific"),
        ("# A new pact\n\n", "A new pact"),
        ("TWO PACTS, ONE MISTRUST\n\n", "TWO PACTS, ONE MISTRUST"),
        ("Who guards the Sahel now?\n\n", "Who guards the Sahel now?"),
        ("The ministers met in Manila.\n\n", None),
        ("A line that the next one goes on\n", None),
        ("MANILA, July 9, 2024\n\n", None),
        ("Published: 3 May 2024\n\n", None),
    ],
)
def test_a_first_line_is_a_title_only_where_it_is_clearly_one(first: str, title: str | None) -> None:
    document = read_bytes((first + PROSE).encode(), "a.txt")
    assert document.title == title
    assert document.body.start == 0


@pytest.mark.parametrize(
    ("first", "day"),
    [
        ("MANILA, July 9, 2024 - ", date(2024, 7, 9)),
        ("LONDON, 21 July 2023 — ", date(2023, 7, 21)),
        ("PRISTINA, 3 April 2025 – ", date(2025, 4, 3)),
        ("BUENOS AIRES, Dec. 8, 2025 (Example) — ", date(2025, 12, 8)),
        ("MANILA, Philippines (Example), Tuesday, July 9, 2024 -- ", date(2024, 7, 9)),
        ("Published: 3 May 2024\n", date(2024, 5, 3)),
        ("A title\n\nPublished on 2024-05-03T10:00:00Z\n\n", date(2024, 5, 3)),
        ("A title\n\n3 May 2024\n\n", date(2024, 5, 3)),
        ("Canberra, 5 August\n", None),
        ("MANILA, July 9 - ", None),
        ("They met on 3 May 2024 - and parted. ", None),
        ("MANILA, 31 April 2024 - ", None),
        ("", None),
    ],
)
def test_the_first_lines_may_tell_the_day(first: str, day: date | None) -> None:
    assert read_bytes((first + PROSE).encode(), "a.txt").date == day


def test_front_matter_counts_before_a_dateline() -> None:
    text = FRONT + "MANILA, July 9, 2024 - " + PROSE
    assert read_bytes(text.encode(), "a.txt").date == date(2024, 6, 20)


@pytest.mark.parametrize("name", ["a.yaml", "a.meta.yaml"])
def test_a_file_beside_the_document_tells_more_about_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    lines = ("title: A pact", "date: 8 April 2025", "source: https://example.org/a", "language: en-GB")
    (tmp_path / name).write_text("\n".join(lines))
    document = read(tmp_path / "a.txt")
    assert (document.title, document.date, document.source) == (
        "A pact",
        date(2025, 4, 8),
        "https://example.org/a",
    )


def test_what_the_bringer_knows_counts_first() -> None:
    document = read_bytes(
        (FRONT + PROSE).encode(), "a.txt", metadata={"title": "Mine", "date": date(2025, 1, 2)}
    )
    assert (document.title, document.date, document.publisher) == ("Mine", date(2025, 1, 2), "Example Desk")


def test_a_rule_above_the_text_is_no_front_matter() -> None:
    text = "---\n" + PROSE + "---\n" + PROSE
    assert read_bytes(text.encode(), "a.txt").body.start == 0


def test_keys_that_are_not_ours_are_left_alone() -> None:
    text = "---\ntags: [a, b]\nTitle: A pact\nauthor: {name: X}\n---\n" + PROSE
    assert read_bytes(text.encode(), "a.txt").title == "A pact"


VERDICTS = [
    (b"", "a.txt", "empty", None),
    (b" \n\n ", "a.txt", "empty", None),
    (FRONT.encode(), "a.txt", "empty", None),
    (b"\x00\x01\x02\x03" * 50, "a.txt", "binary", None),
    (PROSE.encode() + b"$" * 1001, "a.txt", "binary", None),
    (b"abc\x00def and so on", "a.txt", "binary", None),
    (b"\xff\xfea", "a.txt", "encoding", None),
    (b"x" * (LIMIT + 1), "a.txt", "too-large", None),
    (b"PK\x03\x04", "a.docx", "unsupported", None),
    (PROSE.encode(), "條約.txt", "name", None),
    (b"---\ntitle: [unclosed\ndate: 2024-06-20\n---\n" + PROSE.encode(), "a.txt", "metadata", 3),
    (b"---\ntitle: A\ndate: 2024-02-31\n---\n" + PROSE.encode(), "a.txt", "metadata", 3),
    (b"---\ntitle: A\ndate: soon\n---\n" + PROSE.encode(), "a.txt", "metadata", 3),
    (b"---\ntitle: A\ndate: 2024\n---\n" + PROSE.encode(), "a.txt", "metadata", 3),
    (b"---\ntitle: {a: b}\n---\n" + PROSE.encode(), "a.txt", "metadata", 2),
    (b"---\ntitle: &a [x]\nsource: *a\n---\n" + PROSE.encode(), "a.txt", "metadata", 3),
    (b"---\ntitle: " + b"[" * 9000 + b"\n---\n" + PROSE.encode(), "a.txt", "metadata", 2),
    (b"---\ntitle: " + b"x" * 20000 + b"\n---\n" + PROSE.encode(), "a.txt", "metadata", 2),
    (b"---\ntitle: !!python/object/apply:os.system [id]\n---\n" + PROSE.encode(), "a.txt", "metadata", 2),
    (b"---\ntitle: A\nlanguage: de\n---\n" + PROSE.encode(), "a.txt", "language", None),
    (GERMAN.encode(), "a.txt", "language", None),
    (SPANISH.encode(), "a.txt", "language", None),
    ("Министры встретились в Москве.".encode(), "a.txt", "language", None),
    (b"%PDF-1.4\nnothing of the kind", "a.pdf", "pdf", None),
    (b"<!doctype html><html><body></body></html>", "a.html", "html", None),
]


@pytest.mark.parametrize(("data", "name", "reason", "line"), VERDICTS)
def test_what_cannot_be_read_gets_a_verdict_with_its_reason(
    data: bytes, name: str, reason: str, line: int | None
) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    error = caught.value
    assert (error.path, error.reason, error.line) == (name, reason, line)
    assert error.advice in str(error)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert (caught.value.path, caught.value.reason) == (str(path), "missing")


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "a.txt")
    assert caught.value.reason == "too-large"


def test_few_words_are_enough() -> None:
    assert read_bytes(b"Japan met NATO.", "a.txt").text == "Japan met NATO."


def test_names_and_numbers_do_not_make_a_text_foreign() -> None:
    orders = (
        "Poland: 180 K2 tanks",
        "Norway: 24 K9 howitzers",
        "Estonia: 12 launchers",
        "Finland: 64 F-35A jets",
    )
    listed = "\n".join(orders * 2)
    assert read_bytes(("Orders placed with South Korea and the United States\n" + listed).encode(), "a.txt")


@pytest.mark.parametrize("folder", ["eval/dev/texts", "eval/seed/texts"])
def test_the_evaluation_texts_are_read_as_their_gold_counts_them(folder: str) -> None:
    texts = Path(__file__).parents[2].parent / "shared" / folder
    if not texts.is_dir():
        pytest.skip(f"the texts are not at {texts}")
    for path in sorted(texts.glob("*.txt")):
        with path.open(encoding="utf-8-sig") as file:
            assert read(path).text == file.read(), path.name


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf", "a"]))
def test_any_bytes_give_a_document_or_a_verdict(data: bytes, name: str) -> None:
    for start in (b"", b"%PDF-1.7\n", b"<html>", b"---\n"):
        try:
            document = read_bytes(start + data, name)
        except ReadError as error:
            assert error.reason
        else:
            assert document.body.of(document.text).strip()
            assert "\r" not in document.text
