"""Which claims tell of one happening, and under which IRI it stands.

Claims are merged when they match each other (see `kg.graph.matching`) and exactly the same others: one that could
as well belong to either of two events is merged with neither. That relation is an equivalence, so the result
depends on no order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, combinations

import msgspec
from msgspec.msgpack import encode

from kg.graph.held import Held
from kg.graph.matching import SPEECH, match
from kg.graph.memory import FORGETFUL, Memory, key
from kg.graph.vocabulary import Vocabulary
from kg.iri import Mint
from kg.model import Claim

TOGETHER = 256  # readings that are at hand while claims are compared


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its IRI, its event's, and the one that the event would have had alone (`own_event`)."""

    claim: Claim
    iri: str
    event: str
    own_event: str


@dataclass(frozen=True, slots=True)
class Named:
    """The same without the claim, but with a hash of it."""

    iri: str
    event: str
    own_event: str
    sum: bytes


@dataclass(frozen=True, slots=True)
class Brief:
    """What has to be known of each claim, even where nothing has changed: its names, its block, and a hash of it."""

    iri: str
    own_event: str
    block: bytes
    sum: bytes


def identify(
    given: Iterable[Held],
    mint: Mint,
    vocabulary: Vocabulary,
    before: Callable[[str], str | None] | None = None,
    memory: Memory = FORGETFUL,
    compared: Memory | None = None,
) -> dict[str, tuple[Named, ...]]:
    """Each document's claims, in the order of its text, with the events they tell of.

    An event is named by a hash of its first claim, documents in the order of their names. `before` gives
    for the IRI of a claim the one that its event had in the version before, which is kept. `memory` is that of
    earlier calls with the same ontology, `compared` (where it is another) that of those with the same reference data,
    too; readings that both had are not read again unless a new claim may tell of the same event as one of theirs.
    """
    ordered = sorted(given, key=lambda one: one.name)
    told = [_briefs(one, mint, vocabulary, memory) for one in ordered]
    starts = list(accumulate(map(len, told), initial=0))
    claims = [brief for briefs in told for brief in briefs]
    reading = lru_cache(TOGETHER)(lambda n: ordered[n].reading())

    def claim(position: int) -> Claim:
        n = bisect_right(starts, position) - 1
        return reading(n).claims[position - starts[n]]

    groups = _groups(
        [brief.block for brief in claims], _Matching(claims, claim, vocabulary, compared or memory)
    )
    own = [brief.own_event for brief in claims]
    events = _events(groups, own, [before and before(brief.iri) for brief in claims])
    found = [Named(b.iri, events[i], b.own_event, b.sum) for i, b in enumerate(claims)]
    return {one.name: tuple(found[starts[n] : starts[n + 1]]) for n, one in enumerate(ordered)}


_BRIEFS: msgspec.msgpack.Decoder[tuple[Brief, ...]] = msgspec.msgpack.Decoder(tuple[Brief, ...])
_NEAR: msgspec.msgpack.Decoder[tuple[list[bytes], list[list[int]]]] = msgspec.msgpack.Decoder(
    tuple[list[bytes], list[list[int]]]
)


def _briefs(held: Held, mint: Mint, vocabulary: Vocabulary, memory: Memory) -> tuple[Brief, ...]:
    """What has to be known of each claim of a reading, from memory where it is there."""
    name = key("briefs", mint.base, held.sum)
    content = memory.content(name)
    if content is None:
        claims = held.reading().claims
        blocks = (sha256(encode(block_of(claim, vocabulary))).digest()[:16] for claim in claims)
        sums = (sha256(encode(claim)).digest()[:16] for claim in claims)
        content = encode(list(map(Brief, *minted(claims, mint), blocks, sums)))
        memory.put(name, content)
    return _BRIEFS.decode(content)


class _Matching:
    """Finds which claims of a block match; pairs that were compared before are not compared again."""

    def __init__(
        self, briefs: Sequence[Brief], claim: Callable[[int], Claim], vocabulary: Vocabulary, memory: Memory
    ) -> None:
        self._briefs, self._claim, self._vocabulary, self._memory = briefs, claim, vocabulary, memory

    def __call__(self, block: Sequence[int]) -> dict[int, frozenset[int]]:
        """For each claim of a block, by position, itself and those that match it."""
        sums = [self._briefs[i].sum for i in block]
        name = key("near", self._briefs[block[0]].block)
        content = self._memory.content(name)
        before, near = _NEAR.decode(content) if content is not None else ([], [])
        if before != sums:
            near = self._compared(block, sums, {one: n for n, one in enumerate(before)}, near)
            self._memory.put(name, encode((sums, near)))
        return {i: frozenset(block[n] for n in near[m]) for m, i in enumerate(block)}

    def _compared(
        self,
        block: Sequence[int],
        sums: Sequence[bytes],
        before: Mapping[bytes, int],
        near: Sequence[list[int]],
    ) -> list[list[int]]:
        known = [before.get(one) for one in sums]
        found = [{m} for m in range(len(block))]
        for m, n in combinations(range(len(block)), 2):
            one, other = known[m], known[n]
            if one is not None and other is not None and one != other:
                matching = other in near[one]
            else:
                matching = match(self._claim(block[m]), self._claim(block[n]), self._vocabulary)
            if matching:
                found[m].add(n)
                found[n].add(m)
        return [sorted(some) for some in found]


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

    def near(block: Sequence[int]) -> dict[int, frozenset[int]]:
        return {
            i: frozenset(j for j in block if i == j or match(claims[i], claims[j], vocabulary)) for i in block
        }

    return _groups([block_of(claim, vocabulary) for claim in claims], near)


def _groups(
    blocks_of: Iterable[object], near: Callable[[Sequence[int]], Mapping[int, frozenset[int]]]
) -> list[list[int]]:
    blocks: dict[object, list[int]] = defaultdict(list)
    for i, block in enumerate(blocks_of):
        blocks[block].append(i)
    groups: list[list[int]] = []
    for members in blocks.values():
        if len(members) == 1:
            groups.append(members)
            continue
        twins: dict[frozenset[int], list[int]] = defaultdict(list)
        matching = near(members)
        for i in members:
            twins[matching[i]].append(i)
        groups += twins.values()
    return sorted(groups)


def block_of(claim: Claim, vocabulary: Vocabulary) -> object:
    """What claims of one event have in common at least: the type, and the quote or the sides."""
    if claim.type == SPEECH:
        return claim.type, claim.evidence.exact, _sides(claim, vocabulary, "speaker")
    roles = sorted(role for role, _ in claim.roles if role in vocabulary.agent_roles)
    sides = tuple((role, _sides(claim, vocabulary, role)) for role in roles)
    return (claim.type, sides) if sides else (claim.type, claim.document, claim.evidence)


def _sides(claim: Claim, vocabulary: Vocabulary, role: str) -> tuple[str, ...]:
    return tuple(sorted({vocabulary.side(f) for f in claim.fillers(role)}))
