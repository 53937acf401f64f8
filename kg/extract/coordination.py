"""Who is meant by a word: all that is coordinated with it, and whom a bare 'those' or 'both' stands for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg import syntax
from kg.extract.prepositions import adjacent

_STANDING_IN = frozenset({"those", "that", "both", "one", "ones", "counterpart", "counterparts"})
_GROUPS = frozenset({"consortium", "partnership", "venture", "syndicate"})


def unfolded(heads: Iterable[Token]) -> list[Token]:
    """The heads with all that is coordinated with them, each once."""
    found: list[Token] = []
    for head in heads:
        for token in syntax.conjuncts(head):
            found += [t for t in _meant(token) if t not in found]
    return found


def _meant(token: Token) -> list[Token]:
    """Behind a bare 'those' or 'both' to whom it is of: 'those of Japan and Australia'."""
    if (
        token.lower_ in {"which", "whom"}
        and token.dep_ == "pobj"
        and syntax.clause_verb(token).dep_ == "relcl"
    ):
        return [syntax.clause_verb(token).head]  # 'Kyiv, to which Seoul has given aid'
    if token.lower_ not in _STANDING_IN:
        return _among(token) or _leaders(token) or [token]
    of = syntax.prepositional(token, "of", "from", "in") or adjacent("from", token) or adjacent("of", token)
    return unfolded(of) or [token]


def _among(token: Token) -> list[Token]:
    """Who is said to be one of those that do something: 'Japan was among the nations which took part'."""
    if not syntax.children(token, "relcl", "acl"):
        return []
    one_of = token.head.head if token.head.lower_ == "of" and token.head.head.lower_ == "one" else token
    verb = one_of.head if one_of is not token else token.head.head
    among = one_of is not token or token.head.lower_ == "among"
    return syntax.subjects(verb) if among and verb.lemma_ == "be" and verb != token else []


def _leaders(token: Token) -> list[Token]:
    """Who leads an unnamed group of companies: 'a consortium led by Saab'."""
    if token.lemma_ not in _GROUPS:
        return []
    led = [v for v in syntax.children(token, "acl") if v.lemma_ in {"lead", "head"} and syntax.is_passive(v)]
    return [t for v in led for t in unfolded(syntax.subjects(v))]
