"""Figures of a data set, counted from its lines: what VoID wants to know."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kg.terms import PREFIXES

TYPE = f"<{PREFIXES['rdf']}type>".encode()
LINKING = {
    f"<{PREFIXES[prefix]}{name}>".encode()
    for prefix, names in {
        "owl": ("sameAs", "equivalentClass", "equivalentProperty"),
        "skos": ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
        "rdfs": ("subClassOf", "subPropertyOf", "seeAlso"),
    }.items()
    for name in names
}


@dataclass(frozen=True, slots=True)
class Usage:
    """How a property is used: in how many triples, of how many subjects, with how many values."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of triples; classes and properties by their IRIs, in alphabetical order."""

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, Usage]


def figures(lines: Iterable[bytes], own: str) -> Figures:
    """The figures of triples, each counted once; an entity is a subject whose IRI begins with `own`."""
    statements, subjects, objects, instances = (_by_term() for _ in range(4))
    entities, begins = _hashes(), b"<" + own.encode()
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        statements[predicate].append(hash(line))
        subjects[predicate].append(hash(subject))
        objects[predicate].append(hash(rest))
        if predicate == TYPE:
            instances[rest[:-3]].append(hash(subject))
        if subject.startswith(begins):
            entities.append(hash(subject))
    return Figures(
        triples=sum(map(_distinct, statements.values())),
        subjects=_distinct(*subjects.values()),
        objects=_distinct(*objects.values()),
        entities=_distinct(entities),
        classes={_iri(c): _distinct(instances[c]) for c in sorted(instances) if c.startswith(b"<")},
        properties={
            _iri(p): Usage(_distinct(statements[p]), _distinct(subjects[p]), _distinct(objects[p]))
            for p in sorted(statements)
        },
    )


def _hashes() -> array:  # type: ignore[type-arg]  # which an array takes only from Python 3.12 on
    """Hashes of things, eight bytes for each: there may be very many."""
    return array("q")


def _by_term() -> defaultdict[bytes, array]:  # type: ignore[type-arg]  # as above
    return defaultdict(_hashes)


def _distinct(*hashes: array) -> int:  # type: ignore[type-arg]  # as above
    """How many different things there are by their hashes."""
    held = [np.frombuffer(one, np.int64) for one in hashes if one]
    return len(np.unique(np.concatenate(held))) if held else 0


def links(lines: Iterable[bytes], base: str) -> Counter[tuple[str, str]]:
    """How many links lead from things of ours to others: by property, and namespace of the target."""
    return Counter((predicate, _namespace(target)) for predicate, target in _outward(lines, base.encode()))


def source(graph: str, lines: Iterable[bytes]) -> str | None:
    """The source of a graph, where it tells it of itself; the first where it tells several."""
    told = f"<{graph}> <{PREFIXES['dcterms']}source> <".encode()
    found = next((line for line in lines if line.startswith(told)), None)
    return found[len(told) :].partition(b">")[0].decode() if found else None


def _outward(lines: Iterable[bytes], base: bytes) -> Iterator[tuple[str, str]]:
    """The properties and targets of links."""
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        leads_out = rest.startswith(b"<") and not rest.startswith(b"<" + base)
        if predicate in LINKING and leads_out and subject.startswith(b"<" + base):
            yield _iri(predicate), _iri(rest[:-3])


def _namespace(iri: str) -> str:
    """The namespace of an IRI: one of the table of prefixes, or what stands before its last part."""
    known = [space for space in PREFIXES.values() if iri.startswith(space)]
    if known:
        return max(known, key=len)
    plain = iri.rstrip("/")
    cut = max(plain.rfind("#"), plain.rfind("/")) + 1
    return plain[:cut]


def _iri(term: bytes) -> str:
    return term.decode()[1:-1]
