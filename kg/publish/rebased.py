"""What is published, under another base IRI: the same data set with other names, without building it anew.

No name depends on the base but by beginning with it, so names are exchanged; texts and quotes stay.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import derivations
from kg.iri import Mint
from kg.manifest import manifest_of
from kg.model import Document, Span
from kg.packed import Packed
from kg.publish import Edition, Publication, dump_all, publish_graphs
from kg.publish.before import NoGraphsError, published_graphs
from kg.publish.quads import canonical_quads

LITERAL = rb'"(?:[^"\\]|\\.)*"'
ABOUT = ("dataset", "withdrawn")  # graphs that a publication writes itself


class NothingToRebaseError(LookupError):
    """A folder in which nothing is published that could be rebased: which, and what to do."""

    def __init__(self, dist: Path) -> None:
        super().__init__(f"{dist}: no version with graphs is published here; run 'kg build' first")
        self.dist = dist


@dataclass(frozen=True, slots=True)
class Exchange:
    """One base in place of another, in text in which IRIs stand in angle brackets."""

    old: str
    new: str

    def iri(self, iri: str) -> str:
        """An IRI with the new base."""
        return self.new + iri.removeprefix(self.old) if iri.startswith(self.old) else iri

    def text(self, text: bytes) -> bytes:
        """A text of N-Quads with the new base; literals, but for their datatypes, stay as they are."""
        names = re.compile(LITERAL + b"|<" + re.escape(self.old.encode()))
        new = b"<" + self.new.encode()
        return names.sub(lambda found: found[0] if found[0].startswith(b'"') else new, text)


def rebase_published(dist: Path, base: str, out: Path, about: str) -> Publication:
    """Publish into `out`, under `base`, the version that is current in `dist`; raises NothingToRebaseError.

    `about` is what people say of the data set, as a build takes it.
    """
    if not (dist / "current").is_symlink():
        raise NothingToRebaseError(dist)
    folder = dist / "versions" / (dist / "current").readlink().name
    manifest = manifest_of(folder)
    try:
        held = published_graphs(folder, manifest)
    except NoGraphsError as error:
        raise NothingToRebaseError(dist) from error
    exchange, old = Exchange(manifest["base"], base), Mint(manifest["base"])
    names = sorted(name for name in held if name not in {old.graph(one) for one in ABOUT})
    lines = canonical_quads({exchange.iri(name): _quads(exchange, name, held[name]) for name in names})
    graphs = {name: Packed(told) for name, told in lines.items()}
    further = (
        {derivations.FILE: partial(_derivations, exchange, folder)}
        if (folder / derivations.FILE).is_file()
        else {}
    )
    edition = Edition(
        base=base,
        graphs={},
        default_graphs=[exchange.iri(name) for name in manifest["default_graphs"]],
        documents=[_document(told, folder) for told in manifest["documents"]],
        counts=manifest["counts"],
        further=further,
        about=about,
    )
    publication = publish_graphs(edition, graphs, out)
    dump_all(out)
    return publication


def _quads(exchange: Exchange, name: str, held: Packed) -> list[ox.Quad]:
    """The quads of a graph under the new base."""
    graph = ox.NamedNode(exchange.iri(name))
    told = ox.parse(exchange.text(held.text), format=ox.RdfFormat.N_TRIPLES)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in told]


def _document(told: Mapping[str, Any], folder: Path) -> Document:
    """A published document."""
    text = (folder / told["path"]).read_text("utf-8")
    day = date.fromisoformat(told["date"]) if told["date"] else None
    known = {name: told[name] for name in ("name", "title", "source", "language", "sha256")}
    return Document(text=text, date=day, body=Span(told.get("body", 0), len(text)), **known)


def _derivations(exchange: Exchange, folder: Path, path: Path) -> None:
    """Write why each inferred statement holds, under the new base."""
    shutil.copyfile(folder / derivations.FILE, path)
    with closing(sqlite3.connect(path)) as file, file:
        terms = [
            (number, exchange.text(text.encode()).decode())
            for number, text in file.execute("SELECT number, text FROM term")
        ]
        file.execute("DELETE FROM term")
        file.executemany("INSERT INTO term VALUES (?, ?)", terms)
