"""Reading HTML pages and PDF files: their prose, and what they say of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from kg.read import ReadError, read_bytes

PARAGRAPHS = (
    "Japan and the Philippines have signed a defense pact that lets each country send troops to the other.",
    "The accord was signed on Monday at the palace by the foreign minister and the defense secretary.",
    "Neither legislature has ratified the pact yet, but both governments said that they expect it to be.",
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Pact signed | Example Wire</title>
<meta property="og:title" content="Pact signed"><meta property="og:site_name" content="Example Wire">
<meta property="article:published_time" content="2024-07-09T08:00:00+08:00">
<link rel="canonical" href="https://example.org/pact">
<script>var x = "<p>not prose</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Pact signed</h1>{paragraphs}</article>
<footer>Copyright Example Wire. All rights reserved.</footer></body></html>"""


def page(lang: str = "en") -> bytes:
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    return PAGE.replace("{paragraphs}", body).replace('lang="en"', f'lang="{lang}"').encode()


def pdf(lines: tuple[str, ...], title: str = "") -> bytes:
    """A PDF of one page, made by hand, with one line of text below the other."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode(),
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + table + tail % (len(objects) + 1, len(data))


def test_a_page_gives_its_prose_in_paragraphs_without_what_surrounds_it() -> None:
    document = read_bytes(page(), "pact.html")
    assert set(PARAGRAPHS) <= set(document.text.strip().split("\n\n"))
    assert "Home" not in document.text
    assert "not prose" not in document.text
    assert document.media_type == "text/html"


def test_a_page_says_its_title_day_publisher_and_address() -> None:
    document = read_bytes(page(), "pact.html")
    assert document.title == "Pact signed"
    assert document.date == date(2024, 7, 9)
    assert document.publisher == "Example Wire"
    assert document.source == "https://example.org/pact"


def test_a_page_is_known_by_its_first_bytes() -> None:
    assert read_bytes(page(), "pact.txt").media_type == "text/html"


def test_a_media_type_that_came_with_the_bytes_counts() -> None:
    assert read_bytes(page(), "pact", media_type="text/html; charset=utf-8").title == "Pact signed"


def test_reading_a_page_twice_gives_the_same_document() -> None:
    assert read_bytes(page(), "pact.html") == read_bytes(page(), "pact.html")


def test_a_pdf_gives_the_text_of_its_pages_and_its_title() -> None:
    document = read_bytes(pdf(("Japan and the Philippines have", "signed a pact."), "The pact"), "pact.pdf")
    assert document.text == "Japan and the Philippines have\nsigned a pact.\n"
    assert (document.title, document.media_type) == ("The pact", "application/pdf")


def test_words_that_a_pdf_broke_at_line_ends_are_joined() -> None:
    document = read_bytes(
        pdf(("The ministers agreed on coop-", "eration with the F-", "35 fleet.")), "pact.pdf"
    )
    assert "cooperation" in document.text
    assert "F-\n35" in document.text


def test_a_pdf_of_pictures_gets_a_verdict() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(pdf(()), "scan.pdf")
    assert caught.value.reason == "pdf"
    assert "text recognition" in caught.value.advice
