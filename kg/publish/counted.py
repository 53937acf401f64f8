"""The figures of a whole version, counted anew or brought up to date by what has changed.

What has changed is looked up in the store of the version before: whether what is gone was said elsewhere, too, and
whether what is new was said already. So one more document costs what it changes, and the figures are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import msgspec
import pyoxigraph as ox

from kg.packed import Packed
from kg.publish.changes import Difference
from kg.publish.dumps import CLAIMS, WHOLE, part_of
from kg.publish.quads import quads
from kg.publish.statistics import Figures, Usage, figures, links, source
from kg.store import Store
from kg.terms import PREFIXES

TYPE = PREFIXES["rdf"] + "type"
FEW = 16  # graphs that are asked one by one; of more, all of the store is asked

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Key = tuple[Term | None, Term | None, Term | None]  # of triples: what is None is any


@dataclass(frozen=True, slots=True)
class Link:
    """How many links of a property lead from a graph into a namespace."""

    graph: str
    predicate: str
    space: str
    triples: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of each part and of the whole, the links to elsewhere, and the sources of graphs."""

    parts: Mapping[str, Figures] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, graphs: Mapping[str, Packed], default_graphs: Collection[str], base: str) -> Counted:
        """The figures of graphs."""
        found = {
            part: figures(chain.from_iterable(graphs[name].each() for name in names), base)
            for part, names in members(graphs, default_graphs, base).items()
        }
        counted = Counter[tuple[str, str, str]]()
        for graph in graphs:
            for (predicate, space), count in links(graphs[graph].each(), base).items():
                counted[graph, predicate, space] = count
        told = ((graph, source(graph, graphs[graph].each())) for graph in graphs)
        return cls(found, _links(counted), {graph: one for graph, one in told if one})

    @classmethod
    def restored(cls, told: object) -> Counted:
        """The figures that a manifest tells; raises msgspec.ValidationError."""
        return msgspec.convert(told, cls)

    @property
    def stored(self) -> object:
        """The figures as a manifest tells them."""
        return msgspec.to_builtins(self)

    def followed(
        self,
        difference: Difference,
        before: Store,
        graphs: Mapping[str, Packed],
        default_graphs: Collection[str],
        base: str,
    ) -> Counted:
        """The figures of graphs that differ so from those of a store, of which these are the figures."""
        were = {*before.graphs()} - {f"{base}graph/dataset"}
        old, new = members(were, default_graphs, base), members(graphs, default_graphs, base)
        parts = dict[str, Figures]()
        for part, names in new.items():
            if part not in self.parts:
                parts[part] = figures(chain.from_iterable(graphs[name].each() for name in names), base)
            else:
                touched = {*names, *old.get(part, ())} & {*difference.added, *difference.removed}
                one = _Following(self.parts[part], before, {*old.get(part, ())}, base)
                parts[part] = one.after(difference, touched) if touched else self.parts[part]
        counted = Counter({(one.graph, one.predicate, one.space): one.triples for one in self.links})
        for lines_by_graph, sign in ((difference.added, 1), (difference.removed, -1)):
            for graph, lines in lines_by_graph.items():
                for (predicate, space), count in links(lines, base).items():
                    counted[graph, predicate, space] += sign * count
        kept = {graph: one for graph, one in self.sources.items() if graph not in difference.added}
        changed = (
            (graph, source(graph, graphs[graph].each())) for graph in difference.added if graph in graphs
        )
        told = kept | {graph: one for graph, one in changed if one}
        return Counted(parts, _links(counted), dict(sorted(told.items())))


def members(graphs: Iterable[str], default_graphs: Collection[str], base: str) -> dict[str, list[str]]:
    """The graphs of each part that figures are told of: all claims as one, and last the whole, which is what a
    query sees that names no graph.
    """
    found: dict[str, list[str]] = {}
    held = list(graphs)
    for graph in held:
        part = part_of(graph.removeprefix(f"{base}graph/"))
        found.setdefault(CLAIMS if part.startswith(f"{CLAIMS}-") else part, []).append(graph)
    return found | {WHOLE: [graph for graph in default_graphs if graph in {*held}]}


def _links(counted: Mapping[tuple[str, str, str], int]) -> tuple[Link, ...]:
    return tuple(Link(*of, count) for of, count in sorted(counted.items()) if count)


class _Following:
    """Brings the figures of some graphs up to date."""

    def __init__(self, figures_: Figures, before: Store, graphs: Collection[str], base: str) -> None:
        self._figures, self._before, self._graphs, self._base = figures_, before, graphs, base

    def after(self, difference: Difference, touched: Collection[str]) -> Figures:
        """The figures once the graphs that are touched have changed."""
        added, removed = (
            list(quads({name: lines[name] for name in touched if name in lines}))
            for lines in (difference.added, difference.removed)
        )
        changed = _Changed(self._before, self._graphs, added, frozenset(removed))
        statements = changed.by(lambda q: (q.subject, q.predicate, q.object))
        subjects = changed.by(lambda q: (q.subject, None, None))
        objects = changed.by(lambda q: (None, None, q.object))
        used = {p: (u.triples, u.subjects, u.objects) for p, u in self._figures.properties.items()}
        counts = [Counter({p: told[n] for p, told in used.items()}) for n in range(3)]
        classes = Counter(self._figures.classes)
        for (_, predicate, value), change in statements.items():
            counts[0][_iri(predicate)] += change
            if _iri(predicate) == TYPE and isinstance(value, ox.NamedNode):
                classes[value.value] += change
        for (_, predicate, _), change in changed.by(lambda q: (q.subject, q.predicate, None)).items():
            counts[1][_iri(predicate)] += change
        for (_, predicate, _), change in changed.by(lambda q: (None, q.predicate, q.object)).items():
            counts[2][_iri(predicate)] += change
        return Figures(
            triples=self._figures.triples + sum(statements.values()),
            subjects=self._figures.subjects + sum(subjects.values()),
            objects=self._figures.objects + sum(objects.values()),
            entities=self._figures.entities
            + sum(change for (one, _, _), change in subjects.items() if _iri(one).startswith(self._base)),
            classes={c: count for c, count in sorted(classes.items()) if count},
            properties={p: Usage(*(c[p] for c in counts)) for p in sorted(counts[0]) if counts[0][p]},
        )


class _Changed:
    """What some graphs have after a change that they had not before, and the other way round."""

    def __init__(
        self, before: Store, graphs: Collection[str], added: list[ox.Quad], removed: frozenset[ox.Quad]
    ) -> None:
        self._before, self._graphs, self._added, self._removed = before, graphs, added, removed

    def by(self, key: Callable[[ox.Quad], Key]) -> Mapping[Key, int]:
        """Of the keys of what was added or removed those that came (1) or went (-1)."""
        came, went = {key(quad) for quad in self._added}, {key(quad) for quad in self._removed}
        found = dict[Key, int]()
        for one in went - came:
            if all(quad in self._removed for quad in self._matching(one)):
                found[one] = -1
        for one in came - went:
            if next(self._matching(one), None) is None:
                found[one] = 1
        return found

    def _matching(self, key: Key) -> Iterator[ox.Quad]:
        """What the graphs held of a key before."""
        if len(self._graphs) > FEW:
            return (
                q for q in self._before.matching(key) if getattr(q.graph_name, "value", "") in self._graphs
            )
        return chain.from_iterable(self._before.matching(key, graph) for graph in self._graphs)


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
