"""Who is named around a trigger, where its own words name nobody."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.annotated import Parsed

_THINGS = frozenset({"WeaponSystem", "Agreement", "Exercise", "Policy", "Item"})


def alone(token: Token, parsed: Parsed) -> list[Token]:
    """Who alone is named in the sentence, or else in the one before: whose budget or law it is, unless told."""
    sentence = token.sent
    before = parsed.doc[sentence.start - 1].sent if sentence.start else None
    for told in (sentence, before):
        named = _sides(told, parsed) if told is not None else []
        if named:
            return named[:1] if len({_side(t, parsed) for t in named}) == 1 else []
    return []


def _sides(sentence: Span, parsed: Parsed) -> list[Token]:
    return [t for t in sentence if names_agent(t, parsed) and not _is_source(t)]


def _is_source(token: Token) -> bool:
    """Whether a name is only the source of what is told: 'according to the institute'."""
    return token.dep_ == "pobj" and token.head.i > 0 and token.head.nbor(-1).lower_ == "according"


def _side(token: Token, parsed: Parsed) -> str:
    """The state or body that a name stands for."""
    first = next(r for r in parsed.of(token) if r.agent is not None)
    told = first.acts_for or first.agent
    return told.iri if told is not None else ""


def names_agent(token: Token, parsed: Parsed) -> bool:
    """Whether a word names somebody, and no weapon or paper."""
    return any(r.agent is not None and r.agent.kind not in _THINGS for r in parsed.of(token))
