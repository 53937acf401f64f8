"""Who goes with which of several things: 'bought 24 jets from France and 20 helicopters from Poland'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.frames import Match
from kg.extract.nouns import acts
from kg.model import Filler


def paired(match: Match, thing: Filler, things: Sequence[Filler], parsed: Parsed) -> Match:
    """The match with, of those who stand behind one preposition each, only whom its `thing` is told with.

    That is who is named between the thing and the next; with nobody there, who is named with the next ('jets and
    drones from France'). `things` are all that fill the role of the thing.
    """
    ends = {f.span.end: f for f in things}
    told = [token for token in match.things if parsed.places[token.i].end in ends]
    told = sorted({token.i: token for token in told}.values(), key=lambda token: token.i)
    at = next((n for n, token in enumerate(told) if parsed.places[token.i].end == thing.span.end), None)
    if at is None or len(told) < 2:
        return match
    return replace(
        match,
        roles=tuple((role, _of(at, told, fillers, parsed)) for role, fillers in match.roles),
    )


def _of(at: int, told: list[Token], fillers: tuple[Filler, ...], parsed: Parsed) -> tuple[Filler, ...]:
    """The fillers of a role that go with one of the things, by its number among them; all, where that is not told."""
    word = _preposition(fillers, told[0], parsed)
    if word is None:
        return fillers
    ends = [*(token.i for token in told), told[-1].sent.end]
    groups = [_behind(word, first, last, parsed) for first, last in pairwise(ends)]
    if sum(bool(group) for group in groups) < 2:
        return fillers
    return next(group for group in [*groups[at:], *reversed(groups[:at])] if group)


def _preposition(fillers: tuple[Filler, ...], first: Token, parsed: Parsed) -> str | None:
    """The preposition that the fillers of a role stand behind, if they stand behind the first thing."""
    for filler in fillers:
        for token in first.sent:
            if parsed.places[token.i] != filler.span:
                continue
            side = syntax.first_conjunct(token)
            if side.dep_ == "pobj" and side.i > first.i:
                return side.head.lower_
    return None


def _behind(word: str, start: int, end: int, parsed: Parsed) -> tuple[Filler, ...]:
    """The sides behind a preposition in a stretch of tokens."""
    return tuple(
        Filler(r.agent, r.span)
        for prep in parsed.doc[start:end]
        if prep.dep_ in {"prep", "dative"} and prep.lower_ == word
        for side in syntax.children(prep, "pobj")
        for token in syntax.conjuncts(side)
        for r in parsed.of(token)
        if r.agent is not None and acts(r)
    )
