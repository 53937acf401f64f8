"""Numbers and pointers without a noun, which stand for things told of before: 'these', 'the other 64', '14 there'."""

from __future__ import annotations

from spacy.tokens import Token

from kg.numbers import SMALL

# What is done with soldiers and arms that a bare number counts.
_HAVING = frozenset(
    {"have", "keep", "host", "station", "send", "deploy", "maintain", "base", "withdraw", "return", "leave"}
    | {"remain", "stay", "arrive", "pull", "recall", "commit", "contribute", "post", "house"}
)


def is_headless(token: Token) -> bool:
    """'These', 'the other 64', '133 of these': a number or pointer that stands for things named
    before."""
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        return False
    if token.lower_ in {"these", "those", "ones"}:
        return token.pos_ in {"PRON", "DET", "NOUN"}
    pointed = any(c.lower_ in {"other", "the", "remaining", "another", "further"} for c in token.children)
    return token.tag_ == "CD" and (pointed or _counts_them(token))


def _counts_them(number: Token) -> bool:
    """Whether a bare number stands for so many of what was told of: 'It keeps 14 there', '32 returned in March'."""
    verb, words = number.head, number.text.replace(",", "")
    if verb.lemma_ not in _HAVING or number.dep_ == "pobj" or number.ent_type_ not in {"", "CARDINAL"}:
        return False
    money = number.nbor(-1).tag_ == "$" if number.i else False
    if money or not (words.isdecimal() or words.lower() in SMALL):
        return False
    year = words.isdecimal() and len(words) == 4 and "1900" < words < "2100" and "," not in number.text
    return not year and not any(c.dep_ in {"prep", "nummod", "nmod"} for c in number.rights)
