"""The pages of documentation, as the parts that tests need of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@dataclass(frozen=True)
class Command:
    """A block of shell commands, where it stands, and the output that the page shows for it."""

    page: Path
    line: int
    text: str
    output: str | None


def parsed(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def commands(page: Path) -> Iterator[Command]:
    """The blocks marked `sh`; those marked `sh norun` are for people only."""
    tokens = parsed(page)
    for here, token in enumerate(tokens):
        if token.type == "fence" and token.info == "sh":
            following = tokens[here + 1] if here + 1 < len(tokens) else None
            shown = following.content if following and following.info == "text" else None
            yield Command(page, token.map[0] + 1 if token.map else 0, token.content, shown)


def links(page: Path) -> Iterator[str]:
    """Where the links of a page lead."""
    for token in parsed(page):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"])


def anchors(page: Path) -> frozenset[str]:
    """The names under which a page's headings can be linked to, as code hosts make them."""
    tokens = parsed(page)
    headings = (after.content for t, after in pairwise(tokens) if t.type == "heading_open")
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
