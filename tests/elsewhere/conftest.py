"""A data set in two versions, published by the real publication."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.publish import Edition, publish
from tests.graph.readings import MINT, graphs, meeting, ontology, seedlike

FACTS, ONTOLOGY = MINT.graph("facts"), MINT.graph("ontology")


def edition(*readings: object) -> Edition:
    built = graphs(*readings)
    claims = {MINT.claims(name): graph for name, graph in built.claims.items()}
    return Edition(
        base=MINT.base,
        graphs={FACTS: built.facts, ONTOLOGY: ontology(), **claims},
        default_graphs=[FACTS, ONTOLOGY],
        documents=[reading.document for reading in readings],
        counts={"documents": len(readings)},
    )


@pytest.fixture
def build() -> Callable[[Path, int], str]:
    """Publishes a version of one document or of two in a folder: `(dist, documents)`; the version."""
    readings = [seedlike(), meeting("talks")]
    return lambda dist, documents: publish(edition(*readings[:documents]), dist).version
