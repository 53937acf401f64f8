"""The steps to statements as a reader is told them: those that a published version keeps, or that a reasoner gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from kg.derivations import Statement, Terms, Triple, statement_of


@dataclass(frozen=True, slots=True)
class Step:
    """One way in which a statement follows: the rule, what it says, and what it was applied to."""

    rule: str
    sentence: str
    premises: tuple[Statement, ...]


class Recorded:
    """The derivations of an inference that is not published, told as those of a version are.

    `step_to` gives the recorded step to a triple as rule and premises, and None for one that is not inferred.
    Statements are found that were named here before, or are premises of such.
    """

    def __init__(
        self,
        step_to: Callable[[Triple], tuple[str, Sequence[Triple]] | None],
        sentences: Mapping[str, str],
        ontology: Graph,
    ) -> None:
        self._step_to, self._sentences, self._terms = step_to, sentences, Terms(ontology)
        self._triples: dict[Statement, Triple] = {}

    def name(self, triple: Triple) -> Statement:
        """The statement of a triple."""
        statement = statement_of(triple, self._terms.text)
        self._triples[statement] = triple
        return statement

    def steps(self, statement: Statement) -> tuple[Step, ...]:
        """The recorded step to a statement; none for one that is not inferred."""
        triple = self._triples.get(statement)
        found = None if triple is None else self._step_to(triple)
        if found is None:
            return ()
        rule, premises = found
        return (Step(rule, self._sentences[rule], tuple(map(self.name, premises))),)


class Derivations:
    """The derivations of a published version. Open for each answer: a connection belongs to one thread."""

    def __init__(self, path: Path) -> None:
        """Open a file of derivations. Raises FileNotFoundError."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self._file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._texts: dict[int, str] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def steps(self, statement: Statement) -> tuple[Step, ...]:
        """The steps to a statement, the recorded one first; none for one that is not inferred."""
        rows = self._file.execute(
            """SELECT rule.name, rule.sentence, step.premises FROM step JOIN rule ON rule.name = step.rule
               WHERE step.s = (SELECT number FROM term WHERE text = ?)
                 AND step.p = (SELECT number FROM term WHERE text = ?)
                 AND step.o = (SELECT number FROM term WHERE text = ?) ORDER BY step.place""",
            statement,
        )
        return tuple(
            Step(rule, sentence, self._statements(premises)) for rule, sentence, premises in rows.fetchall()
        )

    def applications(self, axioms: Iterable[Statement]) -> Iterator[tuple[Statement, Statement, Step]]:
        """Every step to which one of some axioms is a premise: the axiom, what follows, the step."""
        wanted = {" ".join(self._numbers(axiom)): axiom for axiom in axioms}
        rows = self._file.execute(
            "SELECT s, p, o, rule, sentence, premises FROM step JOIN rule ON rule.name = step.rule"
        )
        for s, p, o, rule, sentence, premises in rows:
            numbers = premises.split()
            used = (wanted.get(" ".join(numbers[i : i + 3])) for i in range(0, len(numbers), 3))
            for axiom in filter(None, used):
                (statement,) = self._statements(f"{s} {p} {o}")
                yield axiom, statement, Step(rule, sentence, self._statements(premises))

    def _numbers(self, statement: Statement) -> list[str]:
        """The numbers of a statement's terms; none for those that are in no derivation."""
        query = "SELECT number FROM term WHERE text = ?"
        found = (self._file.execute(query, (text,)).fetchone() for text in statement)
        return [str(row[0]) for row in found if row]

    def _statements(self, numbers: str) -> tuple[Statement, ...]:
        texts = [self._text(int(number)) for number in numbers.split()]
        return tuple((texts[i], texts[i + 1], texts[i + 2]) for i in range(0, len(texts), 3))

    def _text(self, number: int) -> str:
        if number not in self._texts:
            (self._texts[number],) = self._file.execute(
                "SELECT text FROM term WHERE number = ?", (number,)
            ).fetchone()
        return self._texts[number]
