"""What validation found, in the forms that people and machines read: words, SHACL, JUnit and SARIF.

FORMATS[name](report, checked) -> text
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from rdflib import RDF, BNode, Graph, Literal
from rdflib.term import Node

from kg.model import Document, Evidence
from kg.terms import PREFIXES
from kg.violations import SH, Report, Violation

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was checked, and the file that it was read from."""

    document: Document
    path: Path


def as_text(report: Report, checked: Sequence[Checked]) -> str:
    """Each violation as a paragraph: where it is, what to do, the words of the document."""
    wrong = {violation.document for violation in report.violations}
    held = sum(one.document.name in wrong for one in checked)
    total = f"{len(checked)} document{'s' if len(checked) != 1 else ''} checked, {held} held back"
    return "\n\n".join([*map(str, report.violations), total]) + "\n"


def as_shacl(report: Report, _checked: Sequence[Checked]) -> str:
    """A validation report (SHACL, section 3.6) in Turtle."""
    graph, here = Graph(), BNode()
    graph.bind("sh", SH)
    graph.bind("ent", PREFIXES["ent"])
    graph.add((here, RDF.type, SH.ValidationReport))
    graph.add((here, SH.conforms, Literal(report.conforms)))
    for violation in report.violations:
        terms = (term for triple in violation.result for term in triple)
        names: dict[Node, Node] = {term: BNode() for term in terms if isinstance(term, BNode)}
        for s, p, o in violation.result:
            graph.add((names.get(s, s), p, names.get(o, o)))
        graph.add((here, SH.result, names[violation.result[0][0]]))
    return graph.serialize(format="turtle")


def as_junit(report: Report, checked: Sequence[Checked]) -> str:
    """A suite of one case for each document that conforms, and one for each violation of another."""
    wrong = {violation.document for violation in report.violations}
    good = [one for one in checked if one.document.name not in wrong]
    paths = {one.document.name: str(one.path) for one in checked}
    counts = {"tests": str(len(good) + len(report.violations)), "failures": str(len(report.violations))}
    top = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(top, "testsuite", {"name": "kg validate", "errors": "0"} | counts)
    for one in good:
        name = one.document.name
        ElementTree.SubElement(suite, "testcase", classname=name, name="conforms", file=paths[name])
    for found in report.violations:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=found.document or "whole graph",
            name=f"{_rule(found)} {found.node}",
            file=paths.get(found.document, ""),
        )
        failure = ElementTree.SubElement(case, "failure", type=found.shape, message=_first_line(found))
        failure.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", str(found))
    ElementTree.indent(top)
    return ElementTree.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def as_sarif(report: Report, checked: Sequence[Checked]) -> str:
    """A log of one run in SARIF 2.1.0, with the place in the file where the document is plain text."""
    by_name = {one.document.name: one for one in checked}
    rules = sorted({_rule(found): found.shape for found in report.violations}.items())
    driver = {
        "name": "entente",
        "version": version("entente"),
        "rules": [{"id": name, "properties": {"shape": shape}} for name, shape in rules],
    }
    results = [
        {
            "ruleId": _rule(found),
            "level": "error",
            "message": {"text": str(found)},
            "locations": [{"physicalLocation": place} for place in _places(found, by_name)],
            "properties": {"document": found.document, "node": found.node},
        }
        for found in report.violations
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return (
        json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"
    )


def _places(found: Violation, checked: Mapping[str, Checked]) -> Iterator[dict[str, object]]:
    """The file of a violation, and the stretch in it."""
    one = checked.get(found.document)
    if one is not None:
        address = one.path.as_uri() if one.path.is_absolute() else quote(one.path.as_posix())
        place: dict[str, object] = {"artifactLocation": {"uri": address}}
        if found.evidence and one.document.media_type == "text/plain":
            place["region"] = _region(found.evidence, one.document.text)
        yield place


def _region(evidence: Evidence, text: str) -> dict[str, object]:
    """A stretch by lines and columns from 1, the end exclusive (SARIF 2.1.0, section 3.30)."""
    start, end = (
        (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        for at in (evidence.span.start, evidence.span.end)
    )
    return {
        "startLine": start[0],
        "startColumn": start[1],
        "endLine": end[0],
        "endColumn": end[1],
        "snippet": {"text": evidence.exact},
    }


def _rule(found: Violation) -> str:
    """The local name of the shape, or of what stands for it."""
    return found.shape.rpartition("#")[2] or "shape"


def _first_line(found: Violation) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", found.message.partition("\n")[0])


FORMATS: Mapping[str, Callable[[Report, Sequence[Checked]], str]] = {
    "text": as_text,
    "shacl": as_shacl,
    "junit": as_junit,
    "sarif": as_sarif,
}
