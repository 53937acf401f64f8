"""From tokens to fillers of roles: agents and places by what they refer to, things by their noun phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, Referent
from kg.extract.nouns import NAMING, Nouns, acts, is_unknown_place
from kg.extract.phrases import phrase
from kg.iri import Mint
from kg.model import Entity, Filler, Span

PLACES = frozenset({"place", "destination"})
# What a filler known by its noun phrase alone is, by its role; all other roles take agents or places.
THINGS: Mapping[str, str] = {
    "item": "Item",
    "asset": "Asset",
    "agreement": "Agreement",
    "exercise": "Exercise",
    "institution": "Institution",
    "organisation": "Programme",
    "policy": "Policy",
    "trainee": "Asset",
}
_BODIES = frozenset({"MilitaryCommand", "Programme", "Organisation", "Grouping"})
# What the names may be that fill the roles of things.
NAMED: Mapping[str, frozenset[str]] = {
    "exercise": frozenset({"Exercise"}),
    "agreement": frozenset({"Agreement"}),
    "policy": frozenset({"Policy", "Programme"}),
    "item": frozenset({"WeaponSystem", "Item", "Asset"}),
    "asset": frozenset({"WeaponSystem", "Asset", "ArmedForce", "Item"}),
    "institution": _BODIES
    | {"InternationalOrganisation", "Alliance", "Institution", "Facility", "GovernmentBody", "ArmedForce"},
    "organisation": _BODIES | {"InternationalOrganisation", "Alliance", "Agreement"},
    "trainee": frozenset({"ArmedForce", "State", "Person", "Organisation"}),
}
PERSONS_TOO = frozenset({"participant", "visitor", "speaker", "addressee"})
_SIDES_OF_WAR = frozenset({"belligerent", "opponent", "actor", "target"})
_REGIONS_TOO = frozenset({"target", "opponent"})
_OWNING = frozenset({"poss", "amod", "compound", "nmod"})
_OTHERS = frozenset({"nsubj", "poss", "compound", "nmod"})  # names that belong to what follows
_SIDES = frozenset({"north", "south", "east", "west"})
_CORNERS = frozenset(
    f"{ns}{hyphen}{ew}" for ns in ("north", "south") for hyphen in ("", "-") for ew in ("east", "west")
)
_DIRECTIONS = _SIDES | {f"{direction}ern" for direction in _SIDES | _CORNERS} | {"central"}


@dataclass(frozen=True, slots=True)
class Fillers:
    """Makes fillers from tokens, by the lexicon's classes of nouns."""

    nouns: Nouns
    mint: Mint

    def fill(
        self, role: str, tokens: Iterable[Token], wanted: str | None, parsed: Parsed
    ) -> tuple[Filler, ...]:
        """The fillers of a role among the tokens, of the class wanted; the same thing fills a role once."""
        found: dict[str, Filler] = {}
        for token in (self.nouns.meant(t, parsed) for t in tokens):
            for filler in self._fillers(role, token, wanted, parsed):
                found.setdefault(filler.entity.iri, filler)
        return tuple(found.values())

    def _fillers(self, role: str, token: Token, wanted: str | None, parsed: Parsed) -> Iterator[Filler]:
        if role in PLACES:
            return self._places(token, parsed)
        if role in THINGS:
            return self._things(role, token, parsed)
        return self._agents(role, token, wanted, parsed)

    def _places(self, token: Token, parsed: Parsed) -> Iterator[Filler]:
        """The places a token names, or the one that its phrase tells apart."""
        referents = parsed.of(token)
        for r in referents:
            if r.place is not None and r.how not in {"demonym", "office"}:
                yield self._part(token, r.place, r.span, parsed)
        missions = [] if any(r.place for r in referents) else self.nouns.missions(token, parsed)
        yield from (Filler(r.entity, r.span) for r in missions if r.entity is not None)
        for r in _referents(syntax.prepositional(token, "in"), parsed) if missions else ():
            if r.place is not None:
                yield Filler(r.place, r.span)
        if is_unknown_place(token, parsed):
            span = parsed.span(*(c for c in token.lefts if c.dep_ == "compound"), token)
            yield self._minted("Region", parsed.name(span), span)
        elif not any(r.place for r in referents) and self.nouns.is_place(token) and _is_particular(token):
            yield self._phrased("Region", token, parsed)

    def _part(self, token: Token, place: Entity, named: Span, parsed: Parsed) -> Filler:
        """A place, or the part of it that a direction before it tells: 'eastern Russia'."""
        part = [c for c in token.lefts if c.dep_ in {"amod", "compound"} and c.lower_ in _DIRECTIONS]
        if not part:
            return Filler(place, named)
        span = parsed.span(part[0], token)
        return self._minted("Region", parsed.name(span), span)

    def _agents(self, role: str, token: Token, wanted: str | None, parsed: Parsed) -> Iterator[Filler]:
        """Who a token names, or who is named beside it; what is nobody's name only where any entity will do."""
        referents = parsed.of(token)
        unnamed = wanted == "entity" or (role in _SIDES_OF_WAR and self.nouns.fights(token))
        if unnamed and not referents and not _called(token, parsed):
            yield self._phrased("Organisation", token, parsed)
        own = [r for r in referents if acts(r) or (r.agent is None and r.place is not None)]
        for r in own or self._beside(token, parsed):  # of 'Oman's Al Shamikh', a ship, Oman
            if r.agent is not None and acts(r):
                yield _agent(role, r, r.agent, wanted)
            elif (
                r.agent is None and r.place is not None and r.place.kind == "Region" and role in _REGIONS_TOO
            ):
                yield Filler(r.place, r.span)

    def _beside(self, token: Token, parsed: Parsed) -> tuple[Referent, ...]:
        """Who a common noun stands for by the names beside it: in apposition, or as the owner of its members."""
        named = _referents(syntax.children(token, "appos") or _called(token, parsed), parsed)
        unknown = token.tag_ == "NNPS" and not parsed.of(token)  # 'American Green Berets'
        owned = self.nouns.is_of(token, "belonging") or bool(parsed.of(token)) or unknown
        if any(acts(r) for r in named) or not owned:
            return named
        theirs = {"amod", "compound", "nmod"} if token.lemma_ == "counterpart" else _OWNING
        owners = [c for c in token.subtree if c.i < token.i and c.dep_ in theirs]
        return _referents(owners + syntax.prepositional(token, "of", "from"), parsed)

    def _things(self, role: str, token: Token, parsed: Parsed) -> Iterator[Filler]:
        """The things that a token names, or the one that its phrase describes."""
        named = _named(role, token, parsed)
        if (
            not named and token.tag_ == "NN"
        ):  # 'SAFE, a loan programme'; 'a law of 1979, the Taiwan Relations Act'
            beside = syntax.children(token, "appos") + ([token.head] if token.dep_ == "appos" else [])
            named = [found for other in beside for found in _named(role, other, parsed)]
        forces = token.lemma_.lower() in self.nouns.lexicon.words["force"]
        if named and (role != "trainee" or token.pos_ == "PROPN" or not forces):
            yield from (Filler(entity, span) for entity, span in named)
        elif token.pos_ not in NAMING or self._is_empty(token) or token.i in parsed.times:
            return
        elif role == "exercise":
            yield from self._exercise(token, parsed)
        elif role != "policy" or not any(c.tag_ == "VB" for c in syntax.children(token, "acl", "relcl")):
            yield self._phrased(
                THINGS[role], token, parsed
            )  # but 'plans to deploy' are what is planned, no paper

    def _is_empty(self, token: Token) -> bool:
        """Whether a noun names nothing: 'part', but not 'spare parts'."""
        several = token.tag_ == "NNS" and bool(syntax.children(token, "amod", "compound", "nmod"))
        return self.nouns.is_of(token, "empty") and not several

    def _exercise(self, token: Token, parsed: Parsed) -> Iterator[Filler]:
        """The exercise whose name stands before the noun."""
        if words := self.nouns.exercise_name(token, parsed):
            span = parsed.span(*words)
            longer = parsed.name(parsed.span(words[0], token))
            yield self._minted("Exercise", parsed.name(span), span, (longer,))

    def _phrased(self, kind: str, token: Token, parsed: Parsed) -> Filler:
        """A thing known by its noun phrase alone."""
        told = phrase(token, parsed)
        return self._minted(kind, told.label, told.span, told.alt)

    def _minted(self, kind: str, label: str, span: Span, alt: tuple[str, ...] = ()) -> Filler:
        """A thing that only the text knows."""
        return Filler(Entity(self.mint.thing(kind, label), kind, label, alt), span)


def _agent(role: str, r: Referent, agent: Entity, wanted: str | None) -> Filler:
    """A person stands for the state or body it acts for, but where persons themselves take part."""
    if agent.kind != "Person":
        return Filler(agent, r.span, None, r.capacity)
    if role not in PERSONS_TOO and wanted != "sanctioned" and r.acts_for is not None:
        return Filler(r.acts_for, r.span)
    return Filler(agent, r.span, r.acts_for, r.capacity)


def _referents(heads: Iterable[Token], parsed: Parsed) -> tuple[Referent, ...]:
    """What the heads and all that is coordinated with them refer to."""
    return tuple(r for head in heads for t in syntax.conjuncts(head) for r in parsed.of(t))


def _named(role: str, token: Token, parsed: Parsed) -> list[tuple[Entity, Span]]:
    """The things named at a token that may fill a role, and where they are named."""
    described = {"description"} if role in {"asset", "item", "trainee"} else set()  # 'its ships' are no navy
    entities = [
        (r.entity, r.span) for r in parsed.of(token) if r.entity is not None and r.how not in described
    ]
    return [(entity, span) for entity, span in entities if entity.kind in NAMED[role]]


def _called(noun: Token, parsed: Parsed) -> list[Token]:
    """The name right behind a common noun, wherever the parser hung it: 'the companies Rosneft and Lukoil'."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    named = after is not None and after.tag_ in {"NNP", "NNPS"} and after.dep_ not in _OTHERS
    return [after] if after is not None and named and parsed.of(after) else []


def _is_particular(token: Token) -> bool:
    """Whether a common noun of place is told apart by what stands before it: 'nine Philippine bases'."""
    return any(c.dep_ in {"amod", "compound", "nmod", "poss"} for c in token.lefts)
