"""Which claims tell of one happening, and under which IRI it stands.

Two claims may tell of one event when their types are equal, times and places compatible, and agents agree;
something must then single the event out (see `_singled_out`). Claims are merged when they match each other
and exactly the same others: one that could as well belong to either of two events is merged with neither.
That relation is an equivalence, so the result depends on no order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.times import compatible, precision
from kg.graph.vocabulary import Vocabulary
from kg.iri import Mint
from kg.model import Claim, Modality, Reading

PLACES = ("place", "destination")
SPEECH = "Statement"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its IRI, its event's, and the one that the event would have had alone (`own_event`)."""

    claim: Claim
    iri: str
    event: str
    own_event: str


def identify(
    readings: Iterable[Reading], mint: Mint, vocabulary: Vocabulary, before: Mapping[str, str] | None = None
) -> dict[str, tuple[Told, ...]]:
    """Each document's claims, in the order of its text, with the events they tell of.

    An event is named by a hash of its first claim, documents in the order of their names. `before` maps
    claims' IRIs to the IRIs that their events had in the version before, which are kept.
    """
    claims = [c for r in sorted(readings, key=lambda r: r.document.name) for c in r.claims]
    names, own = minted(claims, mint)
    events = _events(merged(claims, vocabulary), own, [(before or {}).get(name) for name in names])
    told: dict[str, list[Told]] = defaultdict(list)
    for i, claim in enumerate(claims):
        told[claim.document].append(Told(claim, names[i], events[i], own[i]))
    return {document: tuple(found) for document, found in told.items()}


def _events(
    groups: Sequence[Sequence[int]], own: Sequence[str], before: Sequence[str | None]
) -> dict[int, str]:
    """The event of each claim, by position: the one it had before where its group may keep that, else the
    own one of its group's first claim. Where a group has split, the event stays with the claim that named it.
    """
    namer = {event: i for i, event in enumerate(own)}
    events: dict[int, str] = {}
    taken: set[str] = set()
    for group in groups:
        kept = [
            e for e in (before[i] for i in group) if e and e not in taken and namer.get(e, group[0]) in group
        ]
        event = kept[0] if kept else own[group[0]]
        taken.add(event)
        events |= dict.fromkeys(group, event)
    return events


def minted(claims: Sequence[Claim], mint: Mint) -> tuple[list[str], list[str]]:
    """The IRI of each claim, and that of the event which it would have alone.

    They depend on the claims of its own document, and on their order, only.
    """
    hashes = _hashes(claims)
    return [mint.hashed("claim", *h) for h in hashes], [mint.hashed("event", *h) for h in hashes]


def _hashes(claims: Sequence[Claim]) -> list[tuple[str | int, ...]]:
    """What names a claim: its document, quote and type, and how many of the same stand before it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    hashes: list[tuple[str | int, ...]] = []
    for claim in claims:
        key = (claim.document, claim.evidence.exact, claim.type)
        hashes.append((*key, seen[key]))
        seen[key] += 1
    return hashes


def merged(claims: Sequence[Claim], vocabulary: Vocabulary) -> list[list[int]]:
    """The claims, by position, in groups that tell of one event each; groups and members in order.

    No group reaches beyond a block (see `block_of`).
    """
    blocks: dict[object, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        blocks[block_of(claim, vocabulary)].append(i)
    groups: list[list[int]] = []
    for block in blocks.values():
        near = {
            i: frozenset(j for j in block if i == j or _match(claims[i], claims[j], vocabulary))
            for i in block
        }
        twins: dict[frozenset[int], list[int]] = defaultdict(list)
        for i in block:
            twins[near[i]].append(i)
        groups += twins.values()
    return sorted(groups)


def block_of(claim: Claim, vocabulary: Vocabulary) -> object:
    """What claims of one event have in common at least: the type, and the quote or the sides."""
    if claim.type == SPEECH:
        return claim.type, claim.evidence.exact, _sides(claim, vocabulary, "speaker")
    roles = sorted(role for role, _ in claim.roles if role in vocabulary.agent_roles)
    sides = tuple((role, _sides(claim, vocabulary, role)) for role in roles)
    return (claim.type, sides) if sides else (claim.type, claim.document, claim.evidence)


def _sides(claim: Claim, vocabulary: Vocabulary, role: str) -> frozenset[str]:
    return frozenset(vocabulary.side(f) for f in claim.fillers(role))


def _match(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
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
