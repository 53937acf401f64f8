"""A text whose tokens and sentences are found by their offsets, fast however long it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_BREAK = re.compile(r"\n|[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")  # of sentences, where the text is not parsed
_PARAGRAPH = re.compile(r"\n\n")
_KEPT = "entente.tokens"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text, where its tokens and its sentences start, and whether it is tagged."""

    doc: Doc
    text: str
    starts: tuple[int, ...]
    sentences: tuple[int, ...]
    tagged: bool

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        """The tokens of a text, parsed or not; kept with it, as all that reads it asks for them."""
        known: Tokens | None = doc.user_data.get(_KEPT)
        if known is None or known.tagged != doc.has_annotation("TAG"):
            known = doc.user_data[_KEPT] = cls._read(doc)
        return known

    @classmethod
    def _read(cls, doc: Doc) -> Tokens:
        text = doc.text
        if doc.has_annotation("SENT_START"):
            breaks = {sentence.start_char for sentence in doc.sents}
            breaks |= {found.end() for found in _PARAGRAPH.finditer(text)}
        else:
            breaks = {found.end() for found in _BREAK.finditer(text)}
        return cls(
            doc,
            text,
            tuple(token.idx for token in doc),
            tuple(sorted({0} | breaks)),
            doc.has_annotation("TAG"),
        )

    def at(self, offset: int) -> Token | None:
        """The token at an offset, or the last one before it; None where there is none."""
        place = bisect_right(self.starts, offset) - 1
        return self.doc[place] if place >= 0 else None

    def before(self, offset: int) -> Token | None:
        """The last token that starts before the one at an offset."""
        here = self.at(offset)
        return self.doc[here.i - 1] if here is not None and here.i > 0 else None

    def is_particle(self, offset: int) -> bool:
        """Whether the token at an offset belongs to a verb: 'over' in 'handed over 10 boats'."""
        here = self.at(offset)
        return here is not None and here.tag_ == "RP"

    def sentence(self, offset: int) -> int:
        """Where the sentence around an offset starts."""
        return self.sentences[bisect_right(self.sentences, offset) - 1]

    def opens_sentence(self, offset: int) -> bool:
        """Whether an offset opens its sentence, but for quotation marks."""
        return not self.text[self.sentence(offset) : offset].strip(" \n\"'“‘(")
