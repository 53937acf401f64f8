"""The form under which names are compared: no case, no accents, no punctuation."""

from __future__ import annotations

import re

from kg.iri import unaccented

SIGNS = str.maketrans({"ə": "e", "Ə": "E", "&": " and "} | dict.fromkeys(".'’‘ʻʼ`´", ""))
APART = re.compile(r"[\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded: `Côte d'Ivoire` is `cote divoire`, `U.S. Army` is `us army`."""
    return tuple(word for word in APART.split(unaccented(text.translate(SIGNS)).casefold()) if word)


def initials(parts: tuple[str, ...]) -> str:
    """The first letters of the words that are not the small ones: `North Atlantic Council` is `nac`."""
    return "".join(word[0] for word in parts if word not in SMALL)


def abbreviates(short: str, word: str) -> bool:
    """Whether a word may stand for a longer one: `dept` for `department`, `m` for `mark`."""
    if len(short) >= len(word) or short[0] != word[0]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)


SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "al", "to", "a"})
