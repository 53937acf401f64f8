"""The worked examples that a published version keeps beside its derivations: what follows by each axiom.

Their premises are about made-up things, so that there is one for an axiom that nothing published falls under.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Protocol

from rdflib import Graph

from kg.derivations import Statement, Terms, Triple, statement_of

MADE_UP = "example/"  # what made-up things are called under the base, before their letter


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule concludes by an axiom from a premise about made-up things; None for a contradiction."""

    axiom: Statement
    sentence: str
    premises: tuple[Statement, ...]
    conclusion: Statement | None


class Worked(Protocol):
    """An example as the reasoner gives it."""

    @property
    def axiom(self) -> Triple:
        """The axiom."""

    @property
    def rule(self) -> str:
        """The rule that made use of it."""

    @property
    def premises(self) -> tuple[Triple, ...]:
        """What it was applied to."""

    @property
    def conclusion(self) -> Triple | None:
        """What follows; None for a contradiction."""


def write_examples(path: Path, worked: Iterable[Worked], ontology: Graph) -> None:
    """Add worked examples to a file of derivations."""
    text = Terms(ontology).text
    rows = sorted(
        (
            one.rule,
            statement_of(one.axiom, text),
            (statement_of(one.conclusion, text),) if one.conclusion else (),
            tuple(statement_of(premise, text) for premise in one.premises),
        )
        for one in worked
    )
    with closing(sqlite3.connect(path)) as file, file:
        number = dict(file.execute("SELECT text, number FROM term"))

        def numbers(*statements: Statement) -> str:
            return " ".join(str(number.setdefault(t, len(number))) for t in chain.from_iterable(statements))

        file.executemany(
            "INSERT INTO worked VALUES (?, ?, ?, ?)",
            [(rule, numbers(axiom), numbers(*end), numbers(*used)) for rule, axiom, end, used in rows],
        )
        file.executemany("INSERT OR IGNORE INTO term (text, number) VALUES (?, ?)", number.items())


def read_examples(path: Path) -> Iterator[Example]:
    """The worked examples in a file of derivations."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:

        @cache
        def text(number: str) -> str:
            (found,) = file.execute("SELECT text FROM term WHERE number = ?", (number,)).fetchone()
            return str(found)

        def statements(numbers: str) -> Iterator[Statement]:
            terms = map(text, numbers.split())
            yield from zip(terms, terms, terms, strict=True)

        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'worked'").fetchone():
            return  # published before there were examples
        rows = file.execute(
            "SELECT sentence, axiom, conclusion, premises FROM worked JOIN rule ON rule.name = worked.rule"
        )
        for sentence, axiom, conclusion, premises in rows.fetchall():
            (known,) = statements(axiom)
            yield Example(known, sentence, tuple(statements(premises)), next(statements(conclusion), None))
