"""The ontology as people read it: each term with its definition, its source, and its axioms in words.

vocabulary(reader).terms["Meeting"] -> Term
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Graph

from kg.store import AnyTerm
from kg.terms import PREFIXES, prefixes
from kg.web.reading import Reader, value_of
from kg.web.views import Shown, shown

RDF, RDFS, OWL, SKOS, SCHEMA, DCTERMS = (
    PREFIXES[name] for name in ("rdf", "rdfs", "owl", "skos", "schema", "dcterms")
)
KINDS = {  # in the order of the page
    OWL + "Class": "Classes",
    OWL + "ObjectProperty": "Properties between things",
    OWL + "DatatypeProperty": "Properties with values",
    OWL + "AnnotationProperty": "Properties of names and notes",
    "individual": "Values",
}
# What an axiom says of its subject {s} and its object {o}.
SAID = {
    RDFS + "subClassOf": "Every {s} is a kind of {o}.",
    RDFS + "subPropertyOf": "Whatever is related by {s} is also related by {o}.",
    RDFS + "domain": "Whatever has {s} is a {o}.",
    RDFS + "range": "Whatever is a value of {s} is a {o}.",
    OWL + "inverseOf": "{s} says the same as {o}, from the other side.",
    OWL + "propertyChainAxiom": "{s} holds where {o} lead from one thing to another, one after the other.",
    SCHEMA + "domainIncludes": "{s} is said of {o}, among others.",
    SCHEMA + "rangeIncludes": "{s} leads to {o}, among others.",
}
SAID_BY_TYPE = {
    OWL + "SymmetricProperty": "{s} goes both ways.",
    OWL + "TransitiveProperty": "{s} is carried on: what it leads to leads on.",
    "AgentRole": "Who has this role acts in the event, so that what they claim of it is taken as fact.",
}
DISJOINT = "Nothing is both {s} and one of {o}."
ELSEWHERE = {
    SKOS + "exactMatch": "means the same as",
    SKOS + "closeMatch": "means nearly the same as",
    RDFS + "subClassOf": "is narrower than",
    RDFS + "subPropertyOf": "is narrower than",
}
OF_CLASS = {RDFS + "domain", SCHEMA + "domainIncludes"}

Sentence = tuple[Shown, ...]
Statements = Mapping[str, Mapping[str, Sequence[AnyTerm]]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term: what it means, where that is from, what follows by it, and what it is in other vocabularies."""

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    examples: Sequence[str]
    sources: Sequence[Shown]
    axioms: Sequence[Sentence]
    elsewhere: Sequence[tuple[str, Shown]]
    above: Sequence[Shown]
    below: Sequence[Shown]
    properties: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms by their names, and what is said of the ontology itself."""

    terms: Mapping[str, Term]
    title: str
    description: str
    version: str
    prior: str  # the version before; empty for the first

    @property
    def by_kind(self) -> Mapping[str, Sequence[Term]]:
        """The terms under the headings of their kinds, in alphabetical order."""
        found = {heading: [t for t in self.terms.values() if t.kind == heading] for heading in KINDS.values()}
        return {heading: terms for heading, terms in found.items() if terms}


@lru_cache(maxsize=2)
def vocabulary(reader: Reader) -> Vocabulary:
    """The published ontology."""
    return vocabulary_of(reader, reader.published.store.triples(f"{reader.published.base}graph/ontology"))


def vocabulary_of(reader: Reader, triples: Iterable[ox.Triple]) -> Vocabulary:
    """The ontology that these triples are; what it names is labelled as the reader has it."""
    base = reader.published.base
    said: dict[str, dict[str, list[AnyTerm]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[value_of(triple.subject)][triple.predicate.value].append(triple.object)
    own = sorted(iri for iri in said if iri.startswith(f"{base}ontology#"))
    writer = _Writer(reader, said)
    head = said[f"{base}ontology"]
    return Vocabulary(
        {term.name: term for term in map(writer.term, own)},
        title=_text(head[DCTERMS + "title"]),
        description=_text(head[DCTERMS + "description"]),
        version=_text(head[OWL + "versionInfo"]),
        prior=_text(head[OWL + "priorVersion"]).removeprefix(f"{base}ontology/"),
    )


def compacted(triples: Iterable[ox.Triple], base: str) -> str:
    """Triples as JSON-LD with the prefixes as context."""
    graph = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return str(graph.serialize(format="json-ld", context=prefixes(base), sort_keys=True))


class _Writer:
    """Writes terms out of the statements of the ontology."""

    def __init__(self, reader: Reader, said: Statements) -> None:
        self._reader, self._said = reader, said
        self._ontology = f"{reader.published.base}ontology#"
        self._up: dict[str, list[str]] = defaultdict(list)
        self._of_class: dict[str, list[str]] = defaultdict(list)
        for iri, properties in said.items():
            for predicate, values in properties.items():
                for value in map(value_of, values):
                    if predicate in {RDFS + "subClassOf", RDFS + "subPropertyOf"}:
                        self._up[value].append(iri)
                    if predicate in OF_CLASS:
                        self._of_class[value].append(iri)

    def term(self, iri: str) -> Term:
        """A term of the ontology."""
        about = self._said[iri]
        kinds = [value_of(kind) for kind in about.get(RDF + "type", ())]
        above = [*about.get(RDFS + "subClassOf", ()), *about.get(RDFS + "subPropertyOf", ())]
        return Term(
            iri=iri,
            name=iri.removeprefix(self._ontology),
            kind=next((heading for kind, heading in KINDS.items() if kind in kinds), KINDS["individual"]),
            label=self._reader.label(iri),
            definition=_text(about.get(RDFS + "comment", ())),
            examples=sorted(map(value_of, about.get(SKOS + "example", ()))),
            sources=[shown(self._reader, source) for source in about.get(DCTERMS + "source", ())],
            axioms=list(self._axioms(iri, kinds)),
            elsewhere=list(self._elsewhere(iri)),
            above=self._terms(map(value_of, above)),
            below=self._terms(self._up[iri]),
            properties=self._terms(self._of_class[iri]),
        )

    def _terms(self, iris: Iterable[str]) -> list[Shown]:
        own = sorted({iri for iri in iris if iri.startswith(self._ontology)})
        return [shown(self._reader, ox.NamedNode(iri)) for iri in own]

    def _axioms(self, iri: str, kinds: Sequence[str]) -> Iterator[Sentence]:
        for predicate, pattern in SAID.items():
            for value in self._said[iri].get(predicate, ()):
                members = [m for m in self._members(value) if self._is_own(m)]
                if members:
                    yield self._sentence(pattern, iri, members, ", then ")
        for kind in kinds:
            if (said := SAID_BY_TYPE.get(kind.removeprefix(self._ontology))) is not None:
                yield self._sentence(said, iri, (), "")
        for properties in self._said.values():
            for listed in properties.get(OWL + "members", ()):
                members = self._members(listed)
                if iri in members:
                    yield self._sentence(DISJOINT, iri, [m for m in members if m != iri], ", ")

    def _is_own(self, iri: str) -> bool:
        return iri.startswith((self._ontology, PREFIXES["xsd"]))

    def _members(self, value: AnyTerm) -> list[str]:
        """The terms of a list; of a term, itself."""
        if not isinstance(value, ox.BlankNode):
            return [value_of(value)]
        told = self._said[value.value]
        (first,), (rest,) = told[RDF + "first"], told[RDF + "rest"]
        return [value_of(first), *(self._members(rest) if isinstance(rest, ox.BlankNode) else ())]

    def _sentence(self, pattern: str, iri: str, members: Sequence[str], between: str) -> Sentence:
        """A pattern with its terms put in, each to be shown with a link."""
        parts: list[Shown] = []
        for piece in pattern.replace("{o}", "|o|").replace("{s}", "|s|").split("|"):
            if piece == "s":
                parts.append(shown(self._reader, ox.NamedNode(iri)))
            elif piece == "o":
                for number, member in enumerate(members):
                    parts += [Shown(between)] if number else []
                    parts.append(shown(self._reader, ox.NamedNode(member)))
            elif piece:
                parts.append(Shown(piece))
        return tuple(parts)

    def _elsewhere(self, iri: str) -> Iterator[tuple[str, Shown]]:
        for predicate, words in ELSEWHERE.items():
            for value in self._said[iri].get(predicate, ()):
                if isinstance(value, ox.NamedNode) and not value.value.startswith(self._ontology):
                    yield words, shown(self._reader, value)


def _text(values: Iterable[AnyTerm]) -> str:
    return next((value_of(value) for value in values), "")
