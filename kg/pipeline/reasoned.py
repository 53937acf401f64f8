"""What reasoning has come to in a build."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg import reason
from kg.packed import Packed, to_triples


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The engine over what is asserted, and how far its derivations are those of what was kept.

    `of` names what was reasoned over. The derivations of `before` differ in those of the `changed` triples only; it is
    empty where nothing was kept.
    """

    engine: reason.Engine
    asserted: Packed
    of: str = ""
    before: str = ""
    changed: tuple[reason.Triple, ...] = ()

    def with_data(self, asserted: Packed) -> Reasoned:
        """The same over other data."""
        self.engine.remove(to_triples(self.asserted.minus(asserted)))
        self.engine.add(to_triples(asserted.minus(self.asserted)))
        return replace(self, asserted=asserted)
