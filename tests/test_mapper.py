"""The mapper that the settings name is the one that maps."""

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from kg import mapper
from kg.mapper import READERS, load_mapper
from kg.model import Claim, Document, Evidence, Modality, Reading, Span
from kg.settings import SettingError, Settings


class Plugged:
    """An extractor from elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def read(self, document: Document) -> Reading:
        claim = Claim("another", "Meeting", (), Modality.ACTUAL, Evidence(Span(0, 4), "text"), "rule")
        return Reading(document, claims=(claim,), extractor="plugged in")


def test_a_pipeline_that_is_not_installed_is_named_with_the_setting() -> None:
    with pytest.raises(SettingError, match=r"ENTENTE_PIPELINE.*no_such_pipeline"):
        load_mapper(replace(Settings(), pipeline="no_such_pipeline"))


def test_an_extractor_that_is_not_installed_is_named_with_the_setting() -> None:
    with pytest.raises(SettingError, match=r"ENTENTE_EXTRACTOR.*nobody"):
        load_mapper(replace(Settings(), extractor="nobody"))


class Point(EntryPoint):
    """An entry point of nothing that is installed."""

    dist = None

    def load(self) -> type[Plugged]:
        if self.value == "broken":
            raise ImportError("no module named broken")
        return Plugged


def plug(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    points = [Point("other", value, mapper.GROUP)]
    monkeypatch.setattr(mapper, "entry_points", lambda group: points if group == mapper.GROUP else [])


def test_an_extractor_is_plugged_in_by_an_entry_point_and_held_to_the_laws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plug(monkeypatch, "whole")
    reading = load_mapper(replace(Settings(), extractor="other")).read(Document("a", "text"))
    assert (reading.extractor, reading.claims) == ("other", ())
    assert [o.reason for o in reading.omissions] == ["other-document"]


def test_an_extractor_that_does_not_load_is_named_with_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, "broken")
    with pytest.raises(SettingError, match=r"ENTENTE_EXTRACTOR.*other.*no module named broken"):
        load_mapper(replace(Settings(), extractor="other"))


def test_the_edition_of_readings_covers_every_package_that_reading_imports() -> None:
    """Code that a reading depends on, changed, has documents read again."""
    tell = "import sys, kg.mapper; print(*(name for name in sys.modules if name.startswith('kg.')))"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    within = {name.split(".")[1] for name in done.stdout.split() if name.count(".") > 1}
    assert within <= set(READERS)
