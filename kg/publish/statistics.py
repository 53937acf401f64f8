"""Figures of a data set, counted from its lines: what VoID wants to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.publish.quads import Lines
from kg.terms import PREFIXES

TYPE = f"<{PREFIXES['rdf']}type>".encode()
LINKING = {
    f"{PREFIXES[prefix]}{name}"
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
    """The figures of triples, each given once; an entity is a subject whose IRI begins with `own`."""
    triples = 0
    used: Counter[bytes] = Counter()
    pairs: dict[str, set[tuple[bytes, int]]] = {"subjects": set(), "objects": set()}
    subjects: set[bytes] = set()
    instances: set[tuple[bytes, bytes]] = set()
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        triples += 1
        used[predicate] += 1
        subjects.add(subject)
        pairs["subjects"].add((predicate, hash(subject)))
        pairs["objects"].add((predicate, hash(rest)))
        if predicate == TYPE:
            instances.add((subject, rest[:-3]))
    by = {name: Counter(predicate for predicate, _ in found) for name, found in pairs.items()}
    classes = Counter(class_ for _, class_ in instances)
    return Figures(
        triples=triples,
        subjects=len(subjects),
        objects=len({value for _, value in pairs["objects"]}),
        entities=sum(subject.startswith(b"<" + own.encode()) for subject in subjects),
        classes={_iri(c): classes[c] for c in sorted(classes) if c.startswith(b"<")},
        properties={_iri(p): Usage(used[p], by["subjects"][p], by["objects"][p]) for p in sorted(used)},
    )


def links(graphs: Mapping[str, Lines], base: str) -> Mapping[tuple[str, str, str], int]:
    """How many links lead from things of ours to others: by graph, property, and namespace of the target."""
    found: Counter[tuple[str, str, str]] = Counter()
    for graph, lines in graphs.items():
        for predicate, target in _outward(lines, base.encode()):
            found[graph, predicate, _namespace(target)] += 1
    return dict(sorted(found.items()))


def sources(graphs: Mapping[str, Lines]) -> Mapping[str, str]:
    """The source of each graph that tells it of itself."""
    found: dict[str, str] = {}
    for graph, lines in graphs.items():
        told = f"<{graph}> <{PREFIXES['dcterms']}source> <".encode()
        if (line := next((line for line in lines if line.startswith(told)), None)) is not None:
            found[graph] = line[len(told) :].partition(b">")[0].decode()
    return found


def _outward(lines: Lines, base: bytes) -> Iterator[tuple[str, str]]:
    """The properties and targets of links."""
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        leads_out = rest.startswith(b"<") and not rest.startswith(b"<" + base)
        if leads_out and subject.startswith(b"<" + base) and _iri(predicate) in LINKING:
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
