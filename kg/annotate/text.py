"""From a document's text to passages: the stretches that are parsed one by one.

A passage is a paragraph of the body, told by its kind. Nothing of the text is changed: what a passage
leaves out (bullets, numbers, datelines) it leaves out by its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotated import HIDDEN, unbroken
from kg.model import Document, Span

# One character for one, so that offsets hold: typographic variants that taggers know less well.
PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "–",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200b": " ",
        "\t": " ", "\f": " ",
    }
)  # fmt: skip

_BULLET = re.compile(r"\s*(?:[-*•‣◦▪·–—]\s+|\(?\d{1,3}[.)]\s+|\([a-z]\)\s+|>\s+|#{1,6}\s+|Q[:.]\s+|A[:.]\s+)")
_DATELINE = re.compile(
    r"\s*[A-Z][\w .,'/()-]{1,60}?\((?:AP|Reuters|AFP|UPI|dpa|Kyodo|Yonhap|Xinhua)\)\s*(?:--|[—–-])\s+"
    r"|\s*[A-Z][A-Z .'/-]{2,40}(?:,\s*[\w .,]{2,30}?)?(?:\s*\([^)]{2,25}\))?\s*(?:--|[—–-]|:)\s+"
    r"|\s*[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2},\s*\d{1,2}\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?\s*(?:--|[—–-])\s+"
    r"|\s*[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2},\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?\s*(?:--|[—–-])\s+"
)
_END = re.compile(r"[.!?…:;][\"')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch to be parsed: where it stands, and whether it is `prose`, a `heading` or a `list` item.

    `hidden` are the places in it, from its start, of the characters that no word is made of.
    """

    span: Span
    kind: str
    hidden: tuple[int, ...] = ()

    def words(self, text: str) -> str:
        """What is parsed of a document's text: plain, without what is hidden."""
        return unbroken(plain(self.span.of(text)))

    def placed(self, span: Span) -> Span:
        """Where a stretch of the words stands in the document."""
        if not self.hidden:
            return Span(self.span.start + span.start, self.span.start + span.end)
        return Span(
            self._at(span.start), self._at(span.end - 1) + 1 if span.end > span.start else self._at(span.end)
        )

    def _at(self, word: int) -> int:
        for hidden in self.hidden:
            if hidden > word:
                break
            word += 1
        return self.span.start + word


def plain(text: str) -> str:
    """The text with typographic variants replaced one for one; as long as before."""
    return text.translate(PLAIN)


def _lines(document: Document) -> Iterator[Span]:
    body = document.body if document.body.end else Span(0, len(document.text))
    start = body.start
    while start < body.end:
        end = document.text.find("\n", start, body.end)
        end = body.end if end < 0 else end
        if document.text[start:end].strip():
            yield Span(start, end)
        start = end + 1


def _wrapped(lines: list[Span], text: str) -> Iterator[Span]:
    """Lines that were wrapped at a fixed width, put together again into their paragraphs."""
    block: list[Span] = []
    for line in lines:
        before = block[-1] if block else None
        joined = (
            before is not None
            and line.start == before.end + 1
            and 55 <= before.end - before.start <= 120
            and not _END.search(before.of(text))
            and not _BULLET.match(line.of(text))
        )
        if block and not joined:
            yield Span(block[0].start, block[-1].end)
            block = []
        block.append(line)
    if block:
        yield Span(block[0].start, block[-1].end)


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of the document's body, in order; empty lines, bullets and datelines stand outside them."""
    found = []
    for line in _wrapped(list(_lines(document)), document.text):
        words = plain(line.of(document.text))
        kind, start = "prose", 0
        if bullet := _BULLET.match(words):
            kind, start = "list", bullet.end()
        if dateline := _DATELINE.match(words, start):
            start = dateline.end()
        start += len(words[start:]) - len(words[start:].lstrip())
        end = len(words.rstrip())
        if start >= end:
            continue
        if (
            not _END.search(words)
            and end - start < 90
            and kind != "list"
            and not _is_clause(words[start:end])
        ):
            kind = "heading"
        hidden = tuple(i for i, letter in enumerate(words[start:end]) if letter in HIDDEN)
        found.append(Passage(Span(line.start + start, line.start + end), kind, hidden))
    return tuple(found)


def _is_clause(words: str) -> bool:
    """Whether a short line without a full stop is still running text: it starts low or ends in a comma."""
    return words[:1].islower() or words.endswith((",", ", and", ", or"))
