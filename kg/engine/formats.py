"""The media types of answers, and the engine's format for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import pyoxigraph as ox

EngineFormat = TypeVar("EngineFormat", ox.QueryResultsFormat, ox.RdfFormat)


@dataclass(frozen=True, slots=True)
class Format(Generic[EngineFormat]):
    """A format of answers: a short name, which is its file ending, too, and the engine's own."""

    name: str
    engine: EngineFormat
    prefixes: bool = False


JSON = Format("json", ox.QueryResultsFormat.JSON)
XML = Format("xml", ox.QueryResultsFormat.XML)
CSV = Format("csv", ox.QueryResultsFormat.CSV)
TSV = Format("tsv", ox.QueryResultsFormat.TSV)

TURTLE = Format("ttl", ox.RdfFormat.TURTLE, prefixes=True)
N_TRIPLES = Format("nt", ox.RdfFormat.N_TRIPLES)
N_QUADS = Format("nq", ox.RdfFormat.N_QUADS)
TRIG = Format("trig", ox.RdfFormat.TRIG, prefixes=True)
JSON_LD = Format("jsonld", ox.RdfFormat.JSON_LD)
RDF_XML = Format("rdf", ox.RdfFormat.RDF_XML, prefixes=True)

# The first of a table is what a client gets that takes anything. Several names of one format are names that
# clients use for it; each is answered by the name it was asked by.
RESULT_FORMATS = {
    "application/sparql-results+json": JSON,
    "application/sparql-results+xml": XML,
    "text/csv": CSV,
    "text/tab-separated-values": TSV,
    "application/json": JSON,
    "application/xml": XML,
    "text/xml": XML,
}
GRAPH_FORMATS = {
    "text/turtle": TURTLE,
    "application/n-triples": N_TRIPLES,
    "application/ld+json": JSON_LD,
    "application/rdf+xml": RDF_XML,
    "application/n-quads": N_QUADS,
    "application/trig": TRIG,
    "text/plain": N_TRIPLES,
    "application/json": JSON_LD,
    "application/xml": RDF_XML,
    "text/n3": TURTLE,
    "application/x-turtle": TURTLE,
}
