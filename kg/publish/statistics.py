"""Figures of a data set, counted from its lines: what VoID wants to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.publish.tally import Tally
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
    statements, subjects, objects, instances, entities = (Tally() for _ in range(5))
    begins = b"<" + own.encode()
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        statements.add(predicate, line)
        subjects.add(predicate, subject)
        objects.add(predicate, rest)
        if predicate == TYPE and rest.startswith(b"<"):
            instances.add(rest[:-3], subject)
        if subject.startswith(begins):
            entities.add(b"", subject)
    triples, by_predicate = statements.counted()
    distinct_subjects, with_subjects = subjects.counted()
    distinct_objects, with_objects = objects.counted()
    return Figures(
        triples=triples,
        subjects=distinct_subjects,
        objects=distinct_objects,
        entities=entities.counted()[0],
        classes={_iri(c): count for c, count in instances.counted()[1].items()},
        properties={
            _iri(p): Usage(count, with_subjects[p], with_objects[p]) for p, count in by_predicate.items()
        },
    )


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
