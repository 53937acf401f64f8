"""The site as files: served by a plain file server, every link of every page leads to a file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from flask import Flask

from kg.web.frozen import dead_links, file_name, freeze, needs_server
from tests.web.plain import plain_server


@pytest.fixture(scope="module")
def frozen(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen") / "site"
    done = freeze(app, folder)
    assert done.files > 20
    return folder


def test_no_link_of_a_page_leads_nowhere(frozen: Path) -> None:
    assert list(dead_links(frozen)) == []


def test_a_plain_file_server_serves_all_that_pages_link_to(frozen: Path) -> None:
    """Crawled from the start page: each answer is 200, and the pages of things, documents and terms are reached."""
    with plain_server(frozen) as root:
        seen, waiting = {f"{root}/"}, [f"{root}/"]
        while waiting:
            address = waiting.pop()
            answer = requests.get(address, timeout=10)
            assert answer.status_code == 200, address
            if answer.headers["Content-Type"].startswith("text/html"):
                targets = re.findall(r'\s(?:href|src)="([^"#]+)', answer.text)
                found = {requests.compat.urljoin(answer.url, target) for target in targets}
                new = {one for one in found if one.startswith(root)} - seen
                seen |= new
                waiting += new
    reached = {address.removeprefix(root) for address in seen}
    wanted = {
        "/page/state/arcadia.html",
        "/doc/talks.html",
        "/ontology/term/Meeting.html",
        "/data/state/arcadia.ttl",
    }
    assert wanted <= reached
    assert not any(needs_server(address) for address in reached if not address.endswith(".html"))


def test_what_needs_a_server_is_left_out_or_led_to(app: Flask, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    freeze(app, plain)
    assert "<form" not in (plain / "index.html").read_text("utf-8")
    assert 'href="/' not in (plain / "page" / "state" / "arcadia.html").read_text("utf-8")
    led = tmp_path / "led"
    freeze(app, led, server="https://example.org/")
    assert 'href="https://example.org/sparql"' in (led / "index.html").read_text("utf-8")


def test_a_folder_with_files_in_it_is_not_written_to(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        freeze(app, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("address", "html", "file"),
    [
        ("/", True, "index.html"),
        ("/doc/", True, "doc/index.html"),
        ("/page/state/japan?page=2", True, "page/state/japan-page-2.html"),
        ("/data/state/japan.ttl?page=2", False, "data/state/japan-page-2.ttl"),
        ("/graph/claims/a%20b", True, "graph/claims/a b.html"),
        ("/page/../../etc/passwd", True, "page/etc/passwd.html"),
    ],
)
def test_an_address_has_one_file(address: str, html: bool, file: str) -> None:
    assert file_name(address, html=html) == file


@pytest.mark.long
def test_the_command_line_writes_it(dist: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    command = [sys.executable, "-m", "kg", "static", "--dist", str(dist), "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "page" / "state" / "arcadia.html").is_file()
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "name an empty folder" in again.stderr
