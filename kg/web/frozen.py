"""The site as files: every page and its data, with links among them, for a host that only serves files.

freeze(app, folder) -> Frozen

What answers a question (SPARQL, search, why, compare, reconciliation, earlier versions) needs a server: links and forms
that lead there are left out, or lead to a server that is named.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from kg.watching import Watch
from kg.web.names import local_path
from kg.web.service import Service
from kg.web.sources import PublishedSource

ASKED = (  # addresses that need a server
    "/sparql", "/graph-store", "/search", "/why", "/compare", "/reconcile", "/sameas", "/opensearch.xml",
    "/health", "/ready", "/metrics", "/timemap",
)  # fmt: skip
OLD = re.compile(r"/dataset/[^/]+/.+")  # a page of an earlier version, which a server works out
FIRST = (
    "/",
    "/dataset",
    "/changes",
    "/doc/",
    "/overview/",
    "/ontology",
    "/dumps/",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/void",
)
HTML = "text/html"
LINK = re.compile(
    r'(?P<before><(?:a|link|script|img|image|use)\b[^>]*?\s(?:href|src)=")(?P<to>/[^"]*)(?P<after>")'
)
ANCHOR = re.compile(r'<a\b[^>]*?\shref="(?P<to>/[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
HEAD_LINK = re.compile(r'[ \t]*<link\b[^>]*?\shref="(?P<to>/[^"]*)"[^>]*>\n?')
SCRIPT = re.compile(r'[ \t]*<script\b[^>]*?\ssrc="(?P<to>/[^"]*)"[^>]*></script>\n?')
FORM = re.compile(r'<form\b[^>]*?\saction="(?P<to>/[^"]*)"[^>]*>.*?</form>', re.DOTALL)
LONGEST_NAME = 200  # bytes of a file's name, of which file systems take 255


@dataclass(slots=True)
class Frozen:
    """What was written: how many files, and the addresses that pages lead to and nobody answers."""

    files: int = 0
    dead: list[str] = field(default_factory=list)


def freeze(
    app: Flask, folder: Path, server: str = "", watch: Watch = lambda _stage, _done, _total: None
) -> Frozen:
    """Write the site into a folder that is empty or not there; `server` is where questions can be asked, if anywhere.

    Raises FileExistsError where the folder has something in it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} has files in it; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    if app.static_folder:
        shutil.copytree(app.static_folder, folder / "static")
    writer = _Writer(app.test_client(), folder, server.rstrip("/"))
    addresses = [*FIRST, *_things(app)]
    for number, address in enumerate(addresses, 1):
        writer.file_of(address)
        writer.finish()
        watch("Writing", number, len(addresses))
    return writer.done


def _things(app: Flask) -> Iterator[str]:
    """The addresses of the pages of all that has a name."""
    here: Service = app.extensions["entente"]
    if isinstance(here.source, PublishedSource):
        for entry in here.source.reader.index.entries:
            yield local_path(entry.iri, here.source.base) or "/"


class _Writer:
    """Fetches addresses, each once, and writes what they answer; pages with their links made relative."""

    def __init__(self, client: FlaskClient, folder: Path, server: str) -> None:
        self._client, self._folder, self._server = client, folder, server
        self._files: dict[str, str | None] = {}
        self._pages: deque[tuple[str, str]] = deque()
        self.done = Frozen()

    def file_of(self, address: str) -> str | None:
        """The file of an address, relative to the folder; None where there is none, or a server is needed."""
        if address not in self._files:
            if needs_server(address):
                self._files[address] = None
            elif address.startswith("/static/"):
                copied = address.removeprefix("/")
                self._files[address] = copied if (self._folder / copied).is_file() else None
            else:
                self._files[address] = self._fetched(address)
        return self._files[address]

    def _fetched(self, address: str) -> str | None:
        answer = self._client.get(address, headers={"Accept": f"{HTML}, */*;q=0.1"})
        if answer.status_code in {301, 302, 303, 307, 308}:
            return self.file_of(
                urlsplit(answer.location)._replace(scheme="", netloc="", fragment="").geturl()
            )
        if answer.status_code != 200:
            self.done.dead.append(address)
            return None
        file = file_name(address, html=answer.mimetype == HTML)
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if answer.mimetype == HTML:
            self._pages.append((file, answer.text))
        else:
            path.write_bytes(answer.data)
        self.done.files += 1
        return file

    def finish(self) -> None:
        """Write the pages that were fetched, and what they lead to."""
        while self._pages:
            file, page = self._pages.popleft()
            (self._folder / file).write_text(self._linked(file, page), "utf-8", newline="\n")

    def _linked(self, file: str, page: str) -> str:
        """A page whose links lead to files; those that lead nowhere are only words."""
        page = FORM.sub(self._form, page)
        page = SCRIPT.sub(lambda one: one[0] if self._target(file, one["to"]) else "", page)
        page = HEAD_LINK.sub(lambda link: link[0] if self._target(file, link["to"]) else "", page)
        page = ANCHOR.sub(lambda link: link[0] if self._target(file, link["to"]) else link["words"], page)
        return LINK.sub(lambda link: f"{link['before']}{self._target(file, link['to'])}{link['after']}", page)

    def _form(self, form: re.Match[str]) -> str:
        if not self._server:
            return ""
        return form[0].replace(f'action="{form["to"]}"', f'action="{escape(self._server + form["to"])}"', 1)

    def _target(self, file: str, given: str) -> str:
        """Where a link of a page leads, as written there; empty where it leads nowhere."""
        address, hash_, fragment = unescape(given).partition("#")
        found = self.file_of(address)
        if found is None:
            return escape(self._server + unescape(given)) if self._server and needs_server(address) else ""
        relative = posixpath.relpath(found, posixpath.dirname(file) or ".")
        return escape(quote(relative, safe="/.~!$&'()*+,;=@-_") + hash_ + fragment)


def needs_server(address: str) -> bool:
    """Whether an address asks a question: by its path, or by a query that is not the number of a page."""
    parts = urlsplit(address)
    asks = any(parts.path == asked or parts.path.startswith(f"{asked}/") for asked in ASKED)
    return asks or bool(OLD.fullmatch(parts.path)) or bool(parse_qs(parts.query).keys() - {"page"})


def file_name(address: str, *, html: bool) -> str:
    """The file of an address: `/doc/` is `doc/index.html`, `/page/x?page=2` is `page/x-page-2.html`."""
    parts = urlsplit(address)
    path = unquote(parts.path).removeprefix("/")
    pieces = [piece.replace("\0", "") for piece in path.split("/") if piece not in {".", ".."}]
    number = parse_qs(parts.query).get("page", [""])[0]
    if html:
        pieces[-1] = f"{pieces[-1] or 'index'}{f'-page-{number}' if number else ''}.html"
    elif number:
        stem, dot, ending = pieces[-1].rpartition(".")
        pieces[-1] = f"{stem}-page-{number}{dot}{ending}"
    return "/".join(_short(piece) for piece in pieces)


def _short(name: str) -> str:
    encoded = name.encode()
    return name if len(encoded) <= LONGEST_NAME else encoded[-LONGEST_NAME:].decode(errors="ignore")


def dead_links(folder: Path) -> Iterable[tuple[str, str]]:
    """The links of the pages in a folder that lead to no file there, with the page that has them."""
    for page in sorted(folder.rglob("*.html")):
        for target in re.findall(r'\s(?:href|src)="([^"#?]+)', page.read_text("utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / unquote(unescape(target))).is_file():
                yield page.relative_to(folder).as_posix(), target
