"""Reasoning: what the ontology implies about the data, in the OWL 2 RL profile.

    close(ontology, data, base) -> Inference(triples, derivations, clashes)

`Inference.triples` goes into the inferred graph as it is: only what is new and says something about things of
this data set (see `kg.reason.publishable`). A consistent data set has no `clashes`; a clash names its rule,
its premises and, by `Inference.grounds(clash.premises)`, the asserted triples it rests on, which the caller
maps to claims and documents.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.reason.oracle import closure as owlrl_closure
from kg.reason.publishable import foreign_identity, publishable
from kg.reason.value import Clash, Derivation, Inference, Triple

__all__ = ["Clash", "Derivation", "Inference", "Triple", "close"]


def close(ontology: Iterable[Triple], data: Iterable[Triple], base: str) -> Inference:
    """What OWL 2 RL adds to the ontology and the data (facts, curation and reference, as rdflib graphs).

    `base` is the data set's base IRI. Identities with things of other data sets take no part in the reasoning.
    The inputs stay as they are.
    """
    foreign = foreign_identity(base)
    added, clashes = owlrl_closure(t for source in (ontology, data) for t in source if not foreign(t))
    return Inference(frozenset(filter(publishable(base), added)), {}, clashes)
