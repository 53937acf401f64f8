"""Labels stand at the names that need one, as the recogniser of the pipeline gives them."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.labels import Labels
from tests.extract.sentences import mapper

KNOWN = "Japan and Australia held talks with NATO."
UNKNOWN = "Defence Minister Ingrid Halvorsen met General Tomas Brandt in Oslo."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return mapper().annotator.nlp


@pytest.fixture(scope="module")
def labels() -> Labels:
    found = mapper().annotator.labels
    assert found is not None
    return found


def told(doc: Doc) -> list[tuple[str, int, str]]:
    return [(e.text, e.start_char, e.label_) for e in doc.ents]


def tagged(nlp: Language, text: str) -> Doc:
    return nlp(text, disable=[p for p in nlp.pipe_names if p not in {"tok2vec", "tagger", "attribute_ruler"}])


def test_a_sentence_of_known_states_and_bodies_is_not_labelled(nlp: Language, labels: Labels) -> None:
    doc = tagged(nlp, KNOWN)
    labels.set([doc])
    assert told(doc) == []


@pytest.mark.parametrize("text", [UNKNOWN, "Japan said on Monday that Jordan Reyes had resigned."])
def test_a_text_of_other_names_has_the_labels_of_the_recogniser(
    nlp: Language, labels: Labels, text: str
) -> None:
    """Persons and cities whom the reference data knows are among them: such names are other things, too."""
    doc = tagged(nlp, text)
    labels.set([doc])
    assert told(doc) == told(nlp(text)) != []


@pytest.mark.parametrize("text", [f"{KNOWN} {UNKNOWN}", f"{UNKNOWN} {KNOWN} {UNKNOWN}"])
def test_labels_stand_where_their_names_do_though_sentences_between_are_not_read(
    nlp: Language, labels: Labels, text: str
) -> None:
    doc = tagged(nlp, text)
    labels.set([doc])
    persons = [(start, words) for words, start, label in told(doc) if label == "PERSON"]
    assert len(persons) >= text.count(UNKNOWN)
    assert all(text[start : start + len(words)] == words for start, words in persons)
    assert not any(words in KNOWN for _, words in persons)


def test_several_texts_are_labelled_each_for_itself(nlp: Language, labels: Labels) -> None:
    docs = [tagged(nlp, text) for text in (KNOWN, UNKNOWN, "", UNKNOWN)]
    labels.set(docs)
    assert [bool(told(doc)) for doc in docs] == [False, True, False, True]
    assert told(docs[1]) == told(docs[3])
