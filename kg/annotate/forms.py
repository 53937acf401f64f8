"""What the words of a name tell of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.gazetteer import Gazetteer
from kg.annotate.names import LINKS, Words


@dataclass(frozen=True, slots=True)
class Forms:
    """The names of the reference data, the word classes of the lexicon, and the kind of thing of each
    class."""

    gazetteer: Gazetteer
    words: Words
    kinds: Mapping[str, str]

    def kind(self, run: Sequence[Token]) -> str:
        """The kind that the words of an unknown name tell: by its last word, by the one before 'of', by its
        first."""
        texts = [t.text for t in run]
        if len(run) < 2:
            return ""
        cut = next((i for i, t in enumerate(run) if i and t.lower_ in LINKS), len(run))
        kind = self._by_end(texts[:cut])
        if kind == "Region" and len(texts) - cut > 2:  # 'Gulf of Aden Task Force' is no gulf
            return self._by_end(texts) or kind
        if kind:
            return kind
        for group, kind in self.kinds.items():
            if group.endswith("-lead") and texts[0] in self.words[group]:
                return kind
        return ""

    def _by_end(self, texts: Sequence[str]) -> str:
        """The kind that the last words of a name tell."""
        for word in (" ".join(texts[-2:]), texts[-1]):
            for group, kind in self.kinds.items():
                if group.endswith("-name") and word in self.words[group]:
                    return kind
        return ""

    def called(self, noun: Token) -> str:
        """The kind of thing that a common noun beside a name tells: 'the frigate Hessen'."""
        if noun.text[:1].isupper():
            return ""
        forms = {noun.lower_, noun.lower_.removesuffix("s"), noun.lower_.removesuffix("ies") + "y"}
        found = (k for g, k in self.kinds.items() if g.endswith("-noun") and forms & self.words[g])
        return next(found, "")
