"""Who is to blame: from facts that break a shape or make a clash to the claims, quotes and documents behind.

Where any one of several documents might go, those go that are new, and of them those that the fewest others
bear out; where nothing tells them apart, all of them. What was published before stays where it can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rdflib import RDF, BNode, Literal, URIRef

from kg import graph, reason
from kg.clashes import clashes_in_words
from kg.graph import Told
from kg.iri import Mint
from kg.pipeline.work import Work
from kg.publish.quads import canonical, quads
from kg.published import NotPublishedError, open_published
from kg.store import Store
from kg.violations import SH, Report, Triple, Violation

CONSISTENCY = "shapes#consistency"  # stands for a shape where OWL 2 RL finds what is wrong


class Blame:
    """Finds the documents to blame for what is wrong with facts, by the claims that give these."""

    def __init__(self, support: Mapping[Triple, Sequence[Told]], published: frozenset[str]) -> None:
        """`support` are the claims that give each triple; `published` the documents that were there before."""
        self._support, self._published = support, published

    @classmethod
    def of(cls, work: Work) -> Blame:
        """For the facts of a build."""
        known = work.knowledge
        support = graph.support(work.built, known.ontology, known.reference, Mint(work.settings.base))
        return cls(support, _unchanged(work))

    def for_violation(self, violation: Violation) -> list[Violation]:
        """The violation for each document to blame; it goes with any one of those that tell of the node, or,
        where some claim does, that give the node the value.
        """
        of_node = {triple: told for triple, told in self._support.items() if str(triple[0]) == violation.node}
        of_value = {triple: told for triple, told in of_node.items() if str(triple[2]) == violation.value}
        return self._named(violation, ([one] for told in (of_value or of_node).values() for one in told))

    def for_clash(self, violation: Violation, grounds: Iterable[Triple]) -> list[Violation]:
        """The same for a clash; it goes where one of the statements that it rests on has no document left."""
        return self._named(
            violation, (self._support[ground] for ground in grounds if ground in self._support)
        )

    def _named(self, violation: Violation, choices: Iterable[Collection[Told]]) -> list[Violation]:
        blamed = {one.claim.document: one.claim for one in _to_blame(list(choices), self._published)}
        named = [
            replace(violation, document=name, evidence=claim.evidence)
            for name, claim in sorted(blamed.items())
        ]
        return named or [violation]


def contradictions(work: Work, inference: reason.Inference) -> Report:
    """The clashes as violations, each told down to quotes, rows of the reference data and axioms."""
    base, blame = work.settings.base, Blame.of(work)
    store = Store.memory(quads(canonical(work.named_graphs())), work.default_graphs())
    found: list[Violation] = []
    for clash, words in clashes_in_words(
        inference.clashes, inference.derivations, store, work.knowledge.ontology, base
    ):
        violation = _violation(clash, words, f"{base}{CONSISTENCY}")
        found += blame.for_clash(violation, inference.grounds(clash.premises))
    return Report(tuple(sorted(found)))


def _violation(clash: reason.Clash, words: str, shape: str) -> Violation:
    """A clash as a violation, also in the terms of SHACL (3.6.2)."""
    node = clash.premises[-1][0] if clash.premises else Literal(clash.rule)
    told = {
        RDF.type: SH.ValidationResult,
        SH.focusNode: node,
        SH.resultSeverity: SH.Violation,
        SH.resultMessage: Literal(words, lang="en"),
        SH.sourceConstraintComponent: URIRef(f"{shape}-component"),
        SH.sourceShape: URIRef(shape),
    }
    result = BNode()
    triples = tuple((result, predicate, value) for predicate, value in told.items())
    return Violation("", str(node), shape, "", "", words, result=triples)


def _to_blame(choices: Collection[Collection[Told]], published: frozenset[str]) -> Iterator[Told]:
    """Of sets of claims, each of which might go, the claims of those that do."""
    sets = [({one.claim.document for one in claims}, claims) for claims in choices]
    new = [one for one in sets if not one[0] & published] or sets
    least = min((len(documents) for documents, _ in new), default=0)
    return (claim for documents, claims in new if len(documents) == least for claim in claims)


def _unchanged(work: Work) -> frozenset[str]:
    """The documents that are published now with the text that they have here."""
    try:
        before = open_published(work.settings.dist).documents
    except NotPublishedError:
        return frozenset()
    now = {one.name: one.head.text.hex() for one in work.readings.held}
    return frozenset(name for name, one in before.items() if now.get(name) == one.sha256)
