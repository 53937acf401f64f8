"""Events as pages tell them: the claims of an event together, in a sentence, dated, and by how they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kg.web.claims import ClaimView, Part
from kg.web.telling import Sentence, group, groups, sentence, when

AHEAD = ("Planned", "Expected", "Proposed")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, as the first of its claims that were taken as fact tells it, or the first of all."""

    iri: str
    type: str
    label: str
    sentence: Sentence
    start: str
    end: str
    claims: Sequence[ClaimView]

    @property
    def lifted(self) -> bool:
        """Whether it is published as a fact."""
        return any(claim.lifted for claim in self.claims)

    @property
    def when(self) -> str:
        """Its time in words."""
        return when(self.start, self.end)

    @property
    def modality(self) -> str:
        """How it holds by the claim that tells it."""
        return self.claims[0].modality

    @property
    def standing(self) -> str:
        """How it stands here: `Claimed` where it is told as having happened, and was not taken as fact."""
        return "Claimed" if not self.lifted and self.modality in {"Actual", "Ended"} else self.modality

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return group(self.type)

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return "e-" + quote(self.iri.rsplit("/", 1)[-1], safe="")

    @property
    def whose_word(self) -> Sequence[Part]:
        """Those whose word it is, each once."""
        parts = [part for claim in self.claims for part in claim.whose_word]
        return list({part.who.iri: part for part in parts}.values())


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a thing, with facts, plans, denials and mere claims apart; each the latest first."""

    facts: Mapping[str, Sequence[Happening]]
    ahead: Sequence[Happening]
    denied: Sequence[Happening]
    said: Sequence[Happening]

    @property
    def happenings(self) -> list[Happening]:
        """All of it."""
        return [*(h for held in self.facts.values() for h in held), *self.ahead, *self.denied, *self.said]


def happenings(claims: Iterable[ClaimView], label: Callable[[str], str]) -> list[Happening]:
    """The events of claims, the latest first and those without a date last; `label` names classes."""
    by_event: dict[str, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        by_event[claim.event].append(claim)
    found = [_happening(iri, told, label) for iri, told in by_event.items()]
    return sorted(
        found, key=lambda h: (h.start or h.end, h.claims[0].document.date or "", h.iri), reverse=True
    )


def _happening(iri: str, told: list[ClaimView], label: Callable[[str], str]) -> Happening:
    """One event: what was taken as fact goes before what was not, and what has a date before what has none."""
    ordered = sorted(told, key=lambda c: (not c.lifted, not (c.start or c.end), -len(list(c.acting))))
    first = ordered[0]
    name = label(first.type)
    said = sentence(first, name[:1].upper() + name[1:])
    return Happening(iri, first.type, name, said, first.start, first.end, tuple(ordered))


def sorted_out(found: Sequence[Happening]) -> Told:
    """Events by how they hold; facts under their headings, in the order of the table of sentences."""
    facts: dict[str, list[Happening]] = {name: [] for name in groups()}
    for happening in found:
        if happening.lifted:
            facts.setdefault(happening.group, []).append(happening)
    rest = [h for h in found if not h.lifted]
    return Told(
        facts={name: held for name, held in facts.items() if held},
        ahead=[h for h in rest if h.modality in AHEAD],
        denied=[h for h in rest if h.modality == "Denied"],
        said=[h for h in rest if h.modality not in {*AHEAD, "Denied"}],
    )
