"""What processes of a cluster map documents by in tests: hand-written readings, found by the words of a document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import Document, Reading
from kg.settings import Settings
from tests.graph.readings import meeting, seedlike
from tests.pipeline.test_holding_back import clashing, misquoted, opening


@dataclass(frozen=True)
class Given:
    """A mapper that knows what each document of `readings` gives."""

    readings: dict[str, Reading]

    def read(self, document: Document) -> Reading:
        return replace(self.readings[document.name], document=document)


def good() -> list[Reading]:
    named = (
        opening(name, "Institution", label) for name, label in (("x", "Peace House"), ("y", "peace house"))
    )
    return [seedlike(), meeting("a"), meeting("b"), *named]


def bad() -> list[Reading]:
    wrong = misquoted()
    wrong = replace(wrong, document=replace(wrong.document, name="misquoted"))
    claims = tuple(replace(claim, document="misquoted") for claim in wrong.claims)
    return [replace(wrong, claims=claims), clashing()]


def load(_settings: Settings) -> Given:
    """The mapper, in any process."""
    return Given({reading.document.name: reading for reading in [*good(), *bad()]})
