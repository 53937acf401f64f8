"""Finds the names of the reference data in a text, the longest first; links nothing yet.

A name may stand for several things ('Tokyo' is a city and a way to say Japan); all of them are candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.tokens import Tokens
from kg.iri import unaccented
from kg.model import Span
from kg.reference import Entry, Reference

_WORD = re.compile(r"\w+")
_ORGANS = frozenset({"ArmedForce", "GovernmentBody", "MilitaryCommand"})
_TYPE = re.compile(r"\d[A-Z]?$|^[A-Z]{3,}$")  # how names of types end that news write in the plural
_KNOWN = 30_000  # inhabitants of a city that news write without accents
_FOUND = "entente.names-in"
_BOUNDARY = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name may stand for, and as what: `label`, `alt`, `abbreviation`, `demonym`,
    `metonym`."""

    entry: Entry
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the gazetteer where it stands in the text, with all that it may stand for."""

    span: Span
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their first word, the longest first."""

    names: Mapping[str, tuple[tuple[str, tuple[Candidate, ...]], ...]]

    def names_in(self, doc: Doc) -> tuple[Found, ...]:
        """What `find` finds in a passage; kept with it, as several ask."""
        if _FOUND not in doc.user_data:
            doc.user_data[_FOUND] = tuple(self.find(Tokens.of(doc).text))
        found: tuple[Found, ...] = doc.user_data[_FOUND]
        return found

    def find(self, text: str) -> Iterator[Found]:
        """Each name in `text` (plain, as `kg.annotate.text.plain` gives it), left to right, without
        overlap."""
        at = 0
        words = list(_WORD.finditer(text))
        for n, word in enumerate(words):
            if word.start() < at or (found := self._at(text, word)) is None:
                continue
            if word.group().lower() == "the" and n + 1 < len(words):
                longer = self._at(text, words[n + 1])  # 'the Alliance of Sahel States' is not 'the Alliance'
                if longer is not None and longer.span.end > found.span.end:
                    continue
            yield found
            at = found.span.end

    def _at(self, text: str, word: re.Match[str]) -> Found | None:
        """The longest name that begins with a word of the text."""
        for name, candidates in self.names.get(word.group(), ()):
            end = word.start() + len(name)
            if _same(text[word.start() : end], name) and not _continues(text, name, end):
                return Found(Span(word.start(), end), candidates)
        return None


def _same(words: str, name: str) -> bool:
    """Whether words are a name; the later words of a long name may be written small or large."""
    return words == name or (
        len(name) > 8 and " " in name and words[0].isupper() and words.casefold() == name.casefold()
    )


def _continues(text: str, name: str, end: int) -> bool:
    """Whether the name is only the beginning of a longer word at that place."""
    return bool(name[-1].isalnum() and end < len(text) and _BOUNDARY.match(text[end]))


def gazetteer(reference: Reference, more: Iterable[tuple[str, Candidate]] = ()) -> Gazetteer:
    """All names of the reference data, as they are matched: case-sensitive, typographic variants made
    plain."""
    by_text: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for entry in reference.entries.values():
        if entry.entity.kind == "Office":
            continue
        for name in entry.names:
            if entry.country and name.text.rsplit(" ", 1)[-1].islower() and entry.entity.kind in _ORGANS:
                continue  # 'Russian troops', 'the Japanese cabinet' are organs without a proper name: the state
            for text in _spellings(entry, name.text.replace("’", "'")):
                by_text[text].setdefault(entry.entity.iri, Candidate(entry, name.how))
    for text, candidate in more:
        by_text[text].setdefault(candidate.entry.entity.iri, candidate)
    table: dict[str, list[tuple[str, tuple[Candidate, ...]]]] = defaultdict(list)
    for text, found in by_text.items():
        if first := _WORD.match(text):
            ordered = sorted(found.values(), key=lambda c: (-c.entry.population, c.entry.entity.iri))
            table[first.group()].append((text, tuple(ordered)))
    return Gazetteer(
        {word: tuple(sorted(names, key=lambda n: (-len(n[0]), n[0]))) for word, names in table.items()}
    )


def _spellings(entry: Entry, name: str) -> Iterator[str]:
    """A name as it is written and as wires write it without accents, that of a type of arms in the plural, too.

    Of small towns only the first, as their names would be words ('Ełk').
    """
    yield name
    if entry.entity.kind == "WeaponSystem" and _TYPE.search(name):
        yield f"{name}s"
    if entry.entity.kind != "City" or entry.population >= _KNOWN:
        yield unaccented(name)
