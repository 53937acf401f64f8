"""One annotator for all tests of annotation: building it takes seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy

from kg.annotate import annotator
from kg.annotated import Annotated, Referent
from kg.lexicon import read_lexicon
from kg.model import Document
from kg.reference import read_reference
from kg.settings import Settings

Annotate = Callable[[str], Annotated]


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    """Annotates a text as a document of its own."""
    settings = Settings()
    lexicon = read_lexicon(settings.ontology / "frames")
    built = annotator(
        spacy.load(settings.pipeline),
        read_reference(settings.ontology, settings.base),
        lexicon.words,
        lexicon.kinds,
        settings.base,
    )
    return lambda text: built.annotate(Document("test", text))


def referents(annotated: Annotated, words: str) -> tuple[Referent, ...]:
    """What the last token that stands for some words of the text refers to."""
    start = annotated.document.text.rindex(words)
    for parsed in annotated.passages:
        for i, place in enumerate(parsed.places):
            if place.start <= start < place.end:
                return parsed.referents.get(i, ())
    return ()


def labels(annotated: Annotated, words: str) -> list[str]:
    """The labels of those that some words of the text refer to."""
    return [r.entity.label for r in referents(annotated, words) if r.entity]
