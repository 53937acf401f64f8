"""Goes on with a happening told before: 'They held drills. The manoeuvres, off Oslo, involve Chad, too.'

A frame that resumes tells only what is new of a happening of its class: its sides, its time, how it holds are those
told before, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.extract.merging import agree_time, together
from kg.lexicon import Frame
from kg.model import Claim, Modality, Omission, Time

REACH = 700  # characters between two sentences of which the later goes on with what the earlier tells
_GOING_ON = frozenset({Modality.ACTUAL, Modality.PLANNED})
_UNSURE = frozenset({Modality.EXPECTED, Modality.PROPOSED})


@dataclass(frozen=True, slots=True)
class Resumed:
    """A claim told before, and what it is with what a later sentence adds."""

    told: Claim
    claim: Claim


def resumable(frames: Iterable[Frame], before: Sequence[Claim], at: int) -> list[Frame]:
    """The frames without those that go on with a class of happenings of which nothing was told just before.

    `at` is where the sentence begins. They are left out before they are matched, as few sentences go on with any.
    """
    return [f for f in frames if not f.resumes or _last(f.evokes, before, at) is not None]


def resumed(claim: Claim | Omission, before: Sequence[Claim], at: int) -> Resumed | Claim | Omission:
    """The happening told before with what a claim adds to it; a claim of its own where that one ended or is denied."""
    if isinstance(claim, Omission):
        return claim
    last = _last(claim.type, before, at)
    if last is None:
        return Omission("trigger", claim.evidence, "nothing-before", claim.type)
    if _elsewhere(last, claim):
        return Omission("trigger", claim.evidence, "another-place", claim.type)
    new = {f.entity.iri for _, fillers in claim.roles for f in fillers}
    new -= {f.entity.iri for _, fillers in last.roles for f in fillers}
    if claim.modality in _UNSURE and not (new or claim.time or claim.values):
        # 'the drills would raise tensions'
        return Omission("trigger", claim.evidence, "nothing-new", claim.type)
    if claim.modality not in _GOING_ON:
        known = dict(claim.roles)
        return replace(claim, roles=(*claim.roles, *((r, f) for r, f in last.roles if r not in known)))
    if not (new or claim.time or claim.values):
        return Omission("trigger", claim.evidence, "nothing-new", claim.type)
    if claim.attributed_to and claim.attributed_to != last.attributed_to:
        return Omission("trigger", claim.evidence, "said-by-others", claim.type)
    time = _both(last.time, claim.time)
    if time is None:
        return Omission("trigger", claim.evidence, "another-time", claim.type)
    more = replace(claim, time=Time(), modality=last.modality, attributed_to=last.attributed_to)
    return Resumed(last, replace(together(last, more), time=time))


def _last(kind: str, before: Sequence[Claim], at: int) -> Claim | None:
    """The last happening of a class told within reach of a sentence."""
    near = (c for c in reversed(before) if c.type == kind and c.evidence.span.start < at)
    return next((c for c in near if at - c.evidence.span.end < REACH), None)


def _elsewhere(told: Claim, new: Claim) -> bool:
    """Whether two deployments are told at different places: 'the mission in Kashmir' is not that in Goma."""
    one, other = ({f.entity.iri for f in c.fillers("place")} for c in (told, new))
    return new.type == "Deployment" and bool(one and other) and one.isdisjoint(other)


def _both(told: Time, new: Time) -> Time | None:
    """The time of a happening by both tellings, the finer of each edge; None where they tell different times."""
    if not agree_time(told, new):
        return None
    return Time(_finer(told.start, new.start), _finer(told.end, new.end))


def _finer(one: str | None, other: str | None) -> str | None:
    return max(one or "", other or "", key=len) or None
