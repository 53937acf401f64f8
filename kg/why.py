"""Why a published statement holds: the tree of rules down to rows of the reference data, axioms and quotes.

why(published, statement) -> Why; why_each(published, statements) for many
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import pyoxigraph as ox

from kg.derivations import FILE, Statement
from kg.published import Published
from kg.steps import Derivations, Step
from kg.store import Store
from kg.terms import prefixes
from kg.wording import Wording, parse_term

# Where in the text that the parser was given, which is no place in a term.
PLACE = re.compile(r"^Parser error at .*?: | \(line \d+\)$")


class StatementError(ValueError):
    """Three terms that make no statement: the terms, and the parser's words."""

    def __init__(self, terms: Statement, reason: str) -> None:
        super().__init__(f"no statement has the terms {' '.join(terms)}: {reason}")
        self.terms, self.reason = terms, reason


class NotStatedError(LookupError):
    """A statement that is not among what is published: which."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(
            f"{' '.join(statement)} is neither published as a fact or reference data nor inferred"
        )
        self.statement = statement


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a document that support a statement, with the claim that they were read as."""

    exact: str
    stretch: str
    document: str
    title: str
    claim: str


@dataclass(frozen=True, slots=True)
class Source:
    """A graph that asserts a statement: `facts` with quotes, `reference` with what it cites, `ontology`."""

    graph: str
    quotes: tuple[Quote, ...] = ()
    cited: tuple[str, ...] = ()

    def in_words(self) -> list[str]:
        """The quotes with their documents, or what is cited, or else the graph; a line for each."""
        quotes = [f"“{q.exact}” ({', '.join(filter(None, (q.title, q.stretch)))})" for q in self.quotes]
        cited = [f"{self.graph} data, from {where}" for where in self.cited]
        return quotes or cited or [f"asserted in the graph '{self.graph}'"]


@dataclass(frozen=True, slots=True)
class Because:
    """One step: a rule of OWL 2 RL, what it says in words, and the statements that it was applied to."""

    rule: str
    sentence: str
    premises: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A statement in N-Triples and in words, and why it holds: by its sources, or by steps from others.

    `above` says that it is explained elsewhere in the tree, and not again.
    """

    statement: Statement
    words: str
    sources: tuple[Source, ...] = ()
    steps: tuple[Because, ...] = ()
    above: bool = False


def parse_statement(s: str, p: str, o: str, base: str) -> Statement:
    """Terms in N-Triples syntax, or with the usual prefixes and `id:`. Raises StatementError."""
    known = "".join(f"@prefix {name}: <{iri}> . " for name, iri in prefixes(base).items())
    terms = (re.sub(r"^id:(\S+)$", rf"<{base}id/\1>", term) for term in (s, p, o))
    try:
        triples = list(ox.parse(f"{known}\n{' '.join(terms)} .", format=ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise StatementError((s, p, o), PLACE.sub("", str(error))) from error
    if len(triples) != 1:
        raise StatementError((s, p, o), "these are not the three terms of one statement")
    if not all(
        isinstance(term, ox.NamedNode | ox.Literal) for term in (triples[0].subject, triples[0].object)
    ):
        raise StatementError(
            (s, p, o), "only IRIs and literals can be asked for: no other term has a name here"
        )
    return str(triples[0].subject), str(triples[0].predicate), str(triples[0].object)


def why(published: Published, statement: Statement, *, every: bool = False) -> Why:
    """Why a statement holds: by the shortest derivation, or by all. Raises NotStatedError.

    With all, each statement is explained once in the tree, and no step leads back to what it is to explain.
    """
    with closing(why_each(published, [statement], every=every)) as answers:
        return next(answers)


def why_each(
    published: Published, statements: Iterable[Statement], *, every: bool = False
) -> Generator[Why, None, None]:
    """Why each of some statements holds; what they have in common is looked up once. Raises NotStatedError."""
    with closing(Derivations(published.folder / FILE)) as derivations:
        telling = _Telling(published.store, derivations.steps, published.base, every)
        for statement in statements:
            told = telling.answer(statement)
            if not (told.sources or told.steps):
                raise NotStatedError(statement)
            yield told


def tell(
    statement: Statement,
    store: Store,
    steps: Callable[[Statement], tuple[Step, ...]],
    base: str,
    *,
    every: bool = False,
) -> Why:
    """The tree over a store that holds the graphs, and the steps to what is inferred."""
    return _Telling(store, steps, base, every).answer(statement)


def in_words(told: Why, depth: int = 0) -> Iterator[str]:
    """The lines of a tree in plain text, what a statement rests on below it and further in."""
    indent = "  " * depth
    yield f"{indent}{told.words}"
    for source in told.sources:
        yield from (f"{indent}  {line}" for line in source.in_words())
    for step in told.steps:
        yield f"{indent}  because: {step.sentence} ({step.rule})"
        for premise in step.premises:
            yield from in_words(premise, depth + 2)


class _Telling:
    """Builds trees, one for each answer."""

    def __init__(
        self, store: Store, steps: Callable[[Statement], tuple[Step, ...]], base: str, every: bool
    ) -> None:
        self._steps, self._base, self._every = steps, base, every
        self._wording = Wording(store, base)
        self._told: set[Statement] = set()
        self._found: dict[Statement, tuple[Source, ...]] = {}

    def answer(self, statement: Statement) -> Why:
        """The tree of a statement."""
        self._told.clear()
        return self._tell(statement, ())

    def _tell(self, statement: Statement, above: tuple[Statement, ...]) -> Why:
        words = self._wording.statement(statement)
        if statement in self._told:
            return Why(statement, words, above=True)
        found = self._steps(statement)
        path = (*above, statement)
        steps = [step for step in found if not set(path) & set(step.premises)]
        if self._every and steps:
            self._told.add(statement)
        because = tuple(
            Because(step.rule, step.sentence, tuple(self._tell(premise, path) for premise in step.premises))
            for step in (steps if self._every else steps[:1])
        )
        return Why(statement, words, () if found else self._asserted(statement), because)

    def _asserted(self, statement: Statement) -> tuple[Source, ...]:
        if statement not in self._found:
            self._found[statement] = tuple(self._sources(statement))
        return self._found[statement]

    def _sources(self, statement: Statement) -> Iterator[Source]:
        if any(text.startswith(("[", "(")) for text in statement):
            yield Source("ontology")
            return
        subject, predicate, value = map(parse_term, statement)
        graphs = f"{self._base}graph/"
        for row in self._wording.rows("holding", s=subject, p=predicate, o=value):
            graph = row["graph"].removeprefix(graphs)
            quotes = (Quote(**_without(row, "thing")) for row in self._wording.rows("told", thing=subject))
            cited = (row["source"] for row in self._wording.rows("cited", thing=subject))
            yield Source(
                graph,
                tuple(quotes) if graph == "facts" else (),
                tuple(cited) if graph == "reference" else (),
            )


def _without(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != name}
