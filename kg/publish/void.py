"""The figures of the data set and of its parts in VoID: partitions, linksets, vocabularies, examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.iri import slug
from kg.publish.dumps import LINKS, WHOLE
from kg.publish.quads import Lines
from kg.publish.statistics import Figures, links, sources
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


def linksets(base: str, graphs: Mapping[str, Lines]) -> Table:
    """The links to each other data set by property, and of these those that each source verified."""
    table: dict[str, dict[str, Value | Sequence[Value]]] = {}
    verified_in = sources(graphs)
    for (graph, predicate, space), count in links(graphs, base).items():
        within, other = slug(graph.removeprefix(f"{base}graph/")), slug(space.partition("://")[2])
        tail, target = f"{short(predicate, base)}-{other}", fragment(base, f"to-{other}")
        iri = fragment(base, f"links-{within}-{tail}")
        table[iri] = {
            "rdf:type": "void:Linkset",
            "void:linkPredicate": predicate,
            "void:subjectsTarget": f"{base}dataset",
            "void:objectsTarget": target,
            "void:triples": count,
        }
        if graph in verified_in:
            whole = fragment(base, f"links-{LINKS}-{tail}")
            table[iri] |= {"dcterms:source": verified_in[graph], "dcterms:isPartOf": whole}
        table[target] = {"rdf:type": "void:Dataset", "void:uriSpace": ox.Literal(space)}
    return table


def vocabularies(found: Figures) -> list[Value]:
    """The namespaces of the table of prefixes that classes and properties come from."""
    used = [*found.classes, *found.properties]
    return [space for space in sorted(PREFIXES.values()) if any(iri.startswith(space) for iri in used)]


def examples(lines: Lines, base: str) -> list[Value]:
    """A few things of which most is said, to try the names by."""
    counts: dict[bytes, int] = {}
    for line in lines:
        subject = line.split(b" ", 1)[0]
        if subject.startswith(f"<{base}id/".encode()):
            counts[subject] = counts.get(subject, 0) + 1
    most = sorted(counts, key=lambda subject: (-counts[subject], subject))[:EXAMPLES]
    return [subject.decode()[1:-1] for subject in most]
