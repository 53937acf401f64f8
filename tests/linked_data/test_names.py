"""Every name leads somewhere, in every form that a client may want, and says what else there is."""

from __future__ import annotations

import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest
import requests

from tests.linked_data.site import RDF_FORMATS, Site, triples

HTML = "text/html"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
EMBEDDED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def mentions(iri: str, told: set[ox.Triple]) -> bool:
    return any(ox.NamedNode(iri) in (t.subject, t.predicate, t.object) for t in told)


def trouble(site: Site, iri: str) -> str | None:
    """What is wrong with how a name resolves; None where nothing is."""
    answer = site.follow(iri, "text/turtle")
    if iri in site.withdrawn:
        return (
            None
            if answer.status_code in {410, 200}
            else f"{iri} was withdrawn, but answers {answer.status_code}"
        )
    if answer.status_code != 200:
        return f"{iri} answers {answer.status_code} at {answer.url}"
    if iri in site.in_data and not answer.headers["Content-Type"].startswith("text/turtle"):
        return f"{iri} is no Turtle"
    return None


def test_names_of_every_kind_resolve_to_data_about_them(site: Site) -> None:
    """Things, terms, documents, stretches of text, graphs, claims, versions: some of each."""
    assert [t for t in (trouble(site, iri) for iri in site.sample(2)) if t] == []
    for iri in site.things:
        assert mentions(iri, triples(site.follow(iri, "text/turtle"))), iri


@pytest.mark.long
def test_every_name_resolves(site: Site) -> None:
    """All IRIs in the data set and in its description that begin with its base."""
    plain = sorted({iri.partition("#")[0] for iri in site.names})
    with ThreadPoolExecutor(4) as pool:
        assert [t for t in pool.map(lambda iri: trouble(site, iri), plain) if t] == []


def test_a_fragment_is_described_by_its_document(site: Site) -> None:
    """Terms and stretches of text are named by fragments: what leads there tells of each that is used."""
    sampled = {iri.partition("#")[0] for iri in site.sample(2) if "#" in iri and iri not in site.withdrawn}
    used: dict[str, set[str]] = defaultdict(set)
    for iri in site.names:
        used[iri.partition("#")[0]].add(iri)
    for document in sorted(sampled):
        told = triples(site.follow(document, "application/n-triples"))
        subjects = {t.subject.value for t in told}
        assert [iri for iri in sorted(used[document]) if "#" in iri and iri not in subjects] == []


def test_every_term_of_its_own_that_the_data_use_is_told(site: Site) -> None:
    """Properties and classes: each says of itself what it is, and what it is called."""
    terms = {
        t.value for q in site.quads for t in (q.predicate, q.object if q.predicate == TYPE else None) if t
    }
    for iri in sorted(iri for iri in terms if iri.startswith(site.base)):
        said = [t for t in site.data(iri) if t.subject.value == iri]
        assert {TYPE, LABEL} <= {t.predicate for t in said}, iri


def test_a_thing_is_no_document(site: Site) -> None:
    """303 See Other, to a page or to data, as the client likes it (httpRange-14)."""
    assert site.things
    for iri in site.things:
        for accept in (HTML, *RDF_FORMATS):
            answer = site.get(iri, accept)
            assert answer.status_code == 303
            assert "Accept" in re.split(r",\s*", answer.headers["Vary"])
            there = site.follow(iri, accept)
            assert (there.status_code, there.headers["Content-Type"].partition(";")[0]) == (200, accept)


def test_all_formats_hold_the_same(site: Site) -> None:
    for iri in site.things[:8]:
        first, *others = (triples(site.follow(iri, accept)) for accept in RDF_FORMATS)
        assert first
        assert all(other == first for other in others), iri


def test_link_headers_are_signposts(site: Site) -> None:
    """What a page is about, its data and its licence (Signposting for FAIR resources); all of it is there."""
    for iri in site.things[:8]:
        page, data = (site.follow(iri, accept) for accept in (HTML, "text/turtle"))
        links = requests.utils.parse_header_links(page.headers["Link"])
        assert {"alternate", "canonical", "cite-as", "describedby", "license", "type"} <= {
            one["rel"] for one in links
        }
        assert iri in {one["url"] for one in links if one["rel"] == "cite-as"}
        for one in links:
            if one["rel"] in {"alternate", "describedby"}:
                there = site.get(one["url"], one["type"])
                assert there.status_code == 200
                assert there.headers["Content-Type"].startswith(one["type"])
        back = requests.utils.parse_header_links(data.headers["Link"])
        assert {"canonical", "describes", "license", "type"} <= {one["rel"] for one in back}


def test_a_page_has_its_data_in_it(site: Site) -> None:
    """JSON-LD in HTML; of a long page, a part of the data."""
    for iri in site.things[:8]:
        blocks = EMBEDDED.findall(site.follow(iri, HTML).text)
        assert blocks
        told = {
            q.triple
            for b in blocks
            for q in ox.parse(b.encode(), format=ox.RdfFormat.JSON_LD, base_iri=site.base)
        }
        assert told
        assert told <= triples(site.follow(iri, "text/turtle")), iri


def test_head_says_what_get_does(site: Site) -> None:
    for iri in (*site.things[:4], *site.sample(1)):
        one, other = (site.get(iri, HTML, method) for method in ("GET", "HEAD"))
        assert (one.status_code, other.content) == (other.status_code, b"")
        told = ("Content-Type", "ETag", "Last-Modified", "Link", "Location", "Vary")
        assert [one.headers.get(name) for name in told] == [other.headers.get(name) for name in told]


def test_what_a_client_has_is_not_sent_again(site: Site) -> None:
    for iri in site.things[:4]:
        for accept in (HTML, "text/turtle"):
            there = site.follow(iri, accept)
            for name, value in (
                ("If_None_Match", there.headers["ETag"]),
                ("If_Modified_Since", there.headers["Last-Modified"]),
            ):
                again = site.get(there.url, accept, **{name: value})
                assert (again.status_code, again.content) == (304, b"")


def test_near_misses_lead_to_the_name(site: Site) -> None:
    """Another case, a slash too many."""
    for iri in site.things[:4]:
        path = iri.removeprefix(site.base)
        for miss in (f"{site.base}{path}/", f"{site.base}{path.upper()}"):
            answer = site.get(miss)
            assert answer.status_code in {301, 308}, miss
            assert site.at(answer.headers["Location"]) == site.at(iri)


def test_what_was_never_named_is_not_found(site: Site) -> None:
    for iri in site.things[:4]:
        assert site.get(f"{iri}-that-nobody-named").status_code == 404


def test_what_was_withdrawn_is_gone_and_says_why(site: Site) -> None:
    """410, or a redirect to what it has become; where nothing was withdrawn, there is nothing to see."""
    for iri in sorted(site.withdrawn)[:20]:
        answer = site.get(iri)
        assert answer.status_code in {301, 410}
        assert len(answer.text) > len(iri)
