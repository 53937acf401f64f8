"""An index of names that forgives typing errors, order, missing accents and abbreviations.

A name is found by its words: those that a word asked for is, begins, abbreviates, or is within an edit or two of;
and as a whole, so that a space too many or too few does no harm. Rare words count for more than frequent ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kg.search.entries import Entry, Name
from kg.search.folding import abbreviates, initials, words

MOST = 20  # hits that are given unless more are asked for
LONGEST = 200  # letters of what is looked for; the rest is not read
WEIGHED = 400  # names that are compared whole, of those that share a word
COMMON = 1500  # a word in more names than this finds no name on its own, where there are rarer words
LEAST = 0.35  # the score of what is no hit any more
FAR = 0.6  # what falls so far behind the best hit, as a share of its score, is none either
CERTAIN = 0.9  # from which score on a hit may be the one that is meant
CLEAR = 0.08  # how far the next one must be behind for that
BEYOND = 0.5  # what a word that is not asked for counts, where all that is asked for is there
BY_PROMINENCE = 0.1  # what being prominent is worth in a score
SWAPPED = 0.5  # what two letters in each other's place count as an edit: none of them is wrong
SHORTEST = 5  # letters of an abbreviation, at most
WRITTEN_OUT = 0.8  # what a name counts that is written out, where an abbreviation seems to be asked for
LIKE, PREFIX, SHORT = (
    0.95,
    0.85,
    0.8,
)  # what a word within an edit, a beginning, an abbreviation is worth at most


K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its entry, the name that fits best, and how well, from 0 to 100.

    `certain` says that it fits well and nothing else does nearly as well.
    """

    entry: Entry
    name: str
    score: float
    certain: bool = False

    @property
    def iri(self) -> str:
        """Which thing it is."""
        return self.entry.iri

    @property
    def label(self) -> str:
        """What it is called."""
        return self.entry.label

    @property
    def note(self) -> str:
        """What tells it from others of the same name."""
        return self.entry.note


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is compared: its words, the words run together, their initials, and the entry that it is of."""

    entry: int
    name: Name
    words: tuple[str, ...]
    whole: str
    initials: str


class Index:
    """Entries, found by their names; safe to share between threads once made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._forms = [form for number, entry in enumerate(self.entries) for form in _forms(number, entry)]
        self._by_word = _grouped((word, n) for n, form in enumerate(self._forms) for word in {*form.words})
        self._by_whole = _grouped((form.whole, n) for n, form in enumerate(self._forms))
        self._by_initials = _grouped((f.initials, n) for n, f in enumerate(self._forms) if len(f.words) > 1)
        self._words = sorted(self._by_word)
        self._lengths = _grouped((len(word), word) for word in self._words)
        self._whole_lengths = _grouped((len(whole), whole) for whole in self._by_whole)
        self._letters = _grouped((word[0], word) for word in self._words)
        self._weights = {word: log(1 + len(self._forms) / len(n)) for word, n in self._by_word.items()}
        self._rare = log(1 + len(self._forms))
        self._by_iri = {entry.iri: entry for entry in self.entries}

    def __getitem__(self, iri: str) -> Entry:
        """The entry of a thing; raises KeyError for what is not in the index."""
        return self._by_iri[iri]

    def __contains__(self, iri: object) -> bool:
        """Whether a thing is in the index."""
        return iri in self._by_iri

    def search(self, text: str, kinds: Collection[str] = (), most: int = MOST) -> list[Hit]:
        """What the text may be a name of, the best first; of `kinds`, where they are given."""
        return self._ranked(text[:LONGEST], frozenset(kinds), most, going_on=False)

    def complete(self, text: str, kinds: Collection[str] = (), most: int = MOST) -> list[Hit]:
        """What has a name that the text is the beginning of, or nearly, the best first."""
        return self._ranked(text[:LONGEST], frozenset(kinds), most, going_on=True)

    def _ranked(self, text: str, kinds: frozenset[str], most: int, *, going_on: bool) -> list[Hit]:
        asked = words(text)
        if not asked:
            return []
        near = [self._near(word, begun=going_on and word is asked[-1]) for word in asked]
        short = not going_on and is_short(text)
        best: dict[int, tuple[float, float, str]] = {}
        for number in self._candidates(asked, near, kinds):
            form = self._forms[number]
            score = self._score(asked, near, form, going_on=going_on) * form.name.strength
            if short and "".join(asked) not in (form.whole, form.initials) and not is_short(form.name.text):
                score *= WRITTEN_OUT
            ranked = score + BY_PROMINENCE * self.entries[form.entry].prominence
            if form.entry not in best or ranked > best[form.entry][0]:
                best[form.entry] = ranked, score, form.name.text
        order = sorted(
            best.items(),
            key=lambda item: (-item[1][0], -self.entries[item[0]].prominence, self.entries[item[0]].iri),
        )
        second = order[1][1][0] if len(order) > 1 else 0.0
        least = max(LEAST, FAR * order[0][1][0]) if order else LEAST
        return [
            Hit(
                self.entries[number],
                name,
                round(100 * min(ranked, 1.0), 1),
                certain=place == 0 and score >= CERTAIN and ranked - second >= CLEAR,
            )
            for place, (number, (ranked, score, name)) in enumerate(order[:most])
            if ranked >= least
        ]

    def _near(self, word: str, *, begun: bool) -> Mapping[str, float]:
        """The words of the index that a word asked for may be, and how well it is each of them."""
        found: dict[str, float] = {}
        if len(word) > 2 and word not in self._by_word:
            for other in self._letters.get(word[0], ()):
                if abbreviates(word, other):
                    found[other] = SHORT * (0.5 + 0.5 * len(word) / len(other))
        if begun or len(word) > 2:
            for other in self._beginning(word):
                found[other] = PREFIX if begun else max(found.get(other, 0), SHORT * 0.9)
        for distance, other in self._within(word, self._lengths):
            found[other] = max(found.get(other, 0), LIKE * (1 - distance / max(len(word), len(other))))
        if word in self._by_word:
            found[word] = 1.0
        return found

    def _beginning(self, word: str) -> Sequence[str]:
        start = bisect_left(self._words, word)
        return self._words[start : bisect_left(self._words, word + "\U0010ffff")]

    def _within(self, word: str, lengths: Mapping[int, Sequence[str]]) -> Iterable[tuple[float, str]]:
        """What is within an edit of a word (two of a long one), by optimal string alignment."""
        edits = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
        for length in range(len(word) - edits, len(word) + edits + 1) if edits else ():
            for other, distance, _ in extract(
                word, lengths.get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
            ):
                swapped = distance == 1 and sorted(word) == sorted(other)
                yield SWAPPED if swapped else distance, other

    def _candidates(
        self, asked: tuple[str, ...], near: Sequence[Mapping[str, float]], kinds: frozenset[str]
    ) -> Iterable[int]:
        """The names worth a closer look: those with the most of what is asked for."""
        whole = "".join(asked)
        found: dict[int, float] = defaultdict(float)
        for number in self._by_whole.get(whole, []) + self._by_initials.get(whole, []):
            found[number] = 2 * self._rare
        for distance, other in self._within(whole, self._whole_lengths):
            for number in self._by_whole[other]:
                found[number] += self._rare * len(asked) * (1 - distance / len(whole))
        rare = any(len(self._by_word[word]) <= COMMON for words_ in near for word in words_)
        for likenesses in near:
            for word, likeness in likenesses.items():
                numbers = self._by_word[word]
                if rare and len(numbers) > COMMON:
                    continue
                for number in numbers:
                    found[number] += likeness * self._weights[word] / (1 + len(self._forms[number].words))
        if kinds:
            found = {n: s for n, s in found.items() if kinds & {*self.entries[self._forms[n].entry].kinds}}
        return sorted(found, key=lambda number: (-found[number], number))[:WEIGHED]

    def _score(
        self, asked: tuple[str, ...], near: Sequence[Mapping[str, float]], form: Form, *, going_on: bool
    ) -> float:
        """How well a name fits, from 0 to 1."""
        whole = "".join(asked)
        if whole == form.whole:
            return 1.0
        by_words = self._by_words(asked, near, form.words, going_on=going_on)
        as_whole = LIKE * (1 - 1.5 * OSA.normalized_distance(whole, form.whole, score_cutoff=0.3))
        if going_on and form.whole.startswith(whole):
            as_whole = max(as_whole, PREFIX + 0.1 * len(whole) / len(form.whole))
        if len(form.words) > 1 and form.initials == whole:
            by_words = max(by_words, SHORT)
        return max(by_words, as_whole)

    def _by_words(
        self,
        asked: tuple[str, ...],
        near: Sequence[Mapping[str, float]],
        given: tuple[str, ...],
        *,
        going_on: bool,
    ) -> float:
        """The weight of the words in common against that of all words, asked for and given (Dice)."""
        pairs = sorted(
            (-_likeness(word, other, near[a]), a, g)
            for a, word in enumerate(asked)
            for g, other in enumerate(given)
        )
        partner: dict[int, int] = {}
        common = 0.0
        taken: set[int] = set()
        for likeness, a, g in pairs:
            if likeness and a not in partner and g not in taken:
                partner[a] = g
                taken.add(g)
                common -= 2 * likeness * self._weights[given[g]]
        of_asked = sum(
            self._weights[given[partner[a]]] if a in partner else self._weights.get(word, self._rare)
            for a, word in enumerate(asked)
        )
        whole = len(partner) == len(asked) and all(given[g] == asked[a] for a, g in partner.items())
        rest = BEYOND if going_on or whole else 1.0
        of_given = sum(self._weights[w] * (1 if g in taken else rest) for g, w in enumerate(given))
        return common / (of_asked + of_given)


def is_short(text: str) -> bool:
    """Whether a text is written as abbreviations are: few letters, most of them capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return 1 < len(letters) <= SHORTEST and 2 * sum(map(str.isupper, letters)) > len(letters)


def _likeness(word: str, other: str, likenesses: Mapping[str, float]) -> float:
    """How well a word asked for is a word of a name; an initial may be any that begins with it."""
    known = likenesses.get(other, 0.0)
    return known or (SHORT * 0.9 if len(word) <= 2 and abbreviates(word, other) else 0.0)


def _forms(number: int, entry: Entry) -> Iterable[Form]:
    for name in entry.names:
        parts = words(name.text)
        if parts:
            yield Form(number, name, parts, "".join(parts), initials(parts))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
