"""The publication policy, run: a SPARQL query that says which claims are lifted to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from kg.graph.identity import Named, Told
from kg.graph.memory import FORGETFUL, Memory, key
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What the policy says of the claims of a document: which are good enough, and what denies which."""

    lifted: list[str]
    denied: dict[str, list[str]]


_SAID: msgspec.msgpack.Decoder[_Said] = msgspec.msgpack.Decoder(_Said)


class Judge:
    """Runs a policy over the claims of documents, and what the background says of the things they name.

    A claim is judged by its document and those that tell of the same events: so many documents at once, with
    those, are as good as all, and one that comes changes nothing for the others. Claims that are retracted
    neither lift nor deny anything, whatever the policy.
    """

    def __init__(self, policy: Policy, background: Iterable[Graph], retracted: Iterable[str] = ()) -> None:
        self._policy, self._background = policy, tuple(background)
        self._retracted = [ox.NamedNode(claim) for claim in retracted]

    def verdict(
        self,
        told: Mapping[str, Sequence[Named | Told]],
        claims: Mapping[str, Packed],
        memory: Memory = FORGETFUL,
    ) -> Verdict:
        """What becomes of the claims of documents, given by name. Raises PolicyError where it does not answer.

        `memory` is that of judges with the same policy and background.
        """
        tellers: dict[str, set[str]] = defaultdict(set)
        for name, found in told.items():
            for one in found:
                tellers[one.event].add(name)
        heard = {name: sorted({n for one in told[name] for n in tellers[one.event]}) for name in sorted(told)}
        hashes = {name: claims[name].sum for name in heard}
        retracted = sorted(claim.value for claim in self._retracted)
        keys = {name: key("verdict", retracted, name, [hashes[n] for n in heard[name]]) for name in heard}
        known = {name: content for name in heard if (content := memory.content(keys[name])) is not None}
        new = [name for name in heard if name not in known]
        looks = range(0, max(len(new), not heard), TOGETHER)  # one at least without documents: at the policy
        for start in looks:
            batch = new[start : start + TOGETHER]
            lifted, denied = self._ask(claims[n] for n in sorted({n for name in batch for n in heard[name]}))
            for name in batch:
                asked = {one.iri for one in told[name]}
                by = {claim: sorted(denied[claim]) for claim in sorted(asked & denied.keys())}
                content = msgspec.msgpack.encode(_Said(sorted(asked & lifted), by))
                memory.put(keys[name], content)
                known[name] = content
        said = [_SAID.decode(one) for one in known.values()]
        denials = {claim: frozenset(of) for one in said for claim, of in one.denied.items()}
        return Verdict(frozenset(claim for one in said for claim in one.lifted) - denials.keys(), denials)

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
