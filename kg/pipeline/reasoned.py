"""What reasoning has come to in a build."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg import closed, reason
from kg.packed import Packed, to_triples


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The engine over what is asserted, and how far its derivations are those of what was kept.

    `edition` names all that they depend on besides what is asserted. The derivations of `before` differ in those of
    the `changed` triples only. Both are empty where nothing was kept.
    """

    engine: reason.Engine
    asserted: Packed
    edition: str = ""
    before: str = ""
    changed: tuple[reason.Triple, ...] = ()

    @property
    def of(self) -> str:
        """A name for what was reasoned over."""
        return closed.name(self.edition, self.asserted)

    def with_data(self, asserted: Packed) -> Reasoned:
        """The same over other data."""
        self.engine.remove(to_triples(self.asserted.minus(asserted)))
        self.engine.add(to_triples(asserted.minus(self.asserted)))
        return replace(self, asserted=asserted)
