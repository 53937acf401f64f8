"""The mapper that the settings name is the one that maps."""

from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from kg import mapper
from kg.mapper import load_mapper
from kg.model import Document, Reading
from kg.settings import SettingError, Settings


class Plugged:
    """An extractor from elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def read(self, document: Document) -> Reading:
        return Reading(document, extractor="plugged in")


def test_a_pipeline_that_is_not_installed_is_named_with_the_setting() -> None:
    with pytest.raises(SettingError, match=r"ENTENTE_PIPELINE.*no_such_pipeline"):
        load_mapper(replace(Settings(), pipeline="no_such_pipeline"))


def test_an_extractor_that_is_not_installed_is_named_with_the_setting() -> None:
    with pytest.raises(SettingError, match=r"ENTENTE_EXTRACTOR.*nobody"):
        load_mapper(replace(Settings(), extractor="nobody"))


def test_an_extractor_is_plugged_in_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("other", f"{__name__}:Plugged", mapper.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda _: Plugged)
    monkeypatch.setattr(mapper, "entry_points", lambda group: [point] if group == mapper.GROUP else [])
    plugged = load_mapper(replace(Settings(), extractor="other"))
    assert plugged.read(Document("a", "text")).extractor == "plugged in"
