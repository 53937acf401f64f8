"""The gallery of example queries, from files in the form of the SIB's (https://github.com/sib-swiss/sparql-examples)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.home import HOME
from kg.terms import PREFIXES, rebase

EXAMPLES = HOME / "examples" / "queries"
SH, SCHEMA, RDFS = PREFIXES["sh"], PREFIXES["schema"], PREFIXES["rdfs"]
FORMS = tuple(SH + form for form in ("select", "construct", "ask", "describe"))


@dataclass(frozen=True, slots=True)
class Example:
    """An example query: its name, what it asks in words, its text, and how its answer is best looked at."""

    name: str
    question: str
    text: str
    view: str


@lru_cache(4)
def examples(base: str, folder: Path = EXAMPLES) -> tuple[Example, ...]:
    """The examples in a folder, by name, for a data set of the given base."""
    return tuple(_example(path, base) for path in sorted(folder.glob("*.ttl")))


def _example(path: Path, base: str) -> Example:
    """The example of a file; raises ValueError for a file that holds none."""
    told: dict[str, str] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.Literal):
            told[quad.predicate.value] = quad.object.value
    query = next((told[form] for form in FORMS if form in told), None)
    if query is None:
        raise ValueError(f"{path}: holds no query, as one of {', '.join(FORMS)}")
    return Example(
        path.stem,
        told.get(RDFS + "comment", path.stem),
        rebase(query, base),
        told.get(SCHEMA + "keywords", "table"),
    )
