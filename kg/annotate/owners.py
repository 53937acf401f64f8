"""Whose a noun is: the sides named beside it, and behind it in an of-phrase."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg import syntax
from kg.annotate.kinds import Words, is_side
from kg.annotate.several import lemma_of
from kg.annotated import Referent

Found = Mapping[int, tuple[Referent, ...]]

_BESIDE = frozenset({"poss", "amod", "compound", "nmod"})


def owners_of(token: Token, found: Found, words: Words) -> list[Referent]:
    """The sides named beside a noun: 'Japan's', 'Japanese', 'his', 'of Japan', 'in Beijing' of an
    organ."""
    near = [c for c in token.children if c.dep_ in _BESIDE and not _given(c, token, found, words)]
    seated = lemma_of(token) in words["seated"]
    for prep in (c for c in token.children if c.dep_ == "prep"):
        if prep.lower_ in {"of", "from", "for"}:
            near += _fields(syntax.children(prep, "pobj"), words)
        elif prep.lower_ == "in" and seated and not any(is_side(r) for c in near for r in found.get(c.i, ())):
            near += [
                p
                for p in syntax.children(prep, "pobj")
                if any(r.how == "metonym" for r in found.get(p.i, ()))
            ]
    parts = [part for c in near for part in syntax.conjuncts(c)]
    return [r for part in parts for r in found.get(part.i) or _organ(part, found, words) if is_side(r)]


def _organ(token: Token, found: Found, words: Words) -> list[Referent]:
    """Whose organ a noun is that stands behind an office: 'the chiefs of the Dutch and Belgian navies'."""
    behind = token.dep_ in {"pobj", "conj"} and lemma_of(token) in words["organ"]
    return owners_of(token, found, words) if behind else []


def _fields(heads: list[Token], words: Words) -> list[Token]:
    """The heads behind a preposition, and behind one of an office's field: 'chiefs of defence of Chad'."""
    fields = (h for h in heads if h.pos_ == "NOUN" and h.lower_ in words["title-modifier"])
    return heads + [t for field in fields for t in syntax.prepositional(field, "of")]


def _given(child: Token, token: Token, found: Found, words: Words) -> bool:
    """Whether a state before arms is who gets them, read as one name: 'gave Ukraine drones'."""
    arms = child.dep_ == "compound" and lemma_of(token) in words["weapon"]
    return arms and not child.text.isupper() and any(r.how == "name" for r in found.get(child.i, ()))
