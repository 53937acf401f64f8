"""From tokens to fillers of roles: agents and places by what they refer to, things by their noun phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, Referent
from kg.iri import Mint
from kg.lexicon import Lexicon
from kg.model import Entity, Filler, Span

PERSONS_TOO = frozenset({"participant", "visitor", "speaker", "addressee"})
PLACES = frozenset({"place", "destination"})
# What a filler known by its noun phrase alone is, by its role; all other roles take agents or places.
THINGS: Mapping[str, str] = {
    "item": "Item", "asset": "Asset", "agreement": "Agreement", "exercise": "Exercise", "institution": "Institution",
    "organisation": "Programme", "policy": "Policy", "trainee": "Asset",
}  # fmt: skip
_NAMED: Mapping[str, frozenset[str]] = {
    "exercise": frozenset({"Exercise"}),
    "agreement": frozenset({"Agreement"}),
    "policy": frozenset({"Policy", "Programme"}),
    "item": frozenset({"WeaponSystem", "Item", "Asset"}),
    "asset": frozenset({"WeaponSystem", "Asset", "ArmedForce", "Item"}),
    "institution": frozenset({"Institution", "Facility", "MilitaryCommand", "GovernmentBody", "Programme", "Organisation", "Grouping", "ArmedForce"}),
    "organisation": frozenset({"Organisation", "InternationalOrganisation", "Alliance", "Grouping", "MilitaryCommand", "Programme", "Agreement"}),
    "trainee": frozenset({"ArmedForce", "State", "Person", "Organisation"}),
}  # fmt: skip
_KEPT = frozenset({"compound", "amod", "nmod", "npadvmod", "advmod", "punct"})
# Things that names stand for and that do nothing by themselves.
_INERT = frozenset({"WeaponSystem", "Agreement", "Exercise", "Policy", "Item", "Asset", "Facility", "Programme"})
_NAMING = frozenset({"NOUN", "PROPN"})
_DIRECTIONS = frozenset(
    """north south east west northern southern eastern western central northeastern northwestern southeastern southwestern
    north-eastern north-western south-eastern south-western""".split()
)
_DROPPED_WORDS = frozenset(
    """more many several some few additional other such new own first second third next last further any all no these those
    this that its their his her our your my each every same various numerous extra latest least up about around nearly almost over
    another at most only just both""".split()
)


@dataclass(frozen=True, slots=True)
class Fillers:
    """Makes fillers from tokens, by the lexicon's classes of words."""

    lexicon: Lexicon
    mint: Mint

    def fill(
        self, role: str, tokens: Iterable[Token], wanted: str | None, parsed: Parsed
    ) -> tuple[Filler, ...]:
        """The fillers of a role among the tokens, of the class wanted; the same thing fills a role once."""
        found: dict[str, Filler] = {}
        for token in tokens:
            for filler in self._fillers(role, self._through(token), wanted, parsed):
                found.setdefault(filler.entity.iri, filler)
        return tuple(found.values())

    def fits(self, token: Token, wanted: str | None, parsed: Parsed) -> bool:
        """Whether a token's head, or the thing it names, is of a class of words."""
        if wanted is None:
            return True
        token = self._through(token)
        referents = parsed.of(token)
        if wanted == "agent":
            return any(r.agent is not None and r.agent.kind not in _INERT for r in referents)
        if wanted == "place":
            return any(r.place is not None for r in referents) or self._is_place(token) or _is_unknown(token, parsed)
        if wanted == "side":
            side = any(r.agent is not None and r.agent.kind not in _INERT for r in referents)
            return side and not self._is(token, "weapon") and not self._is(token, "force")
        admitted = self.lexicon.admits.get(wanted, frozenset())
        if any(r.entity is not None and r.entity.kind in admitted for r in referents):
            return True
        if wanted == "aggressor" or self._is(token, wanted):
            return True
        if wanted == "institution" and not referents and self._is_unknown_name(token):
            return True
        if wanted == "named-exercise":
            return bool(self._exercise_name(token, parsed))
        unknown = token.tag_ in {"NNP", "NNPS"} and not referents
        return wanted == "weapon" and unknown and (_is_counted(token) or self._is_model(token, parsed))

    def _is(self, token: Token, wanted: str) -> bool:
        """Whether a word, by its lemma or as it stands, is of a class of words."""
        words = self.lexicon.words.get(wanted, frozenset({wanted}))
        return not words.isdisjoint({token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s")})

    def _is_model(self, token: Token, parsed: Parsed) -> bool:
        """Whether a name goes on from that of a known weapon: 'Bayraktar TB3'."""
        return any(
            r.entity is not None and r.entity.kind == "WeaponSystem"
            for c in token.lefts
            for r in parsed.of(c)
        )

    def _is_unknown_name(self, token: Token) -> bool:
        """Whether a word is a name that nobody knows yet, as institutions have when they are founded."""
        return token.text[:1].isupper() and token.tag_ in {"NN", "NNP"} and not self._is(token, "weapon")

    def _is_place(self, token: Token) -> bool:
        return token.pos_ in _NAMING and self._is(token, "place-noun")

    def _through(self, token: Token) -> Token:
        """Behind a noun of amount or kind to what it counts: 'a batch of missiles' to 'missiles'."""
        for _ in range(3):
            inner = syntax.prepositional(token, "of")
            if not inner:
                return token
            amount = token.lemma_.lower() in self.lexicon.words["transparent"] and inner[0].pos_ in _NAMING
            if amount or (token.pos_ in {"NUM", "PRON", "DET"} and inner[0].pos_ in _NAMING | {"PRON"}):
                token = _antecedent(inner[0])
        return token

    def _fillers(self, role: str, token: Token, wanted: str | None, parsed: Parsed) -> Iterator[Filler]:
        referents = parsed.of(token)
        if role in PLACES:
            for r in referents:
                if r.place is not None and r.how != "demonym":
                    yield self._part(token, r, parsed)
            if _is_unknown(token, parsed):
                span = parsed.span(*(c for c in token.lefts if c.dep_ == "compound"), token)
                label = parsed.words(span)
                yield Filler(Entity(self.mint.thing("Region", label), "Region", label), span)
            elif not any(r.place for r in referents) and self._is_place(token) and _is_particular(token):
                label, alt, span = self.phrase(token, parsed, owners=True)
                yield Filler(Entity(self.mint.thing("Region", label), "Region", label, alt), span)
            return
        if role in THINGS:
            yield from self._thing(role, token, wanted, referents, parsed)
            return
        if wanted == "entity" and not referents:
            label, alt, span = self.phrase(token, parsed)
            yield Filler(Entity(self.mint.thing("Organisation", label), "Organisation", label, alt), span)
        if not referents:
            referents = self._beside(token, parsed)
        for r in referents:
            if r.agent is not None and r.agent.kind not in _INERT:
                yield self._agent(role, r)
            elif (
                r.agent is None
                and r.place is not None
                and role in {"target", "opponent"}
                and r.place.kind == "Region"
            ):
                yield Filler(r.place, r.span)

    def _beside(self, token: Token, parsed: Parsed) -> tuple[Referent, ...]:
        """Who a common noun stands for by the names beside it: in apposition, or as the owner of its members."""
        named = tuple(
            r for c in token.children if c.dep_ == "appos" for t in syntax.conjuncts(c) for r in parsed.of(t)
        )
        if named or not self._is(token, "belonging"):
            return named
        owners = [c for c in token.lefts if c.dep_ in {"poss", "amod", "compound", "nmod"}]
        owners += syntax.prepositional(token, "of")
        return tuple(r for c in owners for t in syntax.conjuncts(c) for r in parsed.of(t))

    def _part(self, token: Token, r: Referent, parsed: Parsed) -> Filler:
        """A place, or the part of it that a direction before it tells: 'eastern Russia'."""
        assert r.place is not None  # asked for by the caller
        part = [c for c in token.lefts if c.dep_ in {"amod", "compound"} and c.lower_ in _DIRECTIONS]
        if not part:
            return Filler(r.place, r.span)
        span = parsed.span(part[0], token)
        label = parsed.words(span)
        return Filler(Entity(self.mint.thing("Region", label), "Region", label), span)

    def _agent(self, role: str, r: Referent) -> Filler:
        """A person stands for the state or body it acts for, but where persons themselves take part."""
        assert r.agent is not None  # asked for by the caller
        if r.agent.kind == "Person" and role not in PERSONS_TOO and r.acts_for is not None:
            return Filler(r.acts_for, r.span)
        return Filler(r.agent, r.span, r.acts_for if r.agent.kind == "Person" else None, r.capacity)

    def _thing(
        self, role: str, token: Token, wanted: str | None, referents: tuple[Referent, ...], parsed: Parsed
    ) -> Iterator[Filler]:
        named = [r for r in referents if r.entity is not None and r.entity.kind in _NAMED[role]]
        if named and (role != "trainee" or token.pos_ == "PROPN" or not self._is_common(token)):
            for r in named:
                assert r.entity is not None  # as asked for
                yield Filler(r.entity, r.span)
            return
        if token.pos_ not in _NAMING or self._is(token, "empty") or token.i in parsed.times:
            return
        if role == "exercise":
            if words := self._exercise_name(token, parsed):
                span = parsed.span(*words)
                label, longer = parsed.words(span), parsed.words(parsed.span(words[0], token))
                yield Filler(Entity(self.mint.thing("Exercise", label), "Exercise", label, (longer,)), span)
            return
        if role == "policy" and any(c.dep_ in {"acl", "relcl"} and c.tag_ == "VB" for c in token.children):
            return  # 'plans to deploy' are what is planned, no paper
        label, alt, span = self.phrase(token, parsed)
        if label:
            yield Filler(Entity(self.mint.thing(THINGS[role], label), THINGS[role], label, alt), span)

    def _exercise_name(self, token: Token, parsed: Parsed) -> list[Token]:
        """The capitalised words before 'exercise' that are nobody's name: 'Eagle Partner' of 'the Eagle Partner exercise'."""
        if token.lemma_.lower() not in self.lexicon.words["exercise"]:
            return []
        return [
            t
            for c in token.lefts
            if c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN"
            for t in c.subtree
            if not parsed.of(t) and t.text[:1].isupper()
        ]

    def _is_common(self, token: Token) -> bool:
        return token.lemma_.lower() in self.lexicon.words["force"]

    def phrase(
        self, token: Token, parsed: Parsed, owners: bool = False
    ) -> tuple[str, tuple[str, ...], Span]:
        """The noun phrase of a token without article, amount and clause; shorter and longer forms; where it stands."""
        doc = parsed.doc

        def text(first: int, last: int) -> str:
            return parsed.words(parsed.span(doc[first], doc[last]))

        left = [
            c
            for c in token.lefts
            if c.dep_ in _KEPT and c.lower_ not in _DROPPED_WORDS and not _counts(c, parsed)
        ]
        start = token.i
        for child in reversed(left):
            edge = child.left_edge.i
            if any(
                t.dep_ in {"det", "poss", "case", "nummod"} and t.head.i == token.i
                for t in parsed.doc[edge:start]
            ):
                break
            start = edge
        while start < token.i and (
            parsed.doc[start].is_punct
            or parsed.doc[start].lower_ in _DROPPED_WORDS
            or parsed.doc[start].dep_ == "det"
        ):
            start += 1
        label = text(start, token.i)
        alt = []
        for i in range(start + 1, token.i + 1):
            if not parsed.doc[i].is_punct and not parsed.doc[i - 1].text == "-":
                alt.append(text(i, token.i))
        for prep in (c for c in token.rights if c.dep_ == "prep" and c.lower_ in {"of", "to", "for", "on"}):
            longer = text(start, prep.right_edge.i)
            if len(longer) < 90:
                alt.append(longer)
        return (
            label,
            tuple(dict.fromkeys(a for a in alt if a != label)),
            parsed.span(parsed.doc[start], token),
        )


def _counts(token: Token, parsed: Parsed) -> bool:
    return token.i in parsed.numbers or token.like_num


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: '27 of which' are 27 of what stands before."""
    if token.lower_ in {"which", "whom"}:
        verb = next((a for a in syntax.ancestors(token) if a.dep_ == "relcl"), None)
        return verb.head if verb is not None else token
    return token


def _is_unknown(token: Token, parsed: Parsed) -> bool:
    """Whether a word is a name that neither the reference data nor the recognisers know: a place behind 'to' or 'in'."""
    named = token.tag_ == "NNP" and token.text[:1].isupper() and not token.text.isupper()
    return named and token.dep_ in {"pobj", "conj"} and not parsed.of(token) and token.i not in parsed.times


def _is_counted(token: Token) -> bool:
    return any(c.dep_ == "nummod" for c in token.children)


def _is_particular(token: Token) -> bool:
    """Whether a common noun of place is told apart by what stands before it: 'nine Philippine bases'."""
    return any(c.dep_ in {"amod", "compound", "nmod", "poss"} for c in token.lefts)
