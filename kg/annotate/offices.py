"""Whom the words for offices stand for: 'the minister', 'her Peruvian counterpart', 'French officials'."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg import syntax
from kg.annotate.kinds import Words, is_body, is_person
from kg.annotate.linking import Linker
from kg.annotate.memory import Memory
from kg.annotate.owners import Found
from kg.annotated import Referent
from kg.model import Span


@dataclass(slots=True)
class Offices:
    """Resolves the offices of one document, by the persons that its memory holds and what the linker knows of them."""

    words: Words
    linker: Linker
    memory: Memory

    def refer(
        self, token: Token, lemma: str, owners: list[Referent], found: Found, span: Span
    ) -> tuple[Referent, ...]:
        """The holder of an office where the text names one beside it or before, else the state or body it speaks for.

        Nobody, where it has neither: 'a minister'.
        """
        if token.dep_ == "compound" and token.head.i in found:
            return ()
        sides = [o for o in owners if is_body(o)]
        beside = syntax.children(token, "appos") + ([token.head] if token.dep_ == "appos" else [])
        for other in beside:
            if people := [r for r in found.get(other.i, ()) if is_person(r)]:
                return (replace(self._serving(people[0], token, sides), span=span),)
        plural = token.tag_ in {"NNS", "NNPS"}
        definite = bool(sides) or any(c.lower_ in {"the", "its", "their"} for c in token.children)
        if not plural and definite and (person := self._holder(token, lemma, sides)):
            return (replace(person, span=span, how="office"),)
        speaks = lemma in self.words["state-office"] or (plural and lemma in self.words["collective-office"])
        speaks = speaks or lemma == "counterpart"  # 'his German counterpart', unnamed
        if sides and speaks:
            return tuple(replace(o, span=span, how="office", capacity=token.text) for o in sides)
        return ()

    def _serving(self, person: Referent, office: Token, sides: list[Referent]) -> Referent:
        """A person with the side of the office told beside: 'her Peruvian counterpart, Walter Lima'."""
        if person.acts_for is not None or person.agent is None or not sides or sides[0].agent is None:
            return person
        self.linker.capacities.setdefault(person.agent.iri, (sides[0].agent, office.text))
        return replace(person, acts_for=sides[0].agent, capacity=person.capacity or office.text)

    def _holder(self, token: Token, lemma: str, owners: list[Referent]) -> Referent | None:
        """The person named before who holds the office, by the words of the title.

        The last one, but one with the title as worded rather than as turned: 'the Defence Secretary' is the
        'Defence Secretary' and not the 'Cabinet Secretary for Defence'.
        """
        beside = [c.lower_ for c in token.children if c.dep_ in {"compound", "amod"}]
        wanted = [_spelt(w) for w in beside if w in self.words["title-modifier"]]
        states = {o.agent.iri for o in owners if o.agent}
        fitting = []
        for s in self.memory.recent(lambda s: is_person(s.referent)):
            acts_for, title = self.linker.capacity(s.entity)
            told = _spelt(title or "")
            fits = lemma in told and all(w in told for w in wanted)
            if fits and (not states or (acts_for is not None and acts_for.iri in states)):
                fitting.append((s.referent, told))
        phrase = " ".join([*wanted, lemma])
        return max(fitting, key=lambda found: phrase in found[1], default=(None, ""))[0]


def _spelt(title: str) -> str:
    """A title in small letters and one spelling, so that 'Defence' is 'Defense'."""
    return title.lower().replace("defence", "defense")
