"""One happening, one fact: claims of a document that tell the same thing become one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Claim, Filler, Modality, Time, Values

_PLACES = frozenset({"place", "destination"})
_THINGS = frozenset({"item", "asset", "agreement", "exercise", "institution", "organisation", "policy"})
_ITEMS = _THINGS | _PLACES  # all roles but those of sides
# Words that stand for some of what was told of before, or for others of the kind: 'ordered more', 'half of them'.
PARTS = frozenset({"more", "several", "some", "half", "most", "rest", "remainder", "others", "another"})


def merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims with those put together that tell one happening, in the order of the text."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.evidence.span, c.type, c.rule)):
        for number, other in enumerate(kept):
            if _same(other, claim):
                kept[number] = together(other, claim)
                break
        else:
            kept.append(claim)
    return tuple(sorted(kept, key=lambda c: (c.evidence.span, c.type, c.rule)))


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims tell one happening: nothing they tell differs, and they share enough."""
    if one.type != other.type or one.modality != other.modality or one.type == "Statement":
        return False
    if _is_of_part(one) != _is_of_part(other):
        return False
    if not (agree_time(one.time, other.time) and _agree_values(one.values, other.values)):
        return False
    overlap = _overlap(one, other)
    if not overlap and _iris(one.attributed_to) != _iris(other.attributed_to):
        return False
    shared = dict(one.roles).keys() & dict(other.roles).keys()
    retold = overlap and one.rule != other.rule  # by one rule in the same words are told the parts of a list
    if not all(_agree_role(role, one.fillers(role), other.fillers(role), retold) for role in shared):
        return False
    return _enough(one, other, overlap)


def _is_of_part(claim: Claim) -> bool:
    """Whether a claim is of some of the things told before, or of more of them."""
    told, start = claim.evidence.exact, claim.evidence.span.start
    things = (f.span for role, fillers in claim.roles if role in _THINGS for f in fillers)
    return any(told[s.start - start : s.end - start].lower() in PARTS for s in things if s.start >= start)


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether the words that tell two claims overlap."""
    first, second = one.evidence.span, other.evidence.span
    return first.start < second.end and second.start < first.end


def _agree_role(role: str, one: Sequence[Filler], other: Sequence[Filler], retold: bool) -> bool:
    """Whether the fillers of a role may be the same, one of them told with more or other words."""
    a, b = _iris(one), _iris(other)
    if role not in _ITEMS:
        return a <= b or b <= a
    generic = role == "agreement" and _generic(one, other)
    return bool(a & b) or generic or alike(one, other) or (retold and role != "place")


def _enough(one: Claim, other: Claim, overlap: bool) -> bool:
    """Whether what two claims share is enough to be one happening."""
    first, second = _agents(one), _agents(other)
    dated = bool(one.time or other.time)
    if not (first and second) and not (one.time and other.time):
        return bool(_things(one) & _things(other))  # told without its sides, and of the same paper or thing
    if overlap:
        return bool(first & second) or bool(not (first and second) and _things(one) & _things(other))
    roles, others = dict(one.roles), dict(other.roles)
    in_one_role = any(_iris(roles[r]) & _iris(others[r]) for r in (roles.keys() & others.keys()) - _ITEMS)
    return (
        in_one_role
        and (len(first & second) > 1 or first == second)
        and (roles.keys() == others.keys() or dated)
    )


def _agents(claim: Claim) -> set[str]:
    return {f.entity.iri for role, fillers in claim.roles if role not in _ITEMS for f in fillers}


def _things(claim: Claim) -> set[str]:
    return {f.entity.iri for role, fillers in claim.roles if role in _THINGS for f in fillers}


def _iris(fillers: Sequence[Filler]) -> set[str]:
    return {f.entity.iri for f in fillers}


def alike(one: Sequence[Filler], other: Sequence[Filler]) -> bool:
    """Whether two things known by their words may be one: a word of one's label is the other's head."""
    heads = {f.entity.label.split()[-1].lower().rstrip("s") for f in one}
    return bool(heads & {f.entity.label.split()[-1].lower().rstrip("s") for f in other})


def _generic(one: Sequence[Filler], other: Sequence[Filler]) -> bool:
    """Whether one of two agreements is told by a common noun alone, which may mean the other: 'a pact'."""
    return all(f.entity.label.islower() for f in one) or all(f.entity.label.islower() for f in other)


def agree_time(one: Time, other: Time) -> bool:
    """Whether two tellings of a time may be of one: as far as both tell an edge, one is the other or a part of it."""
    if not one or not other:
        return True
    return all(
        a is None or b is None or a.startswith(b) or b.startswith(a)
        for a, b in ((one.start, other.start), (one.end, other.end))
    )


def _agree_values(one: Values, other: Values) -> bool:
    pairs = (
        (one.amount, other.amount),
        (one.quantity, other.quantity),
        (one.share_of_gdp, other.share_of_gdp),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _weight(claim: Claim) -> int:
    """How much a claim tells."""
    return sum(len(f) for _, f in claim.roles) + bool(claim.time) + bool(claim.values)


def together(one: Claim, other: Claim) -> Claim:
    """Both tellings as one claim, with the words of the fuller."""
    main, more = (one, other) if _weight(one) >= _weight(other) else (other, one)
    roles = {role: list(fillers) for role, fillers in main.roles}
    for role, fillers in more.roles:
        have = roles.setdefault(role, [])
        if role in _ITEMS and have and role != "place":
            continue
        have.extend(f for f in fillers if f.entity.iri not in {h.entity.iri for h in have})
    told = [e for e in (*main.also_told, more.evidence, *more.also_told) if e.span != main.evidence.span]
    return replace(
        main,
        roles=tuple((role, tuple(fillers)) for role, fillers in roles.items()),
        time=_all_time(main, more),
        values=_all_values(main.values, more.values),
        attributed_to=main.attributed_to or more.attributed_to,
        reported_by=main.reported_by or (more.reported_by if _overlap(main, more) else ()),
        also_told=tuple(dict.fromkeys(told)),
    )


def _all_time(main: Claim, more: Claim) -> Time:
    """What both tell of time: of what has ended when it began, and when it ended."""
    if main.modality is not Modality.ENDED or main.time.start or not main.time.end:
        return main.time or more.time
    return Time(more.time.start, main.time.end)


def _all_values(main: Values, more: Values) -> Values:
    """What both tell of numbers: the sum of one and the count of the other."""
    if not main or not more:
        return main or more
    amount = main if main.amount is not None else more
    return replace(
        main,
        amount=amount.amount,
        currency=amount.currency,
        quantity=main.quantity if main.quantity is not None else more.quantity,
        share_of_gdp=main.share_of_gdp if main.share_of_gdp is not None else more.share_of_gdp,
    )
