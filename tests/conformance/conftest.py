"""`pytest tests/conformance -m '' --earl FILE --page FILE` writes what came of each W3C test: EARL, and a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from html import escape
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conformance.deviations import CANONICAL, DEVIATIONS
from tests.conformance.suite import BASE, Case

EARL = "http://www.w3.org/ns/earl#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBJECT = ox.NamedNode("https://w3id.org/entente/dataset")
OUTCOMES = pytest.StashKey[dict[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that name the report's files."""
    parser.addoption("--earl", type=Path, metavar="FILE", help="write the outcomes of the W3C tests as EARL")
    parser.addoption("--page", type=Path, metavar="FILE", help="write the outcomes of the W3C tests as HTML")


def pytest_configure(config: pytest.Config) -> None:
    """Begin with no outcomes."""
    config.stash[OUTCOMES] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note what came of a W3C test; an expected failure is a failure, other spellings of numbers cannot tell."""
    report = yield
    test = tested(getattr(item, "callspec", None))
    if test and report.when == "call":
        known = test.removeprefix(BASE).replace("/manifest#", "/") in CANONICAL
        passed = "cantTell" if known else "passed"
        item.config.stash[OUTCOMES][test] = passed if report.passed else "failed"
    return report


def tested(call: object) -> str | None:
    """The IRI of the W3C test that a call of ours runs, if it runs one."""
    given = getattr(call, "params", {})
    case = given.get("case")
    if isinstance(case, Case):
        return f"{BASE}{case.folder}/manifest#{case.name}"
    return str(given["entry"]) if "entry" in given else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report (Evaluation and Report Language 1.0)."""
    path = session.config.getoption("--earl")
    if path:
        told = [
            triple
            for test, outcome in session.config.stash[OUTCOMES].items()
            for triple in assertion(test, outcome)
        ]
        ox.serialize(told, str(path), ox.RdfFormat.TURTLE, prefixes={"earl": EARL})
    path = session.config.getoption("--page")
    if path:
        path.write_text(page(session.config.stash[OUTCOMES]), "utf-8")


def page(outcomes: Mapping[str, str]) -> str:
    """The outcomes as a page: how many of each folder, and every test that did not simply pass, with its reason."""
    folders: dict[str, Counter[str]] = defaultdict(Counter)
    rows = []
    for test, outcome in sorted(outcomes.items()):
        name = test.removeprefix(BASE).replace("/manifest#", "/")
        folders[name.partition("/")[0]][outcome] += 1
        if outcome != "passed":
            spelt = (
                "the same values in another spelling" if name in CANONICAL else "a defect not looked at yet"
            )
            reason = DEVIATIONS.get(name, spelt)
            rows.append(
                f"<tr><td><a href='{escape(test)}'>{escape(name)}</a><td>{outcome}<td>{escape(reason)}"
            )
    counted = [
        f"<tr><td>{escape(folder)}<td>{found['passed']}<td>{sum(found.values())}"
        for folder, found in folders.items()
    ]
    passed = sum(outcome == "passed" for outcome in outcomes.values())
    return "\n".join(
        [
            "<!doctype html><html lang='en'><meta charset='utf-8'><title>Conformance</title>",
            f"<h1>Conformance</h1><p>{passed} of {len(outcomes)} W3C tests pass over HTTP.",
            "<table><tr><th>folder<th>passed<th>of",
            *counted,
            "</table><h2>The others</h2><table><tr><th>test<th>outcome<th>reason",
            *rows,
            "</table></html>\n",
        ]
    )


def assertion(test: str, outcome: str) -> list[ox.Triple]:
    """What EARL says of one outcome."""
    node, result = ox.BlankNode(), ox.BlankNode()
    table = {
        "subject": SUBJECT,
        "test": ox.NamedNode(test),
        "mode": ox.NamedNode(f"{EARL}automatic"),
        "result": result,
    }
    return [
        ox.Triple(node, RDF_TYPE, ox.NamedNode(f"{EARL}Assertion")),
        *(ox.Triple(node, ox.NamedNode(EARL + name), value) for name, value in table.items()),
        ox.Triple(result, RDF_TYPE, ox.NamedNode(f"{EARL}TestResult")),
        ox.Triple(result, ox.NamedNode(f"{EARL}outcome"), ox.NamedNode(EARL + outcome)),
    ]
