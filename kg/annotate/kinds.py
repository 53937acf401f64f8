"""What the modules of coreference ask of a referent."""

from __future__ import annotations

from collections.abc import Mapping

from kg.annotate.linking import ORGANISATIONS
from kg.annotated import Referent

Words = Mapping[str, frozenset[str]]
BODIES = ORGANISATIONS - {"NewsOutlet"}
SIDES = BODIES | {"State", "Person"}


def is_person(referent: Referent) -> bool:
    """Whether it is a person."""
    return referent.agent is not None and referent.agent.kind == "Person"


def is_state(referent: Referent) -> bool:
    """Whether it is a state."""
    return referent.agent is not None and referent.agent.kind == "State"


def is_side(referent: Referent) -> bool:
    """Whether it is a state, a body or a person: what may take part in something."""
    return referent.agent is not None and referent.agent.kind in SIDES


def is_body(referent: Referent) -> bool:
    """Whether it is a state or a body."""
    return is_side(referent) and not is_person(referent)
