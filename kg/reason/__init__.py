"""Reasoning: what the ontology implies about the data, in the OWL 2 RL profile.

    close(ontology, data, base) -> Inference(triples, derivations, clashes)

`Inference.triples` goes into the inferred graph as it is: only what is new and says something about things of
this data set (see `kg.reason.publishable`). A consistent data set has no `clashes`; a clash names its rule,
its premises and, by `Inference.grounds(clash.premises)`, the asserted triples it rests on, which the caller
maps to claims and documents.

`Reasoner` is the same for data that comes and goes: it keeps the closure, and `add` and `remove` cost what
changes. The rules stand as text in `owl2rl.rules`; `specialise` fills in what the ontology says, `firing`
compiles the outcome to Python, `rounds` runs it, `upkeep` follows changes. owlrl is the oracle of the tests,
and `engine="owlrl"`.
"""

from __future__ import annotations

from kg.reason.reasoner import Engine, Reasoner, close, start
from kg.reason.state import StaleError, State
from kg.reason.value import Clash, Derivation, Derivations, Inference, Triple
from kg.reason.words import sentences
from kg.reason.worked import Worked, worked_examples

__all__ = [
    "Clash",
    "Derivation",
    "Derivations",
    "Engine",
    "Inference",
    "Reasoner",
    "StaleError",
    "State",
    "Triple",
    "Worked",
    "close",
    "sentences",
    "start",
    "worked_examples",
]
