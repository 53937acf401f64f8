"""Which inferred triples say something, and so belong in the published graph.

OWL 2 RL derives much that no reader asks for: every class a subclass of itself and of `owl:Thing`, every
literal an instance of its datatype, every anonymous class expression a type. None of that is published.
"""

from __future__ import annotations

from collections.abc import Callable

from rdflib import OWL, RDF, RDFS, XSD, BNode, URIRef

from kg.reason.value import Triple

LANGUAGE = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))
TYPE, SAME_AS = RDF.type, OWL.sameAs
HIERARCHY = frozenset({RDFS.subClassOf, RDFS.subPropertyOf})


def publishable(base: str) -> Callable[[Triple], bool]:
    """A test of inferred triples for the data set whose IRIs begin with `base`.

    True for what is said about a thing of this data set, with another object than its subject, in a property
    that is no part of RDF's, RDFS's or OWL's own language, but for: a type (of a named class that is none of
    theirs), an identity within this data set, and the hierarchy of the ontology's own named terms.
    """

    def says_something(triple: Triple) -> bool:
        s, p, o = triple
        if not isinstance(s, URIRef) or not s.startswith(base) or s == o or isinstance(o, BNode):
            return False
        if p == TYPE or p in HIERARCHY:
            return isinstance(o, URIRef) and not str(o).startswith(LANGUAGE)
        if p == SAME_AS:
            return isinstance(o, URIRef) and o.startswith(base)
        return isinstance(p, URIRef) and not str(p).startswith(LANGUAGE)

    return says_something


def foreign_identity(base: str) -> Callable[[Triple], bool]:
    """A test for identities with things of other data sets: reasoned over, they lend us what is theirs."""

    def is_foreign(triple: Triple) -> bool:
        s, p, o = triple
        return p == SAME_AS and not (str(s).startswith(base) and str(o).startswith(base))

    return is_foreign
