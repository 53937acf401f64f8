"""What fills the slots of a frame: where their places lead from a trigger, or what the parser hung elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.arguments import tokens_at
from kg.extract.clauses import reach, subjectless, told_before, where
from kg.extract.fillers import PERSONS_TOO, PLACES, THINGS, Fillers
from kg.extract.items import JOINT, is_item
from kg.extract.standins import StandIns
from kg.extract.triggers import Trigger
from kg.lexicon import Frame, Lexicon, Place, Slot
from kg.model import Filler

_GOING = frozenset({"to", "from"})
_POINTING = frozenset({"there", "here", "where"})  # to a place told before
_US = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_WATCHING = frozenset({"Organisation", "NewsOutlet", "Company"})  # those who tell of what others spend
_SIDES = frozenset({None, "agent", "place", "side", "person"})  # classes of those who act, not of things
_OTHERS = PLACES | THINGS.keys() | {"_"}  # roles of those who are nobody


@dataclass(frozen=True, slots=True)
class Slots:
    """Fills slots, by the lexicon's classes of words."""

    lexicon: Lexicon
    fillers: Fillers
    stand_ins: StandIns

    def found(
        self, slot: Slot, trigger: Trigger, parsed: Parsed, us: tuple[Filler, ...]
    ) -> list[tuple[Token, tuple[Filler, ...]]]:
        """The tokens of a slot with what they fill it with. `us` are the speakers, who 'we' is."""
        for group in slot.choices:
            found: dict[int, tuple[Token, tuple[Filler, ...]]] = {}
            for place in group:  # what one place gives for a word, the next does not give otherwise
                for token, fillers in self._place(slot.role, place, trigger, parsed, us):
                    found.setdefault(token.i, (token, fillers))
            if found:
                return list(found.values())
        if us and slot.role in JOINT and is_item(trigger, parsed):
            return [(trigger.token, (_ours(f, parsed, trigger.token),)) for f in us]
        return (
            self._somewhere(slot, trigger, parsed)
            if slot.role in PLACES
            else self._loose(slot, trigger, parsed)
        )

    def _place(
        self, role: str, place: Place, trigger: Trigger, parsed: Parsed, us: tuple[Filler, ...]
    ) -> Iterator[tuple[Token, tuple[Filler, ...]]]:
        if place.path == "subj" and role not in _OTHERS and us and subjectless(trigger):
            yield from ((trigger.token, (_ours(f, parsed, trigger.token),)) for f in us)
            return
        if place.path == "speaker":
            sides = (_ours(f, parsed, trigger.token) for f in us)
            yield from ((trigger.token, (f,)) for f in sides if f.entity.kind not in _WATCHING)
            return
        for token in tokens_at(place.path, trigger, parsed, self.lexicon):
            if (
                place.path == "self"
                and role == "exercise"
                and not self.fillers.nouns.fits(token, "named-exercise", parsed)
            ):
                continue
            if us and role not in _OTHERS and (ours := self._us(role, token, place.filter, parsed, us)):
                yield token, ours
                continue
            fitting = self._fitting(token, place.filter, trigger, parsed)
            if fitting is None:
                if taken_up := self.stand_ins.fill(role, token, place.filter, parsed):
                    yield token, taken_up
                continue
            if role == "_":
                yield fitting, ()
            elif filled := self.fillers.fill(role, [fitting], place.filter, parsed):
                yield fitting, filled

    def _us(
        self, role: str, token: Token, wanted: str | None, parsed: Parsed, us: tuple[Filler, ...]
    ) -> tuple[Filler, ...]:
        """Who 'we', or 'our soldiers', are, if they are of the class wanted; 'I' met, or went, in person."""
        nouns = self.fillers.nouns
        owned = any(c.dep_ == "poss" and c.lower_ in _US for c in token.lefts) and not parsed.of(token)
        if not (
            token.lower_ in _US or (owned and any(nouns.is_of(token, c) for c in ("belonging", "organ")))
        ):
            return ()
        in_person = role in PERSONS_TOO and token.lower_ in {"i", "me"}
        ours = tuple(f if in_person else _ours(f, parsed, token) for f in us)
        if (
            wanted in {None, "agent", "side"}
            or token.lower_ == "i"
            or (owned and nouns.fits(token, wanted, parsed))
        ):
            return ours
        admitted = self.lexicon.admits.get(wanted or "", frozenset())
        return tuple(f for f in ours if f.entity.kind in admitted)

    def _fitting(self, token: Token, wanted: str | None, trigger: Trigger, parsed: Parsed) -> Token | None:
        """The token, where it is of the class wanted, or the noun above it whose clause was hung too low.

        'A pact on patrols that they concluded': the clause is about the pact.
        """
        fits = self.fillers.nouns.fits
        if fits(token, wanted, parsed):
            return token
        named = [t for t in syntax.children(token, "appos") if parsed.of(t)]
        for apposition in named:
            if fits(apposition, wanted, parsed):
                return token if wanted in _SIDES else apposition  # all of a list beside a noun are its sides
        for _ in range(2):
            below = token.dep_ == "pobj" and token.head.head.pos_ in {"NOUN", "PROPN"}
            if not (trigger.verbal and below and token.i < trigger.token.i and wanted not in _SIDES):
                return None
            token = token.head.head
            if fits(token, wanted, parsed):
                return token
        return None

    def _somewhere(
        self, slot: Slot, trigger: Trigger, parsed: Parsed
    ) -> list[tuple[Token, tuple[Filler, ...]]]:
        """A place that the parser hung on something else of the clause: 'a meeting with Rutte in Tokyo'."""
        words = {place.path for place in slot.places}
        there = not (words | _POINTING).isdisjoint(syntax.words_around(trigger.token))
        for at in sorted(reach(trigger)) if there else ():
            token = parsed.doc[at]
            heads: list[Token] = []
            if token.dep_ == "advmod" and token.lower_ in {"there", "here"}:
                heads = [token]
            elif token.dep_ == "advmod" and token.lower_ == "where":
                heads = [where(token)]
            elif token.dep_ == "prep" and token.lower_ in words and at > trigger.token.i:
                heads = syntax.children(token, "pobj")
            for head in heads:
                if filled := self.fillers.fill(slot.role, [head], "place", parsed):
                    return [(head, filled)]
        for head in told_before(trigger):
            if filled := self.fillers.fill(slot.role, [head], "place", parsed):
                return [(head, filled)]
        return []

    def _loose(self, slot: Slot, trigger: Trigger, parsed: Parsed) -> list[tuple[Token, tuple[Filler, ...]]]:
        """What stands behind a preposition that the parser hung on something else: 'took part for the first time in'.

        Of sides only to and from whom something goes: 'gave tanks worth a million euros to Ukraine'.
        """
        wanted = {place.path: place.filter for place in slot.places if place.filter}
        if slot.role not in THINGS:
            wanted = {path: kind for path, kind in wanted.items() if path in _GOING}
        there = not wanted.keys().isdisjoint(syntax.words_around(trigger.token))
        for at in sorted(reach(trigger)) if there else ():
            token = parsed.doc[at]
            if (
                token.dep_ == "prep"
                and token.lower_ in wanted
                and at > trigger.token.i
                and not _credits(token)
            ):
                for head in syntax.children(token, "pobj"):
                    kind = wanted[token.lower_]
                    fits = self.fillers.nouns.fits(head, kind, parsed)
                    if fits and (filled := self.fillers.fill(slot.role, [head], kind, parsed)):
                        return [(head, filled)]
        return []

    def is_about(self, frame: Frame, trigger: Trigger, parsed: Parsed) -> bool:
        """Whether what the verb is about is of the class that the frame is for."""
        heads = tokens_at("obj", trigger, parsed, self.lexicon)
        if not heads:
            heads = [
                t
                for p in ("on", "to", "into", "with", "in")
                for t in tokens_at(p, trigger, parsed, self.lexicon)
            ]
        return any(
            self._fitting(t, frame.about, trigger, parsed) is not None
            or self.stand_ins.noun(t, frame.about, parsed) is not None
            for t in heads
        )


def _credits(preposition: Token) -> bool:
    """Whether a preposition leads to a source: 'according to'."""
    return preposition.nbor(-1).lower_ == "according"


def _ours(speaker: Filler, parsed: Parsed, token: Token) -> Filler:
    """Who 'we' is: the side that the speaker speaks for."""
    span = parsed.span(token)
    return Filler(speaker.acts_for, span) if speaker.acts_for is not None else Filler(speaker.entity, span)
