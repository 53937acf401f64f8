"""Clauses without their verb: 'Poland sent ten tanks, Estonia four'; 'joined by Britain in April, by Iran in May'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract import amounts
from kg.extract.fillers import PLACES, THINGS, Fillers
from kg.model import Claim, Evidence, Filler, Span, Time, Values

_BREAKS = frozenset({",", ";", "and", "but"})
_ENDS = _BREAKS | {".", "?", "!", ":", ")", "–", "—"}
_LEADS = frozenset({"by", "from", "with", "to"})
_PLACING = frozenset({"in", "at", "for"})
_DATING = frozenset({"in", "on", "since", "from", "until", "by", "as", "of"})
_BOUNDING = frozenset(
    {"some", "about", "around", "nearly", "almost", "over", "only", "just", "another", "a", "further"}
)
_ARTICLES = frozenset({"a", "an", "the"})
_NAMED = frozenset({"name", "metonym", "short name"})
_SPEECH = "Statement"
_SPRAWL = 250  # characters of the clause taken up and of what goes on with it, told as one
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class _Gap:
    """Who does so, too, behind which preposition, in which tokens; `own` is the thing told of them, if any."""

    who: Token
    lead: str
    tokens: tuple[Token, ...]
    dated: bool
    own: Token | None


def gapped(
    sentence: Sentence, parsed: Parsed, fillers: Fillers, claims: list[Claim], first: int
) -> list[Claim]:
    """The claims, with those that clauses without a verb tell; those of the sentence begin at `first`.

    What was read from such a clause as a part of the one before it is taken from there.
    """
    gaps = list(_gaps(sentence, parsed)) if any(c.type != _SPEECH for c in claims[first:]) else []
    if not gaps:
        return claims
    aside = [parsed.span(*gap.tokens) for gap in gaps]
    told = [_Told(_without(c, aside), sentence, parsed) for c in claims[first:] if c.type != _SPEECH]
    more, used = [], []
    for gap in gaps:
        found = next((c for t in reversed(told) if (c := t.again(gap, fillers))), None)
        if found is not None:
            more.append(found)
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


# ---------------------------------------------------------------- where there is no verb


def _gaps(sentence: Sentence, parsed: Parsed) -> Iterator[_Gap]:
    """The clauses of a sentence that name who does something, when or how much, and no verb."""
    at = sentence.start + 1
    while at < sentence.end:
        opens = parsed.doc[at - 1].lower_ in _BREAKS
        gap = _gap(at, sentence.end, parsed) if opens else None
        if gap is not None:
            yield gap
        at = gap.tokens[-1].i + 1 if gap is not None else at + 1


def _gap(first: int, end: int, parsed: Parsed) -> _Gap | None:
    doc = parsed.doc
    counted = _counted(doc[first:end], parsed)  # 'four in Bosnia' names the place behind the number
    at = first + counted
    lead = doc[at].lower_ if at < end and doc[at].lower_ in (_LEADS | _PLACING if counted else _LEADS) else ""
    at += bool(lead)
    at += at < end and doc[at].lower_ == "the"
    if at >= end or (counted and not lead) or not any(r.how in _NAMED for r in parsed.of(doc[at])):
        return None
    last = next((i for i in range(at + 1, end) if doc[i].lower_ in _ENDS), end)
    tokens, rest = tuple(doc[first:last]), tuple(doc[at + 1 : last])
    if any(_is_finite(t) for t in (*tokens, *doc[last + 1 : min(last + 2, end)])):
        return None
    dated = bool(rest) and not counted and _dated(rest, parsed)
    if dated and not _over(first, parsed):
        return None
    own = next((t for t in reversed(rest) if t.tag_[:2] == "NN" and not _is_told(t, parsed)), None)
    other = own is not None and not lead and rest[0].lower_ in _ARTICLES
    if not (counted or dated or other or _counted(rest, parsed)):
        return None
    return _Gap(doc[at], lead, tokens, dated, own)


def _is_finite(token: Token) -> bool:
    return token.tag_ == "MD" or (token.tag_ in {"VBD", "VBZ", "VBP", "VB"} and syntax.is_verb(token))


def _is_told(noun: Token, parsed: Parsed) -> bool:
    """Whether a noun is no thing: a date, a number, or the name of a side or a place."""
    sides = any(r.agent is not None or r.place is not None for r in parsed.of(noun))
    arms = any(r.agent is not None and r.agent.kind in {"WeaponSystem", "Asset"} for r in parsed.of(noun))
    return noun.i in parsed.times or noun.i in parsed.numbers or (sides and not arms)


def _dated(rest: Sequence[Token], parsed: Parsed) -> bool:
    """Whether what stands behind a name begins with a date."""
    first = next((t for t in rest if t.lower_ not in _DATING), rest[0])
    return first.i in parsed.times


def _over(first: int, parsed: Parsed) -> bool:
    """Whether what stands before a break ends with a date, too; else it is a list of names."""
    before = [t for t in parsed.doc[max(0, first - 3) : first] if t.lower_ not in _BREAKS]
    return bool(before) and before[-1].i in parsed.times


def _counted(words: Sequence[Token] | Sentence, parsed: Parsed) -> bool:
    """Whether words begin with a number, but for what bounds it or a sign of money."""
    first = next((t for t in words if t.lower_ not in _BOUNDING and t.tag_ not in {"$", "SYM"}), None)
    return (
        first is not None
        and first.i not in parsed.times
        and (first.i in parsed.numbers or first.tag_ == "CD")
    )


# ---------------------------------------------------------------- what is told again


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim of a sentence, as others may be told of again in it."""

    claim: Claim
    sentence: Sentence
    parsed: Parsed

    def again(self, gap: _Gap, fillers: Fillers) -> Claim | None:
        """The claim, told of who stands in a gap; None where the gap does not go on with it."""
        claim, parsed = self.claim, self.parsed
        like = self._like(gap)
        values = _values(claim, gap, parsed)
        if like is None or values is None:
            return None
        role, old = like
        new = fillers.fill(role, [gap.who], None if role in PLACES else "agent", parsed)
        if not new or new[0].entity == old.entity:
            return None
        roles = dict(claim.roles)
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

    def _put(self, roles: dict[str, tuple[Filler, ...]], gap: _Gap, fillers: Fillers) -> None:
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

    def _like(self, gap: _Gap) -> tuple[str, Filler] | None:
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
        if not sides or self._lead(sides[0][0]) in _LEADS:
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
        return token is not None and _dated(
            self.parsed.doc[token.i + 1 : token.i + 4] or [token], self.parsed
        )

    def _evidence(self, gap: _Gap) -> Evidence:
        own = self.parsed.span(*gap.tokens)
        whole = Span(min(self.claim.evidence.span.start, own.start), own.end)
        span = whole if whole.end - whole.start <= _SPRAWL else own
        return Evidence(span, self.parsed.words(span))


def _values(claim: Claim, gap: _Gap, parsed: Parsed) -> Values | None:
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
    if not numbers and bare is not None and (number := _number(bare.lower_)) is not None:
        shares = claim.values.share_of_gdp is not None
        found = Values(share_of_gdp=number) if shares else Values(quantity=number)
    return found if claim.values or not found else None


def _number(word: str) -> float | None:
    """What a numeral that stands for itself says."""
    bare = word.replace(",", "")
    return float(bare) if bare.replace(".", "", 1).isdecimal() else _small(word)


def _small(word: str) -> float | None:
    return _SMALL.index(word) + 1.0 if word in _SMALL else None
