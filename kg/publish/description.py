"""The data set described for machines: VoID, DCAT 3 and PROV-O, counted from the data.

It is a graph of its own. Times, and figures that hang on the machine, are not in it: the server adds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg.iri import slug
from kg.publish.dumps import WHOLE, Part, Written
from kg.publish.quads import Lines, lines_of
from kg.publish.statistics import Figures, figures, links
from kg.terms import PREFIXES, prefixes, rebase

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FORMATS = "http://www.w3.org/ns/formats/"
FEATURES = ("Turtle", "N-Triples", "RDF_XML", "N-Quads", "TriG", "JSON-LD")
SHA256 = PREFIXES["spdx"] + "checksumAlgorithm_sha256"
EXAMPLES = 5

Value = str | int | ox.Literal
Table = Mapping[str, Mapping[str, Value | Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: a version, its graphs and files, and the documents that it was built from."""

    base: str
    version: str
    previous: str | None
    parts: Sequence[Part]
    dumps: Sequence[Written]
    documents: Sequence[str]
    words: Sequence[ox.Triple]  # what people say of the data set

    @property
    def licence(self) -> list[Value]:
        """The licence that people say it has."""
        name = ox.NamedNode(PREFIXES["dcterms"] + "license")
        found = (t.object for t in self.words if t.predicate == name)
        return [licence.value for licence in found if isinstance(licence, ox.NamedNode)]


def words(about: str, base: str) -> list[ox.Triple]:
    """What people say of the data set, from Turtle with the default base; raises SyntaxError."""
    return [q.triple for q in ox.parse(rebase(about, base), format=ox.RdfFormat.TURTLE, base_iri=base)]


def description(told: Described) -> Lines:
    """The triples of the description."""
    base = told.base
    whole = next(part for part in told.parts if part.name == WHOLE)
    counted = {
        part.name: figures(part.triples, base) for part in told.parts if not part.name.startswith("claims-")
    }
    claims = [line for part in told.parts if part.name.startswith("claims-") for line in part.triples]
    if claims:
        counted["claims"] = figures(dict.fromkeys(claims), base)
    tables = [
        _dataset(told, counted, whole),
        _version(told),
        _services(base),
        *(_subset(told, name, found) for name, found in counted.items() if name != WHOLE),
        *(_partitions(base, name, found) for name, found in counted.items()),
        _linksets(base, whole.graphs),
        *(_distribution(told, file) for file in told.dumps),
    ]
    return lines_of(set(chain(told.words, *(_triples(table, base) for table in tables))))


def _dataset(told: Described, counted: Mapping[str, Figures], whole: Part) -> Table:
    """The data set as a whole: its default graph, what it is made of, and the ways in."""
    base, found = told.base, counted[WHOLE]
    iri = f"{base}dataset"
    linksets = _linksets(base, whole.graphs)
    return {
        iri: {
            "rdf:type": ["void:Dataset", "dcat:Dataset", "schema:Dataset", "prov:Entity"],
            "void:uriSpace": ox.Literal(base),
            "void:sparqlEndpoint": f"{base}sparql",
            "void:dataDump": [_download(told, f) for f in told.dumps if f.part == WHOLE],
            "void:feature": [FORMATS + name for name in FEATURES],
            "void:documents": len(told.documents),
            "void:vocabulary": _vocabularies(found),
            "void:exampleResource": _examples(whole.triples, base),
            "void:subset": [*(_fragment(base, n) for n in counted if n != WHOLE), *linksets],
            "dcat:distribution": [_distribution_iri(told, f) for f in told.dumps],
            "dcat:landingPage": base,
            "dcat:version": ox.Literal(told.version),
            "dcat:hasCurrentVersion": f"{iri}/{told.version}",
            "dcterms:conformsTo": f"{base}ontology",
            "dcterms:identifier": ox.Literal(iri),
            "foaf:homepage": base,
            "prov:wasGeneratedBy": f"{iri}/{told.version}#build",
            **_figures(found),
        },
        base: {"rdf:type": "foaf:Document"},
        f"{base}ontology": {"rdf:type": "dcterms:Standard"},
        iri + "#catalogue": {
            "rdf:type": "dcat:Catalog",
            "dcterms:title": ox.Literal("Data sets of this server", language="en"),
            "dcterms:description": ox.Literal("The data set and the ways to ask it.", language="en"),
            "dcterms:publisher": iri + "#publisher",
            "dcat:dataset": iri,
            "dcat:service": iri + "#sparql",
        },
    }


def _version(told: Described) -> Table:
    """The version that this is, and how it came about."""
    iri = f"{told.base}dataset/{told.version}"
    before = {"dcat:previousVersion": f"{told.base}dataset/{told.previous}"} if told.previous else {}
    return {
        iri: {
            "rdf:type": ["dcat:Dataset", "prov:Entity"],
            "dcterms:title": ox.Literal(f"entente, version {told.version}", language="en"),
            "dcterms:description": ox.Literal("The data set as it was built, not to change.", language="en"),
            "dcterms:publisher": f"{told.base}dataset#publisher",
            "dcat:version": ox.Literal(told.version),
            "dcterms:isVersionOf": f"{told.base}dataset",
            "dcat:isVersionOf": f"{told.base}dataset",
            "prov:wasGeneratedBy": f"{iri}#build",
            **before,
        },
        f"{iri}#build": {
            "rdf:type": "prov:Activity",
            "rdfs:label": ox.Literal("the build of this version from documents, by rules", language="en"),
            "prov:used": [*told.documents, f"{told.base}graph/reference", f"{told.base}graph/lexicon"],
            "prov:wasAssociatedWith": f"{told.base}dataset#publisher",
        },
    }


def _services(base: str) -> Table:
    """The endpoint, whose own description is at its address."""
    return {
        f"{base}dataset#sparql": {
            "rdf:type": "dcat:DataService",
            "dcterms:title": ox.Literal("SPARQL 1.1 endpoint", language="en"),
            "dcat:endpointURL": f"{base}sparql",
            "dcat:endpointDescription": f"{base}sparql",
            "dcat:servesDataset": f"{base}dataset",
            "dcterms:conformsTo": "http://www.w3.org/TR/sparql11-protocol/",
        },
        "http://www.w3.org/TR/sparql11-protocol/": {"rdf:type": "dcterms:Standard"},
    }


def _subset(told: Described, name: str, found: Figures) -> Table:
    """A graph, or the graphs of all claims, as a part of the data set."""
    dumps = [f for f in told.dumps if f.part == name or (name == "claims" and f.part.startswith("claims-"))]
    return {
        _fragment(told.base, name): {
            "rdf:type": "void:Dataset",
            "dcterms:title": ox.Literal(name.replace("-", " "), language="en"),
            "dcterms:isPartOf": f"{told.base}dataset",
            "void:dataDump": [_download(told, f) for f in dumps],
            **_figures(found),
        }
    }


def _figures(found: Figures) -> Mapping[str, Value]:
    return {
        "void:triples": found.triples,
        "void:entities": found.entities,
        "void:distinctSubjects": found.subjects,
        "void:distinctObjects": found.objects,
        "void:classes": len(found.classes),
        "void:properties": len(found.properties),
    }


def _partitions(base: str, name: str, found: Figures) -> Table:
    """How often each class and each property is used in a part of the data set."""
    of = f"{base}dataset" if name == WHOLE else _fragment(base, name)
    tail = "" if name == WHOLE else f"{name}-"
    classes = {f"{base}dataset#{tail}class-{_short(c, base)}": c for c in found.classes}
    properties = {f"{base}dataset#{tail}property-{_short(p, base)}": p for p in found.properties}
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


def _linksets(base: str, graphs: Mapping[str, Lines]) -> Table:
    """The links to each other data set, by property."""
    table: dict[str, Mapping[str, Value | Sequence[Value]]] = {}
    for (graph, predicate, space), count in links(graphs, base).items():
        within, other = slug(graph.removeprefix(f"{base}graph/")), slug(space.partition("://")[2])
        target = f"{base}dataset#to-{other}"
        table[f"{base}dataset#links-{within}-{_short(predicate, base)}-{other}"] = {
            "rdf:type": "void:Linkset",
            "void:linkPredicate": predicate,
            "void:subjectsTarget": f"{base}dataset",
            "void:objectsTarget": target,
            "void:triples": count,
        }
        table[target] = {"rdf:type": "void:Dataset", "void:uriSpace": ox.Literal(space)}
    return table


def _distribution(told: Described, file: Written) -> Table:
    """A file, with the hash of what is in it."""
    iri = _distribution_iri(told, file)
    title = "the whole" if file.part == WHOLE else file.part.replace("-", " ")
    return {
        iri: {
            "rdf:type": "dcat:Distribution",
            "dcterms:title": ox.Literal(f"{title} as {file.media_type}", language="en"),
            "dcat:accessURL": f"{told.base}dumps/{told.version}/",
            "dcat:downloadURL": _download(told, file),
            "dcat:mediaType": MEDIA_TYPES + file.media_type,
            "dcterms:license": told.licence,
            "spdx:checksum": f"{iri}-checksum",
        },
        MEDIA_TYPES + file.media_type: {"rdf:type": "dcterms:MediaType"},
        f"{iri}-checksum": {
            "rdf:type": "spdx:Checksum",
            "spdx:algorithm": SHA256,
            "spdx:checksumValue": ox.Literal(
                file.content_sha256, datatype=ox.NamedNode(PREFIXES["xsd"] + "hexBinary")
            ),
        },
        SHA256: {"rdf:type": "spdx:ChecksumAlgorithm"},
    }


def _download(told: Described, file: Written) -> str:
    return f"{told.base}{file.path.replace('dumps/', f'dumps/{told.version}/').removesuffix('.gz')}"


def _distribution_iri(told: Described, file: Written) -> str:
    return f"{told.base}dataset/{told.version}#{file.path.removeprefix('dumps/').removesuffix('.gz')}"


def _vocabularies(found: Figures) -> list[Value]:
    """The namespaces of the table of prefixes that classes and properties come from."""
    used = [*found.classes, *found.properties]
    return [space for space in sorted(PREFIXES.values()) if any(iri.startswith(space) for iri in used)]


def _examples(lines: Lines, base: str) -> list[Value]:
    """A few things of which most is said, to try the names by."""
    counts: dict[bytes, int] = {}
    for line in lines:
        subject = line.split(b" ", 1)[0]
        if subject.startswith(f"<{base}id/".encode()):
            counts[subject] = counts.get(subject, 0) + 1
    most = sorted(counts, key=lambda subject: (-counts[subject], subject))[:EXAMPLES]
    return [subject.decode()[1:-1] for subject in most]


def _fragment(base: str, name: str) -> str:
    return f"{base}dataset#{name}"


def _short(iri: str, base: str) -> str:
    """An IRI as part of a name: its prefix and local name."""
    table = prefixes(base)
    name = max(
        (n for n, space in table.items() if iri.startswith(space)), key=lambda n: len(table[n]), default=""
    )
    return f"{name}-{iri.removeprefix(table[name])}" if name else slug(iri.partition("://")[2])


def _triples(table: Table, base: str) -> Iterator[ox.Triple]:
    """The triples of a table: a subject's properties, as prefixed names, and their values."""
    names = prefixes(base)
    for subject, properties in table.items():
        for name, values in properties.items():
            prefix, _, local = name.partition(":")
            predicate = ox.NamedNode(names[prefix] + local)
            for value in values if isinstance(values, list | tuple) else (values,):
                yield ox.Triple(ox.NamedNode(subject), predicate, _node(value, names))


def _node(value: Value, names: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    """A value as a node: a literal, a number, an IRI, or a prefixed name."""
    if isinstance(value, ox.Literal):
        return value
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    prefix, colon, local = value.partition(":")
    return ox.NamedNode(names[prefix] + local if colon and prefix in names else value)
