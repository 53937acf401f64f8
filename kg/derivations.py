"""The file of derivations that a published version keeps, so that a reader is told why at once.

derivations.sqlite has each inferred statement with the steps to it, the recorded one first (and the worked examples of
`kg.examples`). Terms stand as N-Triples has them; a blank node, which only axioms have, as the
expression in brackets that it stands for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

FILE = "derivations.sqlite"
# A statement, each term as text.
Statement = tuple[str, str, str]
Triple = tuple[Node, Node, Node]

TABLES = """
CREATE TABLE term (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE made (of_ TEXT NOT NULL);
CREATE TABLE rule (name TEXT PRIMARY KEY, sentence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE step (s INTEGER, p INTEGER, o INTEGER, place INTEGER, rule TEXT NOT NULL, premises TEXT NOT NULL,
                   PRIMARY KEY (s, p, o, place)) WITHOUT ROWID;
CREATE TABLE worked (rule TEXT NOT NULL, axiom TEXT PRIMARY KEY, conclusion TEXT NOT NULL, premises TEXT NOT NULL)
                   WITHOUT ROWID;
"""


class Terms:
    """Terms as text, the same in every run: blank nodes are written out by what the ontology says of them."""

    def __init__(self, ontology: Graph) -> None:
        self._ontology = ontology
        self._written: dict[Node, str] = {}

    def text(self, term: Node) -> str:
        """A term in N-Triples, or in brackets."""
        if not isinstance(term, BNode):
            return self._write(term, ())
        text = self._written.get(term)
        if text is None:
            text = self._written[term] = self._write(term, ())
        return text

    def _write(self, term: Node, around: tuple[Node, ...]) -> str:
        if isinstance(term, Literal):
            datatype = None if term.language else ox.NamedNode(str(term.datatype)) if term.datatype else None
            return str(ox.Literal(str(term), datatype=datatype, language=term.language))
        if not isinstance(term, BNode):
            return f"<{term}>"
        if term in around:
            return "[]"
        inside = (*around, term)
        if (term, RDF.rest, None) in self._ontology:
            return (
                f"( {' '.join(self._write(member, inside) for member in Collection(self._ontology, term))} )"
            )
        said = ((f"<{p}>", self._write(o, inside)) for p, o in self._ontology.predicate_objects(term))
        return f"[ {' ; '.join(f'{p} {o}' for p, o in sorted(said))} ]"


def write_derivations(
    path: Path,
    steps: Iterable[tuple[Triple, Sequence[tuple[str, Sequence[Triple]]]]],
    sentences: Mapping[str, str],
    ontology: Graph,
    made_of: str = "",
) -> None:
    """Write each statement's steps, as rule and premises; the file is new. `made_of` names what was reasoned over."""
    written, number = Terms(ontology).text, dict[str, int]()

    def numbers(triple: Triple) -> tuple[int, ...]:
        return tuple(number.setdefault(text, len(number)) for text in map(written, triple))

    with closing(sqlite3.connect(path)) as file:
        file.executescript(TABLES)
        file.execute("INSERT INTO made VALUES (?)", (made_of,))
        file.executemany("INSERT INTO rule VALUES (?, ?)", sorted(sentences.items()))
        file.executemany(
            "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?)",
            (
                (*numbers(triple), place, rule, " ".join(str(n) for used in premises for n in numbers(used)))
                for triple, found in steps
                for place, (rule, premises) in enumerate(found)
            ),
        )
        file.executemany("INSERT INTO term VALUES (?, ?)", ((n, text) for text, n in number.items()))
        file.commit()


class Revision:
    """A file of derivations that is brought up to date: the steps to some statements become others."""

    def __init__(self, file: sqlite3.Connection, ontology: Graph) -> None:
        self._file, self._text = file, Terms(ontology).text
        self._numbers: dict[Node, int] = {}

    def put(self, triple: Triple, steps: Sequence[tuple[str, Sequence[Triple]]]) -> None:
        """Let these be the steps to a statement, the recorded one first."""
        known = [self._known(term) for term in triple]
        if not steps and None in known:
            return
        stated = [self._number(term) for term in triple]
        self._file.execute("DELETE FROM step WHERE s = ? AND p = ? AND o = ?", stated)
        rows = (
            (*stated, place, rule, " ".join(str(self._number(t)) for p in premises for t in p))
            for place, (rule, premises) in enumerate(steps)
        )
        self._file.executemany("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _known(self, term: Node) -> int | None:
        number = self._numbers.get(term)
        if number is None:
            row = self._file.execute("SELECT number FROM term WHERE text = ?", (self._text(term),)).fetchone()
            if row is None:
                return None
            number = self._numbers[term] = int(row[0])
        return number

    def _number(self, term: Node) -> int:
        known = self._known(term)
        if known is not None:
            return known
        added = self._file.execute(
            "INSERT INTO term SELECT COALESCE(MAX(number) + 1, 0), ? FROM term", (self._text(term),)
        ).lastrowid
        if added is None:
            raise TypeError("a row that was inserted has a number")
        return added


def revise(
    path: Path,
    changed: Iterable[tuple[Triple, Sequence[tuple[str, Sequence[Triple]]]]],
    ontology: Graph,
    made_of: str = "",
) -> None:
    """Bring a file up to date where the steps to some statements have changed; without steps one goes."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE IF NOT EXISTS made (of_ TEXT NOT NULL)")
        file.execute("UPDATE made SET of_ = ?", (made_of,))
        revision = Revision(file, ontology)
        for triple, steps in changed:
            revision.put(triple, steps)
        file.commit()


def made_of(path: Path) -> str:
    """What the derivations in a file are of; empty where it does not say, or is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            row = file.execute("SELECT of_ FROM made").fetchone()
    except sqlite3.DatabaseError:
        return ""
    return "" if row is None else str(row[0])


def statement_of(triple: Triple, text: Callable[[Node], str]) -> Statement:
    """A triple with its terms as text."""
    s, p, o = triple
    return text(s), text(p), text(o)
