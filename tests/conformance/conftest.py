"""`pytest tests/conformance -m '' --earl FILE` also writes the outcome of each W3C test as EARL, in Turtle."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conformance.deviations import CANONICAL
from tests.conformance.suite import BASE, Case

EARL = "http://www.w3.org/ns/earl#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBJECT = ox.NamedNode("https://w3id.org/entente/dataset")
OUTCOMES = pytest.StashKey[dict[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the report's file."""
    parser.addoption("--earl", type=Path, metavar="FILE", help="write the outcomes of the W3C tests as EARL")


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
