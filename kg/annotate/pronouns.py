"""What 'he', 'it' and 'they' stand for: what is nearest and most prominent among what fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg import syntax
from kg.annotate.kinds import SIDES, Words, is_person
from kg.annotate.linking import Linker
from kg.annotate.memory import Memory, Seen
from kg.annotate.things import ARMS, Things
from kg.annotated import Referent
from kg.model import Span

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_HANDED = frozenset({"supply", "export", "sell", "deliver", "buy", "order"})  # what is done with arms
_REACH = 40  # how many tokens before 'it' the arms may stand that it means
_FULL = 15  # what a group or a subject counts before other mentions, in tokens


@dataclass(slots=True)
class Pronouns:
    """Resolves the pronouns of one document; `clause` is always the clause that the pronoun stands in."""

    words: Words
    linker: Linker
    memory: Memory
    things: Things

    def he(self, token: Token, woman: bool, clause: int) -> Referent | None:
        """The person most present, of the right gender as far as that is known; 'him' is not the subject
        beside it."""
        other = self.linker.women if not woman else self.linker.men

        def fits(s: Seen) -> bool:
            same = s.clause == clause
            if not is_person(s.referent) or s.entity.iri in other:
                return False
            if token.dep_ in {"nsubj", "nsubjpass"}:
                return not same
            return not (same and s.subject) or token.dep_ == "poss"

        own = [s for s in self.memory.recent(fits) if s.clause == clause and s.subject]
        found = own[0].referent if own and token.dep_ == "poss" else self.memory.nearest(fits)
        if found is not None and found.agent is not None and (woman or token.lower_ in HE):
            (self.linker.women if woman else self.linker.men).add(found.agent.iri)
        return found

    def it(self, token: Token, span: Span, clause: int) -> Referent | None:
        """A state, a body or an agreement for 'it' and 'its': the subject of the same clause first."""
        verb = syntax.clause_verb(token)
        if token.lower_ == "it" and _pleonastic(token, verb):
            return None
        if token.lower_ == "it" and verb.lemma_ in self.words["instrument-verb"]:
            agreement = self.things.last("Agreement", span)
            if agreement is not None and self._near(agreement, 70) and self._about(token, verb):
                return agreement
        if token.dep_ == "dobj" and (arms := self._arms(verb)):
            return arms
        own = [s for s in self.memory.recent(lambda s: s.clause == clause and s.subject) if _kind(s) in SIDES]
        if own and token.dep_ == "poss":
            return own[0].referent
        subject = token.dep_ in {"nsubj", "nsubjpass"}
        clauses = {clause} if token.dep_ == "poss" or subject else {clause, *_shared(verb, clause)}
        return self.memory.nearest(
            lambda s: _kind(s) in SIDES - {"Person"} and not (s.clause in clauses and (subject or s.subject)),
            subject,
        )

    def _arms(self, verb: Token) -> Referent | None:
        """The weapon named last, and not long ago, for 'it' where one delivers or buys it: 'supply it to Oslo'."""
        equipped = any(c.lower_ == "with" for c in verb.children)
        if equipped or verb.lemma_ not in _HANDED:
            return None
        near = self.memory.recent(lambda s: s.entity.kind in ARMS and self.memory.count - s.at <= _REACH)
        return near[0].referent if near and near[0].entity.kind == "WeaponSystem" else None

    def _near(self, referent: Referent, within: int) -> bool:
        return any(
            self.memory.count - s.at <= within and s.entity.iri == referent.entity.iri
            for s in self.memory.seen[-40:]
            if referent.entity is not None
        )

    def _about(self, token: Token, verb: Token) -> bool:
        """Whether 'it' stands where an agreement would: signed by somebody, or providing for something."""
        if verb.lemma_ == "accede":
            return True
        if token.dep_ in {"dobj", "nsubjpass"}:
            return verb.lemma_ in {"sign", "ratify", "conclude", "initial", "renew", "negotiate", "approve"}
        acts = {
            "sign",
            "ratify",
            "conclude",
            "initial",
            "renew",
            "negotiate",
            "approve",
            "pledge",
            "commit",
            "run",
        }
        recent = self.memory.recent(lambda s: s.subject or s.entity.kind == "Agreement")
        return (
            verb.lemma_ not in acts
            and bool(recent)
            and (
                verb.lemma_
                in {"provide", "oblige", "stipulate", "expire", "state", "bind", "contain", "list", "cover"}
                or recent[0].entity.kind == "Agreement"
            )
        )

    def they(self, token: Token, span: Span, clause: int) -> tuple[Referent, ...]:
        """The last group, or things in the plural, or the state or body most present."""
        memory = self.memory
        possessor = token.dep_ == "poss"
        subject = token.dep_ in {"nsubj", "nsubjpass"}
        verb = syntax.clause_verb(token)
        done = {verb.lemma_, *(c.lemma_ for c in verb.children if c.dep_ == "xcomp")}
        if not possessor and done & self.words["thing-verb"] and (item := self.things.items(span)):
            return (item,)
        if subject and done & self.words["troop-verb"] and (troops := self._troops(span, clause)):
            return (troops,)
        bodies = memory.recent(lambda s: _kind(s) in SIDES - {"Person"} and (s.clause != clause or possessor))
        ranked: list[tuple[int, tuple[Referent, ...]]] = [
            (g.at + _FULL * (1 + (g.subject and subject)), g.members)
            for g in memory.groups
            if memory.count - g.at <= 80
        ]
        ranked += [(s.at + _FULL * s.subject, (s.referent,)) for s in bodies[:12] if s.plural]
        if any(t.is_quote for t in token.sent):  # in speech a single state is 'they', too
            start = memory.count - (token.i - token.sent.start)
            near = [s for s in bodies if s.at >= start and s.clause != clause]
            ranked += [(s.at + _FULL * s.subject, (s.referent,)) for s in near]
        if not possessor:
            ranked += [(s.at + _FULL * s.subject, (s.referent,)) for s in self.things.plural()[:4]]
        if ranked:
            return max(ranked, key=lambda r: r[0])[1]
        subjects = [s for s in bodies if s.subject and memory.count - s.at <= 60]
        return (subjects[0].referent,) if subjects else ()

    def _troops(self, span: Span, clause: int) -> Referent | None:
        """The soldiers told of in the clause before, where 'they' go or stay somewhere."""
        near = [
            s for s in self.things.plural({"Asset"}) if s.clause != clause and self.memory.count - s.at <= 40
        ]
        return replace(near[0].referent, span=span, how="pronoun") if near else None


def _shared(verb: Token, clause: int) -> Iterator[int]:
    """The clauses whose subject is that of a verb without one: 'quit the bloc a year after joining it'."""
    below = verb
    while not syntax.children(below, "nsubj", "nsubjpass") and below.dep_ != "ROOT":
        above = syntax.clause_verb(below.head)
        if above == below:
            return
        yield clause + above.i - verb.i
        below = above


def _kind(seen: Seen) -> str:
    return seen.referent.agent.kind if seen.referent.agent is not None else ""


def _pleonastic(token: Token, verb: Token) -> bool:
    """Whether 'it' stands for nothing: 'it is clear that', 'it was Petri who', 'when it comes to'."""
    if token.dep_ == "expl":
        return True
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    labels = {c.dep_ for c in verb.children}
    if verb.lemma_ == "be":
        clause = labels & {"ccomp", "xcomp", "csubj"} or any(
            c.dep_ in {"acl", "relcl"} for a in verb.children if a.dep_ == "attr" for c in a.children
        )
        return bool(labels & {"acomp", "attr"} and clause) or any(
            c.dep_ == "attr" and c.lower_ in {"time", "turn"} for c in verb.children
        )
    return (verb.lemma_ in {"seem", "appear", "remain", "take"} and bool(labels & {"ccomp", "xcomp"})) or (
        verb.lemma_ == "come"
        and any(c.lower_ == "to" for c in verb.children)
        and any(c.lower_ == "when" for c in verb.children)
    )
