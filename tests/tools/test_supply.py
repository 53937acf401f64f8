"""What an installation is made of can be told, and every licence in it is permissive."""

from __future__ import annotations

import json

import pytest

from tools import supply


def test_every_package_that_is_needed_has_a_permissive_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert supply.main("licences") == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("told", "wrong"),
    [("MIT", False), ("GPL-3.0-only", True), ("LGPL OR MIT", False), ("GNU LGPL", True), ("", True)],
)
def test_a_licence_that_is_not_permissive_is_doubtful_unless_another_may_be_chosen(
    told: str, wrong: bool
) -> None:
    assert supply.doubtful(told) is wrong


def test_the_bill_of_materials_names_packages_with_version_and_licence() -> None:
    bill = json.loads(supply.bill())
    assert bill["bomFormat"] == "CycloneDX"
    parts = {part["name"].lower(): part for part in bill["components"]}
    assert {"rdflib", "spacy", "pyoxigraph"} <= parts.keys()
    assert "pytest" not in parts
    assert all(part["version"] and part["licenses"] for part in parts.values())
