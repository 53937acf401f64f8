"""Whose turn it is in a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotated import Parsed
from kg.extract import speech
from kg.model import Filler


def turns(passages: tuple[Parsed, ...]) -> Iterator[tuple[Parsed, tuple[Filler, ...]]]:
    """Each passage with the person whose turn it is; where turns change, one lasts until the next."""
    labels = [speech.label(parsed) for parsed in passages]
    transcript = sum(bool(people) for people in labels) > 1
    turn: tuple[Filler, ...] = ()
    for parsed, people in zip(passages, labels, strict=True):
        ends = people is not None or parsed.kind == "heading" or not transcript
        turn = (people or ()) if ends else turn
        yield parsed, turn
