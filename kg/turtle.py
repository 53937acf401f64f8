"""Reads the Turtle files that people review: ontology, reference data, links and shapes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from kg.terms import DEFAULT_BASE, rebase


class TurtleError(ValueError):
    """A file of Turtle that cannot be read, or a folder without any: which, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def read_turtle(files: Iterable[Path], base: str = DEFAULT_BASE) -> Graph:
    """All triples of the files, with our own IRIs under the given base. Raises TurtleError."""
    graph = Graph()
    for file in files:
        try:
            graph.parse(data=rebase(file.read_text("utf-8"), base), format="turtle")
        except BadSyntax as error:
            raise TurtleError(file, str(error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise TurtleError(file, f"cannot be read: {error}") from error
    return graph


def turtle_files(folder: Path) -> list[Path]:
    """The Turtle files of a folder in the order of their names; raises TurtleError where there are none."""
    found = sorted(folder.glob("*.ttl"))
    if not found:
        raise TurtleError(folder, "no Turtle files (*.ttl) here")
    return found
