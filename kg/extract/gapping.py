"""Clauses without their verb: 'Poland sent ten tanks, Estonia four'; 'joined by Britain in April, by Iran in May'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract import amounts
from kg.extract.fillers import PLACES, THINGS, Fillers
from kg.extract.gaps import LEADS, Gap, gaps, is_dated
from kg.model import Claim, Evidence, Filler, Span, Time, Values
from kg.numbers import value_of

_SPEECH = "Statement"
_SPRAWL = 250  # characters of the clause taken up and of what goes on with it, told as one


def gapped(
    sentence: Sentence, parsed: Parsed, fillers: Fillers, claims: list[Claim], first: int
) -> list[Claim]:
    """The claims, with those that clauses without a verb tell; those of the sentence begin at `first`.

    What was read from such a clause as a part of the one before it is taken from there.
    """
    found = list(gaps(sentence, parsed)) if any(c.type != _SPEECH for c in claims[first:]) else []
    if not found:
        return claims
    aside = [parsed.span(*gap.tokens) for gap in found]
    told = [_Told(_without(c, aside), sentence, parsed) for c in claims[first:] if c.type != _SPEECH]
    more, used = [], []
    for gap in found:
        again = next((c for t in reversed(told) if (c := t.again(gap, fillers))), None)
        if again is not None:
            more.append(again)
            used.append(parsed.span(*gap.tokens))
    return [*claims[:first], *(_without(c, used) for c in claims[first:]), *more]


def _without(claim: Claim, stretches: Sequence[Span]) -> Claim:
    """A claim without the fillers that stand in stretches of the text."""
    if claim.type == _SPEECH:
        return claim
    kept = (
        (role, tuple(f for f in fs if not any(s.covers(f.span) for s in stretches)))
        for role, fs in claim.roles
    )
    return replace(claim, roles=tuple((role, fs) for role, fs in kept if fs))


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim of a sentence, as others may be told of again in it."""

    claim: Claim
    sentence: Sentence
    parsed: Parsed

    def again(self, gap: Gap, fillers: Fillers) -> Claim | None:
        """The claim, told of who stands in a gap; None where the gap does not go on with it."""
        claim, parsed = self.claim, self.parsed
        like = self._like(gap)
        values = _values(claim, gap, parsed)
        if like is None or values is None:
            return None
        role, old = like
        new = fillers.fill(role, [gap.who], None if role in PLACES else "agent", parsed)
        roles = dict(claim.roles)
        if not new or (new[0].entity == old.entity and len(roles[role]) == 1):
            return None
        beside = self._beside(old)
        roles[role] = (*(f for f in roles[role] if f not in beside), *new)
        self._put(roles, gap, fillers)
        date = next((parsed.times[t.i].time for t in gap.tokens if t.i in parsed.times), claim.time)
        if claim.time.end and not claim.time.start and not date.end:
            date = Time(end=date.start)
        return replace(
            claim,
            roles=tuple((r, fs) for r, fs in roles.items() if fs),
            evidence=self._evidence(gap),
            time=date,
            values=values,
            also_told=(),
        )

    def _put(self, roles: dict[str, tuple[Filler, ...]], gap: Gap, fillers: Fillers) -> None:
        """Puts what a gap tells besides into the roles: its thing, and what stands behind a preposition again."""
        if gap.own is not None:
            for role in THINGS.keys() & roles.keys():
                roles[role] = fillers.fill(role, [gap.own], None, self.parsed) or roles[role]
            roles.pop("supplier", None)  # who supplies another thing is not told
        for token in gap.tokens:
            name = next((t for t in gap.tokens if t.i > token.i and t.lower_ != "the"), None)
            if token.tag_ not in {"IN", "TO"} or token.i < gap.who.i or name is None:
                continue
            for role, fs in self.claim.roles:
                for f in fs:
                    if self._lead(f) == token.lower_ and (
                        new := fillers.fill(role, [name], None, self.parsed)
                    ):
                        roles[role] = new

    def _like(self, gap: Gap) -> tuple[str, Filler] | None:
        """The role and the filler in whose place stands who a gap names."""
        start, end = self.parsed.places[self.sentence.start].start, self.parsed.places[gap.tokens[0].i].start
        near = sorted(
            (
                (f, role)
                for role, fs in self.claim.roles
                for f in fs
                if start <= f.span.start and f.span.end <= end
            ),
            key=lambda at: at[0].span,
        )
        if gap.lead:
            near = [(f, role) for f, role in near if self._lead(f) == gap.lead]
            return (near[-1][1], near[-1][0]) if near else None
        sides = [(f, role) for f, role in near if role not in THINGS]
        kinds = {r.agent.kind for r in self.parsed.of(gap.who) if r.agent is not None}
        if gap.dated:
            alike = [(f, role) for f, role in sides if f.entity.kind in kinds and self._is_dated(f)]
            if alike:
                return alike[-1][1], alike[-1][0]
        sides = [(f, role) for f, role in sides if role not in PLACES]
        if not sides or self._lead(sides[0][0]) in LEADS:
            return None
        return sides[0][1], sides[0][0]

    def _beside(self, old: Filler) -> list[Filler]:
        """The fillers that are coordinated with one: all of them are replaced."""
        token = self._token(old)
        others = (
            {self.parsed.places[t.i].end for t in syntax.conjuncts(syntax.first_conjunct(token))}
            if token
            else set()
        )
        return [old, *(f for _, fs in self.claim.roles for f in fs if f.span.end in others)]

    def _token(self, filler: Filler) -> Token | None:
        return next((t for t in self.sentence if self.parsed.places[t.i].end == filler.span.end), None)

    def _lead(self, filler: Filler) -> str:
        """The word before a filler, but for an article."""
        token = self._token(filler)
        before = [t for t in self.sentence if token is not None and t.i < token.i and t.lower_ != "the"]
        return before[-1].lower_ if before else ""

    def _is_dated(self, filler: Filler) -> bool:
        token = self._token(filler)
        return token is not None and is_dated(
            tuple(self.parsed.doc[token.i + 1 : token.i + 4]) or (token,), self.parsed
        )

    def _evidence(self, gap: Gap) -> Evidence:
        own = self.parsed.span(*gap.tokens)
        whole = Span(min(self.claim.evidence.span.start, own.start), own.end)
        span = whole if whole.end - whole.start <= _SPRAWL else own
        return Evidence(span, self.parsed.words(span))


def _values(claim: Claim, gap: Gap, parsed: Parsed) -> Values | None:
    """The numbers that a gap tells; None where it counts and what it goes on with does not."""
    found = Values()
    numbers = [parsed.numbers[t.i] for t in gap.tokens if t.i in parsed.numbers]
    for number in numbers:
        if number.kind != "count":
            found = amounts.money(claim.type, number, found)
        elif claim.values.share_of_gdp is not None:
            found = replace(found, share_of_gdp=number.values.quantity)
        else:
            found = replace(found, quantity=number.values.quantity, bound=number.values.bound)
    bare = next((t for t in gap.tokens if t.tag_ == "CD" and t.i not in parsed.times), None)
    if not numbers and bare is not None and (told := value_of(bare.lower_)) is not None:
        shares = claim.values.share_of_gdp is not None
        found = Values(share_of_gdp=float(told)) if shares else Values(quantity=float(told))
    counts = bool(numbers) or bare is not None
    return found if bool(found) is counts and (claim.values or not found) else None
