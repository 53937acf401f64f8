"""A server of linked data as its own description tells of it: where its names begin, and where its dumps are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import requests

VOID = "http://rdfs.org/ns/void#"
DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
RDF_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
PATIENCE = 120  # seconds


@dataclass(eq=False)
class Site:
    """A server at an address, whose names may begin with another base."""

    address: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, iri: str, accept: str = "*/*", method: str = "GET", **headers: str) -> requests.Response:
        """The answer for a name or an address, redirects not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.session.request(
            method, self.at(iri), headers={"Accept": accept, **named}, allow_redirects=False, timeout=PATIENCE
        )

    def follow(self, iri: str, accept: str) -> requests.Response:
        """The last answer for a name, redirects followed within this server."""
        answer = self.get(iri, accept)
        for _ in range(5):
            if not answer.is_redirect:
                break
            answer = self.get(urljoin(answer.url, answer.headers["Location"]), accept)
        return answer

    @cache  # noqa: B019  # a site lives as long as the tests
    def data(self, iri: str) -> frozenset[ox.Triple]:
        """The triples that a name leads to; of all names with one document, asked for once."""
        document, hash_, _ = iri.partition("#")
        return self.data(document) if hash_ else frozenset(triples(self.follow(iri, "application/n-triples")))

    def at(self, iri: str) -> str:
        """The address on this server of a name, or of anything else that begins with its base."""
        plain = iri.partition("#")[0]
        if plain.startswith(self.address):
            return plain
        return (
            f"{self.address}/{plain.removeprefix(self.base)}"
            if plain.startswith(self.base)
            else urljoin(self.address, plain)
        )

    @cached_property
    def void(self) -> list[ox.Triple]:
        """What /.well-known/void says (VoID, section 7.2)."""
        answer = self.session.get(
            f"{self.address}/.well-known/void", headers={"Accept": "text/turtle"}, timeout=PATIENCE
        )
        answer.raise_for_status()
        return [
            quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE, base_iri=answer.url)
        ]

    @cached_property
    def dataset(self) -> ox.NamedNode:
        """The data set: what has an endpoint or a dump, and is no part of another."""
        parts = {t.object for t in self.void if t.predicate.value == f"{VOID}subset"}
        whole = {
            t.subject for t in self.void if t.predicate.value in {f"{VOID}sparqlEndpoint", f"{VOID}dataDump"}
        }
        (found,) = whole - parts
        assert isinstance(found, ox.NamedNode)
        return found

    @cached_property
    def base(self) -> str:
        """What its names begin with."""
        found = self.said("uriSpace")
        return found[0] if found else f"{self.address}/"

    def said(self, name: str) -> list[str]:
        """The values of one of VoID's properties of the data set."""
        return [
            t.object.value
            for t in self.void
            if t.subject == self.dataset and t.predicate.value == VOID + name
        ]

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """Everything in its dump of quads, or of triples where it has none of quads."""
        dumps = sorted(
            self.said("dataDump"), key=lambda iri: (not iri.endswith(".nq"), not iri.endswith(".nt"))
        )
        answer = self.session.get(self.at(dumps[0]), timeout=PATIENCE)
        answer.raise_for_status()
        quads = urlsplit(dumps[0]).path.endswith(".nq")
        return list(
            ox.parse(answer.content, format=ox.RdfFormat.N_QUADS if quads else ox.RdfFormat.N_TRIPLES)
        )

    @cached_property
    def in_data(self) -> frozenset[str]:
        """Every IRI in its dump that begins with its base."""
        terms = (t for q in self.quads for t in (q.subject, q.predicate, q.object, q.graph_name))
        return self._own(terms)

    @cached_property
    def names(self) -> frozenset[str]:
        """The same, with those of its own description, which are addresses of files and pages, too."""
        return self.in_data | self._own(t for q in self.void for t in (q.subject, q.object))

    def _own(self, terms: Iterable[object]) -> frozenset[str]:
        iris = (t.value for t in terms if isinstance(t, ox.NamedNode))
        return frozenset(iri for iri in iris if iri.startswith(self.base) and not iri.endswith("#"))

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The names that it says it no longer uses."""
        return frozenset(
            q.subject.value
            for q in self.quads
            if q.predicate == DEPRECATED and isinstance(q.subject, ox.NamedNode)
        )

    @cached_property
    def kinds(self) -> Mapping[str, list[str]]:
        """Its names by the shape of their addresses."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self.names):
            path, _, fragment = iri.removeprefix(self.base).partition("#")
            parts = re.split(r"/", path)
            found[
                "/".join(parts[:2] if len(parts) > 1 else parts[:1])
                + ("#" if fragment else "")
                + "/…" * (len(parts) - 2)
            ].append(iri)
        return found

    def sample(self, each: int) -> Iterator[str]:
        """The first names of each kind."""
        for iris in self.kinds.values():
            yield from iris[:each]

    @cached_property
    def things(self) -> list[str]:
        """Names of things, which are no documents: they answer with 303."""
        subjects = {quad.subject for quad in self.quads}
        told = (iri for iri in self.sample(2) if "#" not in iri and ox.NamedNode(iri) in subjects)
        return [iri for iri in told if self.get(iri).status_code == 303]


def triples(answer: requests.Response) -> set[ox.Triple]:
    """The triples of an answer."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    return {quad.triple for quad in ox.parse(answer.content, format=RDF_FORMATS[kind], base_iri=answer.url)}
