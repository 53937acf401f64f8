"""Claims → named graphs; the only writer of data triples.

build(readings, ontology, reference, mint, policy) -> Graphs
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from kg.graph.claims import claims_graph
from kg.graph.facts import facts_graph
from kg.graph.identity import Told, identify
from kg.graph.memory import FORGETFUL, Memory, key
from kg.graph.policy import DEFAULT_POLICY, Judge, Policy, PolicyError, Verdict, described
from kg.graph.tables import Nodes, Triple
from kg.graph.vocabulary import Vocabulary
from kg.iri import Mint, slug
from kg.model import Reading
from kg.packed import Packed

__all__ = [
    "DEFAULT_POLICY",
    "Graphs",
    "Policy",
    "PolicyError",
    "SameAddressError",
    "Told",
    "build",
    "described",
    "support",
]


class SameAddressError(ValueError):
    """Two documents whose names make one address: which, and what to do."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"documents {one!r} and {other!r} would have one address; rename one of the files")
        self.one, self.other = one, other


@dataclass(frozen=True, slots=True)
class Graphs:
    """What the documents say and what is accepted of it.

    `claims` holds a graph for each document, by its name; `told` the claims with their IRIs; `verdict` what
    the publication policy answered.
    """

    claims: Mapping[str, Packed]
    facts: Packed
    told: Mapping[str, tuple[Told, ...]]
    verdict: Verdict


def build(
    readings: Iterable[Reading],
    ontology: Graph,
    reference: Graph,
    mint: Mint,
    policy: Policy,
    *,
    before: Mapping[str, str] | None = None,
    retracted: Iterable[str] = (),
    memory: Memory = FORGETFUL,
) -> Graphs:
    """The claims graph of each document, and the graph of facts that the policy accepts of them all.

    `before` maps the IRIs of claims to those of their events in the version before, which are kept. Claims
    that are `retracted` (their IRIs) stay among the claims, but the policy does not see them. `memory` is that
    of builds by the same code, ontology, reference data and policy. The result does not depend on the order
    of the readings. Raises SameAddressError, PolicyError.
    """
    ordered = sorted(readings, key=lambda reading: reading.document.name)
    _refuse_same_addresses(ordered)
    nodes = Nodes(mint)
    vocabulary = Vocabulary.of(ontology, reference, mint)
    told = identify(ordered, mint, vocabulary, before)
    names = (reading.document.name for reading in ordered)
    claims = {
        name: _claims(reading, told.get(name, ()), nodes, memory)
        for name, reading in zip(names, ordered, strict=True)
    }
    verdict = Judge(policy, [reference, ontology], retracted).verdict(told, claims, memory)
    everything = [one for document in told.values() for one in document]
    for name, triples in _disputes(everything, verdict, nodes).items():
        claims[name] = claims[name].with_more(triples)
    accepted = (one for one in everything if one.iri in verdict.accepted)
    # what facts and reference data both held, engines would count twice
    facts = (triple for triple in facts_graph(accepted, vocabulary, nodes) if triple not in reference)
    return Graphs(claims, Packed.of(facts), told, verdict)


def _claims(reading: Reading, told: Sequence[Told], nodes: Nodes, memory: Memory) -> Packed:
    """The claims graph of a document, from memory where it is there."""
    name = key("claims", nodes.mint.base, reading, [one.event for one in told])
    content = memory.content(name)
    if content is None:
        content = Packed.of(claims_graph(reading, told, nodes)).stored
        memory.put(name, content)
    return Packed.restored(content)


def support(built: Graphs, ontology: Graph, reference: Graph, mint: Mint) -> dict[Triple, list[Told]]:
    """The accepted claims that give each triple of the facts, each claim taken by itself."""
    nodes, vocabulary = Nodes(mint), Vocabulary.of(ontology, reference, mint)
    found: dict[Triple, list[Told]] = defaultdict(list)
    for one in (one for told in built.told.values() for one in told if one.iri in built.verdict.accepted):
        for triple in dict.fromkeys(facts_graph([one], vocabulary, nodes)):
            found[triple].append(one)
    return found


def _refuse_same_addresses(readings: Sequence[Reading]) -> None:
    names: dict[str, str] = {}
    for reading in readings:
        address = slug(reading.document.name)
        if address in names:
            raise SameAddressError(names[address], reading.document.name)
        names[address] = reading.document.name


def _disputes(everything: Iterable[Told], verdict: Verdict, nodes: Nodes) -> dict[str, list[Triple]]:
    """By the documents of denials, which otherwise acceptable claims these dispute."""
    document_of = {one.iri: one.claim.document for one in everything}
    found: dict[str, list[Triple]] = defaultdict(list)
    for claim, denials in verdict.disputed.items():
        for denial in denials:
            found[document_of[denial]].append((URIRef(denial), nodes["disputes"], URIRef(claim)))
    return found
