"""Things that a text mentions by common nouns and takes up again: agreements, arms, exercises, institutions.

'Britain concluded a partnership with the Union … the accord …'; 'It ordered 180 tanks; 133 of these …'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg import syntax
from kg.annotate.memory import Memory, Seen
from kg.annotated import Referent, unbroken
from kg.iri import Mint
from kg.model import Entity, Span

Words = Mapping[str, frozenset[str]]
KINDS: Mapping[str, str] = {
    "instrument": "Agreement",
    "weapon": "Item",
    "exercise": "Exercise",
    "troops": "Asset",
}
ARMS = frozenset({"Item", "WeaponSystem"})
_BEFORE = frozenset({"compound", "amod", "nmod", "npadvmod"})
_NOT_KIND = frozenset({"DT", "CD", "$", "PRP$"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_WANDERING = frozenset(
    {
        "this",
        "that",
        "another",
        "other",
        "new",
        "first",
        "second",
        "same",
        "such",
        "further",
        "latest",
        "largest",
    }
)


@dataclass(slots=True)
class Things:
    """Notes and finds the things of one document that have no proper name."""

    words: Words
    mint: Mint
    memory: Memory

    def kind(self, token: Token) -> str | None:
        """What sort of thing a common noun names, if one of those that texts take up again."""
        if token.pos_ != "NOUN":
            return None
        lemma = token.lemma_.lower()
        if any(c.lower_ in {"great", "good"} for c in token.children):
            return None  # 'a great deal'
        told = next((kind for group, kind in KINDS.items() if lemma in self.words[group]), None)
        concluded = token.head.lemma_ in {"sign", "conclude", "ink", "ratify", "initial"} and token.dep_ in {
            "dobj",
            "nsubjpass",
        }
        return "Agreement" if concluded and lemma in self.words["agreement"] else told

    def described(self, token: Token, span: Span) -> Referent | None:
        """The thing that 'the pact', 'the drill', 'the missiles' takes up; None where it is the first
        mention."""
        kind = self.kind(token)
        if kind is None and token.lemma_.lower() in self.words["instrument-description"]:
            kind = "Agreement"
        if kind in {None, "Item", "Asset"} or token.tag_ != "NN" or not self._bare(token):
            return None
        if token.dep_ == "dobj" and token.head.lemma_ in self.words["superseding"]:
            return None  # 'replaces the agreement signed in 2021' is of another than the one told of
        return self.last(kind, span)

    def _bare(self, token: Token) -> bool:
        """Whether a noun is definite and says nothing else of what it names."""
        left = [c for c in token.children if c.i < token.i]
        return (
            any(c.lower_ in _DEFINITE for c in left)
            and all(c.lower_ in _DEFINITE or c.is_punct for c in left)
            and not any(c.dep_ in {"relcl"} for c in token.rights)
            and not any(
                c.dep_ == "prep" and c.lower_ in {"of", "with", "between", "on"} for c in token.rights
            )
        )

    def last(self, kind: str, span: Span) -> Referent | None:
        """The last thing mentioned of a kind, as mentioned again at `span`."""
        kinds = {"Agreement"} if kind == "Agreement" else {kind}
        recent = self.memory.recent(lambda s: s.entity.kind in kinds and self.memory.count - s.at < 250)
        return replace(recent[0].referent, span=span, how="description") if recent else None

    def items(self, span: Span, kinds: Set[str] = ARMS) -> Referent | None:
        """The arms, or things of other kinds, that 'these', 'the other 64', 'they' stand for: the last that were
        mentioned in the plural."""
        recent = self.plural(kinds)
        return replace(recent[0].referent, span=span, how="pronoun") if recent else None

    def plural(self, kinds: Set[str] = ARMS) -> list[Seen]:
        """The arms, or things of other kinds, mentioned in the plural not long ago, the last first."""
        return self.memory.recent(
            lambda s: s.plural and s.entity.kind in kinds and self.memory.count - s.at < 90
        )

    def note(self, token: Token, places: Sequence[Span], text: str, clauses: int) -> None:
        """Takes in a common noun as a thing that the text may take up again; `text` is the document's.

        `clauses` counts the tokens of the passages before, as clauses are told apart by the place of their verb.
        """
        kind = self.kind(token)
        if kind is None or token.dep_ in _BEFORE:
            return
        start = self._start(token)
        label, *alt = (
            unbroken(text[places[i].start : places[token.i].end]) for i in range(start, token.i + 1)
        )
        entity = Entity(self.mint.thing(kind, label), kind, label, tuple(alt))
        subject = token.dep_ in {"nsubj", "nsubjpass"}
        plural = token.tag_ == "NNS"
        clause = clauses + syntax.clause_verb(token).i
        self.memory.note(
            Seen(Referent(places[token.i], entity), self.memory.count, clause, 0.5, subject, plural)
        )

    def _start(self, token: Token) -> int:
        """Where the words begin that say what kind of thing a noun names."""
        start = token.i
        for child in reversed([c for c in token.lefts if c.dep_ in _BEFORE | {"nummod"} or c.is_punct]):
            if child.lower_ in _WANDERING or child.like_num:
                break
            start = child.left_edge.i
        while start < token.i and (token.doc[start].is_punct or token.doc[start].tag_ in _NOT_KIND):
            start += 1
        return start
