"""Names that the data set no longer uses, why, and what stands in their place: they are told, not forgotten.

A name that is used again is no longer withdrawn.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import yaml

from kg.iri import Mint
from kg.packed import Packed
from kg.publish.changes import Difference
from kg.publish.quads import Lines, each, lines_of
from kg.store import Store
from kg.terms import PREFIXES

NOTE, DEPRECATED = PREFIXES["skos"] + "changeNote", PREFIXES["owl"] + "deprecated"
REPLACED, LAST = PREFIXES["dcterms"] + "isReplacedBy", PREFIXES["dcterms"] + "hasVersion"
ABOUT = ("dataset", "withdrawn")  # graphs about the data set, not of it
TRUE = ox.Literal("true", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a document was withdrawn, in the operator's words, and the name of the document that replaces it."""

    reason: str = ""
    replaced_by: str | None = None


def read_reasons(path: Path) -> Mapping[str, Withdrawal]:
    """Why documents were withdrawn, by their names, from a file of YAML; none where there is no such file.

    Raises ValueError, saying what the file has to be, for any other.
    """
    if not path.is_file():
        return {}
    try:
        told = yaml.safe_load(path.read_text("utf-8")) or {}
        return {str(name): Withdrawal(**entry) for name, entry in told.items()}
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        raise ValueError("names of documents, each with 'reason' and perhaps 'replaced_by'") from error


@dataclass(frozen=True, slots=True)
class State:
    """What a version holds: its identifier, its graphs, and the IRIs of its documents by their names."""

    version: str
    graphs: Mapping[str, Lines | Packed]
    documents: Mapping[str, str] = field(default_factory=dict)
    _own: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def own(self, base: str) -> frozenset[str]:
        """The names of ours that it uses, found out once: what it says something of, its graphs, its documents.

        Fragments (terms, stretches of text) are none: they come and go with the document that they are of. Nor
        is what is said of names that were withdrawn, or of the data set as a whole.
        """
        if base not in self._own:
            self._own[base] = frozenset(self._names(base))
        return self._own[base]

    def _names(self, base: str) -> Iterator[str]:
        about, own = {f"{base}graph/{name}" for name in ABOUT}, b"<" + base.encode()
        data = {name: held for name, held in self.graphs.items() if name not in about}
        for held in data.values():
            last = b"\n"
            for line in each(held):
                if not line.startswith(last):
                    subject = line[: line.index(b" ") + 1]
                    last = subject
                    if subject.startswith(own) and b"#" not in subject:
                        yield subject[1:-2].decode()
        yield from (n for n in (*data, *self.documents.values()) if n.startswith(base) and "#" not in n)


def spoken_of(
    difference: Difference, before: Store, versions: tuple[str, str], graphs: Collection[str], base: str
) -> tuple[State, State]:
    """Of a version and of the next, what they hold of all that is spoken of in a line that only one of them has.

    The difference is that of all graphs but those about the data set; `graphs` are the names of those of the next.
    """
    both = (*difference.added.values(), *difference.removed.values())
    subjects = {line.split(b" ", 1)[0] for lines in both for line in lines}
    about = {Mint(base).graph(name) for name in ABOUT}
    beside: dict[str, list[ox.Triple]] = {}
    for subject in subjects:
        for quad in before.about(subject[1:-1].decode()) if subject.startswith(b"<") else ():
            beside.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad.triple)
    told = {name: set(lines_of(triples)) for name, triples in beside.items()}
    old: dict[str, Lines] = {n: sorted(told.get(n, ())) for n in before.graphs() if n not in about}
    new = {n: sorted(_after(n, told.get(n, set()), difference)) for n in graphs if n not in about}
    gone = Mint(base).graph("withdrawn")
    old[gone] = lines_of(before.triples(gone))
    return State(versions[0], old), State(versions[1], new)


def _after(graph: str, lines: set[bytes], difference: Difference) -> set[bytes]:
    """The lines of a graph after what has changed."""
    return lines.difference(difference.removed.get(graph, ())).union(difference.added.get(graph, ()))


def names_between(before: State | None, now: State, base: str) -> bytes:
    """The file of names that a version uses and the one before did not, and the other way round."""
    new, old = now.own(base), before.own(base) if before else frozenset[str]()
    lines = [*(f"+{name}\n" for name in sorted(new - old)), *(f"-{name}\n" for name in sorted(old - new))]
    return gzip.compress("".join(lines).encode(), mtime=0)


def withdrawn(before: State, now: State, base: str, reasons: Mapping[str, Withdrawal]) -> Lines:
    """The triples of the graph of withdrawn names: those of the version before that still are, and new ones.

    `reasons` are given for documents, by their names.
    """
    mint = Mint(base)
    earlier = before.graphs.get(mint.graph("withdrawn"), ())
    names = now.own(base)
    lasting = [line for line in each(earlier) if line.split(b" ", 1)[0][1:-1].decode() not in names]
    told = _Telling(mint, before, now, reasons)
    gone = sorted(before.own(base) - names)
    return sorted({*lasting, *lines_of(triple for name in gone for triple in told.triples(name))})


class _Telling:
    """Tells of names that are gone."""

    def __init__(self, mint: Mint, before: State, now: State, reasons: Mapping[str, Withdrawal]) -> None:
        self._mint, self._before, self._reasons = mint, before, reasons
        gone = {iri: name for name, iri in before.documents.items() if iri not in now.documents.values()}
        self._documents = gone
        self._told_in = {
            subject: iri
            for iri, name in gone.items()
            for subject in _subjects(before.graphs.get(mint.claims(name), ()))
        } | {mint.claims(name): iri for iri, name in gone.items()}
        self._merged = _successors(_events(before, mint), _events(now, mint))

    def triples(self, name: str) -> Iterator[ox.Triple]:
        """What is said of a name that is gone."""
        subject = ox.NamedNode(name)
        path = name.removeprefix(self._mint.base)
        last = f"{self._mint.base}dataset/{self._before.version}/{path}"
        yield ox.Triple(subject, ox.NamedNode(DEPRECATED), TRUE)
        yield ox.Triple(subject, ox.NamedNode(NOTE), ox.Literal(self._reason(name), language="en"))
        yield ox.Triple(subject, ox.NamedNode(LAST), ox.NamedNode(last))
        for other in self._replacements(name):
            yield ox.Triple(subject, ox.NamedNode(REPLACED), ox.NamedNode(other))

    def _reason(self, name: str) -> str:
        """Why a name is gone, in a sentence."""
        if name in self._documents:
            given = self._reasons.get(self._documents[name], Withdrawal()).reason
            return given or "The document was withdrawn."
        if name in self._merged:
            return "What was published as an event of its own has turned out to be another one."
        if name in self._told_in:
            return f"It was told in a document that was withdrawn: <{self._told_in[name]}>."
        if name.startswith(self._mint.base + "id/event/"):
            return "No claim that is published tells of it any more."
        return "Nothing that is published speaks of it any more."

    def _replacements(self, name: str) -> Iterable[str]:
        if name in self._documents:
            other = self._reasons.get(self._documents[name], Withdrawal()).replaced_by
            return [self._mint.document(other)] if other else []
        return self._merged.get(name, ())


def _subjects(held: Lines | Packed) -> set[str]:
    return {line.split(b" ", 1)[0][1:-1].decode() for line in each(held)}


def _events(state: State, mint: Mint) -> dict[str, str]:
    """The event of each claim."""
    claims = b"<%b>" % mint.term("claims").encode()
    parted = (line.split(b" ", 2) for held in state.graphs.values() for line in each(held) if claims in line)
    return {s[1:-1].decode(): o[1:-4].decode() for s, p, o in parted if p == claims}


def _successors(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The events that now stand for one that is gone: those that its claims tell of."""
    found: dict[str, set[str]] = {}
    for claim, event in before.items():
        if claim in now:
            found.setdefault(event, set()).add(now[claim])
    return {event: tuple(sorted(others)) for event, others in found.items() if others != {event}}
