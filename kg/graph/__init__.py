"""Claims → named graphs; the only writer of data triples.

build(held readings, ontology, reference, mint, policy) -> Graphs
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from rdflib import Graph, URIRef

from kg.graph.claims import claims_graph
from kg.graph.facts import Share, facts_graph, shared
from kg.graph.held import AtHand, Held
from kg.graph.identity import Named, Told, identify
from kg.graph.memory import FORGETFUL, Memory, Under, key
from kg.graph.outline import Outline
from kg.graph.policy import DEFAULT_POLICY, Judge, Policy, PolicyError, Verdict, described
from kg.graph.tables import Nodes, Triple
from kg.graph.vocabulary import Vocabulary
from kg.iri import Mint, slug
from kg.model import Reading
from kg.packed import Packed, Shelved

__all__ = [
    "DEFAULT_POLICY",
    "AtHand",
    "Graphs",
    "Held",
    "Outline",
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


class Tellings(Mapping[str, tuple[Told, ...]]):
    """The claims of documents by the names of these, with their IRIs and events; read when they are asked for."""

    def __init__(self, given: Iterable[Held], named: Mapping[str, tuple[Named, ...]]) -> None:
        self._held, self.named = {one.name: one for one in given}, named

    def __getitem__(self, document: str) -> tuple[Told, ...]:
        """The claims of a document. Raises KeyError where there is none of this name."""
        return self.told(self._held[document].reading())

    def told(self, reading: Reading) -> tuple[Told, ...]:
        """The claims of a reading that is at hand."""
        named = self.named[reading.document.name]
        return tuple(
            Told(claim, one.iri, one.event, one.own_event)
            for claim, one in zip(reading.claims, named, strict=True)
        )

    def __iter__(self) -> Iterator[str]:
        """The names of the documents."""
        return iter(self.named)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.named)


@dataclass(frozen=True, slots=True)
class Graphs:
    """What the documents say and what is accepted of it.

    `claims` holds a graph for each document, by its name, and `outlines` their outlines; `told` the claims with
    their IRIs; `verdict` what the publication policy answered.
    """

    claims: Mapping[str, Packed]
    outlines: Mapping[str, Outline]
    facts: Packed
    told: Tellings
    verdict: Verdict


def build(
    given: Iterable[Held],
    ontology: Graph,
    reference: Graph,
    mint: Mint,
    policy: Policy,
    *,
    before: Callable[[str], str | None] | None = None,
    retracted: Iterable[str] = (),
    memory: Memory = FORGETFUL,
    told_by: str = "",
) -> Graphs:
    """The claims graph of each document, and the graph of facts that the policy accepts of them all.

    `before` gives for the IRI of a claim that of its event in the version before, which is kept. Claims that are
    `retracted` (their IRIs) stay among the claims, but the policy does not see them. `memory` is that of builds by
    the same code, ontology and policy; for what it has, no reading is asked. `told_by` is a hash of the reference
    data. The result does not depend on the order of the readings. Raises SameAddressError, PolicyError.
    """
    ordered = sorted(given, key=lambda one: one.name)
    _refuse_same_addresses(one.name for one in ordered)
    nodes = Nodes(mint)
    vocabulary = Vocabulary.of(ontology, reference, mint)
    by_reference = Under(memory, told_by)
    told = Tellings(ordered, identify(ordered, mint, vocabulary, before, memory, by_reference))
    claims, outlines = dict[str, Packed](), dict[str, Outline]()
    for one in ordered:
        claims[one.name], outlines[one.name] = _claims(one, told, nodes, memory)
    verdict = Judge(policy, [reference, ontology], retracted).verdict(told.named, claims, by_reference)
    for name, triples in _disputes(told.named, verdict, nodes).items():
        claims[name] = claims[name].with_more(triples)
        outlines[name] = Outline.of(claims[name])
    shares = _shares(told, verdict, vocabulary, nodes, reference, by_reference)
    # what facts and reference data both held, engines would count twice
    return Graphs(claims, outlines, shared(shares, nodes, reference), told, verdict)


def _claims(held: Held, told: Tellings, nodes: Nodes, memory: Memory) -> tuple[Packed, Outline]:
    """The claims graph of a document and its outline, from memory where they are there."""
    name = key("claims", nodes.mint.base, held.sum, [one.event for one in told.named[held.name]])
    content = memory.content(name)
    if content is None:
        reading = held.reading()
        graph = Packed.of(claims_graph(reading, told.told(reading), nodes))
        content = msgspec.msgpack.encode((graph.stored, Outline.of(graph)))
        memory.put(name, content)
    stored, outline = _CLAIMS.decode(content)
    graph, later = Packed.restored(stored), memory.later(name)
    return _shelved(graph, later) if later else graph, outline


def _shelved(graph: Packed, later: Callable[[], bytes]) -> Packed:
    return Shelved(graph, lambda: _CLAIMS.decode(later())[0])


_CLAIMS: msgspec.msgpack.Decoder[tuple[bytes, Outline]] = msgspec.msgpack.Decoder(tuple[bytes, Outline])
_SHARE: msgspec.msgpack.Decoder[Share] = msgspec.msgpack.Decoder(Share)


def _shares(
    told: Tellings, verdict: Verdict, vocabulary: Vocabulary, nodes: Nodes, reference: Graph, memory: Memory
) -> Iterator[Share]:
    """What each document gives to the facts, by the events that it is the first to have an accepted claim of."""
    events: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for document, named in told.named.items():
        for n, one in enumerate(named):
            if one.iri in verdict.accepted:
                events[one.event].append((document, n))
    first: dict[str, list[str]] = defaultdict(list)
    for event, places in events.items():
        first[places[0][0]].append(event)
    for own in first.values():
        by = [(event, [told.named[document][n] for document, n in events[event]]) for event in own]
        name = key(
            "facts", nodes.mint.base, [(event, [(one.iri, one.sum) for one in some]) for event, some in by]
        )
        content = memory.content(name)
        if content is None:
            at_hand = {document: told[document] for event in own for document, _ in events[event]}
            accepted = {event: [at_hand[document][n] for document, n in events[event]] for event in own}
            content = msgspec.msgpack.encode(Share.of(accepted, vocabulary, nodes, reference))
            memory.put(name, content)
        yield _SHARE.decode(content)


def support(built: Graphs, ontology: Graph, reference: Graph, mint: Mint) -> dict[Triple, list[Told]]:
    """The accepted claims that give each triple of the facts, each claim taken by itself."""
    nodes, vocabulary = Nodes(mint), Vocabulary.of(ontology, reference, mint)
    found: dict[Triple, list[Told]] = defaultdict(list)
    for one in (one for told in built.told.values() for one in told if one.iri in built.verdict.accepted):
        for triple in dict.fromkeys(facts_graph([one], vocabulary, nodes)):
            found[triple].append(one)
    return found


def _refuse_same_addresses(documents: Iterable[str]) -> None:
    names: dict[str, str] = {}
    for document in documents:
        address = slug(document)
        if address in names:
            raise SameAddressError(names[address], document)
        names[address] = document


def _disputes(
    named: Mapping[str, Sequence[Named]], verdict: Verdict, nodes: Nodes
) -> dict[str, list[Triple]]:
    """By the documents of denials, which otherwise acceptable claims these dispute."""
    denials = frozenset().union(*verdict.disputed.values())
    document_of = {one.iri: name for name, some in named.items() for one in some if one.iri in denials}
    found: dict[str, list[Triple]] = defaultdict(list)
    for claim, by in verdict.disputed.items():
        for denial in by:
            found[document_of[denial]].append((URIRef(denial), nodes["disputes"], URIRef(claim)))
    return found
