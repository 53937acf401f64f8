"""What descriptions stand for: organs of state, 'the two sides', 'the country', 'the company'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.annotate.kinds import BODIES, Words, is_body, is_person, is_state
from kg.annotate.linking import Linker
from kg.annotate.memory import Memory, Seen
from kg.annotate.offices import Offices
from kg.annotate.owners import Found, owners_of
from kg.annotate.several import COUNT, Several, lemma_of, state_of
from kg.annotated import Referent
from kg.model import Entity, Span

_DEFINITE = frozenset({"the", "that", "this", "both", "these", "those", "two", "three", "four", "five"})
_POINTING = frozenset({"the", "both", "these", "those"})
_WHO = ("office", "person", "unnamed")  # the lexicon's classes of nouns for people
_BESIDE = frozenset({"poss", "amod", "compound", "nmod"})
_PARTS = frozenset({"committee", "subcommittee"})  # of parliaments: they act for the state, and not for these
# Of what kind the thing is that a description takes up, by the lexicon's class of the noun.
_TAKEN_UP: tuple[tuple[str, frozenset[str]], ...] = (
    ("country", frozenset({"State"})),
    ("alliance", frozenset({"Alliance"})),
    ("bloc", frozenset({"InternationalOrganisation", "Grouping", "Alliance"})),
    ("company", frozenset({"Company", "Organisation"})),
)
_NAMED_AGAIN = (BODIES | {"Agreement", "Exercise", "Programme", "Facility", "Policy"}) - {"Company"}


@dataclass(slots=True)
class Descriptions:
    """Resolves the descriptions of one document, by what its memory holds."""

    words: Words
    linker: Linker
    memory: Memory
    several: Several
    offices: Offices

    def refer(self, token: Token, found: Found, span: Span, clause: int) -> tuple[Referent, ...]:
        """What a noun refers to; nothing where it names nobody."""
        lemma = lemma_of(token)
        owners = owners_of(token, found, self.words)
        if lemma in self.words["office"] and (named := self.offices.refer(token, lemma, owners, found, span)):
            return named
        sides = [o for o in owners if is_body(o)]
        if (lemma in self.words["organ"] or _are_men(token)) and sides:
            if lemma == "ministry":
                return tuple(self._of_side(token, o, span) for o in sides)
            if lemma in _PARTS:
                sides = [state_of(o.acts_for, o.span) if o.acts_for is not None else o for o in sides]
            self.memory.organs[lemma] = sides[0]
            self.memory.own(lemma, sides)
            return tuple(replace(o, span=span, how="description") for o in sides)
        if lemma in self.words["country"] and owners and all(is_person(o) and o.acts_for for o in owners):
            return tuple(state_of(o.acts_for, span) for o in owners if o.acts_for)
        if lemma == "capital" and token.tag_ in {"NN", "NNP"} and (city := self._capital(token, sides)):
            return (Referent(span, None, city, how="description"),)
        beside = [
            r
            for c in token.children
            if c.dep_ in {"compound", "nmod", "appos"}
            for r in found.get(c.i, ())
            if r.how != "description"
        ]
        if lemma in self.words["called"] and beside:
            return tuple(replace(r, span=span) for r in beside)
        determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "nummod", "predet", "preconj"}}
        if not determiners & _DEFINITE or owners:
            return ()
        return self._definite(token, lemma, determiners, span, clause)

    def _definite(
        self, token: Token, lemma: str, determiners: set[str], span: Span, clause: int
    ) -> tuple[Referent, ...]:
        number = next((w for w in sorted(determiners) if w in COUNT), None)
        if number and not determiners & _POINTING and any(lemma in self.words[who] for who in _WHO):
            return ()  # 'two commanders', 'two officials familiar with the talks' are any
        if token.tag_ in {"NNS", "NNPS"} and lemma in self.words["sides" if number else "parties"]:
            return self.several.sides(token, number, span)
        if lemma in {"pair", "duo", "trio"}:
            return self.several.sides(token, lemma, span)
        if token.tag_ == "NN" and lemma in {"city", "town", "port"}:
            return self._town(span)
        if token.tag_ in {"NN", "NNP"} and (one := self._singular(token, lemma, clause)):
            return (replace(one, span=span, how="description"),)
        if lemma in self.words["troops"] and not any(c.dep_ in _BESIDE for c in token.lefts):
            owners = self.memory.owners.get(lemma, ())
            return tuple(replace(o, span=span, how="description") for o in owners)
        if lemma == "force" and any(c.lower_ == "armed" for c in token.children):
            return self._again(self.memory.most_present(lambda s: is_state(s.referent)), span)
        return ()

    def _town(self, span: Span) -> tuple[Referent, ...]:
        """'The city': the one spoken of last."""
        towns = self.memory.recent(lambda s: s.referent.place is not None and s.referent.place.kind == "City")
        return (Referent(span, None, towns[0].referent.place, how="description"),) if towns else ()

    # ------------------------------------------------------------ owners and organs

    def _capital(self, token: Token, owners: list[Referent]) -> Entity | None:
        """The city that 'the Somali capital', 'in the capital' stands for, where the reference data has it."""
        if not owners and token.dep_ != "pobj":
            return None
        owner = owners[0] if owners else self.memory.most_present(lambda s: is_state(s.referent))
        return self.linker.capital(owner.agent) if owner is not None and owner.agent is not None else None

    def _of_side(self, token: Token, side: Referent, span: Span) -> Referent:
        """The ministry of a side; a company, which has none, is told beside it: 'Saab and Ukraine's ministry'."""
        if side.agent is None or side.agent.kind == "Company":
            return side
        return self._ministry(token, side.agent, span)

    def _ministry(self, token: Token, owner: Entity, span: Span) -> Referent:
        """A ministry told by its field and its state, from the reference data or as worded."""
        worded = [c.text for c in token.children if c.dep_ in {"compound", "amod"} and c.text.islower()]
        name = " ".join([*worded, token.lemma_ if token.tag_ == "NNS" else token.text])
        return Referent(span, self.linker.body(name, owner), None, acts_for=owner, how="description")

    # ------------------------------------------------------------ one thing

    def _singular(self, token: Token, lemma: str, clause: int) -> Referent | None:
        """'The country', 'the alliance', 'the company': the thing most present that the noun may describe."""
        if lemma in {"north", "south"} and not any(c.dep_ == "prep" for c in token.children):
            return self.memory.most_present(
                lambda s: is_state(s.referent) and s.entity.label.lower().startswith(lemma + " ")
            )
        if named := self._named_again(token, lemma):
            return named
        groups = [group for group, _ in _TAKEN_UP if lemma in self.words[group]]
        if groups:
            called = self._called(lemma) if "country" in groups else None
            kinds = frozenset(kind for group, kinds in _TAKEN_UP if group in groups for kind in kinds)
            if found := called or self._present(kinds, clause) or self._present(kinds, None):
                return found
        if lemma == "ministry":
            state = self.memory.most_present(lambda s: is_state(s.referent))
            last = self.memory.recent(
                lambda s: s.entity.kind == "GovernmentBody" and "inistry" in s.entity.label
            )
            if last and not any(c.dep_ in {"amod", "compound"} for c in token.children):
                return last[0].referent
            return self._ministry(token, state.agent, state.span) if state and state.agent else None
        if lemma in self.words["state-organ"] and lemma in self.memory.organs:
            return self.memory.organs[lemma]
        if lemma in self.words["state-organ"] or self._sole_office(token, lemma):
            return self.memory.most_present(lambda s: is_state(s.referent) and s.clause != clause)
        return None

    def _called(self, lemma: str) -> Referent | None:
        """The state most present that has the noun in one of its names: 'the kingdom' for the Kingdom of
        Morocco."""
        if lemma in {"country", "nation", "state", "government"}:
            return None
        return self.memory.most_present(
            lambda s: (
                is_state(s.referent) and any(lemma in n.lower().split() for n in self._names(s.entity.iri))
            )
        )

    def _names(self, iri: str) -> Iterator[str]:
        """What the reference data calls a thing."""
        entry = self.linker.reference.entries.get(iri)
        return (name.text for name in (entry.names if entry is not None else ()))

    def _sole_office(self, token: Token, lemma: str) -> bool:
        """Whether an office is one that a state has one of, so that its holder speaks for it unnamed."""
        return lemma in {"minister", "president", "premier", "chancellor", "king"} and token.dep_ in {
            "nsubj", "nsubjpass", "pobj",
        }  # fmt: skip

    def _present(self, kinds: frozenset[str], clause: int | None) -> Referent | None:
        def fits(s: Seen) -> bool:
            return s.referent.agent is not None and s.referent.agent.kind in kinds and s.clause != clause

        return self.memory.most_present(fits)

    def _named_again(self, token: Token, lemma: str) -> Referent | None:
        """A thing named before whose name has the noun as a word: 'the commission' for 'European
        Commission'."""
        left = [c for c in token.lefts if c.dep_ in _BESIDE]
        if left or any(c.dep_ in {"prep", "relcl", "acl"} for c in token.rights):
            return None
        recent = self.memory.recent(
            lambda s: (
                s.entity.kind in _NAMED_AGAIN
                and s.referent.how in {"name", "short name"}
                and lemma in s.entity.label.lower().split()
            )
        )
        return recent[0].referent if recent and self.memory.count - recent[0].at < 300 else None

    @staticmethod
    def _again(referent: Referent | None, span: Span) -> tuple[Referent, ...]:
        return (replace(referent, span=span, how="description"),) if referent else ()


def _are_men(token: Token) -> bool:
    """Whether a noun tells of somebody's fighters: 'its men', but not 'two Russian men'."""
    return token.lower_ == "men" and any(c.dep_ == "poss" for c in token.lefts)
