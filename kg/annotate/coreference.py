"""References back: what pronouns, short descriptions and organs of state stand for.

Reads the passages in the order of the text and keeps what was mentioned, by how present it is. What cannot be
told stays without a referent: an unnamed official is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg import syntax
from kg.annotate.describing import Descriptions
from kg.annotate.headless import is_headless
from kg.annotate.kinds import Words, is_person, is_side, is_state
from kg.annotate.linking import Linker
from kg.annotate.memory import Memory, Seen
from kg.annotate.offices import Offices
from kg.annotate.pronouns import HE, IT, SHE, THEY, Pronouns
from kg.annotate.several import Several
from kg.annotate.things import ARMS, Things
from kg.annotated import Parsed, Referent
from kg.model import Span

_SIZES = frozenset({"both", "two", "three", "four", "five"})
_PLACED = frozenset({"in", "at", "near", "from", "off", "outside", "around", "through", "over", "across"})
_OF_STATE = re.compile(r"^(?!deputy).*\b(?:minister|premier|chancellor)\b|^president$", re.IGNORECASE)
_OF_COMPANY = re.compile(r"(\w+)'s ")
_BREAK = 5  # what the end of a passage counts in tokens
_SUBJECT, _OBJECT, _POSSESSOR, _MODIFIER, _PLACE = 1.0, 0.6, 0.7, 0.4, 0.25


_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


@dataclass(slots=True)
class Coreference:
    """Resolves the references of one document, passage after passage."""

    words: Words
    linker: Linker
    text: str
    author: Referent | None = None
    memory: Memory = field(default_factory=Memory)
    clauses: int = 0
    emphasis: float = 1.0
    things: Things = field(init=False)
    descriptions: Descriptions = field(init=False)
    pronouns: Pronouns = field(init=False)

    def __post_init__(self) -> None:
        """Shares one memory between all that resolves."""
        self.things = Things(self.words, self.linker.mint, self.memory)
        body = (
            self.author
            if self.author is not None and not (is_state(self.author) or is_person(self.author))
            else None
        )
        several = Several(self.words, self.memory, body)
        offices = Offices(self.words, self.linker, self.memory)
        self.descriptions = Descriptions(self.words, self.linker, self.memory, several, offices)
        self.pronouns = Pronouns(self.words, self.linker, self.memory, self.things)

    def passage(
        self, doc: Doc, places: Sequence[Span], names: Mapping[int, Referent], kind: str = "prose"
    ) -> dict[int, tuple[Referent, ...]]:
        """What each token of a passage refers to; `names` are the referents of its names.

        What a heading mentions is less present than what prose does.
        """
        self.emphasis = 0.3 if kind == "heading" else 1.0
        found: dict[int, tuple[Referent, ...]] = {i: (r,) for i, r in names.items()}
        for token in doc:
            if token.i not in found and (
                referents := _antecedents(token, found, places) or self._refer(token, found, places)
            ):
                found[token.i] = referents
            if token.i in names and (person := self._one_of(token, names[token.i])):
                found[token.i] = (replace(person, span=places[token.i], how="description"),)
            if token.i in found:
                found[token.i] = tuple(self._owned(r) for r in found[token.i])
                if self._counts(token, found):
                    self._note(token, found[token.i])
            if token.i not in names:
                self.things.note(token, places, self.text, self.clauses)
            self._group(token, found)
            self.memory.count += 1
        self.clauses += len(doc) + 1
        self.memory.count += _BREAK
        return found

    def authors(self, parsed: Sequence[Parsed]) -> tuple[Referent, ...]:
        """The sides that the document names together at its very start, once all of it is read."""
        end = max((p.places[-1].end for p in parsed[:2] if p.places), default=0)
        first = next(iter(self.memory.groups), None)
        if first is None or any(r.span.end > end or not is_side(r) for r in first.members):
            return ()
        return first.members

    # ------------------------------------------------------------ what was mentioned

    def _counts(self, token: Token, found: Mapping[int, tuple[Referent, ...]]) -> bool:
        """Whether a mention makes its thing more present: not 'the Swedish jet' Sweden, nor 'South Korea's
        Yonhap' Korea."""
        if token.lemma_.lower() in self.words["weapon"]:
            return False
        above = found.get(token.head.i, ()) if token.dep_ in {"poss", "compound", "amod", "nmod"} else ()
        return not any(r.agent is not None and r.agent.kind == "NewsOutlet" for r in above)

    def _clause(self, token: Token) -> int:
        return self.clauses + syntax.clause_verb(token).i

    def _note(self, token: Token, referents: tuple[Referent, ...]) -> None:
        head = syntax.first_conjunct(token)
        subject = head.dep_ in {"nsubj", "nsubjpass"} or (head.dep_ == "pobj" and head.head.dep_ == "agent")
        if len(referents) > 1:
            self.memory.together(referents, subject)
        for r in referents:
            if r.entity is not None:
                weight = self.emphasis * self._weight(head, subject, r)
                arms = r.entity.kind in {"WeaponSystem", "Item"} and token.text.endswith("s")
                plural = token.tag_ in {"NNS", "NNPS"} or arms
                self.memory.note(Seen(r, self.memory.count, self._clause(token), weight, subject, plural))

    def _weight(self, head: Token, subject: bool, referent: Referent) -> float:
        if head.dep_ == "pobj" and head.head.lower_ in _PLACED and referent.place is not None:
            return _PLACE
        if subject:
            return _SUBJECT
        if head.dep_ == "poss" and head.head.dep_ in {"nsubj", "nsubjpass"}:
            return _POSSESSOR
        return _MODIFIER if head.dep_ in {"amod", "compound", "nmod", "poss"} else _OBJECT

    def _group(self, token: Token, found: Mapping[int, tuple[Referent, ...]]) -> None:
        """Takes in who is named together: a coordination, once its last member is read, and who met whom."""
        head = syntax.first_conjunct(token)
        members = syntax.conjuncts(head)
        of_unnamed = head.dep_ in {"amod", "compound", "nmod"} and head.head.lemma_ in self.words["unnamed"]
        if len(members) > 1 and members[-1].i == token.i and not of_unnamed:
            self.memory.together(r for m in members for r in found.get(m.i, ()))
        if token.dep_ in {"pobj", "dobj"} and token.i in found:
            verb = syntax.clause_verb(token)
            beside = token.dep_ == "dobj" or token.head.lower_ in {"with", "by", "between", "to"}
            talks = token.head.lower_ == "with" and token.head.head.lemma_ in self.words["talks"]
            if beside and (verb.lemma_ in self.words["pairing-verb"] or talks):
                sides = [t for s in syntax.subjects(verb) for t in syntax.conjuncts(s)]
                self.memory.together(r for t in [*sides, *members] for r in found.get(t.i, ()) if is_side(r))

    def _one_of(self, token: Token, referent: Referent) -> Referent | None:
        """The person that 'the American' stands for: the one most near who acts for the state."""
        if (
            referent.how != "demonym"
            or token.tag_ not in {"NN", "NNP", "JJ"}
            or token.dep_ not in {"nsubj", "dobj", "pobj"}
        ):
            return None
        if not any(c.lower_ in {"the", "his", "her"} for c in token.children):
            return None
        return self.memory.nearest(
            lambda s: (
                is_person(s.referent)
                and s.referent.acts_for is not None
                and s.referent.acts_for == referent.agent
            )
        )

    def _owned(self, referent: Referent) -> Referent:
        """A person with the state for which the text has it act elsewhere."""
        if not is_person(referent) or referent.acts_for is not None or referent.agent is None:
            return referent
        of, title = self.linker.capacity(referent.agent)
        company = _OF_COMPANY.match(referent.capacity or title or "")
        if of is None and company and company[1].lower() in self.words["company"]:
            owner = self.memory.most_present(lambda s: s.entity.kind == "Company")
            of = owner.agent if owner else None
        elif of is None and _OF_STATE.search(referent.capacity or title or ""):
            state = self.memory.most_present(lambda s: is_state(s.referent))
            of = state.agent if state else None
        if of is not None:
            self.linker.capacities[referent.agent.iri] = (of, referent.capacity or title)
        return replace(referent, acts_for=of, capacity=referent.capacity or title)

    # ------------------------------------------------------------ pronouns

    def _refer(
        self, token: Token, found: Mapping[int, tuple[Referent, ...]], places: Sequence[Span]
    ) -> tuple[Referent, ...]:
        span, low = places[token.i], token.lower_
        if low in HE or low in SHE:
            return _as(self.pronouns.he(token, low in SHE, self._clause(token)), span)
        if low in IT:
            return _as(self.pronouns.it(token, span, self._clause(token)), span)
        if low in THEY:
            return tuple(
                replace(r, span=span, how="pronoun")
                for r in self.pronouns.they(token, span, self._clause(token))
            )
        if low in _SIZES and token.dep_ in {"nsubj", "pobj", "nsubjpass", "dobj"} and self._all(token):
            return self.descriptions.several.sides(token, low, span)
        if low in {"there", "here"} and token.dep_ == "advmod":
            return self._there(span, self._clause(token))
        if is_headless(token):
            return _as(self.things.items(span, ARMS | {"Asset"}), span)
        if token.lemma_ == "region" and any(c.lower_ in _POINTING for c in token.children):
            return self._regions(token, span)
        if token.pos_ in {"NOUN", "PROPN"}:
            if thing := self.things.described(token, span):
                return (thing,)
            return self.descriptions.refer(token, found, span, self._clause(token))
        return ()

    def _regions(self, token: Token, span: Span) -> tuple[Referent, ...]:
        """The region, or the two, mentioned last: 'the region', 'those regions'."""
        found: dict[str, Referent] = {}
        for seen in reversed(self.memory.seen):
            place = seen.referent.place
            if (
                place is not None
                and place.kind == "Region"
                and len(found) < (2 if token.tag_ == "NNS" else 1)
            ):
                found.setdefault(place.iri, Referent(span, None, place, how="description"))
        return tuple(reversed(found.values()))

    def _there(self, span: Span, clause: int) -> tuple[Referent, ...]:
        """The place mentioned last before a clause, where something happens: 'stationed there'; not that of 'Dutch
        units'."""
        for seen in reversed(self.memory.seen):
            told = seen.referent
            body = told.agent is not None and told.how in {"description", "office"}
            if (
                not (seen.subject or body or seen.clause == clause)
                and told.place is not None
                and told.how not in {"demonym", "pronoun"}
            ):
                return (Referent(span, None, told.place, how="pronoun"),)
        return ()

    def _all(self, token: Token) -> bool:
        """'Both', 'the two': not 'two more', 'only four'."""
        return token.lower_ == "both" or any(c.lower_ in {"the", "these", "those"} for c in token.children)


def _as(referent: Referent | None, span: Span) -> tuple[Referent, ...]:
    return (replace(referent, span=span, how="pronoun"),) if referent else ()


def _antecedents(
    token: Token, found: Mapping[int, tuple[Referent, ...]], places: Sequence[Span]
) -> tuple[Referent, ...]:
    """Whom 'whose' stands for: in 'Chad, whose forces fought', these are Chad's."""
    if token.lower_ != "whose":
        return ()
    clause = next((t for t in syntax.ancestors(token) if t.dep_ == "relcl"), None)
    told = found.get(clause.head.i, ()) if clause is not None else ()
    return tuple(replace(r, span=places[token.i], how="pronoun") for r in told)
