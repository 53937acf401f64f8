"""What a document has mentioned so far, and how present each thing is in the reader's mind.

A mention makes a thing present, a subject more so than a place; presence halves with every so many tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from kg.annotated import Referent
from kg.model import Entity

HALF = 45  # tokens after which a mention weighs half, for a description; a pronoun reaches less far
NEAR = 20
PARALLEL = 1.5  # how much more a subject weighs where a subject is looked for: 'It' goes on with who acted
REACH = 500  # tokens behind which nothing is found any more


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention: what, where in the running count of tokens, in which clause, and with what weight."""

    referent: Referent
    at: int
    clause: int
    weight: float
    subject: bool = False
    plural: bool = False

    @property
    def entity(self) -> Entity:
        """The thing mentioned."""
        if self.referent.entity is None:
            raise ValueError(f"{self.referent}: only what names something can be noted")
        return self.referent.entity


@dataclass(frozen=True, slots=True)
class Group:
    """Several things named together: 'Japan and Australia', or who met whom; `subject` where they do something."""

    at: int
    members: tuple[Referent, ...]
    subject: bool = False


@dataclass(slots=True)
class Memory:
    """Mentions and groups in the order of the text; `count` runs over the tokens of all passages."""

    seen: list[Seen] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    organs: dict[str, Referent] = field(
        default_factory=dict
    )  # whose organ was spoken of last: 'the German cabinet'
    owners: dict[str, tuple[Referent, ...]] = field(
        default_factory=dict
    )  # by noun, whose arms and soldiers were spoken of, if they are always the same's
    count: int = 0

    def own(self, noun: str, owners: Iterable[Referent]) -> None:
        """Takes in whose arms or soldiers a noun tells, so that 'the bombers' are theirs; of several, nobody's."""
        told = tuple(distinct(owners))
        known = self.owners.setdefault(noun, told)
        if [r.entity for r in known] != [r.entity for r in told]:
            self.owners[noun] = ()

    def note(self, seen: Seen) -> None:
        """Takes in a mention."""
        self.seen.append(seen)

    def together(self, members: Iterable[Referent], subject: bool = False) -> None:
        """Takes in a group, if it is one."""
        found = distinct(members)
        if len(found) > 1:
            self.groups.append(Group(self.count, tuple(found), subject))

    def recent(self, fits: Callable[[Seen], bool]) -> list[Seen]:
        """The mentions within reach, the last first."""
        near = takewhile(lambda s: self.count - s.at <= REACH, reversed(self.seen))
        return [s for s in near if fits(s)]

    def most_present(self, fits: Callable[[Seen], bool]) -> Referent | None:
        """The last mention of the thing most present among those that fit; None where none does."""
        weights: dict[str, float] = {}
        last: dict[str, Referent] = {}
        for s in self.recent(fits):
            iri = s.entity.iri
            weights[iri] = weights.get(iri, 0.0) + s.weight * 0.5 ** ((self.count - s.at) / HALF)
            last.setdefault(iri, s.referent)
        return last[max(weights, key=lambda iri: weights[iri])] if weights else None

    def nearest(self, fits: Callable[[Seen], bool], subject: bool = False) -> Referent | None:
        """The mention that weighs most for a pronoun (`subject`: that is one): near, and prominent in its
        clause; None where none fits."""

        def weight(s: Seen) -> float:
            parallel = PARALLEL if subject and s.subject else 1.0
            return parallel * s.weight * float(0.5 ** ((self.count - s.at) / NEAR))

        best = max(self.recent(fits), key=weight, default=None)
        return best.referent if best else None

    def last_distinct(self, fits: Callable[[Referent], bool], within: int = REACH) -> list[Referent]:
        """The different things mentioned last, the last first."""
        return distinct(
            s.referent for s in self.recent(lambda s: fits(s.referent)) if self.count - s.at <= within
        )


def distinct(referents: Iterable[Referent]) -> list[Referent]:
    """Referents without repetition, by the thing they stand for."""
    found: dict[str, Referent] = {}
    for r in referents:
        if r.entity is not None:
            found.setdefault(r.entity.iri, r)
    return list(found.values())
