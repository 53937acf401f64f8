"""Chooses what a name stands for among the things so called, by what its document has spoken of."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.gazetteer import Candidate
from kg.annotate.names import Name
from kg.reference import Reference

OF_STATES = frozenset({"GovernmentBody", "ArmedForce"})
_RANK = {"State": 0, "Person": 1, "InternationalOrganisation": 1, "Alliance": 1, "Region": 3, "City": 4}


@dataclass(slots=True)
class Candidates:
    """The states and bodies (`spoken`) and the states by their own names (`countries`) that a document tells of."""

    reference: Reference
    countries: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    last_state: str | None = None

    def learn(self, name: Name) -> None:
        """Takes in a name, before any is linked."""
        if sum(c.entry.entity.kind == "State" for c in name.candidates) < 2:
            self.spoken |= {c.entry.entity.iri for c in name.candidates}
        for c in name.candidates:
            if c.entry.entity.kind == "State" and c.how != "metonym":
                self.countries.add(c.entry.entity.iri)

    def ranked(self, name: Name, after: str) -> list[Candidate]:
        """What a name may stand for, the likeliest first; `after` is the text behind it."""
        seats = {c.entry.entity.kind for c in name.candidates if c.how == "metonym"}

        def rank(c: Candidate) -> tuple[int, bool, int, int, int]:
            entity = c.entry.entity
            shared = (
                c.how == "metonym" and entity.kind == "State" and len(seats) > 1
            )  # 'Brussels' is the Union
            country = self.reference.entries.get(c.entry.country or "")
            beside = bool(country and any(after.startswith((f", {n.text}",)) for n in country.names))
            here = (c.entry.country in self.countries) + (
                c.entry.country is not None and c.entry.country == self.last_state
            )
            return (-beside, shared, _RANK.get(entity.kind, 2), -here, -c.entry.population)

        return sorted(name.candidates, key=rank)

    def chosen(self, name: Name, after: str = "") -> Candidate | None:
        """The one candidate that the context allows; None where it leaves several cities open."""
        ranked = [c for c in self.ranked(name, after) if self._is_near(c, name.text)]
        if not ranked:
            return None
        first, rest = ranked[0], ranked[1:]
        states = [c for c in ranked if c.entry.entity.kind == "State"]
        if len(states) > 1:  # 'Korea', 'Congo': the one that the document also names in full
            named = [c for c in states if c.entry.entity.iri in self.spoken]
            return named[0] if len(named) == 1 else None
        rivals = [c for c in rest if c.entry.entity.kind == first.entry.entity.kind == "City"]
        if rivals and not (
            first.entry.country in self.countries and rivals[0].entry.country not in self.countries
        ):
            beside = self.reference.entries.get(first.entry.country or "")
            told = beside and any(after.startswith(f", {n.text}") for n in beside.names)
            if not told and first.entry.population < 5 * max(1, rivals[0].entry.population):
                return None
        return first

    def _is_near(self, c: Candidate, text: str) -> bool:
        """Whether the document has spoken of whose a body is where its name is one that others have, too.

        'The Ministry of Defence' is that of a state spoken of before it; 'NIS' may be anything far from Korea; a
        'Visiting Forces Agreement' is the known one only where all its parties are spoken of.
        """
        if c.how == "short":
            return c.entry.country in self.countries and self.last_state is not None
        if c.entry.entity.label.startswith(f"{text} between "):
            return self.spoken.issuperset(c.entry.parties)
        body = c.how == "abbreviation" and c.entry.entity.kind in OF_STATES
        return not body or c.entry.country is None or c.entry.country in self.spoken
