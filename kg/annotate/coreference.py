"""References back: what pronouns, short descriptions and organs of state stand for.

Reads the passages in the order of the text and keeps what was mentioned, the last first. What cannot be
told stays without a referent: an unnamed official is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg import syntax
from kg.annotate.linking import ORGANISATIONS
from kg.annotated import Referent
from kg.model import Entity, Span

Words = Mapping[str, frozenset[str]]
Capacity = Callable[[Entity], tuple[Entity | None, str | None]]
_HE, _IT, _THEY = {"he", "him", "his", "she", "her", "hers", "himself", "herself"}, {"it", "its", "itself"}, {"they", "them", "their", "theirs", "themselves"}  # fmt: skip
_SHE = {"she", "her", "hers", "herself"}
_DEFINITE = {"the", "that", "this", "both", "these", "those", "two", "three", "four"}
_COUNT = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
_BODIES = ORGANISATIONS - {"NewsOutlet"}
_REACH = 400  # tokens behind which a pronoun finds nobody any more


@dataclass(slots=True)
class Seen:
    """Something that was mentioned: what, where in the running count of tokens, and how prominently."""

    referent: Referent
    at: int
    subject: bool
    possessor: bool = False


@dataclass(slots=True)
class Coreference:
    """Resolves the references of one document, passage after passage."""

    words: Words
    capacity: Capacity
    women: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    groups: list[tuple[int, tuple[Referent, ...]]] = field(default_factory=list)
    count: int = 0

    def passage(
        self, doc: Doc, places: tuple[Span, ...], names: Mapping[int, Referent]
    ) -> dict[int, tuple[Referent, ...]]:
        """What each token of a passage refers to; `names` are the referents of its names."""
        found: dict[int, tuple[Referent, ...]] = {i: (r,) for i, r in names.items()}
        for token in doc:
            if token.i not in found and (referents := self._refer(token, found, places)):
                found[token.i] = referents
            if token.i in found:
                self._note(token, found[token.i])
            if token.dep_ != "conj" and token.i in found:
                self._group(token, found)
            self.count += 1
        return found

    def _note(self, token: Token, referents: tuple[Referent, ...]) -> None:
        if len(referents) > 1:
            self.groups.append((self.count, referents))
            return
        head = syntax.first_conjunct(token)
        subject = head.dep_ in {"nsubj", "nsubjpass"} or (head.dep_ == "pobj" and head.head.dep_ == "agent")
        modifier = token.dep_ in {"poss", "amod", "compound", "nmod"}
        self.seen.append(Seen(referents[0], self.count, subject, modifier))

    def _group(self, token: Token, found: Mapping[int, tuple[Referent, ...]]) -> None:
        """Takes in a coordination of names as one group: 'Japan and the Philippines'."""
        members = [m for m in syntax.conjuncts(token)]
        if len(members) > 1:
            referents = tuple(r for m in members for r in found.get(m.i, ()))
            later = tuple(r for m in members if m.i > token.i for r in found.get(m.i, ()))
            if len(referents) > 1 or later:
                self.groups.append((self.count, referents))

    def _refer(
        self, token: Token, found: Mapping[int, tuple[Referent, ...]], places: tuple[Span, ...]
    ) -> tuple[Referent, ...]:
        span, low = places[token.i], token.lower_
        if low in _HE:
            return self._as(self._person(token, low in _SHE), span, "pronoun")
        if low in _IT:
            return self._as(self._body(token), span, "pronoun")
        if low in _THEY:
            return tuple(replace(r, span=span, how="pronoun") for r in self._they(token))
        if low in {"both", "two", "three"} and token.dep_ in {"nsubj", "pobj", "nsubjpass", "dobj"}:
            return self._sides(token, low, span)
        if token.pos_ in {"NOUN", "PROPN"}:
            return self._description(token, found, span, places)
        return ()

    # ------------------------------------------------------------ pronouns

    def _recent(self, fits: Callable[[Seen], bool]) -> list[Seen]:
        return [s for s in reversed(self.seen) if self.count - s.at <= _REACH and fits(s)]

    def _person(self, token: Token, woman: bool) -> Referent | None:
        def fits(s: Seen) -> bool:
            return (
                s.referent.agent is not None
                and s.referent.agent.kind == "Person"
                and (
                    not woman
                    or not self.women
                    or s.referent.agent.iri in self.women
                    or s.referent.how != "pronoun"
                )
            )

        recent = self._recent(fits)
        near = [s for s in recent if self.count - s.at < 80]
        subjects = [s for s in near if s.subject]
        return (subjects or near or recent)[0].referent if recent else None

    def _body(self, token: Token) -> Referent | None:
        """A state or body for 'it' and 'its': the subject of the same clause first, then the last one."""
        recent = self._recent(
            lambda s: s.referent.agent is not None and s.referent.agent.kind in _BODIES | {"State"}
        )
        if not recent:
            return None
        start = self.count - (token.i - token.sent.start)
        inside = [s for s in recent if s.at >= start]
        before = [s for s in recent if s.at < start]
        subjects = [s for s in inside if s.subject]
        if token.dep_ == "poss" and subjects:
            return subjects[0].referent
        if token.dep_ in {"nsubj", "nsubjpass"} and inside:
            return (subjects or inside)[0].referent
        near = [s for s in before if self.count - s.at < 80]
        ranked = subjects or [s for s in near if s.subject] or inside or near
        return (ranked or recent)[0].referent

    def _they(self, token: Token) -> tuple[Referent, ...]:
        recent = [(at, group) for at, group in reversed(self.groups) if self.count - at <= 80]
        person = self._recent(lambda s: self.count - s.at <= 40)
        if recent and (not person or recent[0][0] >= person[0].at - 40):
            return recent[0][1]
        bodies = [s for s in person if s.referent.agent and s.referent.agent.kind in _BODIES | {"State"}]
        return (bodies[0].referent,) if bodies else ()

    # ------------------------------------------------------------ descriptions

    def _description(
        self, token: Token, found: Mapping[int, tuple[Referent, ...]], span: Span, places: tuple[Span, ...]
    ) -> tuple[Referent, ...]:
        lemma = token.lemma_.lower()
        owners = self._owners(token, found)
        if lemma in self.words["office"] and (named := self._office(token, lemma, owners, found, span)):
            return named
        if lemma in self.words["organ"] and owners:
            return tuple(replace(o, span=span, how="description") for o in owners)
        determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "nummod", "predet", "preconj"}}
        if lemma in self.words["called"] and (
            named := [r for c in token.children if c.dep_ in {"compound", "nmod"} for r in found.get(c.i, ())]
        ):
            return tuple(replace(r, span=span) for r in named)
        if not determiners & _DEFINITE or owners:
            return ()
        number = next((w for w in determiners if w in _COUNT), None)
        if (
            lemma in self.words["sides"]
            and token.tag_ in {"NNS", "NNPS"}
            and (number or lemma in {"side", "party", "country", "nation", "ally"})
        ):
            return self._sides(token, number or "both", span)
        if token.tag_ in {"NN", "NNP"}:
            return self._as(self._singular(lemma), span, "description")
        if lemma in {"pair", "duo", "trio"}:
            return self._sides(token, lemma, span)
        return ()

    def _owners(self, token: Token, found: Mapping[int, tuple[Referent, ...]]) -> list[Referent]:
        """The states and bodies named beside a noun: 'Japan's', 'Japanese', 'of Japan', 'Japanese and Philippine'."""
        near = [c for c in token.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
        near += [
            p
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in {"of", "from", "for"}
            for p in c.children
        ]
        owners = []
        for child in near:
            for part in syntax.conjuncts(child):
                referents = found.get(part.i) or (self._refer(part, found, ()) if part.lower_ in () else ())
                owners += [r for r in referents if r.agent and r.agent.kind in _BODIES | {"State"}]
        return owners

    def _office(
        self,
        token: Token,
        lemma: str,
        owners: list[Referent],
        found: Mapping[int, tuple[Referent, ...]],
        span: Span,
    ) -> tuple[Referent, ...]:
        """An office: its holder where the text names one beside it or before, else the state or body it speaks for."""
        beside = [c for c in token.children if c.dep_ == "appos"] + (
            [token.head] if token.dep_ == "appos" else []
        )
        if token.dep_ == "compound" and token.head.i in found:
            return ()
        for other in beside:
            people = [r for r in found.get(other.i, ()) if r.agent and r.agent.kind == "Person"]
            if people:
                return (
                    replace(people[0], span=span, acts_for=owners[0].agent if owners else people[0].acts_for),
                )
        plural = token.tag_ in {"NNS", "NNPS"}
        definite = any(c.lower_ in {"the", "both"} for c in token.children) or owners
        if not plural and definite and (person := self._holder(token, lemma, owners)):
            return (replace(person, span=span, how="office"),)
        if owners and (
            lemma in self.words["state-office"] or (plural and lemma in self.words["collective-office"])
        ):
            return tuple(replace(o, span=span, how="office", capacity=token.text) for o in owners)
        return ()

    def _holder(self, token: Token, lemma: str, owners: list[Referent]) -> Referent | None:
        """The person named before who holds the office, by the words of the title."""
        words = {c.lower_ for c in token.children if c.dep_ in {"compound", "amod"}} & self.words[
            "title-modifier"
        ]
        for s in self._recent(lambda s: s.referent.agent is not None and s.referent.agent.kind == "Person"):
            assert s.referent.agent is not None  # as asked for
            acts_for, title = self.capacity(s.referent.agent)
            told = (title or "").lower().replace("defence", "defense")
            wanted = {w.replace("defence", "defense") for w in words}
            if lemma not in told or not all(w in told for w in wanted):
                continue
            if owners and acts_for and acts_for.iri not in {o.agent.iri for o in owners if o.agent}:
                continue
            return s.referent
        return None

    def _sides(self, token: Token, word: str, span: Span) -> tuple[Referent, ...]:
        """'The two sides', 'both ministers': the last group of that size, or the last so many that were named."""
        size = _COUNT.get(word, 2)
        people = (
            token.lemma_.lower() in {"man", "woman"} | self.words["person"] and token.lemma_.lower() != "side"
        )
        states = token.lemma_.lower() in self.words["country"] | {
            "ally",
            "neighbour",
            "neighbor",
            "military",
            "army",
            "navy",
        }

        def fits(r: Referent) -> bool:
            if r.agent is None:
                return False
            return (
                r.agent.kind == "Person"
                if people
                else (r.agent.kind == "State" if states else r.agent.kind in _BODIES | {"State", "Person"})
            )

        near = _distinct(
            s.referent for s in self._recent(lambda s: fits(s.referent)) if self.count - s.at <= 30
        )
        if not states and len(near) == size and (people or len({r.agent.kind for r in near if r.agent}) == 1):
            return tuple(replace(r, span=span, how="description") for r in reversed(near))
        for at, group in reversed(self.groups):
            fitting = _distinct(r for r in group if fits(r))
            if self.count - at <= _REACH and len(fitting) == size:
                return tuple(replace(r, span=span, how="description") for r in fitting)
        last = _distinct(s.referent for s in self._recent(lambda s: fits(s.referent)))
        if len(last) >= size:
            return tuple(replace(r, span=span, how="description") for r in reversed(last[:size]))
        return ()

    def _singular(self, lemma: str) -> Referent | None:
        """'The country', 'the alliance', 'the company': the last thing mentioned that the noun may describe."""
        kinds = [
            ("country", {"State"}),
            ("alliance", {"Alliance"}),
            ("bloc", {"InternationalOrganisation", "Grouping", "Alliance"}),
            ("company", {"Company"}),
            ("ministry", {"GovernmentBody"}),
        ]
        for group, wanted in kinds:
            if lemma not in self.words[group]:
                continue
            recent = self._recent(
                lambda s, w=wanted: s.referent.agent is not None and s.referent.agent.kind in w
            )  # type: ignore[misc]  # mypy has no type for defaults of lambdas
            if group == "ministry" and not recent:
                recent = self._recent(
                    lambda s: s.referent.agent is not None and s.referent.agent.kind == "State"
                )
            near = [s for s in recent if self.count - s.at <= 60 and s.subject]
            plain = [s for s in recent if not s.possessor]
            if recent:
                return (near or plain or recent)[0].referent
        if lemma in {"military", "cabinet", "parliament", "army", "navy", "government", "administration"}:
            recent = self._recent(
                lambda s: s.referent.agent is not None and s.referent.agent.kind == "State" and s.subject
            )
            return recent[0].referent if recent else None
        return None

    @staticmethod
    def _as(referent: Referent | None, span: Span, how: str) -> tuple[Referent, ...]:
        return (replace(referent, span=span, how=how),) if referent else ()


def _distinct(referents: Iterable[Referent]) -> list[Referent]:
    found: dict[str, Referent] = {}
    for r in referents:
        if r.agent:
            found.setdefault(r.agent.iri, r)
    return list(found.values())
