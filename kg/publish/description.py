"""The data set described for machines in DCAT 3 and PROV-O, with its figures in VoID.

It is a graph of its own. Times, and figures that hang on the machine, are not in it: the server adds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg.publish import void
from kg.publish.dumps import WHOLE, Part, Written
from kg.publish.quads import Lines, lines_of
from kg.publish.statistics import Figures, figures
from kg.publish.tables import Table, Value, fragment, triples
from kg.terms import PREFIXES, rebase

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FORMATS = "http://www.w3.org/ns/formats/"
FEATURES = ("Turtle", "N-Triples", "RDF_XML", "N-Quads", "TriG", "JSON-LD")
SHA256 = PREFIXES["spdx"] + "checksumAlgorithm_sha256"


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
    linksets = void.linksets(base, whole.graphs)
    used = [*told.documents, f"{base}graph/reference", f"{base}graph/lexicon"]
    tables = [
        _dataset(told, counted, whole, linksets),
        version_of(told, "build", "the build of this version from documents, by rules", used),
        _services(base),
        *(subset(told, name, found) for name, found in counted.items() if name != WHOLE),
        *(void.partitions(base, name, found) for name, found in counted.items()),
        linksets,
        *(distribution(told, file) for file in told.dumps),
    ]
    return lines_of(set(chain(told.words, *(triples(table, base) for table in tables))))


def _dataset(told: Described, counted: Mapping[str, Figures], whole: Part, linksets: Table) -> Table:
    """The data set as a whole: its default graph, what it is made of, and the ways in."""
    base, found = told.base, counted[WHOLE]
    iri = f"{base}dataset"
    links = [
        name for name, said in linksets.items() if "dcterms:source" not in said and "void:triples" in said
    ]
    return {
        iri: {
            "rdf:type": ["void:Dataset", "dcat:Dataset", "schema:Dataset", "prov:Entity"],
            "void:uriSpace": ox.Literal(base),
            "void:sparqlEndpoint": f"{base}sparql",
            "void:dataDump": [download(told, f) for f in told.dumps if f.part == WHOLE],
            "void:feature": [FORMATS + name for name in FEATURES],
            "void:documents": len(told.documents),
            "void:vocabulary": void.vocabularies(found),
            "void:exampleResource": void.examples(whole.triples, base),
            "void:subset": [*(fragment(base, n) for n in counted if n != WHOLE), *links],
            "dcat:distribution": [distribution_iri(told, f) for f in told.dumps],
            "dcat:landingPage": base,
            "dcat:version": ox.Literal(told.version),
            "dcat:hasCurrentVersion": f"{iri}/{told.version}",
            "dcterms:conformsTo": f"{base}ontology",
            "dcterms:identifier": ox.Literal(iri),
            "foaf:homepage": base,
            "prov:wasGeneratedBy": f"{iri}/{told.version}#build",
            **void.sizes(found),
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


def version_of(told: Described, how: str, words: str, used: Sequence[str]) -> Table:
    """The version that this is, and how it came about: what that is called, in words, and from what."""
    iri = f"{told.base}dataset/{told.version}"
    before = {"dcat:previousVersion": f"{told.base}dataset/{told.previous}"} if told.previous else {}
    return {
        iri: {
            "rdf:type": ["dcat:Dataset", "prov:Entity"],
            "dcterms:title": ox.Literal(f"entente, version {told.version}", language="en"),
            "dcterms:description": ox.Literal(
                "The data set as it was published, not to change.", language="en"
            ),
            "dcterms:publisher": f"{told.base}dataset#publisher",
            "dcat:version": ox.Literal(told.version),
            "dcterms:isVersionOf": f"{told.base}dataset",
            "dcat:isVersionOf": f"{told.base}dataset",
            "prov:wasGeneratedBy": f"{iri}#{how}",
            **before,
        },
        f"{iri}#{how}": {
            "rdf:type": "prov:Activity",
            "rdfs:label": ox.Literal(words, language="en"),
            "prov:used": used,
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


def distribution(told: Described, file: Written) -> Table:
    """A file, with the hash of what is in it."""
    iri = distribution_iri(told, file)
    title = "the whole" if file.part == WHOLE else file.part.replace("-", " ")
    return {
        iri: {
            "rdf:type": "dcat:Distribution",
            "dcterms:title": ox.Literal(f"{title} as {file.media_type}", language="en"),
            "dcat:accessURL": f"{told.base}dumps/{told.version}/",
            "dcat:downloadURL": download(told, file),
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


def download(told: Described, file: Written) -> str:
    """The address of what is in a file."""
    return f"{told.base}{file.path.replace('dumps/', f'dumps/{told.version}/').removesuffix('.gz')}"


def distribution_iri(told: Described, file: Written) -> str:
    """The IRI of a file as a distribution."""
    return f"{told.base}dataset/{told.version}#{file.path.removeprefix('dumps/').removesuffix('.gz')}"


def subset(told: Described, name: str, found: Figures) -> Table:
    """A graph, or the graphs of all claims, as a part of the data set."""
    dumps = [f for f in told.dumps if f.part == name or (name == "claims" and f.part.startswith("claims-"))]
    return {
        fragment(told.base, name): {
            "rdf:type": "void:Dataset",
            "dcterms:title": ox.Literal(name.replace("-", " "), language="en"),
            "dcterms:isPartOf": f"{told.base}dataset",
            "void:dataDump": [download(told, f) for f in dumps],
            **void.sizes(found),
        }
    }
