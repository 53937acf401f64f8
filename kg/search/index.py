"""An index of names that forgives typing errors, order, missing accents and abbreviations.

A name is found by its words: those that a word asked for is, begins, abbreviates, or is within an edit or two of;
and as a whole, so that a space too many or too few does no harm. Rare words count for more than frequent ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kg.search.entries import Entry, Name
from kg.search.folding import abbreviates, initials, words
from kg.search.vocabulary import INITIAL, LIKE, PREFIX, SHORT, Vocabulary, by_length, grouped, within

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
SHORTEST = 5  # letters of an abbreviation, at most
WRITTEN_OUT = 0.8  # what a name counts that is written out, where an abbreviation seems to be asked for


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: its words, alone and run together, and for each what words of the index it may be, how well.

    `going_on` says that it may be the beginning of a name, `short` that it is written as abbreviations are.
    """

    words: tuple[str, ...]
    whole: str
    near: tuple[Mapping[str, float], ...]
    going_on: bool
    short: bool

    def likeness(self, at: int, other: str) -> float:
        """How well one of the words is a word of a name; an initial may be any that begins with it."""
        word = self.words[at]
        known = self.near[at].get(other, 0.0)
        return known or (INITIAL if len(word) <= 2 and abbreviates(word, other) else 0.0)


class Index:
    """Entries, found by their names; safe to share between threads once made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._forms = [form for number, entry in enumerate(self.entries) for form in _forms(number, entry)]
        self._by_word = grouped((word, n) for n, form in enumerate(self._forms) for word in {*form.words})
        self._by_whole = grouped((form.whole, n) for n, form in enumerate(self._forms))
        self._by_initials = grouped((f.initials, n) for n, f in enumerate(self._forms) if len(f.words) > 1)
        self._wholes = by_length(self._by_whole)
        counts = {word: len(numbers) for word, numbers in self._by_word.items()}
        self._vocabulary = Vocabulary(counts, len(self._forms))
        self._by_iri = {entry.iri: entry for entry in self.entries}

    def __getitem__(self, iri: str) -> Entry:
        """The entry of a thing; raises KeyError for what is not in the index."""
        return self._by_iri[iri]

    def __contains__(self, iri: object) -> bool:
        """Whether a thing is in the index."""
        return iri in self._by_iri

    def search(self, text: str, kinds: Collection[str] = (), most: int = MOST) -> list[Hit]:
        """What the text may be a name of, the best first; of `kinds`, where they are given."""
        return self._hits(self._asked(text[:LONGEST], going_on=False), frozenset(kinds), most)

    def complete(self, text: str, kinds: Collection[str] = (), most: int = MOST) -> list[Hit]:
        """What has a name that the text is the beginning of, or nearly, the best first."""
        return self._hits(self._asked(text[:LONGEST], going_on=True), frozenset(kinds), most)

    def _asked(self, text: str, *, going_on: bool) -> Asked:
        asked = words(text)
        near = (self._vocabulary.near(word, begun=going_on and word is asked[-1]) for word in asked)
        return Asked(asked, "".join(asked), tuple(near), going_on, short=not going_on and is_short(text))

    def _hits(self, asked: Asked, kinds: frozenset[str], most: int) -> list[Hit]:
        """The entries whose names fit well enough, each by the name that fits best."""
        if not asked.words:
            return []
        best: dict[int, tuple[float, float, str]] = {}
        for number in self._candidates(asked, kinds):
            form = self._forms[number]
            score = self._score(asked, form)
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

    def _candidates(self, asked: Asked, kinds: frozenset[str]) -> Iterable[int]:
        """The names worth a closer look: those with the most of what is asked for."""
        whole, rarest = asked.whole, self._vocabulary.rarest
        found: dict[int, float] = defaultdict(float)
        for number in self._by_whole.get(whole, []) + self._by_initials.get(whole, []):
            found[number] = 2 * rarest
        for distance, other in within(whole, self._wholes):
            for number in self._by_whole[other]:
                found[number] += rarest * len(asked.words) * (1 - distance / len(whole))
        rare = any(len(self._by_word[word]) <= COMMON for near in asked.near for word in near)
        for near in asked.near:
            for word, likeness in near.items():
                numbers = self._by_word[word]
                if rare and len(numbers) > COMMON:
                    continue
                worth = likeness * self._vocabulary.weight(word)
                for number in numbers:
                    found[number] += worth / (1 + len(self._forms[number].words))
        if kinds:
            found = {n: s for n, s in found.items() if kinds & {*self.entries[self._forms[n].entry].kinds}}
        return sorted(found, key=lambda number: (-found[number], number))[:WEIGHED]

    def _score(self, asked: Asked, form: Form) -> float:
        """How well a name fits, from 0 to 1, and how well it stands for its thing."""
        score = self._fit(asked, form) * form.name.strength
        if asked.short and asked.whole not in (form.whole, form.initials) and not is_short(form.name.text):
            score *= WRITTEN_OUT
        return score

    def _fit(self, asked: Asked, form: Form) -> float:
        """How well the letters and words of a name fit, from 0 to 1."""
        whole = asked.whole
        if whole == form.whole:
            return 1.0
        by_words = self._by_words(asked, form.words)
        as_whole = LIKE * (1 - 1.5 * OSA.normalized_distance(whole, form.whole, score_cutoff=0.3))
        if asked.going_on and form.whole.startswith(whole):
            as_whole = max(as_whole, PREFIX + 0.1 * len(whole) / len(form.whole))
        if len(form.words) > 1 and form.initials == whole:
            by_words = max(by_words, SHORT)
        return max(by_words, as_whole)

    def _by_words(self, asked: Asked, given: tuple[str, ...]) -> float:
        """The weight of the words in common against that of all words, asked for and given (Dice)."""
        weight = self._vocabulary.weight
        pairs = sorted(
            (-asked.likeness(a, other), a, g)
            for a in range(len(asked.words))
            for g, other in enumerate(given)
        )
        partner: dict[int, int] = {}
        common = 0.0
        taken: set[int] = set()
        for likeness, a, g in pairs:
            if likeness and a not in partner and g not in taken:
                partner[a] = g
                taken.add(g)
                common -= 2 * likeness * weight(given[g])
        of_asked = sum(
            weight(given[partner[a]] if a in partner else word) for a, word in enumerate(asked.words)
        )
        whole = len(partner) == len(asked.words) and all(
            given[g] == asked.words[a] for a, g in partner.items()
        )
        rest = BEYOND if asked.going_on or whole else 1.0
        of_given = sum(weight(w) * (1 if g in taken else rest) for g, w in enumerate(given))
        return common / (of_asked + of_given)


def is_short(text: str) -> bool:
    """Whether a text is written as abbreviations are: few letters, most of them capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return 1 < len(letters) <= SHORTEST and 2 * sum(map(str.isupper, letters)) > len(letters)


def _forms(number: int, entry: Entry) -> Iterable[Form]:
    for name in entry.names:
        parts = words(name.text)
        if parts:
            yield Form(number, name, parts, "".join(parts), initials(parts))
