"""What 'the two sides', 'both ministers', 'the leaders' stand for: groups named before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.annotate.kinds import Words, is_person, is_side, is_state
from kg.annotate.memory import Memory, distinct
from kg.annotated import Referent
from kg.model import Entity, Span

COUNT = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5}

_FIRST = 6  # of the groups of a paper, those that may be its parties


@dataclass(slots=True)
class Several:
    """Resolves descriptions of several sides, by what the memory of one document holds; `body` is whose paper it is."""

    words: Words
    memory: Memory
    body: Referent | None = None

    def sides(self, token: Token, word: str | None, span: Span) -> tuple[Referent, ...]:
        """'The two sides', 'both ministers', 'the ministers': the last group of that size, or the last so
        many named."""
        size = COUNT.get(word or "")
        lemma = lemma_of(token)
        if lemma in self.words["office"] or lemma in {"man", "woman"}:
            order: tuple[Callable[[Referent], bool], ...] = (is_person, is_state)
        elif lemma in {"country", "nation", "state", "capital", "government", "military", "navy", "army", "force",
                       "parliament", "neighbour", "neighbor", "ministry", "power"}:  # fmt: skip
            order = (is_state,)
        else:
            order = (is_state, is_person, is_side)
        if size is None and token.text.istitle():
            return tuple(replace(r, span=span, how="description") for r in self._of_paper(order))
        if token.tag_ == "CD" or lemma in {"both", "pair", "duo", "trio"}:
            return tuple(replace(r, span=span, how="description") for r in self._alike(size))
        for fits in order:
            if members := self._members(fits, size):
                return tuple(replace(r, span=span, how="description") for r in members)
        return ()

    def _of_paper(self, order: Sequence[Callable[[Referent], bool]]) -> Sequence[Referent]:
        """'The Ministers', 'the Parties', written large: the body whose paper it is, or the first group."""
        if self.body is not None:
            return (self.body,)
        for fits in order:
            for group in self.memory.groups[:_FIRST]:
                fitting = distinct(r for m in group.members for r in self._standing(m, fits))
                if len(fitting) > 1:
                    return fitting
        return ()

    def _alike(self, size: int | None) -> Sequence[Referent]:
        """So many persons, or so many states, whichever were mentioned last; else so many sides of any
        kind."""
        last = {s.entity.iri: s.at for s in self.memory.seen}
        options = [
            found
            for fits in (is_person, is_state)
            if (found := [r for r in self._members(fits, size) if fits(r)])
            and all(r.entity is not None and r.entity.iri in last for r in found)
        ]
        if not options:
            return self._members(is_side, size)
        return max(options, key=lambda rs: min(last[r.entity.iri] for r in rs if r.entity is not None))

    def _members(self, fits: Callable[[Referent], bool], size: int | None) -> Sequence[Referent]:
        memory = self.memory
        near = memory.last_distinct(fits, within=30)
        for group in reversed(memory.groups):
            fitting = distinct(r for m in group.members for r in self._standing(m, fits))
            if len(fitting) == size or (size is None and len(fitting) > 1 and memory.count - group.at < 200):
                if size is not None and len(near) == size and self._newer(near, group.at):
                    return near[::-1]
                return fitting
        if size is None:
            return ()
        last = memory.last_distinct(fits)
        return last[:size][::-1] if len(last) >= size else ()

    def _newer(self, near: Sequence[Referent], at: int) -> bool:
        """Whether all of the things were mentioned after a place in the text."""
        last = {s.entity.iri: s.at for s in self.memory.seen}
        return all(r.entity is not None and last[r.entity.iri] > at for r in near)

    def _standing(self, member: Referent, fits: Callable[[Referent], bool]) -> list[Referent]:
        """A member of a group itself, or the state for which it acts where states are asked for."""
        if fits(member):
            return [member]
        if fits is is_state and member.acts_for is not None and member.acts_for.kind == "State":
            return [state_of(member.acts_for, member.span)]
        return []


def state_of(entity: Entity, span: Span) -> Referent:
    """A state as described at a stretch of text."""
    return Referent(span, entity, entity if entity.kind == "State" else None, how="description")


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of a plural written large ('the Ministers') the singular."""
    if token.tag_ == "NNPS" and token.lower_.endswith("s"):
        return token.lower_[:-1]
    return token.lemma_.lower()
