"""Settings come from the environment and from a file; what is wrong with one is said with where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.settings import SettingError, Settings


def read(folder: Path, text: str, **environ: str) -> Settings:
    (folder / "entente.toml").write_text(text, "utf-8")
    return Settings.from_environment({"ENTENTE_CONFIG": str(folder / "entente.toml")} | environ)


def test_a_file_sets_what_the_environment_does_not_and_its_paths_are_beside_it(tmp_path: Path) -> None:
    text = 'jobs = 4\nmost_held_back = 0\ndist = "published"\nbase = "https://example.org/"\n'
    settings = read(tmp_path, text, ENTENTE_JOBS="2")
    assert (settings.jobs, settings.most_held_back, settings.base) == (2, 0, "https://example.org/")
    assert settings.dist == tmp_path / "published"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jobs = ", "in TOML"),
        ("jbos = 4", "one of the settings that there are"),
        ('jobs = "four"', "a whole number"),
        ("base = 4", "a string in quotes"),
        ("jobs = true", "a whole number"),
        ("most_held_back = 101", "from 0 to 100"),
        ('reasoner = "pellet"', "one of compiled, owlrl"),
        ('ontology = "."', "a folder of terms, reference data and frames"),
        ('shapes = "nowhere"', "a folder of shapes"),
        ('policy = "."', "a file with the query"),
        ('about = "none.ttl"', "a file of Turtle"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"none\.toml"):
        Settings.from_environment({"ENTENTE_CONFIG": str(tmp_path / "none.toml")})
