"""What the ontology implies, axiom by axiom in words, each with an example.

The example is from what is published; where nothing there falls under an axiom, the reasoner worked it on made-up
things.

entailments(published) -> the axioms by kind
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.derivations import FILE, Statement
from kg.examples import MADE_UP, Example, read_examples
from kg.published import Published
from kg.steps import Derivations, Step
from kg.terms import PREFIXES
from kg.wording import Wording, parse_term

RDF, RDFS, OWL = (PREFIXES[name] for name in ("rdf", "rdfs", "owl"))
TYPE = RDF + "type"

# The axioms that say something of data: heading, predicate, and object where it is always the same.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("Relations that imply others", RDFS + "subPropertyOf", ""),
    ("Relations in a row", OWL + "propertyChainAxiom", ""),
    ("Opposite directions", OWL + "inverseOf", ""),
    ("Both directions", TYPE, OWL + "SymmetricProperty"),
    ("Carried on", TYPE, OWL + "TransitiveProperty"),
    ("Kinds of things", RDFS + "subClassOf", ""),
    ("Who or what has a property", RDFS + "domain", ""),
    ("What a property leads to", RDFS + "range", ""),
    ("What excludes each other", OWL + "members", ""),
)


class How(StrEnum):
    """How an example holds: it is published as inferred, or as stated; it follows from what is published, without
    being so itself; or it would follow from a supposed premise.
    """

    INFERRED = "inferred"
    STATED = "stated"
    FOLLOWS = "follows"
    SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True)
class Shown:
    """An example: what follows, None for a contradiction, in words too, and in words from what."""

    statement: Statement | None
    words: str
    because: tuple[str, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Entailment:
    """An axiom, what it says in words, and an example; None only where no rule makes use of it with data."""

    axiom: Statement
    words: str
    example: Shown | None


def entailments(published: Published) -> Mapping[str, Sequence[Entailment]]:
    """The entailments of the published ontology by the headings of their kinds.

    Raises FileNotFoundError for a version that keeps no derivations.
    """
    wording = Wording(published.store, published.base)
    axioms = list(_axioms(published))
    inferred = _inferred(published, (axiom for _, axiom in axioms))
    worked = {_named(example.axiom): example for example in read_examples(published.folder / FILE)}
    found: dict[str, list[Entailment]] = defaultdict(list)
    for heading, axiom in axioms:
        shown = _of_inferred(inferred[axiom], axiom, wording) if axiom in inferred else None
        if (
            shown is None or _is_of_terms(shown)
        ) and axiom in worked:  # of things rather than of terms, if any
            real = _of_published(worked[axiom], f"<{published.base}{MADE_UP}", wording)
            shown = real or shown or _of_supposed(worked[axiom], wording)
        found[heading].append(Entailment(axiom, f"{wording.axiom(axiom)}.", shown))
    return {
        heading: sorted(found[heading], key=lambda e: e.words) for heading, *_ in KINDS if heading in found
    }


def _axioms(published: Published) -> Iterator[tuple[str, Statement]]:
    """The axioms of the ontology, as derivations write them, with the heading of their kind."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in published.store.triples(f"{published.base}graph/ontology"):
        said[str(triple.subject)][triple.predicate.value].append(str(triple.object))
    for heading, predicate, only in KINDS:
        for subject, properties in said.items():
            for value in properties.get(predicate, ()):
                if only in ("", value.strip("<>")):
                    yield heading, _named((subject, f"<{predicate}>", _written(value, said)))


def _named(axiom: Statement) -> Statement:
    """An axiom as it is known wherever it is written: what has no name is called nothing."""
    subject, predicate, value = axiom
    return "" if subject.startswith(("_:", "[")) else subject, predicate, value


def _written(text: str, said: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """A term, or the list that a blank node begins, in brackets."""
    members: list[str] = []
    while text.startswith("_:"):
        members += said[text][RDF + "first"]
        (text,) = said[text][RDF + "rest"]
    return f"( {' '.join(members)} )" if members else text


def _inferred(published: Published, axioms: Iterable[Statement]) -> dict[Statement, tuple[Statement, Step]]:
    """For an axiom a published statement that follows by it, with the step: of things with names, if any."""
    triples = published.store.triples(f"{published.base}graph/inferred")
    stated = {(str(t.subject), str(t.predicate), str(t.object)) for t in triples}

    def rank(found: tuple[Statement, Step]) -> tuple[bool, bool, Statement, Sequence[Statement]]:
        statement, step = found
        told = " ".join(statement)
        return "/ontology#" in statement[0], "/id/event/" in told, statement, step.premises

    best: dict[Statement, tuple[Statement, Step]] = {}
    with closing(Derivations(published.folder / FILE)) as derivations:
        for axiom, statement, step in derivations.applications(axioms):
            if statement in stated and (axiom not in best or rank((statement, step)) < rank(best[axiom])):
                best[axiom] = statement, step
    return best


def _is_of_terms(shown: Shown) -> bool:
    return shown.statement is not None and "/ontology#" in shown.statement[0]


def _of_inferred(example: tuple[Statement, Step], axiom: Statement, wording: Wording) -> Shown:
    statement, step = example
    others = (premise for premise in step.premises if _named(premise) != axiom)
    return Shown(statement, wording.statement(statement), tuple(map(wording.statement, others)), How.INFERRED)


def _of_published(example: Example, made_up: str, wording: Wording) -> Shown | None:
    """The example with published things in place of the made-up ones; None where none will do."""
    if len(example.premises) != 1 or example.conclusion is None:
        return None
    (premise,) = example.premises
    free = (made_up, '"')
    fixed = {n: parse_term(t) for n, t in zip("spo", premise, strict=True) if not t.startswith(free)}
    for row in wording.terms("instance", **fixed):
        known = (row["s"], row["p"], row["o"])
        real = dict(zip(premise, known, strict=True))
        s, p, o = (real.get(term, term) for term in example.conclusion)
        if all(map(_alike, premise, known)):
            how = How.FOLLOWS if s.startswith('"') or not wording.holds((s, p, o)) else How.STATED
            return Shown((s, p, o), wording.statement((s, p, o)), (wording.statement(known),), how)
    return None


def _alike(made_up: str, real: str) -> bool:
    """Whether a literal of the same datatype stands for a literal, and no literal for a thing."""
    one, other = parse_term(made_up), parse_term(real)
    if isinstance(one, ox.Literal):
        return isinstance(other, ox.Literal) and one.datatype == other.datatype
    return True


def _of_supposed(example: Example, wording: Wording) -> Shown:
    said = tuple(map(wording.statement, example.premises))
    if example.conclusion is None:
        return Shown(None, example.sentence, said, How.SUPPOSED)
    return Shown(example.conclusion, wording.statement(example.conclusion), said, How.SUPPOSED)
