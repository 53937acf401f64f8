"""Clauses that leave out what another does likewise: 'as Croatia will', 'nor was Sweden'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.fillers import PLACES, THINGS, Fillers
from kg.model import Claim, Evidence, Filler, Time, Values

_OPENING = frozenset({"as", "so", "nor", "neither"})
_STANDING_IN = frozenset(
    {"do", "does", "did", "will", "would", "can", "could", "has", "have", "had", "is", "are", "was", "were"}
)
_GOING_ON = frozenset({"ADP", "CCONJ", "SCONJ", "ADV", "PUNCT", "SPACE"})  # behind a clause that is over
_DATED = 5  # tokens behind such a clause among which its date stands
_SPEECH = "Statement"


def likewise(
    sentence: Sentence, parsed: Parsed, fillers: Fillers, before: Sequence[Claim]
) -> Iterator[Claim]:
    """What a sentence tells, told of those who do it too."""
    start = parsed.places[sentence.start].start
    for token in sentence:
        if (found := _auxiliary(token)) is None:
            continue
        who, last = found
        sides = fillers.fill("participant", syntax.conjuncts(who), "agent", parsed)
        at = parsed.places[token.i].start
        told = next((c for c in reversed(before) if _told(c, start, at)), None)
        role = _doing(told) if told is not None else None
        if sides and told is not None and role is not None:
            yield _again(told, role, sides, parsed, (token, who, last))


def _auxiliary(opening: Token) -> tuple[Token, Token] | None:
    """Who does so, too, by an auxiliary alone, and the last word of it: 'as Croatia will', 'nor was Sweden'."""
    if opening.lower_ not in _OPENING or opening.i + 2 >= opening.sent.end:
        return None
    one, other = opening.nbor(1), opening.nbor(2)
    who = other if one.lower_ in _STANDING_IN else one
    after = other.nbor() if other.i + 1 < other.sent.end else None
    over = after is None or after.pos_ in _GOING_ON
    stands_in = {one.lower_, other.lower_} & _STANDING_IN
    return (who, other) if stands_in and over and who.pos_ in {"PROPN", "NOUN"} else None


def _told(claim: Claim, start: int, end: int) -> bool:
    """Whether a claim is told between two places in the text, and is more than that somebody speaks."""
    span = claim.evidence.span
    return claim.type != _SPEECH and start <= span.start and span.end <= end


def _doing(claim: Claim) -> str | None:
    """The role of those who do what a claim tells: of its sides, the one told first."""
    sides = {role: fillers for role, fillers in claim.roles if role not in THINGS and role not in PLACES}
    return min(sides, key=lambda role: sides[role][0].span.start, default=None)


def _again(
    told: Claim, role: str, sides: tuple[Filler, ...], parsed: Parsed, words: tuple[Token, Token, Token]
) -> Claim:
    """What is told, done by others: with the date beside them, and without its numbers."""
    last = max(words, key=lambda t: t.i)
    date = next(
        (parsed.times[t.i] for t in parsed.doc[last.i : last.i + _DATED] if t.i in parsed.times), None
    )
    span = parsed.span(*words, *(parsed.doc[t] for t in parsed.times if parsed.times[t] is date))
    return replace(
        told,
        roles=tuple((r, sides if r == role else fillers) for r, fillers in told.roles),
        evidence=Evidence(span, parsed.words(span)),
        time=date.time if date is not None else Time(),
        values=Values(),
        also_told=(),
    )
