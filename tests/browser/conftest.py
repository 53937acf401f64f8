"""A browser that visits the pages as a person does, and what no page may ever do there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.built import ROOT, served
from tests.web.conftest import publish

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 720}

PATIENCE = 120_000  # milliseconds, on a machine that has much else to do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here need the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.needs("chromium"))


@pytest.fixture(scope="session")
def bundle() -> None:
    """What the set-up makes of npm packages must be there."""
    if not (ROOT / "kg" / "web" / "static" / "bundle" / "world.json").is_file():
        reason = "needs what 'make setup' makes of npm packages"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="module")  # while it lives, no test beside it can run an event loop of its own
def browser(bundle: None) -> Iterator[Browser]:  # noqa: ARG001  # asked for, for the pages are not whole without it
    """The system's own Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@contextmanager
def visitor(browser: Browser, **options: object) -> Iterator[Page]:
    """A visitor's page; leaving it fails if a page asked another host, broke its policy, threw or set a cookie."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]  # as Playwright takes them
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    cookies = context.cookies()
    context.close()
    assert hosts <= {"127.0.0.1"}
    assert not [line for line in told if "status of 4" not in line]  # a 404 that a test asks for is no fault
    assert not cookies


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.long)])
def visit(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    """A visitor to the seeds, at a desk or with a phone."""
    size = DESK if request.param == "desk" else PHONE
    with visitor(browser, base_url=server, viewport=size, has_touch=request.param == "phone") as page:
        yield page


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the small data set, whose document is full of markup and script."""
    dist = tmp_path_factory.mktemp("hostile")
    publish(dist, text=HOSTILE, title=HOSTILE_TITLE)
    with served(dist) as address:
        yield address


HOSTILE_TITLE = '"><script>document.title="owned"</script><img src=x onerror=alert(1)> & <b>Elbonia</b>'
HOSTILE = (
    "Arcadia met Elbonia on Tuesday, <script>document.title='owned'</script> and "
    '</article><img src=x onerror="document.title=`owned`"><a href="javascript:alert(1)">x</a> {{ 7 * 7 }} '
    "<style>* { display: none }</style> <!-- \u202e &lt;script&gt; ]]> <svg onload=alert(1)>."
)
