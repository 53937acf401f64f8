"""The words of a document and of names as keys: equal for all forms of a word that the mapping takes for one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from zlib import crc32

from spacy.tokens import Doc

from kg.annotate.people import folded
from kg.annotate.text import plain
from kg.annotated import Annotated, unbroken
from kg.iri import slug
from kg.model import Document

_WORD = re.compile(r"\w+")
# What the mapping adds to words and takes from them where it asks for other forms: 'armies' is 'army', 'arms' is 'arm'.
_ENDING = re.compile(r"(?:ie|[sy])+$")


def keys(text: str) -> frozenset[int]:
    """A key for each word of a text; words that differ may share one, the same word in any form has one."""
    return frozenset(
        crc32(_ENDING.sub("", word).encode(errors="replace")) for word in _WORD.findall(text.casefold())
    )


@lru_cache(maxsize=200_000)
def _forms(piece: str) -> frozenset[int]:
    """The keys of what stands between spaces, also as names are compared and as addresses are made of them."""
    found = keys(piece)
    if not (piece.isascii() and piece.isalnum()):
        found |= keys(folded(piece)) | keys(slug(piece))
    return found


def words_of(document: Document, annotated: Annotated, tokenizer: Callable[[str], Doc]) -> bytes:
    """All words by which a document's reading may have asked for something, packed.

    Those of its text and of what is known about it, as they stand and as they are parted into tokens; and the words
    and lemmas of its parse, in which other words may stand for names.
    """
    text = plain(document.text)
    known = (document.name, document.title, document.source, document.publisher, text, unbroken(text))
    pieces = {piece for told in known if told for piece in told.split()}
    pieces.update(token.text for token in tokenizer(unbroken(text)))
    for parsed in annotated.passages:
        for token in parsed.doc:
            pieces.add(token.lower_)
            pieces.add(token.lemma_)
    return packed(key for piece in pieces for key in _forms(piece))


def packed(words: Iterable[int]) -> bytes:
    """Keys as bytes."""
    return array("I", sorted(set(words))).tobytes()


def unpacked(words: bytes) -> frozenset[int]:
    """The keys that were packed."""
    return frozenset(array("I", words))
