"""How much: the sums, shares and counts that belong to what a frame tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Number, Parsed
from kg.extract.clauses import clause_tokens
from kg.extract.frames import Match
from kg.extract.merging import PARTS
from kg.extract.pairing import paired
from kg.model import Filler, Span, Values

_MONEY = frozenset({"Aid", "ArmsTransfer", "DefenceSpending"})
_SIZED = frozenset({"Deployment", "ForceBuildup"})  # whose things may be told with what they are made of
# The role of each class of events whose things are counted.
_COUNTED = {
    "Aid": "item",
    "ArmsTransfer": "item",
    "CapabilityDevelopment": "item",
    "Deployment": "asset",
    "ForceBuildup": "asset",
    "WeaponTest": "item",
    "Training": "trainee",
}
# Verbs whose clause about a thing tells what it costs.
_COSTING = frozenset({"value", "cost", "price", "estimate", "total", "amount", "worth"})
_PRICED = frozenset({"dobj", "nsubj", "nsubjpass"})
_THEM = frozenset({"them", "these", "those", "whom", "which"})
_RELATIVE = frozenset({"which", "that", "who"})
_UNITS = frozenset({"unit", "piece", "example", "copy", "member"})
_NUMBERING = frozenset({"number", "total", "be"})
_APPROXIMATE = frozenset(
    {"about", "around", "some", "roughly", "nearly", "almost", "just", "over", "under", "than", "more"}
)


def by_number(match: Match, parsed: Parsed) -> list[Match]:
    """The match as one for each thing that has a number of its own, and one for those without.

    A list is one fact with many fillers, but one fact each where numbers differ (the guidelines' fourth rule); a sum
    is told of those without (their thirteenth).
    """
    role = _COUNTED.get(match.frame.evokes, "")
    things = dict(match.roles).get(role, ())
    heads = [n.head for n in parsed.numbers.values() if n.kind == "count" and n.head is not None]
    ends = {parsed.places[head].end for head in heads}
    counted = [f for f in things if f.span.end in ends]
    if len(things) < 2 or not counted:
        return [match]
    others = tuple(f for f in things if f not in counted)
    apart = replace(match, apart=bool(others))
    parts = [_part(paired(apart, f, things, parsed), role, (f,), parsed) for f in counted]
    return [*([_part(match, role, others, parsed)] if others else []), *parts]


def _part(match: Match, role: str, group: tuple[Filler, ...], parsed: Parsed) -> Match:
    """The match with only some of a role's fillers, and without the tokens of the others."""
    others = {f.span for f in dict(match.roles)[role]} - {f.span for f in group}
    roles = tuple((r, group if r == role else fillers) for r, fillers in match.roles)

    def kept(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(t for t in tokens if not any(s.covers(parsed.places[t.i]) for s in others))

    return replace(match, roles=roles, tokens=kept(match.tokens), things=kept(match.things))


def has_number(match: Match, parsed: Parsed) -> bool:
    """Whether a frame that needs a number has one at its match."""
    return not match.frame.needs_number or bool(values(match, parsed)[0])


def values(match: Match, parsed: Parsed) -> tuple[Values, list[Span]]:
    """The numbers of what is told, and where they stand: sums and shares in its clause, counts of its fillers."""
    within = reach(match)
    found, spans = Values(), []
    for at in sorted(parsed.numbers, key=lambda at: (_lead(at, parsed) not in {"to", "at"}, at)):
        number = parsed.numbers[at]
        if number.kind == "count":
            counts = found.quantity is None and _is_count_of(match, at, parsed, within)
            more = (
                replace(found, quantity=number.values.quantity, bound=number.values.bound or found.bound)
                if counts
                else found
            )
        else:
            told = at in within and not match.apart and not is_start(at, parsed)
            more = money(match.frame.evokes, number, found) if told else found
        if more is not found:
            found = more
            spans.append(number.span)
    return found, spans


def is_start(at: int, parsed: Parsed) -> bool:
    """Whether a number is what something rises or falls from, or by, and not to: 'from 3 to 5 percent'."""
    before = _before(at, parsed)
    lead = before.lower_ if before is not None else ""
    if before is None or lead not in {"from", "by"}:
        return False
    if before.i and before.nbor(-1).lower_ in {"up", "down"}:
        return True  # 'up from 10,000 last year'
    sentence, kind = parsed.doc[at].sent, parsed.numbers[at].kind
    return lead == "by" or any(
        sentence.start <= other < sentence.end
        and number.kind in {kind, "money", "share"}
        and _lead(other, parsed) == "to"
        for other, number in parsed.numbers.items()
    )


def _lead(at: int, parsed: Parsed) -> str:
    """The word before a number and what bounds it."""
    before = _before(at, parsed)
    return before.lower_ if before is not None else ""


def _before(at: int, parsed: Parsed) -> Token | None:
    """What stands before a number and what bounds it."""
    start = parsed.numbers[at].span.start
    before = next(
        (t for t in reversed(parsed.doc[max(0, at - 8) : at]) if parsed.places[t.i].end <= start), None
    )
    while before is not None and before.i and before.lower_ in _APPROXIMATE:
        before = before.nbor(-1)
    return before


def reach(match: Match) -> frozenset[int]:
    """The tokens among which the sums of a match stand: its clause, and what it says of the cost of its things."""
    found = clause_tokens(match.trigger)
    if match.frame.evokes == "DefenceSpending":  # 'approved a budget that lifts spending to 2 percent'
        budgets = [
            match.trigger.token,
            *(syntax.objects(match.trigger.token) if match.trigger.verbal else ()),
        ]
        found |= {t.i for b in budgets for verb in syntax.children(b, "relcl") for t in _below(verb)}
    if not match.trigger.verbal:
        found |= {t.i for t in _below(match.trigger.token)}
    elif syntax.is_passive(
        match.trigger.token
    ):  # '55 billion dollars are to be invested': under another verb
        found |= {t.i for o in syntax.objects(match.trigger.token) for t in _below(o)}
    above = syntax.clause_verb(match.trigger.token)
    if above.dep_ == "ccomp" and above.i < above.head.i:  # 'will buy tanks, he said, at a cost of a billion'
        found |= {t.i for p in syntax.children(above.head, "prep") if _tells_price(p) for t in p.subtree}
    costing = [t for at in found for t in match.trigger.token.doc[at].children if t.lemma_ in _COSTING]
    priced = (
        [*match.things, match.trigger.token.head] if match.trigger.token.dep_ == "relcl" else match.things
    )
    costing += [t.head for t in priced if t.dep_ in _PRICED and t.head.lemma_ in _COSTING]
    return found | {t.i for verb in costing for t in _below(verb)}


def _tells_price(preposition: Token) -> bool:
    """Whether a preposition leads to what something costs: 'at a cost of'."""
    return any(t.lemma_ in {"cost", "price", "value"} for t in syntax.children(preposition, "pobj"))


def _below(token: Token) -> Iterator[Token]:
    """A token and what hangs on it, but for clauses of their own."""
    yield token
    for child in syntax.dependents(token):
        if not syntax.is_verb(child) or child.lemma_ in _COSTING:
            yield from _below(child)


def _is_count_of(match: Match, at: int, parsed: Parsed, within: frozenset[int]) -> bool:
    """Whether a count tells how many of its things a match is about."""
    kind, head = match.frame.evokes, parsed.numbers[at].head
    more = [n for t in match.things if t.lower_ in PARTS for n in t.lefts]  # 'six more'
    bare = {t.i for t in (*match.things, *more) if t.tag_ == "CD" and t.i in parsed.numbers}
    if bare:
        return at in bare  # 'ordered 14 jets, of which it got the last two'
    sized = kind == "ForceBuildup" and at in within and not is_start(at, parsed)
    if sized and (head is None or _lead(at, parsed) in {"to", "at"}):
        return True
    counted = {f.span.end for f in dict(match.roles).get(_COUNTED.get(kind, ""), ())}
    counts = head is not None and parsed.places[head].end in counted
    counts = counts or (head is not None and _is_unit(parsed.doc[head], parsed, counted))
    counts = counts or (head is None and _stands_beside(parsed.doc[at], parsed, counted))
    counts = counts or (head is None and parsed.places[at].end in counted)
    return counts or _counts_of(parsed.doc[at], parsed, counted) or _within(head, match, kind)


def _is_unit(token: Token, parsed: Parsed, counted: set[int]) -> bool:
    """Whether a noun only stands for single things of the kind behind it: 'two units of the speedboat'."""
    things = syntax.prepositional(token, "of") if token.lemma_.lower() in _UNITS else []
    return any(parsed.places[t.i].end in counted for t in things)


def _within(head: int | None, match: Match, kind: str) -> bool:
    """Whether what a number counts stands within a filler's phrase: 'a battlegroup of 2,000 troops'."""
    things = match.things if kind in _SIZED else ()
    return head is not None and any(
        head in {t.i for t in thing.subtree} - _done_by_others(thing) for thing in things
    )


def _done_by_others(thing: Token) -> set[int]:
    """What a thing's clauses tell that others do: 'a battlegroup, to which France contributes 300 soldiers'."""
    clauses = (
        (verb, syntax.children(verb, "nsubj", "nsubjpass")) for verb in syntax.children(thing, "relcl")
    )
    others = (verb for verb, subjects in clauses if subjects and subjects[0].lower_ not in _RELATIVE)
    return {t.i for verb in others for t in verb.subtree}


def _stands_beside(token: Token, parsed: Parsed, counted: set[int]) -> bool:
    """Whether a bare number tells how many of the thing beside it: 'the F-35, 27 of which'; 'the troops number 900'."""
    if token.dep_ == "appos":
        return parsed.places[token.head.i].end in counted
    verb = syntax.clause_verb(token)
    told = verb.lemma_ in _NUMBERING and token.dep_ in {"dobj", "attr", "npadvmod", "pobj"}
    return told and any(parsed.places[s.i].end in counted for s in syntax.subjects(verb))


def _counts_of(token: Token, parsed: Parsed, counted: set[int]) -> bool:
    """Whether a bare number counts what stands behind it: '133 of these', or before: 'police, 70 of them'."""
    sentence = parsed.places[token.sent.start].start
    named = any(sentence <= end <= parsed.places[token.i].start for end in counted)
    return token.pos_ == "NUM" and any(
        {parsed.places[t.i].end, *(r.span.end for r in parsed.of(t))} & counted
        or (named and t.lower_ in _THEM and not parsed.of(t))
        for t in syntax.prepositional(token, "of")
    )


def money(kind: str, number: Number, found: Values) -> Values:
    """The values with a sum or a share, where the class of events has them and none is known yet."""
    told = number.values
    if number.kind == "money" and kind in _MONEY and found.amount is None and told.amount is not None:
        return replace(found, amount=told.amount, currency=told.currency, bound=told.bound or found.bound)
    share = number.kind == "share" and kind == "DefenceSpending"
    if share and found.share_of_gdp is None and told.share_of_gdp is not None:
        return replace(found, share_of_gdp=told.share_of_gdp, bound=told.bound or found.bound)
    return found
