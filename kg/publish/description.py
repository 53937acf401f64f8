"""The data set described for machines in DCAT 3 and PROV-O, with its figures in VoID.

It is a graph of its own. Times, figures that hang on the machine, and the files of the dumps, which are written
later, are not in it: the server adds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg.packed import Packed
from kg.publish import void
from kg.publish.counted import Counted
from kg.publish.dumps import WHOLE
from kg.publish.quads import Lines, lines_of
from kg.publish.statistics import Figures
from kg.publish.tables import Table, fragment, triples
from kg.terms import rebase

FORMATS = "http://www.w3.org/ns/formats/"
FEATURES = ("Turtle", "N-Triples", "RDF_XML", "N-Quads", "TriG", "JSON-LD")


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: a version, the one before it, and what people say of the data set."""

    base: str
    version: str
    previous: str | None
    words: Sequence[ox.Triple] = ()


def words(about: str, base: str) -> list[ox.Triple]:
    """What people say of the data set, from Turtle with the default base; raises SyntaxError."""
    return [q.triple for q in ox.parse(rebase(about, base), format=ox.RdfFormat.TURTLE, base_iri=base)]


def description(
    told: Described, counted: Counted, default: Sequence[Packed], documents: Sequence[str]
) -> Lines:
    """The triples of the description, from the figures, the graphs that a query sees, and the IRIs of documents."""
    base, parts = told.base, counted.parts
    linksets = void.linksets(base, counted)
    used = [*documents, f"{base}graph/reference", f"{base}graph/lexicon"]
    tables: list[Table] = [
        _dataset(told, counted, linksets),
        {
            f"{base}dataset": {
                "void:documents": len(documents),
                "void:exampleResource": void.examples(default, base),
            }
        },
        version_of(told, "build", "the build of this version from documents, by rules", used),
        _services(base),
        *(subset(told, name, found) for name, found in parts.items() if name != WHOLE),
        *(void.partitions(base, name, found) for name, found in parts.items()),
        linksets,
    ]
    return lines_of(set(chain(told.words, *(triples(table, base) for table in tables))))


def _dataset(told: Described, counted: Counted, linksets: Table) -> Table:
    """The data set as a whole: its default graph, what it is made of, and the ways in."""
    base, found = told.base, counted.parts[WHOLE]
    iri = f"{base}dataset"
    links = [
        name for name, said in linksets.items() if "dcterms:source" not in said and "void:triples" in said
    ]
    return {
        iri: {
            "rdf:type": ["void:Dataset", "dcat:Dataset", "schema:Dataset", "prov:Entity"],
            "void:uriSpace": ox.Literal(base),
            "void:sparqlEndpoint": f"{base}sparql",
            "void:feature": [FORMATS + name for name in FEATURES],
            "void:vocabulary": void.vocabularies(found),
            "void:subset": [*(fragment(base, n) for n in counted.parts if n != WHOLE), *links],
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


def subset(told: Described, name: str, found: Figures) -> Table:
    """A graph, or the graphs of all claims, as a part of the data set."""
    return {
        fragment(told.base, name): {
            "rdf:type": "void:Dataset",
            "dcterms:title": ox.Literal(name.replace("-", " "), language="en"),
            "dcterms:isPartOf": f"{told.base}dataset",
            **void.sizes(found),
        }
    }
