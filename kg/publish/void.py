"""The figures of the data set and of its parts in VoID: partitions, linksets, vocabularies, examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.iri import slug
from kg.packed import Packed
from kg.publish.counted import Counted
from kg.publish.dumps import LINKS, WHOLE
from kg.publish.statistics import Figures
from kg.publish.tables import Table, Value, fragment, short
from kg.terms import PREFIXES

EXAMPLES = 5


def sizes(found: Figures) -> Mapping[str, Value]:
    """How large a part of the data set is."""
    return {
        "void:triples": found.triples,
        "void:entities": found.entities,
        "void:distinctSubjects": found.subjects,
        "void:distinctObjects": found.objects,
        "void:classes": len(found.classes),
        "void:properties": len(found.properties),
    }


def partitions(base: str, name: str, found: Figures) -> Table:
    """How often each class and each property is used in a part of the data set."""
    of = f"{base}dataset" if name == WHOLE else fragment(base, name)
    tail = "" if name == WHOLE else f"{name}-"
    classes = {f"{base}dataset#{tail}class-{short(c, base)}": c for c in found.classes}
    properties = {f"{base}dataset#{tail}property-{short(p, base)}": p for p in found.properties}
    return {
        of: {"void:classPartition": list(classes), "void:propertyPartition": list(properties)},
        **{
            iri: {"rdf:type": "void:Dataset", "void:class": c, "void:entities": found.classes[c]}
            for iri, c in classes.items()
        },
        **{
            iri: {
                "rdf:type": "void:Dataset",
                "void:property": p,
                "void:triples": found.properties[p].triples,
                "void:distinctSubjects": found.properties[p].subjects,
                "void:distinctObjects": found.properties[p].objects,
            }
            for iri, p in properties.items()
        },
    }


def linksets(base: str, counted: Counted) -> Table:
    """The links to each other data set by property, and of these those that each source verified."""
    table: dict[str, dict[str, Value | Sequence[Value]]] = {}
    for link in counted.links:
        within, other = slug(link.graph.removeprefix(f"{base}graph/")), slug(link.space.partition("://")[2])
        tail, target = f"{short(link.predicate, base)}-{other}", fragment(base, f"to-{other}")
        iri = fragment(base, f"links-{within}-{tail}")
        table[iri] = {
            "rdf:type": "void:Linkset",
            "void:linkPredicate": link.predicate,
            "void:subjectsTarget": f"{base}dataset",
            "void:objectsTarget": target,
            "void:triples": link.triples,
        }
        if link.graph in counted.sources:
            whole = fragment(base, f"links-{LINKS}-{tail}")
            table[iri] |= {"dcterms:source": counted.sources[link.graph], "dcterms:isPartOf": whole}
        table[target] = {"rdf:type": "void:Dataset", "void:uriSpace": ox.Literal(link.space)}
    return table


def vocabularies(found: Figures) -> list[Value]:
    """The namespaces of the table of prefixes that classes and properties come from."""
    used = [*found.classes, *found.properties]
    return [space for space in sorted(PREFIXES.values()) if any(iri.startswith(space) for iri in used)]


def examples(graphs: Iterable[Packed], base: str) -> list[Value]:
    """A few things of which most is said, to try the names by."""
    counts, own = Counter[bytes](), f"<{base}id/".encode()
    for graph in graphs:
        for block in graph.blocks():
            counts.update(line[: line.index(b" ")] for line in block if line.startswith(own))
    most = sorted(counts, key=lambda subject: (-counts[subject], subject))[:EXAMPLES]
    return [subject.decode()[1:-1] for subject in most]
