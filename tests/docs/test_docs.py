"""The pages keep what they promise: commands run and print what is shown, links lead somewhere, nothing is left out."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.cli import COMMANDS
from kg.settings import Settings
from tests.docs.pages import PAGES, ROOT, anchors, commands, links

START = ROOT / "README.md"
# What everybody types first is tried by every run, and the other pages by the long one.
WITH_COMMANDS = [
    pytest.param(page, marks=[] if page == START else pytest.mark.long, id=str(page.relative_to(ROOT)))
    for page in PAGES
    if any(commands(page))
]
ADDRESS = "http://localhost:8000"  # where the pages take the server to be


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="session")
def desk(built: Path, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of somebody who has built, serves, and works in a folder of their own."""
    folder = tmp_path_factory.mktemp("desk")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    yield {**os.environ, "PATH": path, "ENTENTE_DIST": str(built), "PWD": str(folder), "SERVER": server}


def like(shown: str) -> re.Pattern[str]:
    """What an output has to look like; '…' on a page stands for anything."""
    return re.compile(".*".join(re.escape(part) for part in shown.strip().split("…")))


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_the_commands_of_a_page_run_and_print_what_it_shows(page: Path, desk: dict[str, str]) -> None:
    for command in commands(page):
        text = command.text.replace(ADDRESS, desk["SERVER"]).replace("curl -s", "curl -fs")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=desk["PWD"],
            env=desk,
            capture_output=True,
            text=True,
            check=False,
        )
        where = f"{named(page)}:{command.line}"
        assert done.returncode == 0, f"{where}: {done.stderr}"
        printed = done.stdout.replace("\r\n", "\n").strip()
        if command.output is not None:
            assert like(command.output).fullmatch(printed), f"{where} prints:\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_between_pages_and_files_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        address = urlsplit(link)
        if address.scheme:
            continue
        target = (page.parent / address.path).resolve() if address.path else page
        if not target.exists() or (address.fragment and address.fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def test_every_command_and_setting_is_told() -> None:
    told = (ROOT / "docs" / "using.md").read_text("utf-8")
    missing = [name for name in COMMANDS if f"`kg {name}`" not in told]
    missing += [field.name for field in fields(Settings) if f"`{field.name.upper()}`" not in told]
    assert not missing


def test_every_decision_is_numbered_in_turn() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
