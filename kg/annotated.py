"""Annotated text: what annotation hands to extraction.

A passage is parsed in a simplified wording, in which each name is one token; `places` keeps where each
token stands in the document, so that every offset is one of the document's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.model import Document, Entity, Omission, Span, Time, Values

NO_TIME = Time()
HIDDEN = "\u00ad\u2060"  # what stands within words and is not of them: soft hyphen, word joiner


@dataclass(frozen=True, slots=True)
class Referent:
    """What a token refers to.

    `agent` is who is meant where it acts, `place` where it is where something happens: 'Tokyo' is Japan as an
    agent and a city as a place. `acts_for` is the state or body for which a person acts, `capacity` the office
    as worded. `how` is that of `kg.model.Mention`.
    """

    span: Span
    agent: Entity | None = None
    place: Entity | None = None
    acts_for: Entity | None = None
    capacity: str | None = None
    how: str = "name"

    @property
    def entity(self) -> Entity | None:
        """The thing named, whatever it does."""
        return self.agent or self.place


@dataclass(frozen=True, slots=True)
class When:
    """A date expression at its token.

    `other` is its reading in the other direction ('in March' said of what lies ahead); with `inside` it dates
    what follows it and not the clause it stands in.
    """

    span: Span
    time: Time
    kind: str
    other: Time = NO_TIME
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A sum, a share or a count at its token; `head` is the token counted."""

    span: Span
    kind: str
    values: Values
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One passage: its parse, and by token index where it stands, what it refers to, dates and numbers.

    `text` is the whole document's. `referents` holds one referent for a name, several for 'the two sides'.
    """

    doc: Doc
    kind: str
    text: str
    places: tuple[Span, ...]
    referents: Mapping[int, tuple[Referent, ...]]
    times: Mapping[int, When] = field(default_factory=dict)
    numbers: Mapping[int, Number] = field(default_factory=dict)
    quotes: tuple[Span, ...] = ()

    def span(self, *tokens: Token) -> Span:
        """The stretch of the document from the first of the tokens to the last."""
        return Span(
            min(self.places[t.i].start for t in tokens),
            max(self.places[t.i].end for t in tokens),
        )

    def words(self, span: Span) -> str:
        """The words of a stretch, as they stand in the document."""
        return span.of(self.text)

    def name(self, span: Span) -> str:
        """The words of a stretch as a name is written, without what only may break a line."""
        return unbroken(self.words(span))

    def of(self, token: Token) -> tuple[Referent, ...]:
        """What the token refers to; nothing for a common noun that names nobody."""
        return self.referents.get(token.i, ())

    def quoted(self, token: Token) -> Span | None:
        """The quotation that the token stands in, if any."""
        at = self.places[token.i]
        return next((q for q in self.quotes if q.covers(at)), None)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its parsed passages, and what annotation saw but could not resolve.

    `authors` are the sides named together at its start: those who say 'we' where no speaker is named.
    """

    document: Document
    passages: tuple[Parsed, ...]
    omissions: tuple[Omission, ...] = ()
    authors: tuple[Referent, ...] = ()


def unbroken(words: str) -> str:
    """Words without the characters within them that only say where a line may or may not break."""
    return words.translate(dict.fromkeys(map(ord, HIDDEN)))
