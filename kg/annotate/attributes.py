"""Parts of speech, morphology and odd lemmas as spaCy's attribute ruler sets them, remembered by word.

Nearly all rules of the ruler look at one token: its word, its tag, its dependency. What it told of such a token
once holds wherever the same comes again, so that its matcher, slow as it is, runs over new ones only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from thinc.types import Ints2d

_MOST = 200_000  # tokens remembered; beyond it the memory starts anew
# What the rules look at, and what they set; each as the vocabulary numbers it.
_ASKED: list[int | str] = ["LOWER", "TAG", "DEP"]
_TOLD: list[int | str] = ["POS", "MORPH", "LEMMA"]
_Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute ruler with a memory; `joint` finds what its rules for more than one token look for."""

    ruler: AttributeRuler
    joint: Matcher
    known: dict[_Numbers, _Numbers] = field(default_factory=dict)

    def set(self, doc: Doc) -> None:
        """Sets part of speech, morphology and, where the ruler knows it, the lemma of all tokens."""
        if self.joint(doc, allow_missing=True):
            self.ruler(doc)
            return
        asked = [tuple(row) for row in doc.to_array(_ASKED).tolist()]
        new = {numbers: place for place, numbers in enumerate(asked) if numbers not in self.known}
        if new:
            self._learn(
                doc, new if len(self.known) < _MOST else dict(zip(asked, range(len(doc)), strict=True))
            )
        told = [self.known[numbers] for numbers in asked]
        doc.from_array(_TOLD, cast(Ints2d, np.array(told, "uint64").reshape(len(told), len(_TOLD))))

    def _learn(self, doc: Doc, new: dict[_Numbers, int]) -> None:
        """Has the ruler tell of tokens, laid side by side as if they were a text."""
        if len(self.known) >= _MOST:
            self.known.clear()
        tokens = [doc[place] for place in new.values()]
        parsed = doc.has_annotation("DEP")
        aside = Doc(
            doc.vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens] if parsed else None,
            heads=list(range(len(tokens))) if parsed else None,
        )
        self.ruler(aside)
        self.known.update(zip(new, map(tuple, aside.to_array(_TOLD).tolist()), strict=True))


def attributes(nlp: Language) -> Attributes | None:
    """The attribute ruler of a pipeline, with a memory; None where the pipeline has none."""
    ruler = nlp.get_pipe("attribute_ruler") if nlp.has_pipe("attribute_ruler") else None
    return Attributes(ruler, _joint(nlp, ruler)) if isinstance(ruler, AttributeRuler) else None


def _joint(nlp: Language, ruler: AttributeRuler) -> Matcher:
    """What finds the words of the rules that look at more than one token."""
    matcher = Matcher(nlp.vocab)
    rules: Any = ruler.patterns  # lists of lists of mappings, which spaCy types more loosely
    for number, rule in enumerate(rules):
        if several := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
            matcher.add(str(number), several)
    return matcher
