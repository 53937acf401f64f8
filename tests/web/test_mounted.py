"""The server under a path of its host: all that it writes leads back to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests

from kg.publish import ABOUT, publish
from kg.publish.rebased import rebase_published
from kg.web.mounted import prefix_of
from tests.built import served
from tests.graph.readings import seedlike
from tests.publish.test_publish import edition

BASE = "https://example.org/kg/"
HTML = {"Accept": "text/html, */*;q=0.1"}


@pytest.mark.parametrize(
    ("path", "told", "base", "prefix"),
    [
        ("/id/x", "", "https://example.org/", ""),
        ("/kg/id/x", "", BASE, "/kg"),
        ("/kg", "", BASE, "/kg"),
        ("/kgs/id/x", "", BASE, ""),
        ("/id/x", "/a/b/", BASE, "/a/b"),
        ("/id/x", "//evil.example", BASE, ""),
        ("/id/x", '/"><script>', BASE, ""),
    ],
)
def test_the_path_is_told_by_a_proxy_or_by_the_base(path: str, told: str, base: str, prefix: str) -> None:
    assert prefix_of(path, {"X-Forwarded-Prefix": told} if told else {}, base) == prefix


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A data set whose base has a path, at that path of its server."""
    folder = tmp_path_factory.mktemp("mounted")
    publish(edition(seedlike()), folder / "plain")
    rebase_published(folder / "plain", BASE, folder / "dist", ABOUT.read_text("utf-8"))
    with served(folder / "dist", under="/kg") as address:
        yield address


@pytest.mark.long
def test_every_link_of_every_page_stays_under_the_path(site: str) -> None:
    """Crawled from the start page, with redirects, as a browser would."""
    host = site.removesuffix("/kg")
    seen, waiting = {f"{site}/"}, [f"{site}/"]
    while waiting and len(seen) < 400:
        answer = requests.get(waiting.pop(), headers=HTML, timeout=60)
        assert answer.status_code in {200, 404}, answer.url  # what a set so small has not
        assert answer.url.startswith(site), answer.url
        if answer.headers["Content-Type"].startswith("text/html"):
            targets = re.findall(r'\s(?:href|src)="([^"#?]+)["#]', answer.text)
            found = {requests.compat.urljoin(answer.url, target) for target in targets}
            new = {one for one in found if one.startswith(host) and "/dumps/" not in one} - seen
            seen |= new
            waiting += new
    assert len(seen) > 100
    assert [address for address in seen if not address.startswith(site)] == []


def test_names_headers_and_answers_know_the_path(site: str) -> None:
    name = f"{site}/id/state/japan"
    led = requests.get(name, headers={"Accept": "text/turtle"}, timeout=30, allow_redirects=False)
    assert led.headers["Location"] == "/kg/data/state/japan.ttl"
    data = requests.get(name, headers={"Accept": "text/turtle"}, timeout=30)
    assert f"<{BASE}id/state/japan>" in data.text
    links = requests.utils.parse_header_links(data.headers["Link"])
    own = [one["url"] for one in links if one["url"].startswith("/")]
    assert own
    assert all(address.startswith("/kg/") for address in own)
    asked = requests.get(f"{site}/sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=30)
    assert asked.json()["boolean"] is True
    manifest = requests.get(f"{site}/reconcile", timeout=30).json()
    assert manifest["view"]["url"].startswith((f"{site}/", BASE))
    (hit, *_) = requests.get(
        f"{site}/search?q={seedlike().document.name}", headers={"Accept": "application/json"}, timeout=30
    ).json()["hits"]
    assert hit["href"].startswith("/kg/")


def test_a_proxy_may_take_the_path_away(site: str) -> None:
    """The same server, asked without the path by a proxy that tells it."""
    host = site.removesuffix("/kg")
    page = requests.get(f"{host}/ontology", headers={**HTML, "X-Forwarded-Prefix": "/there"}, timeout=30)
    assert 'href="/there/ontology/frames"' in page.text
    assert 'href="/ontology' not in page.text
