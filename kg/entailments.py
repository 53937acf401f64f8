"""What the ontology implies, axiom by axiom in words, each with an example from what is published.

entailments(published) -> the axioms by kind
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from kg.derivations import FILE, Derivations, Statement, Step
from kg.published import Published
from kg.terms import PREFIXES
from kg.wording import Wording, parse_term

RDF, RDFS, OWL = (PREFIXES[name] for name in ("rdf", "rdfs", "owl"))
TYPE = RDF + "type"

# The axioms that say something of data: heading, predicate, object where it is always the same, and the words
# for subject and object.
KINDS: tuple[tuple[str, str, str, str], ...] = (
    ("Relations that imply others", RDFS + "subPropertyOf", "", "‘{s}’ implies ‘{o}’."),
    ("Relations in a row", OWL + "propertyChainAxiom", "", "{o}, one after the other, make ‘{s}’."),
    ("Opposite directions", OWL + "inverseOf", "", "‘{s}’ is the other direction of ‘{o}’."),
    ("Both directions", TYPE, OWL + "SymmetricProperty", "‘{s}’ goes both ways."),
    ("Carried on", TYPE, OWL + "TransitiveProperty", "‘{s}’ is carried on from one thing to the next."),
    ("Kinds of things", RDFS + "subClassOf", "", "Every ‘{s}’ is a ‘{o}’."),
    ("Who or what has a property", RDFS + "domain", "", "What has ‘{s}’ is a ‘{o}’."),
    ("What a property leads to", RDFS + "range", "", "What ‘{s}’ leads to is a ‘{o}’."),
    ("What excludes each other", OWL + "members", "", "Nothing is two of these: {o}."),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A statement that follows by an axiom, in words too, and in words from what; `stated` if it need not."""

    statement: Statement
    words: str
    because: tuple[str, ...]
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Entailment:
    """An axiom, what it says in words, and an example; None where nothing published follows by it."""

    axiom: Statement
    words: str
    example: Example | None


def entailments(published: Published) -> Mapping[str, Sequence[Entailment]]:
    """The entailments of the published ontology by the headings of their kinds.

    Raises FileNotFoundError for a version that keeps no derivations.
    """
    wording = Wording(published.store, published.base)
    axioms = list(_axioms(published))
    examples = _examples(published, (axiom for _, _, axiom in axioms))
    found: dict[str, list[Entailment]] = defaultdict(list)
    for heading, pattern, axiom in axioms:
        inferred = examples.get(axiom)
        example = _told(inferred, axiom, wording) if inferred else None
        if example is None or "/ontology#" in example.statement[0]:  # of things rather than of terms, if any
            example = _stated(axiom, wording) or example
        found[heading].append(Entailment(axiom, _in_words(pattern, axiom, wording), example))
    return {
        heading: sorted(found[heading], key=lambda e: e.words) for heading, *_ in KINDS if heading in found
    }


def _axioms(published: Published) -> Iterator[tuple[str, str, Statement]]:
    """The axioms of the ontology, as derivations write them, with the heading and the words of their kind."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in published.store.triples(f"{published.base}graph/ontology"):
        said[str(triple.subject)][triple.predicate.value].append(str(triple.object))
    for heading, predicate, only, pattern in KINDS:
        for subject, properties in said.items():
            for value in properties.get(predicate, ()):
                if only in ("", value.strip("<>")):
                    yield heading, pattern, (subject, f"<{predicate}>", _written(value, said))


def _written(text: str, said: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """A term, or the list that a blank node begins, in brackets."""
    members: list[str] = []
    while text.startswith("_:"):
        members += said[text][RDF + "first"]
        (text,) = said[text][RDF + "rest"]
    return f"( {' '.join(members)} )" if members else text


def _examples(published: Published, axioms: Iterable[Statement]) -> dict[Statement, tuple[Statement, Step]]:
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


def _told(example: tuple[Statement, Step], axiom: Statement, wording: Wording) -> Example:
    statement, step = example
    others = (premise for premise in step.premises if premise != axiom)
    return Example(statement, wording.statement(statement), tuple(map(wording.statement, others)))


def _stated(axiom: Statement, wording: Wording) -> Example | None:
    """A statement that would follow, were it not stated: from the first that has the axiom's property."""
    subject, predicate, value = axiom
    if subject.startswith("_:") or value.startswith("("):
        return None
    for row in wording.terms("instance", p=parse_term(subject)):
        premise = (row["s"], row["p"], row["o"])
        conclusion = {
            f"<{RDFS}subPropertyOf>": (row["s"], value, row["o"]),
            f"<{RDFS}domain>": (row["s"], f"<{TYPE}>", value),
            f"<{RDFS}range>": (row["o"], f"<{TYPE}>", value),
        }.get(predicate)
        if conclusion and not conclusion[0].startswith('"') and wording.holds(conclusion):
            return Example(
                conclusion, wording.statement(conclusion), (wording.statement(premise),), stated=True
            )
    return None


def _in_words(pattern: str, axiom: Statement, wording: Wording) -> str:
    subject, _, value = axiom
    members = [wording.term(text) for text in value.strip("( )").split()] if value.startswith("(") else None
    words = pattern.format(
        s="" if subject.startswith("_:") else wording.term(subject),
        o=", ".join(f"‘{name}’" for name in members) if members else wording.term(value),
    )
    return re.sub(r"\ba (?=‘[aeiou])", "an ", words)
