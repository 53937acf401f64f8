"""Publication into the stores of other servers: a version is loaded into one of them, which then has it whole.

Each graph is put by the graph store protocol, but for those that the store has already; so one more document costs
what it changes. First the mark of the version before goes, and last comes the triple that makes that of the new
one whole.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.archive import sums
from kg.endpoint import Endpoint
from kg.history import history
from kg.manifest import manifest_of
from kg.packed import Packed
from kg.publish.before import NoGraphsError, published_graphs
from kg.publish.quads import lines_of
from kg.store_elsewhere import MARK, marked_sums, version_at
from kg.terms import PREFIXES

PART = ox.NamedNode(PREFIXES["dcterms"] + "hasPart")
SUM = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
CURRENT = ox.NamedNode(PREFIXES["dcat"] + "hasCurrentVersion")


class NoSlotError(ValueError):
    """A version that cannot be loaded anywhere: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was done: the version, the address that has it, and how many graphs were put and removed."""

    version: str
    address: str
    put: int = 0
    removed: int = 0


def load(dist: Path, slots: tuple[Endpoint, ...], grace: float) -> Loaded:
    """Load the current version of a folder into the slot that is not served, or into the only one.

    What was asked of that slot has `grace` seconds to end. Loading what is loaded already changes nothing.
    Raises NoSlotError, and EndpointError; then the version before stays served from the other slot.
    """
    if not slots or not all(slot.graphs for slot in slots):
        raise NoSlotError("there is nowhere to publish: set ENTENTE_STORES and ENTENTE_STORES_GRAPHS")
    version = (dist / "current").resolve().name
    folder = dist / "versions" / version
    manifest = manifest_of(folder)
    try:
        graphs = published_graphs(folder, manifest)
    except NoGraphsError as error:
        raise NoSlotError(str(error)) from error
    base = manifest["base"]
    held = {slot: version_at(slot, base) for slot in slots}
    for slot, holds in held.items():
        if holds == version:
            return Loaded(version, slot.queries)
    order = {one.version: number for number, one in enumerate(history(dist))}
    slot = min(held, key=lambda one: order.get(held[one] or "", -1))
    return _Loading(slot, base, version).load(graphs, grace if held[slot] else 0)


@dataclass(frozen=True, slots=True)
class _Loading:
    """One version on its way into a slot."""

    slot: Endpoint
    base: str
    version: str

    def load(self, graphs: Mapping[str, Packed], grace: float) -> Loaded:
        """Load all graphs; what differs from what the slot has."""
        mark = f"{self.base}{MARK}"
        now = {name: held.hex() for name, held in sums(graphs).items()}
        had = marked_sums(self.slot, self.base)
        self.slot.delete(mark)
        time.sleep(grace)
        changed = [name for name in graphs if had.get(name) != now[name]]
        for name in changed:
            self.slot.put(name, graphs[name].lines)
        gone = sorted(had.keys() - graphs.keys())
        for name in gone:
            self.slot.delete(name)
        named = ox.NamedNode(f"{self.base}dataset/{self.version}")
        parts = [ox.Triple(named, PART, ox.NamedNode(name)) for name in graphs]
        told = [ox.Triple(ox.NamedNode(name), SUM, ox.Literal(one)) for name, one in now.items()]
        self.slot.put(mark, lines_of([*parts, *told]))
        self.slot.add(mark, lines_of([ox.Triple(ox.NamedNode(f"{self.base}dataset"), CURRENT, named)]))
        return Loaded(self.version, self.slot.queries, len(changed), len(gone))
