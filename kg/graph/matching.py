"""Whether two claims may tell of one happening: their types, times, places, numbers and agents.

Two claims may tell of one event when their types are equal, times and places compatible, and agents agree;
something must then single the event out (see `_singled_out`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.graph.times import compatible, precision
from kg.graph.vocabulary import Vocabulary
from kg.model import Claim, Modality

PLACES = ("place", "destination")
SPEECH = "Statement"


def match(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two claims of one block tell of one event. Symmetric."""
    if one.type == SPEECH:
        return one.document != other.document
    denial = Modality.DENIED in (one.modality, other.modality)
    if one.document == other.document and not denial:
        return False
    shared = _shared(one, other, vocabulary)
    if shared is None or not compatible(one.time, other.time) or not _numbers_agree(one, other):
        return False
    return denial or _singled_out(one, other, shared)


def _shared(one: Claim, other: Claim, vocabulary: Vocabulary) -> dict[str, frozenset[str]] | None:
    """The fillers that two claims have in common, by role; None where they contradict each other.

    A role that both fill, they must fill alike in part: with a common filler, or a place within a place.
    """
    shared: dict[str, frozenset[str]] = {}
    for role, fillers in one.roles:
        mine = frozenset(f.entity.iri for f in fillers)
        theirs = frozenset(f.entity.iri for f in other.fillers(role))
        common = mine & theirs
        if role in vocabulary.agent_roles:
            if not _persons_agree(one, other, role, vocabulary):
                return None
        elif common or (role in PLACES and _one_within(mine, theirs, vocabulary)):
            shared[role] = common or mine
        elif mine and theirs:
            return None
    return shared


def _persons_agree(one: Claim, other: Claim, role: str, vocabulary: Vocabulary) -> bool:
    """Whether, for each side, both name the same persons for it, or one of them names none."""
    persons: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
    for found, claim in zip(persons, (one, other), strict=True):
        for filler in claim.fillers(role):
            side = vocabulary.side(filler)
            if side != filler.entity.iri:
                found[side].add(filler.entity.iri)
    mine, theirs = persons
    return all(mine[side] == theirs[side] for side in mine.keys() & theirs.keys())


def _one_within(mine: frozenset[str], theirs: frozenset[str], vocabulary: Vocabulary) -> bool:
    country = vocabulary.country
    return any(country.get(a) == b or country.get(b) == a for a in mine for b in theirs)


def _numbers_agree(one: Claim, other: Claim) -> bool:
    """Whether no number is given differently by the two."""
    names = ("amount", "currency", "quantity", "share_of_gdp")
    pairs = ((getattr(one.values, n), getattr(other.values, n)) for n in names)
    return all(a is None or b is None or a == b for a, b in pairs)


def _singled_out(one: Claim, other: Claim, shared: Mapping[str, frozenset[str]]) -> bool:
    """Whether what two claims agree on is enough to mean one event.

    The same day is; the same month with another common filler than the agents; the same year, or no time
    on one side, with a thing in common that the reference data knows and that is no place (a named
    agreement, exercise, command). Sides alone meet too often.
    """
    finest = {precision(one.time), precision(other.time)}
    if finest == {"day"}:
        return True
    if finest <= {"day", "month"} and shared:
        return True
    known = {f.entity.iri for role, fs in one.roles if role not in PLACES for f in fs if f.entity.reference}
    return any(known & common for role, common in shared.items() if role not in PLACES)
