"""The publication policy, run: a SPARQL query that says which claims are lifted to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from kg.graph.identity import Told
from kg.graph.tables import Triple
from kg.packed import Packed
from kg.turtle import to_engine

DEFAULT_POLICY = Path(__file__).with_name("policy.rq")
TOGETHER = 100  # documents that are judged at once
WANTED = {"claim", "denial"}


class PolicyError(ValueError):
    """A policy that cannot be run: which file, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, slots=True)
class Policy:
    """A publication policy: its SPARQL query, and the file that it stands in."""

    text: str
    path: Path = DEFAULT_POLICY


@dataclass(frozen=True, slots=True)
class Verdict:
    """The IRIs of the claims that are lifted, and, for those that are not, the claims that deny them."""

    accepted: frozenset[str]
    disputed: dict[str, frozenset[str]]


class Judge:
    """Runs a policy over the claims of documents, and what the background says of the things they name.

    A claim is judged by its document and those that tell of the same events: so many documents at once, with
    those, are as good as all, and one that comes changes nothing for the others. Claims that are retracted
    neither lift nor deny anything, whatever the policy.
    """

    def __init__(self, policy: Policy, background: Iterable[Graph], retracted: Iterable[str] = ()) -> None:
        self._policy, self._background = policy, tuple(background)
        self._retracted = [ox.NamedNode(claim) for claim in retracted]

    def verdict(self, told: Mapping[str, Sequence[Told]], claims: Mapping[str, Packed]) -> Verdict:
        """What becomes of the claims of documents, given by name. Raises PolicyError where it does not answer."""
        tellers: dict[str, set[str]] = defaultdict(set)
        for name, found in told.items():
            for one in found:
                tellers[one.event].add(name)
        good: set[str] = set()
        denials: dict[str, frozenset[str]] = {}
        names = sorted(told)
        for start in range(0, max(len(names), 1), TOGETHER):  # once at least, so that a policy is looked at
            batch = names[start : start + TOGETHER]
            asked = {one.iri for name in batch for one in told[name]}
            heard = {n for name in batch for one in told[name] for n in tellers[one.event]}
            lifted, denied = self._ask(claims[name] for name in sorted(heard))
            good |= asked & lifted
            denials |= {claim: frozenset(by) for claim, by in denied.items() if claim in asked}
        return Verdict(frozenset(good - denials.keys()), denials)

    def _ask(self, claims: Iterable[Packed]) -> tuple[set[str], dict[str, set[str]]]:
        """The claims that are good enough among those of some graphs, and those that deny such a one."""
        try:
            answer = self._whole(claims).query(self._policy.text)
        except SyntaxError as error:
            raise PolicyError(self._policy.path, f"is no SPARQL query: {error}") from error
        if not isinstance(answer, ox.QuerySolutions) or WANTED - {v.value for v in answer.variables}:
            raise PolicyError(self._policy.path, "must be a SELECT of ?claim and ?denial")
        good: set[str] = set()
        denials: dict[str, set[str]] = defaultdict(set)
        for row in answer:
            claim, denial = row["claim"].value, row["denial"]
            good.add(claim)
            if denial is not None:
                denials[claim].add(denial.value)
        return good, denials

    def _whole(self, claims: Iterable[Packed]) -> ox.Store:
        """Some graphs of claims as one, with what the background says of the things in them."""
        term, store, named = to_engine(), ox.Store(), set[Node]()
        for packed in claims:
            named |= packed.objects()
            store.bulk_load(packed.text, ox.RdfFormat.N_TRIPLES)
        for claim in self._retracted:
            for quad in list(store.quads_for_pattern(claim, None, None)):
                store.remove(quad)
        known = (map(term, triple) for graph in self._background for triple in described(named, graph))
        store.bulk_extend(ox.Quad(s, p, o) for s, p, o in known)  # type: ignore[arg-type]  # no literal is a subject
        return store


def described(things: Iterable[Node], graph: Graph) -> Iterator[Triple]:
    """What a graph says of the things."""
    for thing in things:
        yield from graph.triples((thing, None, None))
