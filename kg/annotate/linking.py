"""Decides what the names of a document stand for: a thing of the reference data, or one known from the text alone.

Links are never guessed: a name that may stand for several things and whose context does not tell is left
unlinked and listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from kg.annotate.candidates import OF_STATES, Candidates
from kg.annotate.gazetteer import Candidate
from kg.annotate.names import Name
from kg.annotate.people import People, folded
from kg.annotated import Referent
from kg.iri import Mint
from kg.model import Entity, Span
from kg.reference import Reference

ORGANISATIONS = frozenset(
    {"InternationalOrganisation", "Alliance", "Grouping", "GovernmentBody", "ArmedForce", "MilitaryCommand", "Company",
     "NewsOutlet", "Organisation"}
)  # fmt: skip
AGENTS = ORGANISATIONS | {"State", "Person"}
PLACES = frozenset({"State", "City", "Region", "Facility"})
_HONORIFIC = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|Professor|Sen|Rep|M)\b\.?\s*)+", re.IGNORECASE
)
_WOMAN, _MAN = (
    re.compile(r"\b(?:Ms|Mrs|Lady|Queen|Princess)\b"),
    re.compile(r"\b(?:Mr|Sir|Lord|King|Prince)\b"),
)


@dataclass(slots=True)
class Linker:
    """Links the names of one document, in the order of its text."""

    reference: Reference
    people: People
    mint: Mint
    on: date | None
    known: dict[str, Entity] = field(default_factory=dict)
    shorts: dict[str, list[Entity]] = field(default_factory=dict)
    capacities: dict[str, tuple[Entity | None, str | None]] = field(default_factory=dict)
    ambiguous: list[tuple[Span, str, tuple[str, ...]]] = field(default_factory=list)
    women: set[str] = field(default_factory=set)
    men: set[str] = field(default_factory=set)
    candidates: Candidates = field(init=False)

    def __post_init__(self) -> None:
        """Starts with nothing spoken of."""
        self.candidates = Candidates(self.reference)

    def learn(self, names: Iterable[Name]) -> None:
        """Takes in the full names of a passage, before any is linked, so that short names find them."""
        for name in names:
            self.candidates.learn(name)
            if _person_name(name):
                if " " in name.text:
                    self._person(name)
            elif (
                name.kind and not name.candidates and name.kind != "Meeting" and not self._rather_known(name)
            ):
                self._thing(name.kind, name.text, name.alias)
            elif name.alias and name.candidates and (one := self.candidates.chosen(name)):
                self.shorts.setdefault(name.alias, []).append(one.entry.entity)

    def refer(self, name: Name, span: Span, after: str) -> Referent | None:
        """What a name refers to that stands at `span` of the document; `after` is the text behind it."""
        if _person_name(name):
            return self._refer_person(name, span)
        if name.kind == "Meeting":
            return None
        if self._rather_known(name) and (entity := self.short(name.text)):
            name = replace(name, kind=entity.kind, candidates=())
            return (
                self._refer_person(name, span) if entity.kind == "Person" else _as(entity, span, "short name")
            )
        if name.kind:
            return _as(self._thing(name.kind, name.text, name.alias), span, "name")
        return self._refer_reference(name, span, after)

    @staticmethod
    def _rather_known(name: Name) -> bool:
        """Whether one word that may be a town or a body may as well be short for what the document named in
        full."""
        if " " in name.text:
            return False
        towns = all(c.entry.entity.kind == "City" and c.how in {"label", "alt"} for c in name.candidates)
        return towns and name.kind != "Person"

    def short(self, text: str) -> Entity | None:
        """The thing of this document that a short name or acronym stands for, where it is one only."""
        found = {e.iri: e for e in self.shorts.get(text, ())}
        if len(found) == 1:
            return next(iter(found.values()))
        return None

    def sole(self, family: str) -> Entity | None:
        """The person that a family name alone may mean: the only one so called, in office at the time, of a
        state or body that the document names."""
        one = self.people.alone(family)
        if one is None:
            return None
        offices = self.reference.offices_of(one.entity.iri, self.on)
        return one.entity if any(h.of in self.candidates.spoken for h in offices) else None

    def capital(self, state: Entity) -> Entity | None:
        """The capital of a state: the city of it that is also a way to say the state."""
        entry = self.reference.entries.get(state.iri)
        for name in entry.names if entry else ():
            for city in self.reference.named(name.text) if name.how == "metonym" else ():
                if city.entity.kind == "City" and city.country == state.iri:
                    return city.entity
        return None

    def body(self, name: str, owner: Entity) -> Entity:
        """The body of a state that a description tells: 'foreign ministry' of Russia; worded so if the
        reference lacks it."""
        wanted = folded(name)
        for entry in self.reference.entries.values():
            if entry.country == owner.iri and any(folded(n.text) == wanted for n in entry.names):
                return replace(entry.entity, alt=(*entry.entity.alt, name))
        label = f"{owner.label}'s {name}"
        return Entity(self.mint.thing("GovernmentBody", label), "GovernmentBody", label, (name,))

    def _refer_person(self, name: Name, span: Span) -> Referent | None:
        known = self.known.get(folded(name.text))
        known = known if known is not None and known.kind == "Person" else None
        entity = known or self.short(name.text) or self._person(name)
        of, title = self._acts_for(name)
        if name.title and _WOMAN.search(name.title):
            self.women.add(entity.iri)
        if name.title and _MAN.search(name.title):
            self.men.add(entity.iri)
        if of or title:
            self.capacities[entity.iri] = (of or self.capacities.get(entity.iri, (None, None))[0], title)
        acts_for, capacity = self.capacities.get(entity.iri, (None, None))
        if acts_for is None:
            acts_for = self._holds(entity)
        return Referent(span, entity, None, acts_for, capacity, "name" if " " in name.text else "short name")

    def capacity(self, entity: Entity) -> tuple[Entity | None, str | None]:
        """For whom a person acts in this document, and as what, as far as text or reference data say."""
        acts_for, title = self.capacities.get(entity.iri, (None, None))
        return acts_for or self._holds(entity), title

    def _holds(self, entity: Entity) -> Entity | None:
        """The state or body of the office that the reference data has a person hold at the document's date.

        Of a document without a date, the one that the person ever held offices of.
        """
        held = {h.of for h in self.reference.offices_of(entity.iri, self.on) if h.of}
        return self.reference.entries[held.pop()].entity if len(held) == 1 else None

    def _acts_for(self, name: Name) -> tuple[Entity | None, str | None]:
        """The state named in a title, else the body; and the title, where it is an office."""
        told = [
            c.entry.entity
            for found in name.of
            for c in found.candidates
            if c.entry.entity.kind in AGENTS - {"Person"} and c.how != "short"
        ]
        of = next((e for e in told if e.kind == "State"), told[0] if told else None)
        if name.body:
            of = self._thing(*name.body, None)
        title = name.title if name.title and not _HONORIFIC.fullmatch(name.title) else None
        return of, title

    def _person(self, name: Name) -> Entity:
        if name.candidates:
            entity = name.candidates[0].entry.entity
        elif alike := self.people.like(name.text):
            entity = replace(alike.entity, alt=(*alike.entity.alt, name.text))
        elif " " not in name.text and (only := self.sole(name.text)):
            entity = only
        else:
            entity = Entity(self.mint.thing("Person", name.text), "Person", name.text)
        entity = self.known.setdefault(folded(name.text), entity)
        gender = self.reference.entries[entity.iri].gender if entity.iri in self.reference.entries else ""
        if gender:
            (self.women if gender == "female" else self.men).add(entity.iri)
        words = [w for w in re.split(r"[ ]", name.text) if len(w) > 1]
        for word in words if len(words) > 1 else []:
            if word[0].isupper() and word not in {"Jr.", "Jr", "Sr.", "II", "III"}:
                self.shorts.setdefault(word, []).append(entity)
        return entity

    def _thing(self, kind: str, text: str, alias: str | None) -> Entity:
        key = folded(text)
        entity = self.known.get(key) or Entity(self.mint.thing(kind, text), kind, text)
        self.known.setdefault(key, entity)
        if alias:
            self.shorts.setdefault(alias, []).append(entity)
        return entity

    def _refer_reference(self, name: Name, span: Span, after: str) -> Referent | None:
        chosen = self.candidates.chosen(name, after)
        if chosen is not None and chosen.entry.entity.kind == "State" and chosen.how != "metonym":
            self.candidates.last_state = chosen.entry.entity.iri
        if chosen is None:
            options = tuple(sorted(c.entry.entity.iri for c in name.candidates))
            self.ambiguous.append((span, name.text, options))
            kinds = {c.entry.entity.kind for c in name.candidates}
            own = next((kind for kind in ("City", "Agreement") if kinds == {kind}), None)
            return _as(self._thing(own, name.text, name.alias), span, "name") if own else None
        place = next((c for c in self.candidates.ranked(name, after) if c.entry.entity.kind == "City"), None)
        entity = _worded(chosen, name)
        if chosen.how == "metonym":
            return Referent(span, entity, place.entry.entity if place else None, how="metonym")
        seated = next((c for c in name.candidates if c.how == "metonym"), None)
        if entity.kind == "City" and seated:
            return Referent(span, seated.entry.entity, entity, how="metonym")
        found = _as(entity, span, "demonym" if chosen.how == "demonym" else "name")
        state = self.reference.entries.get(chosen.entry.country or "")
        if state is not None and entity.kind in OF_STATES:
            found = replace(found, acts_for=state.entity)  # a ministry speaks of what its state does
        return found


def _worded(chosen: Candidate, name: Name) -> Entity:
    """The thing with the wording of the text among its names, where it is a proper name of the thing
    itself."""
    entity = chosen.entry.entity
    if chosen.how in {"demonym", "metonym"} or entity.kind in {"State", "City", "Region"}:
        return entity
    return (
        entity if name.text in {entity.label, *entity.alt} else replace(entity, alt=(*entity.alt, name.text))
    )


def _person_name(name: Name) -> bool:
    return name.kind == "Person" or bool(name.candidates and name.candidates[0].entry.entity.kind == "Person")


def _as(entity: Entity, span: Span, how: str) -> Referent:
    return Referent(
        span,
        entity if entity.kind not in {"City", "Region"} else None,
        entity if entity.kind in PLACES else None,
        how=how,
    )
