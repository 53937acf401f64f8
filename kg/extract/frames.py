"""Matches the frames of the lexicon: from a trigger to its roles and fillers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.arguments import tokens_at
from kg.extract.clauses import reach, subjectless, told_before, where
from kg.extract.fillers import PERSONS_TOO, PLACES, THINGS, Fillers
from kg.extract.items import JOINT, is_item
from kg.extract.triggers import Trigger, host_of
from kg.lexicon import Frame, Lexicon, Place, Slot
from kg.model import Filler

_GOING = frozenset({"to", "from"})
_POINTING = frozenset({"there", "here", "where"})  # to a place told before
_US = frozenset({"we", "us", "our", "ours", "i", "my", "me"})

_ABROAD = frozenset({"visitor", "deployer"})  # roles of those who are elsewhere than at home
_WATCHING = frozenset({"Organisation", "NewsOutlet", "Company"})  # those who tell of what others spend
_SIDES = frozenset({None, "agent", "place", "side", "person"})  # classes of those who act, not of things
_OTHERS = PLACES | THINGS.keys() | {"_"}  # roles of those who are nobody
_NEXT = frozenset({"prep", "dobj", "advmod"})  # right behind a verb and one with it: 'take part', 'set off'
_SERVING = frozenset({"aux", "auxpass", "amod", "compound"})  # verbs and participles that serve another word


@dataclass(frozen=True, slots=True)
class Match:
    """A frame matched at a trigger: its roles with their fillers, and the tokens that gave these.

    `complete` tells whether all is there that the frame needs, `missing` which roles are not; `things` are those of
    the tokens that fill roles of things; `apart` tells that a sum beside them is that of others.
    """

    frame: Frame
    trigger: Trigger
    roles: tuple[tuple[str, tuple[Filler, ...]], ...]
    tokens: tuple[Token, ...]
    complete: bool
    missing: tuple[str, ...] = ()
    things: tuple[Token, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the frames that a passage evokes."""

    lexicon: Lexicon
    fillers: Fillers

    def triggers(self, sentence: Sentence, parsed: Parsed) -> Iterator[tuple[Trigger, tuple[Frame, ...]]]:
        """Each word of a sentence that evokes a frame, with the frames that it may evoke."""
        for token in sentence:
            if syntax.is_verb(token):
                if token.dep_ not in _SERVING and (frames := self._of_verb(token)):
                    yield Trigger(token), frames
            elif (
                token.pos_ in {"NOUN", "PROPN", "VERB"}
                and (frames := self._of_noun(token))
                and not _names_other(token, parsed)
            ):
                yield Trigger(token, host_of(token, self.lexicon)), frames

    def _of_verb(self, token: Token) -> tuple[Frame, ...]:
        """The frames of a verb with its particle ('set up') or first part ('test-fire'), or else of the verb alone."""
        lemma, verbs = token.lemma_.lower(), self.lexicon.verbs
        behind = [c for c in token.children if c.dep_ == "prt" or (c.dep_ in _NEXT and c.i == token.i + 1)]
        before = [
            c for c in token.children if c.dep_ == "npadvmod" and c.i < token.i and c.nbor().text == "-"
        ]
        whole = [f"{lemma} {c.lower_}" for c in behind] + [f"{c.lower_}-{lemma}" for c in before]
        found = (frames for form in whole if (frames := verbs.get(form)))
        return next(found, verbs.get(lemma, ()))

    def _of_noun(self, token: Token) -> tuple[Frame, ...]:
        nouns = self.lexicon.nouns
        forms = (syntax.hyphenated(token), token.lemma_.lower(), token.lower_)
        return next((nouns[form] for form in forms if form in nouns), ())

    def match(self, trigger: Trigger, frame: Frame, parsed: Parsed, us: tuple[Filler, ...]) -> Match:
        """The frame's roles filled at a trigger. `us` are the speakers, who 'we' is."""
        if frame.about and trigger.verbal and not self._about(frame, trigger, parsed):
            return Match(frame, trigger, (), (), False, (frame.about,))
        roles: dict[str, dict[str, Filler]] = {}
        seen: list[tuple[str, Token]] = []  # the tokens that give fillers, each with its role
        missing: list[str] = []
        for slot in frame.slots:
            if missing and not slot.needed:
                continue  # a frame that cannot be completed tells which roles it lacks, and no more
            found = self._slot(slot, trigger, parsed, us)
            if slot.role != "_":
                filled = roles.setdefault(slot.role, {})
                new = ((token, f) for token, fillers in found for f in fillers)
                seen += [(slot.role, token) for token, f in new if filled.setdefault(f.entity.iri, f) is f]
            if slot.needed and not found:
                missing.append(slot.role)
        roles = self._apart(roles, frame)
        missing += [s.role for s in frame.slots if s.needed and s.role != "_" and s.role not in roles]
        first = frame.slots[0].role
        if len(roles.get(first, {})) < frame.at_least:
            missing.append(first)
        return Match(
            frame,
            trigger,
            roles=tuple((role, tuple(f.values())) for role, f in roles.items()),
            tokens=tuple(token for _, token in seen),
            complete=not missing,
            missing=tuple(dict.fromkeys(missing)),
            things=tuple(token for role, token in seen if role in THINGS),
        )

    def _about(self, frame: Frame, trigger: Trigger, parsed: Parsed) -> bool:
        """Whether what the verb is about is of the class that the frame is for."""
        heads = tokens_at("obj", trigger, parsed, self.lexicon)
        if not heads:
            heads = [
                t
                for p in ("on", "to", "into", "with", "in")
                for t in tokens_at(p, trigger, parsed, self.lexicon)
            ]
        return any(self._fitting(t, frame.about, trigger, parsed) is not None for t in heads)

    def _slot(
        self, slot: Slot, trigger: Trigger, parsed: Parsed, us: tuple[Filler, ...]
    ) -> list[tuple[Token, tuple[Filler, ...]]]:
        for group in slot.choices:
            if found := [f for place in group for f in self._place(slot.role, place, trigger, parsed, us)]:
                return found
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
        if place.path == "subj" and role not in PLACES and us and subjectless(trigger):
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

    def _apart(self, roles: dict[str, dict[str, Filler]], frame: Frame) -> dict[str, dict[str, Filler]]:
        """Keeps one thing from filling two agent roles that exclude each other: nobody supplies itself."""
        order = [slot.role for slot in frame.slots]
        for number, role in enumerate(order):
            for other in order[number + 1 :]:
                if other != role and role in roles and other in roles and other not in PLACES:
                    for iri in set(roles[role]) & set(roles[other]):
                        del roles[other][iri]
        own = {
            iri
            for role in _ABROAD & roles.keys()
            for f in roles[role].values()
            for iri in (f.entity.iri, f.acts_for.iri if f.acts_for else "")
        }
        for role in PLACES & roles.keys():  # nobody visits, or deploys to, his own state as a whole
            roles[role] = {iri: f for iri, f in roles[role].items() if iri not in own}
        return {role: f for role, f in roles.items() if f}


def _credits(preposition: Token) -> bool:
    """Whether a preposition leads to a source: 'according to'."""
    return preposition.nbor(-1).lower_ == "according"


def _ours(speaker: Filler, parsed: Parsed, token: Token) -> Filler:
    """Who 'we' is: the side that the speaker speaks for."""
    span = parsed.span(token)
    return Filler(speaker.acts_for, span) if speaker.acts_for is not None else Filler(speaker.entity, span)


def _names_other(token: Token, parsed: Parsed) -> bool:
    """Whether a noun is the name of something that is no event's: neither of an agreement nor of an exercise."""
    return any(
        r.entity is not None and r.how == "name" and r.entity.kind not in {"Agreement", "Exercise"}
        for r in parsed.of(token)
    )
