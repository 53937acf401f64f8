"""What visitors come for, at a desk and with a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HOSTILE, HOSTILE_TITLE, visitor


def test_from_a_name_to_a_state_to_a_quote_to_its_place_in_the_document(visit: Page) -> None:
    """Find a state, read a fact, and follow it to the words of the document that state it."""
    visit.goto("/")
    visit.get_by_label("Find a state").fill("japan")
    visit.keyboard.press("Enter")
    visit.get_by_role("link", name="Japan", exact=True).first.click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Japan")
    quote = visit.locator("#facts ~ ol blockquote, #facts ~ * blockquote").first
    words = quote.locator("p").inner_text()
    quote.get_by_role("link").first.click()
    expect(visit).to_have_url(re.compile(r"/doc/.*#char=\d+,\d+$"))
    text = visit.locator("article").inner_text()
    assert " ".join(words.split()) in " ".join(text.split())


def test_why_something_is_inferred(visit: Page) -> None:
    """Beside what follows stands a link to the rule and the quotes that it follows from."""
    visit.goto("/page/state/japan")
    visit.locator("#relations ~ dl").get_by_role("link", name="inferred").first.click()
    expect(visit.get_by_text("Because").first).to_be_visible()
    expect(visit.locator("blockquote").first).to_be_visible()


def test_the_network_can_be_walked(visit: Page) -> None:
    """A name in the picture leads to the picture around that name."""
    visit.goto("/page/state/japan#network")
    visit.locator("section[aria-labelledby=network] svg a").first.click()
    expect(visit).to_have_url(re.compile("#network$"))
    expect(visit.get_by_role("heading", level=1)).not_to_have_text("Japan")
    expect(visit.locator("section[aria-labelledby=network] svg")).to_be_visible()


def test_plans_stand_apart_from_facts(visit: Page) -> None:
    visit.goto("/page/state/japan")
    plans = visit.locator("section.apart.ahead")
    expect(plans.locator(".tag.planned").first).to_be_visible()
    assert visit.locator("section[aria-labelledby=facts] .tag.planned").count() == 0


def test_an_overview_leads_to_its_query_and_its_file(visit: Page) -> None:
    """The query runs as it stands, and the rows can be taken along."""
    visit.goto("/overview/cooperation")
    with visit.expect_download() as download:
        visit.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "cooperation.csv"
    visit.get_by_role("link", name="The query behind this").click()
    expect(visit.locator("table").first).to_be_visible()


def test_a_document_full_of_markup_shows_as_text(browser: Browser, hostile: str) -> None:
    """Markup and scripts in a document's title and text are words on every page, and do nothing."""
    with visitor(browser, base_url=hostile) as page:
        for address in (
            "/",
            "/doc/",
            "/doc/talks",
            "/page/state/arcadia",
            "/page/event/e1",
            "/search?q=elbonia",
        ):
            page.goto(address)
            page.wait_for_timeout(50)
            assert page.title() != "owned"
            assert page.locator("main img, main script, main style, [onload], [onerror]").count() == 0
            assert page.locator('a[href^="javascript"]').count() == 0
        page.goto("/doc/talks")
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE_TITLE)
        assert page.locator("article").text_content() == HOSTILE


def test_a_name_is_completed_as_one_types(visit: Page) -> None:
    """The keys choose one of the suggestions, and lead there."""
    visit.goto("/")
    box = visit.get_by_role("combobox")
    box.press_sequentially("rutt")
    expect(visit.get_by_role("option").first).to_contain_text("Mark Rutte")
    box.press("ArrowDown")
    box.press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Mark Rutte")


def test_a_card_tells_what_a_stretch_was_read_as(visit: Page) -> None:
    """On a click and on focus; Escape puts it away."""
    visit.goto("/doc/japan-nato")
    card = visit.locator("#card")
    visit.locator("article a[data-claims]").first.click()
    expect(card.locator(".tag").first).to_be_visible()
    visit.keyboard.press("Escape")
    expect(card).to_be_hidden()
    visit.keyboard.press("Tab")
    visit.locator("article a[data-claims]:not([tabindex])").nth(2).focus()
    expect(card).to_be_visible()


def test_a_query_is_run_and_shared(visit: Page) -> None:
    """What was written in the editor stands in the address, and opens again with its answer."""
    visit.goto("/sparql")
    visit.get_by_label("SPARQL").focus()  # the editor comes for those who use it
    visit.locator(".CodeMirror").click()
    expect(visit.locator("textarea#query")).to_be_hidden()
    visit.keyboard.press("Control+A")
    visit.keyboard.insert_text("SELECT (6 * 7 AS ?answer) {}")
    visit.get_by_role("button", name="Run").click()
    expect(visit.locator("td").first).to_have_text("42")
    shared = visit.url
    visit.goto("/")
    visit.goto(shared)
    expect(visit.locator("td").first).to_have_text("42")
    visit.keyboard.press("Tab")
    expect(visit.locator(".CodeMirror")).to_contain_text("6 * 7")


def test_the_editor_completes_names_of_ours(visit: Page) -> None:
    """Classes and properties by the ontology, things by their names."""
    visit.goto("/sparql")
    visit.get_by_label("SPARQL").focus()
    for written, offered in (
        ("PREFIX ent: <https://w3id.org/entente/ontology#> SELECT * { ?x a ent:Meet", "ent:Meeting"),
        ("PREFIX ent: <https://w3id.org/entente/ontology#> SELECT * { ?x ent:suppor", "ent:supportedBy"),
        ("SELECT * { ?x ?p <japan", "<https://w3id.org/entente/id/state/japan>"),
    ):
        visit.locator(".CodeMirror").click()
        visit.keyboard.press("Control+A")
        visit.keyboard.insert_text(written)
        visit.keyboard.press("Control+Space")
        expect(visit.locator(".CodeMirror-hint", has_text=offered).first).to_be_visible()
        visit.keyboard.press("Escape")


def test_an_example_shows_its_picture(visit: Page) -> None:
    visit.goto("/sparql")
    visit.get_by_role("link", name="Who are the members of NATO").click()
    expect(visit.locator("section[aria-labelledby=answer] svg")).to_be_visible()
