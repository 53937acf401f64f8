"""The short identifiers of the service: `state/japan` for a thing, `State` for a class, `skos:altLabel` for a property.

The identifier space is `{base}id/`, the schema space `{base}ontology#`; terms of others stand with their prefix.
"""

from __future__ import annotations

from kg.terms import PREFIXES
from kg.web.reading import Reader

# Properties of others that things of ours have, and what they are called here.
OTHERS = {
    "http://www.w3.org/2004/02/skos/core#prefLabel": "name",
    "http://www.w3.org/2004/02/skos/core#altLabel": "other name",
    "http://www.w3.org/2004/02/skos/core#notation": "code",
    "http://www.w3.org/2002/07/owl#sameAs": "the same in other data sets",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "class",
    "http://www.w3.org/2003/01/geo/wgs84_pos#lat": "latitude",
    "http://www.w3.org/2003/01/geo/wgs84_pos#long": "longitude",
    "http://purl.org/dc/terms/source": "source",
}


def entity_id(iri: str, base: str) -> str:
    """The identifier of a thing."""
    return iri.removeprefix(f"{base}id/")


def entity_iri(identifier: str, base: str) -> str:
    """The thing of an identifier, which may be its IRI as well."""
    return identifier if identifier.startswith(("http://", "https://")) else f"{base}id/{identifier}"


def term_id(iri: str, base: str) -> str:
    """The identifier of a class or property."""
    own = f"{base}ontology#"
    if iri.startswith(own):
        return iri.removeprefix(own)
    fits = [
        (len(space), f"{name}:{iri.removeprefix(space)}")
        for name, space in PREFIXES.items()
        if iri.startswith(space)
    ]
    return max(fits)[1] if fits else iri


def term_iri(identifier: str, base: str) -> str:
    """The class or property of an identifier, which may be its IRI as well."""
    if identifier.startswith(("http://", "https://")):
        return identifier
    prefix, colon, local = identifier.partition(":")
    if colon and prefix != "ent":
        return PREFIXES.get(prefix, f"{prefix}:") + local
    return f"{base}ontology#{local or prefix}"


def property_name(reader: Reader, iri: str) -> str:
    """What a property is called."""
    return OTHERS.get(iri) or reader.label(iri)
