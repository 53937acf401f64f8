"""Parts of speech, morphology and odd lemmas as spaCy's attribute ruler sets them, remembered by word.

Nearly all rules of the ruler look at one token: its word, its tag, its dependency. What it told of such a token
once holds wherever the same comes again, so that its matcher, slow as it is, runs over new ones only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

_MOST = 200_000  # tokens remembered; beyond it the memory starts anew
_Key = tuple[
    int, int, int
]  # the word in lower case, its tag and its dependency, as the vocabulary numbers them


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute ruler with a memory; `joint` are the words of its rules that look at more than one token."""

    ruler: AttributeRuler
    joint: frozenset[str]
    known: dict[_Key, tuple[int, str, int]] = field(default_factory=dict)

    def set(self, doc: Doc) -> None:
        """Sets part of speech, morphology and, where the ruler knows it, the lemma of all tokens."""
        if any(token.lower_ in self.joint for token in doc):
            self.ruler(doc)
            return
        keys = [_key(token) for token in doc]
        new = {key: token for key, token in zip(keys, doc, strict=True) if key not in self.known}
        if new:
            self._learn(doc, new)
        for key, token in zip(keys, doc, strict=True):
            token.pos, morph, token.lemma = self.known[key]
            token.set_morph(morph)  # type: ignore[attr-defined]  # spaCy's stubs lack it

    def _learn(self, doc: Doc, new: dict[_Key, Token]) -> None:
        """Has the ruler tell of tokens, laid side by side as if they were a text."""
        if len(self.known) > _MOST:
            self.known.clear()
            new = {_key(token): token for token in doc}
        tokens = list(new.values())
        parsed = doc.has_annotation("DEP")
        aside = Doc(
            doc.vocab,
            words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens] if parsed else None,
            heads=list(range(len(tokens))) if parsed else None,
        )
        self.ruler(aside)
        self.known.update(
            {key: (token.pos, str(token.morph), token.lemma) for key, token in zip(new, aside, strict=True)}
        )


def attributes(nlp: Language) -> Attributes | None:
    """The attribute ruler of a pipeline, with a memory; None where the pipeline has none."""
    ruler = nlp.get_pipe("attribute_ruler") if nlp.has_pipe("attribute_ruler") else None
    if not isinstance(ruler, AttributeRuler):
        return None
    return Attributes(ruler, frozenset(_joint(ruler)))


def _joint(ruler: AttributeRuler) -> Iterator[str]:
    """The words of the rules that look at more than one token."""
    rules: Any = ruler.patterns  # lists of lists of mappings, which spaCy types more loosely
    for pattern in (pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1):
        yield from (token["LOWER"] for token in pattern if isinstance(token.get("LOWER"), str))


def _key(token: Token) -> _Key:
    return token.lower, token.tag, token.dep
