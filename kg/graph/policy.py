"""The publication policy, run: a SPARQL query that says which claims are lifted to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.query import ResultRow
from rdflib.term import Node

from kg.graph.tables import Triple

DEFAULT_POLICY = Path(__file__).with_name("policy.rq")


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


def judge(
    policy: Policy, claims: Iterable[Graph], background: Iterable[Graph], retracted: Iterable[str] = ()
) -> Verdict:
    """Run a policy over the claims of all documents, and what the background says of the things they name.

    Claims that are retracted neither lift nor deny anything, whatever the policy.

    Raises PolicyError where it does not answer.
    """
    whole = Graph()
    for graph in claims:
        whole += graph
    for claim in retracted:
        whole.remove((URIRef(claim), None, None))
    named = set(whole.objects())
    for graph in background:
        for triple in described(named, graph):
            whole.add(triple)
    try:
        answer = whole.query(policy.text)
    except Exception as error:  # rdflib's parser raises what pyparsing raises, which has no common base
        raise PolicyError(policy.path, f"is no SPARQL query: {error}") from error
    if answer.type != "SELECT" or {"claim", "denial"} - {str(v) for v in answer.vars or ()}:
        raise PolicyError(policy.path, "must be a SELECT of ?claim and ?denial")
    good: set[str] = set()
    denials: dict[str, set[str]] = defaultdict(set)
    for row in answer:
        if isinstance(row, ResultRow):
            good.add(str(row["claim"]))
            if row["denial"] is not None:
                denials[str(row["claim"])].add(str(row["denial"]))
    return Verdict(frozenset(good - denials.keys()), {c: frozenset(d) for c, d in denials.items()})


def described(things: Iterable[Node], graph: Graph) -> Iterator[Triple]:
    """What a graph says of the things."""
    for thing in things:
        yield from graph.triples((thing, None, None))
