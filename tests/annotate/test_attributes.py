"""The remembered attributes are those that spaCy's ruler sets."""

import pytest
from spacy.language import Language

from kg.annotate.attributes import attributes
from tests.extract.sentences import mapper

TEXTS = [
    "Japan will send two frigates to Manila, and it has been training there since 2022.",
    "Let's not forget: they ain't gonna leave, are they?",
    "“We have to,” he'd said; having been told so, they did have to.",
    "Two frigates have been sent. To be sent is to have a frigate.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return mapper().annotator.nlp


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("parts", [["tok2vec", "tagger"], ["tok2vec", "tagger", "parser"]])
def test_a_token_has_the_attributes_of_the_ruler_at_first_and_when_met_again(
    nlp: Language, text: str, parts: list[str]
) -> None:
    ruled, remembered = (nlp(text, disable=[p for p in nlp.pipe_names if p not in parts]) for _ in range(2))
    memory = attributes(nlp)
    assert memory is not None
    memory.ruler(ruled)
    for _ in range(2):
        memory.set(remembered)
        told = [[(t.pos_, str(t.morph), t.lemma_) for t in doc] for doc in (remembered, ruled)]
        assert told[0] == told[1]
