"""Random changes of rows of the lexicon or the reference data, biased to what some texts have words of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any, TypeVar

from kg.lexicon import Frame, Lexicon
from kg.model import Entity, Modality
from kg.reference import Entry, Holding, Membership, Name, Reference

T = TypeVar("T")

HOW = ("label", "alt", "abbreviation", "demonym", "metonym", "short")
KINDS = ("State", "City", "Person", "GovernmentBody", "Company", "Alliance", "WeaponSystem", "ArmedForce")


@dataclass(frozen=True)
class Data:
    """What documents are read by."""

    lexicon: Lexicon
    reference: Reference


class Changing:
    """Makes changes of `data`, one upon the other; each is one row that is added, taken away or told otherwise."""

    def __init__(self, data: Data, texts: Iterable[str], seed: int) -> None:
        self.data, self.texts = data, list(texts)
        self.random = Random(seed)  # noqa: S311  # a sample that is the same each time
        words = {word.casefold() for text in self.texts for word in re.findall(r"\w+", text)}
        self.near = [
            entry
            for entry in data.reference.entries.values()
            if any(set(re.findall(r"\w+", name.text.casefold())) <= words for name in entry.names)
        ]
        self.words = sorted(words)
        self._stems = set(map(stem, words))

    def change(self) -> str:
        """Make one, and tell it."""
        makes = [self._entry] * 4 + [self._holding, self._membership, self._governor]
        told, self.data = self._some([*makes, self._frame, self._frame, self._class, self._class])()
        return told

    # ------------------------------------------------------------ what is drawn

    def _some(self, every: Sequence[T]) -> T:
        return self.random.choice(every)

    def _phrase(self) -> str:
        """Words of a text in their order, or a name that no text has."""
        if self.random.random() < 0.2:
            return self._some(["Zubrovka", "Port Nowhere", "Grand Fenwick"])
        words = re.findall(r"[\w'-]+", self._some(self.texts))
        at, length = self.random.randrange(len(words)), self._some([1, 1, 2, 2, 3])
        return " ".join(words[at : at + length])

    def _word(self) -> str:
        return self._some(self.words) if self.random.random() < 0.8 else "zubrovka"

    def _known(self, kind: str = "") -> Entry:
        """A thing that the texts may name, or any."""
        every = list(self.data.reference.entries.values())
        for among in (self.near if self.random.random() < 0.75 else every, every):
            if of := [e for e in among if not kind or e.entity.kind == kind]:
                return self._some(of)
        raise AssertionError(kind)

    # ------------------------------------------------------------ reference data

    def _with(self, **other: Any) -> Data:
        return replace(self.data, reference=replace(self.data.reference, **other))

    def _entry(self) -> tuple[str, Data]:
        before, reference = self._known(), self.data.reference
        how = self._some(["gone", "new", "name", "nameless", "country", "people", "kind", "same", "gender"])
        entity, after = before.entity, before
        if how == "name":
            after = replace(before, names=(*before.names, Name(self._phrase(), self._some(HOW))))
        elif how == "nameless":
            after = replace(before, names=before.names[:-1])
        elif how == "country":
            after = replace(before, country=self._some([None, self._known("State").entity.iri]))
        elif how == "people":
            after = replace(before, population=self._some([0, 50_000, 30_000_000]))
        elif how == "kind":
            after = replace(before, entity=replace(entity, kind=self._some(KINDS)))
        elif how == "same":
            after = replace(before, entity=replace(entity, same_as=("http://example.org/same",)))
        elif how == "gender":
            after = replace(before, gender=self._some(["female", "male"]))
        elif how == "new":
            phrase = self._phrase()
            iri = f"{entity.iri.rpartition('/')[0]}/{phrase.lower().replace(' ', '-')}"
            names = (Name(phrase, "label"),)
            after = replace(
                before, entity=Entity(iri, self._some(KINDS), phrase, reference=True), names=names
            )
        entries = dict(reference.entries)
        if how == "gone":
            del entries[entity.iri]
        else:
            entries[after.entity.iri] = after
        return f"{how}: {before} -> {after}", self._with(entries=dict(sorted(entries.items())))

    def _holding(self) -> tuple[str, Data]:
        held = list(self.data.reference.holdings)
        near = {entry.entity.iri for entry in self.near}
        ours = [n for n, h in enumerate(held) if h.person in near] or list(range(len(held)))
        at = self._some(ours)
        how = self._some(["gone", "new", "of", "ended"])
        before = held[at]
        if how == "gone":
            del held[at]
        elif how == "new":
            state = self._known(self._some(["State", "GovernmentBody", "Alliance"])).entity.iri
            one = Holding(self._known("Person").entity.iri, "urn:office", state, "Minister", None, None)
            held.insert(0, one)
        elif how == "of":
            held[at] = replace(before, of=self._known("State").entity.iri)
        else:
            held[at] = replace(before, end=date(2019, 1, 1))
        return f"holding {how}: {before}", self._with(holdings=tuple(held))

    def _membership(self) -> tuple[str, Data]:
        one = Membership(self._known("State").entity.iri, self._known("Alliance").entity.iri, None, None)
        every = self.data.reference.memberships
        return f"membership {one}", self._with(memberships=self._some([every[1:], (one, *every)]))

    # ------------------------------------------------------------ lexicon

    def _frame(self) -> tuple[str, Data]:
        frames = list(self.data.lexicon.frames)
        near = [n for n, f in enumerate(frames) if not self._stems.isdisjoint(map(stem, f.verbs | f.nouns))]
        at = self._some(near if self.random.random() < 0.8 else range(len(frames)))
        before = after = frames[at]
        how = self._some(["gone", "verb", "noun", "fewer", "slots", "sets", "evokes"])
        if how == "verb":
            after = replace(before, verbs=before.verbs | {self._word()})
        elif how == "noun":
            after = replace(before, nouns=before.nouns | {self._word()})
        elif how == "fewer":
            after = replace(before, verbs=frozenset(sorted(before.verbs)[1:]))
        elif how == "slots":
            after = replace(before, slots=self._some(frames).slots)
        elif how == "sets":
            after = replace(before, sets=self._some([Modality.PLANNED, Modality.ENDED]))
        elif how == "evokes":
            after = replace(before, evokes=self._some(frames).evokes)
        frames[at : at + 1] = [] if how == "gone" else [after]
        verbs, nouns = triggers(frames, lambda f: f.verbs), triggers(frames, lambda f: f.nouns)
        lexicon = replace(self.data.lexicon, frames=tuple(frames), verbs=verbs, nouns=nouns)
        return f"frame {how}: {before} -> {after}", replace(self.data, lexicon=lexicon)

    def _class(self) -> tuple[str, Data]:
        words = dict(self.data.lexicon.words)
        name = self._some(sorted(words))
        ours = sorted(words[name] & set(self.words)) or sorted(words[name])
        if ours and self.random.random() < 0.5:
            word = self._some(ours)
            words[name] -= {word}
        else:
            word = self._some([self._word(), self._phrase()])
            words[name] |= {word}
        told = f"class {name}: {word}"
        return told, replace(self.data, lexicon=replace(self.data.lexicon, words=words))

    def _governor(self) -> tuple[str, Data]:
        governors = dict(self.data.lexicon.governors)
        near = [word for word in sorted(governors) if stem(word.partition("/")[0]) in self._stems]
        word = self._some(near)
        told = governors.pop(word)
        if self.random.random() < 0.5:
            word = self._word()
            governors[word] = told
        lexicon = replace(self.data.lexicon, governors=governors)
        return f"governor {word}", replace(self.data, lexicon=lexicon)


def stem(word: str) -> str:
    """The beginning of a word, as most of its forms share it."""
    return word[:4]


def triggers(
    frames: Sequence[Frame], of: Callable[[Frame], frozenset[str]]
) -> Mapping[str, tuple[Frame, ...]]:
    """Frames by their triggers, as the reader of the lexicon has them."""
    table: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        for word in of(frame):
            table[word].append(frame)
    return {word: tuple(found) for word, found in table.items()}
