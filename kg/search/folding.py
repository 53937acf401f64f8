"""The form under which names are compared: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
WHOLE = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ħ": "h", "Ħ": "H", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "e", "Ə": "E",
        ".": "", "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "&": " and ",
    }
)  # fmt: skip
APART = re.compile(r"[\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded: `Côte d'Ivoire` is `cote divoire`, `U.S. Army` is `us army`."""
    plain = unicodedata.normalize("NFKD", text.translate(WHOLE))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(word for word in APART.split(kept.casefold()) if word)


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
