"""Statements in words: terms by their labels, and the language of RDF and OWL as it is read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.derivations import Statement
from kg.store import AnyTerm, Store, Term
from kg.terms import PREFIXES, rebased

QUERIES = Path(__file__).parent / "queries"
# What an axiom says, by its predicate and, where only one is meant, its object.
AXIOMS = {
    (PREFIXES["rdfs"] + "subPropertyOf", ""): "‘{s}’ implies ‘{o}’",
    (PREFIXES["owl"] + "propertyChainAxiom", ""): "{o}, one after the other, make ‘{s}’",
    (PREFIXES["owl"] + "inverseOf", ""): "‘{s}’ is the other direction of ‘{o}’",
    (PREFIXES["rdf"] + "type", PREFIXES["owl"] + "SymmetricProperty"): "‘{s}’ goes both ways",
    (PREFIXES["rdf"] + "type", PREFIXES["owl"] + "TransitiveProperty"): (
        "‘{s}’ is carried on from one thing to the next"
    ),
    (PREFIXES["rdfs"] + "subClassOf", ""): "Every ‘{s}’ is a ‘{o}’",
    (PREFIXES["rdfs"] + "domain", ""): "What has ‘{s}’ is a ‘{o}’",
    (PREFIXES["rdfs"] + "range", ""): "What ‘{s}’ leads to is a ‘{o}’",
    (PREFIXES["owl"] + "members", ""): "Nothing is two of these: {o}",
}
SAID = {
    PREFIXES["rdf"] + "type": "is a",
    PREFIXES["owl"] + "equivalentClass": "means the same as",
    PREFIXES["owl"] + "equivalentProperty": "means the same as",
    PREFIXES["owl"] + "sameAs": "is the same as",
    PREFIXES["owl"] + "sourceIndividual": "denies of",
    PREFIXES["owl"] + "assertionProperty": "denies that it",
    PREFIXES["owl"] + "targetIndividual": "denies it with",
}  # all else is called by its label
VERBAL = re.compile(r"\w+s\b|also told|from|to$")  # labels that are verbs: ‘supports’, ‘acts for’
RELATING = re.compile(r"\b(of|in|by|at|until)$")  # labels that want ‘is’ before them: ‘ally of’, ‘located in’


class Wording:
    """The words for what a store holds; keeps those it has looked up."""

    def __init__(self, store: Store, base: str) -> None:
        self._store, self._base = store, base
        self._labels: dict[str, str] = {}

    def statement(self, statement: Statement) -> str:
        """A statement as it is read aloud; of an axiom, what it says of things."""
        subject, predicate, value = statement
        axiom = self.axiom(statement)
        if axiom:
            return axiom
        words = f"{self.term(subject)} {self._verb(predicate)} {self.term(value)}"
        return re.sub(r" a (?=[aeiou])", " an ", words)

    def axiom(self, statement: Statement) -> str | None:
        """What an axiom says, with terms in quotation marks; None for a statement that is none."""
        subject, predicate, value = statement
        about, meant = predicate.strip("<>"), value.strip("<>")
        pattern = AXIOMS.get((about, meant)) or AXIOMS.get((about, ""))
        if pattern is None:
            return None
        several = value.strip("( )").split() if value.startswith("(") else []
        words = pattern.format(
            s="" if subject.startswith(("[", "_:")) or not subject else self.term(subject),
            o=", ".join(f"‘{self.term(one)}’" for one in several) if several else self.term(value),
        )
        return re.sub(r"\ba (?=‘[aeiou])", "an ", words)

    def _verb(self, predicate: str) -> str:
        """A property as the verb of a sentence: ‘engages’, ‘is ally of’, ‘has recipient’."""
        words = self.term(predicate)
        if words in SAID.values() or ":" in words or VERBAL.match(words):
            return words
        return f"is {words}" if RELATING.search(words) else f"has {words}"

    def term(self, text: str) -> str:
        """A term in N-Triples syntax, or an expression in brackets, as it is read aloud."""
        if text.startswith(("[", "(")):
            parted = text.replace("> <", ">, <") if text.startswith("(") else text.replace(" ;", ",")
            return re.sub(r"<[^<>]*>", lambda iri: self.term(iri[0]), parted)
        term = parse_term(text)
        if isinstance(term, ox.Literal):
            return f"“{term.value}”"
        return SAID.get(term.value) or self._label(term)

    def _label(self, thing: ox.NamedNode) -> str:
        if thing.value not in self._labels:
            names = [row["label"] for row in self.rows("called", thing=thing)]
            self._labels[thing.value] = names[0] if names else self._short(thing.value)
        return self._labels[thing.value]

    def _short(self, iri: str) -> str:
        """The end of an IRI in words; those of other vocabularies with their prefix."""
        spaces = {ns: name for name, ns in PREFIXES.items() if iri.startswith(ns) and iri != ns}
        if spaces and not iri.startswith(self._base):
            longest = max(spaces, key=len)
            return f"{spaces[longest]}:{iri.removeprefix(longest)}"
        end = re.split(r"[/#]", iri.rstrip("/#"))[-1]
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", end)

    def rows(self, query: str, **bindings: Term) -> Iterator[Mapping[str, str]]:
        """The solutions of one of our queries as IRIs and texts, empty where unbound."""
        for row in self._solutions(query, bindings):
            yield {n: t.value if isinstance(t, ox.NamedNode | ox.Literal) else "" for n, t in row.items()}

    def terms(self, query: str, **bindings: Term) -> Iterator[Mapping[str, str]]:
        """The solutions of one of our queries in N-Triples syntax."""
        for row in self._solutions(query, bindings):
            yield {name: str(term) for name, term in row.items()}

    def holds(self, statement: Statement) -> bool:
        """Whether a statement is published: asserted as a fact, reference data or an axiom, or inferred."""
        terms = zip("spo", map(parse_term, statement), strict=True)
        return any(True for _ in self._solutions("standing", dict(terms)))

    def _solutions(self, query: str, bindings: Mapping[str, Term]) -> Iterator[Mapping[str, AnyTerm | None]]:
        text = rebased(QUERIES / f"{query}.rq", self._base)
        found = self._store.query(text, bindings=bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError(f"{query}.rq is no SELECT query")
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {name: row[name] for name in names}


def parse_term(text: str) -> ox.NamedNode | ox.Literal:
    """The term of a text in N-Triples syntax."""
    (triple,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    if not isinstance(triple.object, ox.NamedNode | ox.Literal):
        raise TypeError(f"{text} is no IRI and no literal")
    return triple.object
