"""Matches the frames of the lexicon: from a trigger to its roles and fillers."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotated import Parsed
from kg.extract.fillers import PLACES, THINGS
from kg.extract.slots import Slots
from kg.extract.triggers import Trigger
from kg.lexicon import Frame
from kg.model import Filler

_SIGNING = frozenset({"sign", "conclude", "ink", "seal", "strike", "initial", "finalise", "finalize"})
_ABROAD = frozenset({"visitor", "deployer"})  # roles of those who are elsewhere than at home


@dataclass(frozen=True, slots=True)
class Match:
    """A frame matched at a trigger: its roles with their fillers, and the tokens that gave these.

    `complete` tells whether all is there that the frame needs, `missing` which roles are not; `things` are those of
    the tokens that fill roles of things; `apart` tells that a sum beside them is that of others.
    """

    frame: Frame
    trigger: Trigger
    roles: tuple[tuple[str, tuple[Filler, ...]], ...]
    tokens: tuple[Token, ...]
    complete: bool
    missing: tuple[str, ...] = ()
    things: tuple[Token, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches frames at triggers."""

    slots: Slots

    def match(self, trigger: Trigger, frame: Frame, parsed: Parsed, us: tuple[Filler, ...]) -> Match:
        """The frame's roles filled at a trigger. `us` are the speakers, who 'we' is."""
        if frame.about and trigger.verbal and not self.slots.is_about(frame, trigger, parsed):
            return Match(frame, trigger, (), (), False, (frame.about,))
        roles: dict[str, dict[str, Filler]] = {}
        seen: list[tuple[str, Token]] = []  # the tokens that give fillers, each with its role
        missing: list[str] = []
        for slot in frame.slots:
            if missing and not slot.needed:
                continue  # a frame that cannot be completed tells which roles it lacks, and no more
            found = self.slots.found(slot, trigger, parsed, us)
            if slot.role != "_":
                filled = roles.setdefault(slot.role, {})
                new = ((token, f) for token, fillers in found for f in fillers)
                seen += [(slot.role, token) for token, f in new if filled.setdefault(f.entity.iri, f) is f]
            if slot.needed and not found:
                missing.append(slot.role)
        roles = _apart(roles, frame)
        if len(roles.get("buyer", {})) > 1 and "supplier" not in roles and _signed(trigger):
            del roles["buyer"]  # two states that sign a contract with each other: only one of them buys
        missing += [s.role for s in frame.slots if s.needed and s.role != "_" and s.role not in roles]
        first = frame.slots[0].role
        if len(roles.get(first, {})) < frame.at_least:
            missing.append(first)
        return Match(
            frame,
            trigger,
            roles=tuple((role, tuple(f.values())) for role, f in roles.items()),
            tokens=tuple(token for _, token in seen),
            complete=not missing,
            missing=tuple(dict.fromkeys(missing)),
            things=tuple(token for role, token in seen if role in THINGS),
        )


def _signed(trigger: Trigger) -> bool:
    """Whether a trigger is what sides sign, or their signing."""
    verb = trigger.token if trigger.verbal else trigger.host
    return verb is not None and verb.lemma_ in _SIGNING


def _apart(roles: dict[str, dict[str, Filler]], frame: Frame) -> dict[str, dict[str, Filler]]:
    """Keeps one thing from filling two agent roles that exclude each other: nobody supplies itself."""
    order = [slot.role for slot in frame.slots]
    for number, role in enumerate(order):
        for other in order[number + 1 :]:
            if other != role and role in roles and other in roles and other not in PLACES:
                for iri in set(roles[role]) & set(roles[other]):
                    del roles[other][iri]
    own = {
        iri
        for role in _ABROAD & roles.keys()
        for f in roles[role].values()
        for iri in (f.entity.iri, f.acts_for.iri if f.acts_for else "")
    }
    for role in PLACES & roles.keys():  # nobody visits, or deploys to, his own state as a whole
        roles[role] = {iri: f for iri, f in roles[role].items() if iri not in own}
    return {role: f for role, f in roles.items() if f}
