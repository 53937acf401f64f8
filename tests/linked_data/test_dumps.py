"""Dumps, endpoint and dereferenced data are the same data."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg.sparql import with_values
from tests.linked_data.site import Site, triples

N_TRIPLES = "application/n-triples"
SPDX = "http://spdx.org/rdf/terms#"
DCAT = "http://www.w3.org/ns/dcat#"


OF_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"


def has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


@pytest.mark.long
def test_dump_endpoint_and_names_agree_triple_for_triple(site: Site) -> None:
    """Of every graph; blank nodes, which have no name to go by, are counted."""
    dumped: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in site.quads:
        dumped[quad.graph_name.value].add(quad.triple)
    (endpoint,) = site.said("sparqlEndpoint")
    for graph, told in dumped.items():
        query = with_values(OF_GRAPH, {"graph": f"<{graph}>"})
        asked = site.session.get(
            site.at(endpoint), params={"query": query}, headers={"Accept": N_TRIPLES}, timeout=120
        )
        named = site.follow(graph, N_TRIPLES)
        found = [told, triples(asked), triples(named)]
        assert len({len(some) for some in found}) == 1, graph
        assert len({frozenset(t for t in some if not has_blank(t)) for some in found}) == 1, graph


def test_the_data_of_a_thing_are_what_the_dump_says_of_it(site: Site) -> None:
    for iri in site.things[:6]:
        node = ox.NamedNode(iri)
        told = {q.triple for q in site.quads if node in (q.subject, q.object)}
        assert triples(site.follow(iri, N_TRIPLES)) == told, iri


def test_files_are_as_their_sums_say(site: Site) -> None:
    """The SHA-256 of what an address has; the smaller half of the files."""
    by: dict[str, dict[str, str]] = defaultdict(dict)
    for t in site.void:
        by[t.subject.value][t.predicate.value] = t.object.value
    files = [one for one in by.values() if f"{SPDX}checksum" in one]
    assert files
    small = sorted(files, key=lambda one: int(one[f"{DCAT}byteSize"]))[: len(files) // 2]
    for one in small:
        content = site.get(one[f"{DCAT}downloadURL"]).content
        assert hashlib.sha256(content).hexdigest() == by[one[f"{SPDX}checksum"]][f"{SPDX}checksumValue"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_file_comes_in_ranges(site: Site, encoding: str) -> None:
    """RFC 9110 section 14: a part, the end, and 416 beyond it."""
    address = site.said("dataDump")[0]
    whole = site.get(address, Accept_Encoding="identity").content
    part = site.get(address, Accept_Encoding=encoding, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert site.get(address, Accept_Encoding=encoding, Range="bytes=-5").content == whole[-5:]
    assert site.get(address, Range=f"bytes={len(whole)}-").status_code == 416
