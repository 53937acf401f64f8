"""What stands behind a preposition that belongs to a trigger, wherever the parser hung it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg import syntax
from kg.extract.triggers import Trigger

_HELD = frozenset(
    {
        "hold",
        "conduct",
        "stage",
        "run",
        "organise",
        "organize",
        "host",
        "sign",
        "conclude",
        "launch",
        "carry",
        "mount",
    }
)
_ALONG = frozenset({"along", "together", "alongside"})


def behind(word: str, trigger: Trigger) -> list[Token]:
    """What stands behind a preposition (or an adverb, as a mere condition) at the trigger, its object or its host."""
    token = trigger.token
    found: list[Token] = []
    for head in _hangers(word, trigger):
        found += [t for t in syntax.prepositional(head, word) if t not in found]
    if word == "with":
        found = [s for t in found for s in _having(t)]
    return (
        found
        or (_following(word, token) if trigger.verbal else adjacent(word, token))
        or _behind_of(word, [token] if not trigger.verbal else syntax.objects(token))
        or _beside(word, token)
    )


def _having(token: Token) -> list[Token]:
    """Who does what a clause behind 'with' says: 'hosted the drill, with Chadian units taking part'."""
    alone = token.dep_ == "pcomp" and syntax.is_verb(token)
    return syntax.children(token, "nsubj", "nsubjpass") or [token] if alone else [token]


def _beside(word: str, token: Token) -> list[Token]:
    """An adverb at a word, as a mere condition; what stands behind it where it was a preposition after all."""
    # 'together with' hangs on either
    heads = (token, *(syntax.children(token, "prep") if word in _ALONG else ()))
    adverbs = [c for h in heads for c in syntax.children(h, "advmod", "prt") if c.lower_ == word]
    return syntax.objects(token) if adverbs and word == "alongside" else adverbs


def _hangers(word: str, trigger: Trigger) -> list[Token]:
    """The words on which a parser may hang a preposition that belongs to the trigger."""
    token = trigger.token
    heads = [token]
    if trigger.verbal:
        heads += [o for o in syntax.objects(token) if o.i > token.i]
        heads += syntax.children(token, "advmod", "prt", "acomp")
        if word in {"with", "alongside"}:
            heads += [s for s in syntax.subjects(token) if s.i < token.i]
        if token.dep_ == "acl" and token.tag_ == "VBN":
            heads.append(token.head)
    else:
        heads += [c for c in syntax.children(token, "acl") if c.tag_ in {"VBN", "VBD"} and c.lemma_ in _HELD]
        if trigger.host is not None:
            heads += [trigger.host, *syntax.children(trigger.host, "advmod", "prt")]
    beside = [c for h in heads for c in syntax.children(h, "amod") if c.lower_ in {"worth", "close", "next"}]
    heads += beside + [
        s for c in beside for s in syntax.children(c, "npadvmod")
    ]  # 'worth a million euros for Chad'
    return heads + [c for h in heads for c in syntax.children(h, "prep") if c.lower_ in _ALONG]


def adjacent(word: str, noun: Token) -> list[Token]:
    """What a preposition right behind a noun or its list leads to, wherever the parser hung it."""
    last = syntax.conjuncts(syntax.first_conjunct(noun))[-1]
    of = [p.right_edge.i for p in syntax.children(noun, "prep") if p.lower_ == "of"]
    for end in {noun.i, last.i, *of}:
        if end + 1 < len(noun.doc) and noun.doc[end + 1].lower_ == word:
            return syntax.children(noun.doc[end + 1], "pobj")
    return []


def _behind_of(word: str, nouns: Iterable[Token]) -> list[Token]:
    """What a preposition leads to that was hung on an of-phrase: 'the donation of tanks to Ukraine'."""
    inner = [t for noun in nouns for t in syntax.prepositional(noun, "of", "for")]
    return [t for noun in inner for t in syntax.prepositional(noun, word)]


def _following(word: str, verb: Token) -> list[Token]:
    """What a preposition right behind a verb's object leads to, wherever the parser hung it."""
    found: list[Token] = []
    for head in syntax.objects(verb):
        if head.i > verb.i:
            found = found or adjacent(word, syntax.conjuncts(head)[-1])
    return found
