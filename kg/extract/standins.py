"""Numbers and words of amount that stand for arms or forces named before: 'Italy may send two'.

A stand-in is read with the noun that it leaves out: the last one in its passage that the role admits, of the same
sentence or of the two before it, and there first what the same verb is told of. Where
nothing fits nearby, it stays nobody's: a wrong thing is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.fillers import Fillers
from kg.extract.merging import PARTS
from kg.extract.nouns import NAMING
from kg.model import Filler

_ROLES = frozenset({"item", "asset"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})
_NOUNS_AT = _ARGUMENTS | {"conj", "appos"}
_AMOUNTS = PARTS | {"both"}
_MEASURING = frozenset({"to", "from", "by", "at"})  # before how many there are: 'grow to 6,000'
_OF = frozenset({"them", "these", "those", "which"})
_SENTENCES = 3  # how far the noun may be: the sentence of the stand-in and the two before it
_SMALL_WORDS = frozenset({"a", "an"})


@dataclass(frozen=True, slots=True)
class StandIns:
    """Finds what stand-ins leave out, and fills roles with it."""

    fillers: Fillers

    def fill(self, role: str, token: Token, wanted: str | None, parsed: Parsed) -> tuple[Filler, ...]:
        """The fillers that a stand-in takes up, told at its own words; none where it is not one or nothing fits."""
        noun = self.noun(token, wanted, parsed) if role in _ROLES else None
        if noun is None:
            return ()
        own = parsed.span(*syntax.children(token, "nummod"), token)
        return tuple(replace(f, span=own) for f in self.fillers.fill(role, [noun], wanted, parsed))

    def noun(self, token: Token, wanted: str | None, parsed: Parsed) -> Token | None:
        """The noun of a class that a stand-in leaves out; None where there is none."""
        if wanted is None or not stands_in(token, parsed):
            return None
        verb = syntax.clause_verb(token).lemma_
        for words in _sentences_back(token):
            if fitting := [t for t in words if self._is_named(t, wanted, parsed)]:
                alike = (t for t in fitting if syntax.clause_verb(t).lemma_ == verb)
                return next(alike, fitting[0])
        return None

    def _is_named(self, noun: Token, wanted: str, parsed: Parsed) -> bool:
        """Whether a word names several things of a class, or a kind of them."""
        if noun.pos_ not in NAMING or noun.dep_ not in _NOUNS_AT or noun.i in parsed.times:
            return False
        named = (r.entity for t in parsed.doc[noun.left_edge.i : noun.i + 1] for r in parsed.of(t))
        kind = any(entity is not None and entity.kind == "WeaponSystem" for entity in named)
        counted = any(c.lower_ in _SMALL_WORDS or c.dep_ == "nummod" for c in noun.lefts)
        several = noun.tag_ in {"NNS", "NNPS"} or counted
        return (kind or several) and self.fillers.nouns.fits(noun, wanted, parsed)


def stands_in(token: Token, parsed: Parsed) -> bool:
    """Whether a word is an argument that leaves out what it counts: 'ten', 'six more', 'half of them'."""
    if token.dep_ not in _ARGUMENTS or (token.dep_ == "pobj" and token.head.lower_ in _MEASURING):
        return False
    counted = {t.lower_ for t in syntax.prepositional(token, "of")}
    compared = any(p.lower_ == "than" for p in syntax.children(token, "prep"))
    number = parsed.numbers.get(token.i)
    bare = number is not None and (number.head is None or parsed.doc[number.head].pos_ == "VERB")
    counts = number is not None and number.kind == "count" and bare
    amount = token.i not in parsed.times and (counts or token.lower_ in _AMOUNTS)
    return amount and counted <= _OF and not compared


def _sentences_back(token: Token) -> Iterator[list[Token]]:
    """The words before a word, the nearest first, of its sentence and of those before it."""
    start, end = token.sent.start, token.i
    for _ in range(_SENTENCES):
        yield list(reversed(token.doc[start:end]))
        if start == 0:
            return
        start, end = token.doc[start - 1].sent.start, start
