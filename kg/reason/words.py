"""The rules in words, one sentence for each, for people who ask why."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sentences() -> dict[str, str]:
    """What each rule of the OWL 2 RL tables says, by its name."""
    lines = files(__package__).joinpath("words.tsv").read_text("utf-8").splitlines()
    return {name: sentence for name, _, sentence in (line.partition("\t") for line in lines)}
