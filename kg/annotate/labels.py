"""Labels of names as spaCy's recogniser of entities gives them, where the reference data does not tell.

The recogniser takes more time than any other part of the pipeline. Half the sentences of a news text hold no name
but those of states and bodies that the reference data knows, and nobody asks for a label there: it reads the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.tokens import Doc, Span, Token

from kg.annotate.gazetteer import Found, Gazetteer
from kg.annotate.names import NOMINAL, opens_sentence
from kg.annotate.titles import CALENDAR

_PROPER = frozenset({"NNP", "NNPS"})
_STOPS = frozenset({".", "?", "!"})
_TOLD_BY_LABEL = frozenset({"City", "Person"})  # names that are common words, or other names, too


@dataclass(frozen=True, slots=True)
class Labels:
    """A recogniser that reads the sentences with a name that the reference data does not settle."""

    recogniser: EntityRecognizer
    gazetteer: Gazetteer

    def set(self, docs: Sequence[Doc]) -> None:
        """Sets the entities of tagged texts."""
        parts = [tuple(_of_interest(doc, self._settled(doc))) for doc in docs]
        asides = [_aside(doc, wanted) for doc, wanted in zip(docs, parts, strict=True)]
        for doc, wanted, aside in zip(docs, parts, self.recogniser.pipe(asides), strict=True):
            if aside is not doc:
                found = (Span(doc, wanted[e.start], wanted[e.end - 1] + 1, e.label) for e in aside.ents)
                doc.set_ents([span for span, e in zip(found, aside.ents, strict=True) if len(span) == len(e)])

    def _settled(self, doc: Doc) -> frozenset[int]:
        """The characters that names stand in whose kind no label could change."""
        found = (f for f in self.gazetteer.names_in(doc) if _is_settled(f))
        return frozenset(i for f in found for i in range(f.span.start, f.span.end))


def labels(nlp: Language, gazetteer: Gazetteer) -> Labels | None:
    """The recogniser of a pipeline, read for part of a text; None where it needs the vectors of the whole."""
    found = nlp.get_pipe("ner") if nlp.has_pipe("ner") else None
    if not isinstance(found, EntityRecognizer) or any(
        isinstance(n, Tok2VecListener) for n in found.model.walk()
    ):
        return None
    return Labels(found, gazetteer)


def _is_settled(found: Found) -> bool:
    return not any(c.entry.entity.kind in _TOLD_BY_LABEL for c in found.candidates)


def _of_interest(doc: Doc, settled: frozenset[int]) -> Iterator[int]:
    """The tokens of the sentences that hold a name that is not settled."""
    for sentence in _sentences(doc):
        if any(_is_open(t) and not (t.idx in settled and t.pos_ in NOMINAL) for t in sentence):
            yield from (token.i for token in sentence)


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in doc:
        sentence.append(token)
        if token.text in _STOPS:
            yield sentence
            sentence = []
    yield sentence


def _is_open(token: Token) -> bool:
    """Whether a token may be a name, or part of one."""
    if not token.text[:1].isupper() or token.lower_ in CALENDAR:
        return False
    return token.tag_ in _PROPER or not opens_sentence(token)


def _aside(doc: Doc, wanted: Sequence[int]) -> Doc:
    """The wanted tokens of a text as a text of their own; all of them are the text itself."""
    if len(wanted) == len(doc):
        return doc
    return Doc(
        doc.vocab,
        words=[doc[i].text for i in wanted],
        spaces=[bool(doc[i].whitespace_) for i in wanted],
    )
