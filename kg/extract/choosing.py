"""Which matches of a sentence stand, and what their claims take from what was told before."""

from __future__ import annotations

from dataclasses import replace

from kg import syntax
from kg.annotated import Parsed
from kg.extract import amounts
from kg.extract.frames import Match
from kg.extract.merging import alike
from kg.extract.nouns import is_taken_up
from kg.extract.resuming import REACH
from kg.extract.standins import stands_in
from kg.extract.triggers import Trigger
from kg.model import Claim, Filler, Modality, Omission

# By class: the role of what is taken up, and the role of who sent or taught it.
_OWNED = {"Deployment": ("asset", "deployer"), "Training": ("trainee", "trainer")}
_ANY_FORCE = frozenset(
    {"unit", "force", "contingent", "troops", "soldiers", "team", "detachment", "mission", "group"}
)
Found = tuple[Trigger, tuple[Filler, ...], list[Match]]
# By the class of what is told: what it is where a word above tells it; what a contract is to deliver is no aid.
_INSTEAD = {"Aid": frozenset({"ArmsTransfer"})}
_GIVING = frozenset({"donate", "gift"})  # verbs of nothing but aid
_LIKEWISE = frozenset({"follow"})  # who follows suit does what was told last, and nothing told before that
# Classes whose nouns also name what others sign, buy or give: as such they tell nothing besides.
_PAPERS = frozenset({"Cooperation", "Aid", "Meeting", "PolicyAdoption"})
# By the class of what is told of a noun: what the noun tells nothing of besides, as in 'left the treaty', 'trained
# 750 soldiers in Cyprus'.
_NAMED = {
    "Accession": frozenset({"AgreementSigning"}),
    "Training": frozenset({"Deployment"}),
    "ArmedConflict": frozenset({"Deployment"}),
}


def named_by(found: list[Found]) -> dict[int, frozenset[str]]:
    """The nouns that matches of other triggers are about, each with the classes that it as such tells nothing of."""
    named: dict[int, frozenset[str]] = {}
    for trigger, _, matches in found:
        for match in best([m for m in matches if m.complete]):
            untold = _PAPERS | _NAMED.get(match.frame.evokes, frozenset())
            for thing in (t for t in match.things if t != trigger.token):
                named[thing.i] = named.get(thing.i, frozenset()) | untold
    return named


def standing(
    trigger: Trigger, matches: list[Match], named: dict[int, frozenset[str]], parsed: Parsed
) -> list[Match]:
    """The matches of one trigger that stand; `named` as by `named_by`."""
    untold = frozenset() if trigger.verbal else named.get(trigger.token.i, frozenset())
    kept = best([m for m in matches if m.complete and amounts.has_number(m, parsed)])
    return [m for m in kept if m.frame.evokes not in untold]


def nearest(matches: list[Match], before: list[Claim]) -> list[Match]:
    """The matches without those that go on with a class of events, where they may go on with one told later."""
    classes = {m.frame.evokes for m in matches if m.frame.follows}
    likewise = any(m.trigger.token.lemma_ in _LIKEWISE for m in matches if m.frame.follows)
    told = (c.type for c in reversed(before) if c.type in classes or (likewise and c.type != "Statement"))
    last = next(told, None)
    return [m for m in matches if len(classes) < 2 or not m.frame.follows or m.frame.evokes == last]


def telling(match: Match, found: list[Found]) -> Match:
    """The match that tells how another one holds: one above it, of the same thing and class or of its sale.

    'Signed a contract to buy 14 aircraft' is a contract that is there, and no purchase to come.
    """
    above = set(syntax.ancestors(match.trigger.token))
    given = match.trigger.token.lemma_ in _GIVING
    return next(
        (
            m
            for trigger, _, matches in found
            for m in matches
            if trigger.token in above
            and m.complete
            and m.frame.evokes
            in {match.frame.evokes, *(() if given else _INSTEAD.get(match.frame.evokes, ()))}
            and set(m.things) & set(match.things)
        ),
        match,
    )


def _following(claim: Claim, before: list[Claim]) -> Claim | Omission:
    """A claim that only goes on with one of its class: sides and modality that it does not tell are that one's."""
    last = next((c for c in reversed(before) if c.type == claim.type), None)
    if last is None:
        return Omission("trigger", claim.evidence, "nothing-before", claim.type)
    told = dict(claim.roles)
    roles = tuple(
        (role, told.get(role) or fillers) for role, fillers in last.roles if role != "item" or told.get(role)
    )
    modality = last.modality if claim.modality is Modality.ACTUAL else claim.modality
    return replace(
        claim, roles=(*roles, *((r, f) for r, f in claim.roles if r not in dict(roles))), modality=modality
    )


def best(matches: list[Match]) -> list[Match]:
    """The matches of one trigger that stand: of each class of events the fullest, but for those that yield."""
    kept: dict[str, Match] = {}
    names = {m.frame.name for m in matches}
    for match in matches:
        if match.frame.unless & names:
            continue
        old = kept.get(match.frame.evokes)
        if old is None or sum(len(f) for _, f in match.roles) > sum(len(f) for _, f in old.roles):
            kept[match.frame.evokes] = match
    return list(kept.values())


def joined(claim: Claim | Omission, match: Match, before: list[Claim], parsed: Parsed) -> Claim | Omission:
    """A claim with the roles that it leaves to what was told before."""
    if isinstance(claim, Omission):
        return claim
    if match.frame.follows:
        return _following(claim, before)
    if claim.type in _OWNED and any(is_taken_up(t, parsed) or stands_in(t, parsed) for t in match.things):
        return _owned(claim, before, *_OWNED[claim.type])
    return _sided(claim, before) if claim.type == "AgreementSigning" and not claim.fillers("party") else claim


def _owned(claim: Claim, before: list[Claim], thing: str, owner: str) -> Claim:
    """What is done with soldiers told of before is done by who had sent or taught them: 'The unit will stay on'."""
    if claim.fillers(owner):
        return claim
    near = [c for c in before if claim.evidence.span.start - c.evidence.span.end < REACH]
    told = (c for c in reversed(near) if c.type == claim.type and c.fillers(owner))
    last = next(
        (c for c in told if alike(c.fillers(thing), claim.fillers(thing)) or _stands_for(claim, thing)), None
    )
    return replace(claim, roles=(*claim.roles, (owner, last.fillers(owner)))) if last is not None else claim


def _stands_for(claim: Claim, thing: str) -> bool:
    """Whether a thing is told by a noun that may stand for any soldiers: 'the unit', 'the contingent'."""
    return any(f.entity.label.split()[-1].lower() in _ANY_FORCE for f in claim.fillers(thing))


def _sided(claim: Claim, before: list[Claim]) -> Claim:
    """An agreement without its sides is that of the sides told before: 'The pact was first signed in 2007'."""
    papers = {f.entity.iri for f in claim.fillers("agreement")}
    told = [
        last.fillers("party")
        for last in before
        if last.type == claim.type and papers & {f.entity.iri for f in last.fillers("agreement")}
    ]
    sides = max(told, key=len, default=())
    return replace(claim, roles=(*claim.roles, ("party", sides))) if sides else claim
