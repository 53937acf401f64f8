"""What holds on every page: it can be used by everybody, and does nothing behind the visitor's back."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESK, PHONE, visitor

PAGES = [
    "/",
    "/search?q=japan",
    "/doc/",
    "/doc/japan-nato",
    "/page/state/japan",
    "/page/person/mark-rutte",
    "/page/alliance/nato",
    "/overview/",
    "/overview/cooperation",
    "/overview/agreements",
    "/overview/meetings",
    "/overview/spending",
    "/overview/aid",
    "/compare?a=state/japan&b=alliance/nato",
    "/compare/versions",
    "/ontology/entailments",
    "/doc/japan-nato?page=2",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%205",
    "/ontology",
    "/ontology/term/Meeting",
    "/dumps/",
    "/dataset",
    "/changes",
    "/why?s=%3Chttps%3A%2F%2Fw3id.org%2Fentente%2Fid%2Fstate%2Fjapan%3E"
    "&p=%3Chttps%3A%2F%2Fw3id.org%2Fentente%2Fontology%23engagesWith%3E"
    "&o=%3Chttps%3A%2F%2Fw3id.org%2Fentente%2Fid%2Falliance%2Fnato%3E",
    "/nowhere",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.long
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, server: str, scheme: str) -> None:
    """axe-core finds nothing, on a desk's screen in light and on a phone's in dark, or the other way round."""
    found = []
    size = DESK if scheme == "light" else PHONE
    with visitor(browser, base_url=server, viewport=size, color_scheme=scheme) as page:
        for address in PAGES:
            page.goto(address)
            told = Axe().run(page)
            found += [
                (address, v["id"], [n["html"][:200] for n in v["nodes"][:3]])
                for v in told.response["violations"]
            ]
    assert not found, json.dumps(found, indent=1)


@pytest.mark.long
def test_no_page_is_wider_than_a_phone(browser: Browser, server: str) -> None:
    """What is wider scrolls in a place of its own, and not the page."""
    with visitor(browser, base_url=server, viewport=PHONE) as page:
        for address in PAGES:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


@pytest.mark.long
def test_pages_can_be_read_without_scripts(browser: Browser, server: str) -> None:
    """Headings, facts, quotes, pictures and forms are there all the same."""
    with visitor(browser, base_url=server, java_script_enabled=False) as page:
        for address in PAGES:
            page.goto(address)
            assert page.locator("main h1").is_visible(), address
        page.goto("/page/state/japan")
        assert page.locator("blockquote").first.is_visible()
        assert page.locator("svg").first.is_visible()
