"""Writes: a change to a store is made in a copy of it, which becomes the data set only if all goes well."""

from __future__ import annotations

import gc
import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.conforming import conforming
from kg.engine.formats import GRAPH_FORMATS
from kg.engine.job import ALL, Chosen, Refusal
from kg.nesting import NestingError, check_nesting
from kg.outbound import OutboundError, permitted
from kg.sparql import DatasetConflictError, with_dataset, with_default_dataset
from kg.store import copy_store, settle
from kg.writes import writes_only


@dataclass(frozen=True, slots=True)
class Body:
    """A serialised graph to write: where it stands, and its media type."""

    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Change:
    """One write: from the store in `source` a new one is made in `target`, a folder that does not exist.

    `kind` is `update`, or `put`, `post` or `delete` for a graph; `graph` is its IRI, None for the default
    graph. `only` names the one graph that may differ afterwards, where there is such a rule. `merge_of` are the
    graphs that an update's patterns see as default graph where they name none; without, it is the store's own.
    `hosts` are those that SERVICE and LOAD may ask, and where they are if that is not where their name says.
    """

    kind: str
    source: str
    target: str
    seconds: float
    base: str = ""
    text: str = ""
    chosen: Chosen = ALL
    graph: str | None = None
    bodies: tuple[Body, ...] = ()
    only: str | None = None
    merge_of: tuple[str, ...] = ()
    hosts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A change made: whether the graph that it names was there before."""

    existed: bool


def make(change: Change) -> Written | Refusal:
    """Make a change; without a target folder, if it is refused."""
    target = Path(change.target)
    try:
        copy_store(Path(change.source), target)
        said = _apply(ox.Store(str(target)), change)
    except OutboundError as error:
        said = Refusal("forbidden", str(error))
    except SyntaxError as error:
        said = Refusal("syntax", error.msg)
    except (NestingError, DatasetConflictError) as error:
        said = Refusal("syntax", str(error))
    except MemoryError as error:  # the engine's own words are of a term that is larger than it reads
        said = Refusal("memory", f"the write has a term that is too large: {error}")
    except (OSError, RuntimeError, ValueError) as error:  # what the engine raises
        said = Refusal("engine", str(error))
    gc.collect()  # a store is closed, and its lock given up, when nothing refers to it
    if isinstance(said, Refusal):
        shutil.rmtree(target, ignore_errors=True)
    return said


def _apply(store: ox.Store, change: Change) -> Written | Refusal:
    graph = ox.NamedNode(change.graph) if change.graph else ox.DefaultGraph()
    if isinstance(graph, ox.NamedNode):
        existed = store.contains_named_graph(graph)
    else:
        existed = any(store.quads_for_pattern(None, None, None, graph))
    if change.kind == "update":
        _update(store, change)
    if change.kind in {"put", "delete"}:
        store.remove_graph(graph)
    if change.kind in {"put", "post"} and isinstance(graph, ox.NamedNode):
        store.add_graph(graph)
    for body in change.bodies:
        form = GRAPH_FORMATS[body.media_type].engine
        store.load(path=body.path, format=form, base_iri=change.base or None, to_graph=graph)
    if change.only and not _by_itself(change) and _others_differ(store, change):
        return Refusal("forbidden", f"only <{change.only}> may be written")
    settle(store, Path(change.target))
    return Written(existed)


def _update(store: ox.Store, change: Change) -> None:
    check_nesting(change.text)  # first of all, for it bounds what the rest may take
    text, chosen = permitted(change.text, change.hosts, change.base), change.chosen
    if chosen.default is not None or chosen.named is not None:
        text = with_dataset(text, chosen.default or (), chosen.named or ())
    elif change.merge_of:
        named = [graph.value for graph in store.named_graphs()]
        text = with_default_dataset(text, change.merge_of, named)
    store.update(conforming(text), base_iri=change.base or None)


def _by_itself(change: Change) -> bool:
    """Whether the change says by itself that it concerns no other graph; to look takes seconds for each million."""
    if change.kind == "update":
        return writes_only(change.text, change.only or "", change.base)
    return change.graph == change.only


def _others_differ(store: ox.Store, change: Change) -> bool:
    """Whether anything differs from before outside the one graph that may; stores keep quads in one order."""
    before = ox.Store.read_only(change.source)
    held = [sorted({g.value for g in one.named_graphs()} - {change.only}) for one in (before, store)]
    return held[0] != held[1] or _sums(before, held[0]) != _sums(store, held[0])


def _sums(store: ox.Store, names: Iterable[str]) -> list[bytes]:
    """A hash of each of some graphs, and of the default graph."""
    graphs: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph(), *map(ox.NamedNode, names)]
    sums = [_Sum() for _ in graphs]
    for graph, into in zip(graphs, sums, strict=True):
        store.dump(into, ox.RdfFormat.N_TRIPLES, from_graph=graph)  # type: ignore[arg-type]  # no more is asked of it than write and flush
    return [one.hash.digest() for one in sums]


class _Sum:
    """A file that keeps no more than the hash of what is written to it."""

    def __init__(self) -> None:
        self.hash = hashlib.blake2b()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
