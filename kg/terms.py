"""The vocabulary as checked names, and the one table of prefixes.

`ENT.Meeting` is an IRI as a string; `ENT.Meting` fails, because the names are read from the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from kg.home import HOME

DEFAULT_BASE = "https://w3id.org/entente/"
ONTOLOGY = HOME / "ontology" / "entente.ttl"

PREFIXES = {
    "dbr": "http://dbpedia.org/resource/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "ent": f"{DEFAULT_BASE}ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "gn": "https://sws.geonames.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """The prefix table with `ent:` under the given base IRI."""
    return {name: rebase(iri, base) for name, iri in PREFIXES.items()}


def rebase(text: str, base: str) -> str:
    """The text of an ontology file (or an IRI) with another base IRI in place of the default one."""
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)


def rebased(file: Path, base: str) -> str:
    """What stands in a file of ours, with another base IRI in place of the default one."""
    return rebase(file.read_text("utf-8"), base)


class UnknownTermError(AttributeError):
    """A name that the ontology does not declare: which, in which namespace, and where to declare it."""

    def __init__(self, name: str, namespace: str) -> None:
        super().__init__(f"{namespace}{name} is no term of the ontology; declare it in ontology/entente.ttl")
        self.term, self.namespace = name, namespace


class Terms:
    """The terms that an ontology file declares under one namespace, as attributes and as items.

    Names are those of the file's subjects written with the `ent:` prefix at the start of a line; a test
    proves that these are exactly the declared terms.
    """

    def __init__(self, source: Path = ONTOLOGY, base: str = DEFAULT_BASE) -> None:
        self._source, self._namespace = source, f"{base}ontology#"

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(re.findall(r"^ent:(\w+)", self._source.read_text(encoding="utf-8"), re.MULTILINE))

    def __getitem__(self, name: str) -> str:
        """The IRI of a declared term; raises UnknownTermError otherwise."""
        if name not in self._names:
            raise UnknownTermError(name, self._namespace)
        return self._namespace + name

    def __getattr__(self, name: str) -> str:
        """The IRI of a declared term; raises UnknownTermError otherwise."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: object) -> bool:
        """Whether the ontology declares this local name."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """The declared local names in alphabetical order."""
        return iter(sorted(self._names))

    def local(self, iri: str) -> str:
        """The local name of a term's IRI; raises UnknownTermError for any other IRI."""
        name = iri.removeprefix(self._namespace)
        if name == iri or name not in self._names:
            raise UnknownTermError(iri, self._namespace)
        return name


ENT = Terms()
