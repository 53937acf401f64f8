"""Where what a passage tells stands among the tokens of its parse: names, dates, numbers, quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.annotate.coreference import Coreference
from kg.annotate.mending import mend
from kg.annotate.quantities import Quantity, quantities
from kg.annotate.simplify import Simple
from kg.annotate.text import Passage
from kg.annotate.times import TimeMention
from kg.annotate.tokens import Tokens
from kg.annotated import Number, Parsed, Referent, When
from kg.model import Span

_QUOTATION = re.compile(r'"[^"]*(?:"|$)')
_OPENED = re.compile(
    r"\s*\([^()]*"
)  # what may stand between a word and a date or a sum in brackets behind it


def placed(
    text: str,
    passage: Passage,
    tagged: Doc,
    simple: Simple,
    doc: Doc,
    linked: Mapping[int, Referent],
    whens: Sequence[TimeMention],
    coreference: Coreference,
) -> Parsed:
    """The passage of a document's `text`, parsed as `doc`, with what its tokens refer to and tell.

    `tagged` has its words as they stand, `simple` as they were parsed; `linked` are the referents of its names.
    """
    names = {i: linked[n] for i, n in simple.names.items() if n in linked}
    places = tuple(passage.placed(p) for p in simple.places)
    words = Tokens.of(tagged).text
    mend(doc, names)
    return Parsed(
        doc,
        passage.kind,
        text,
        places,
        coreference.passage(doc, places, names, passage.kind),
        _times(whens, simple.places, words, passage),
        _numbers(quantities(tagged, told=text[: passage.span.start]), simple.places, tagged, passage),
        tuple(passage.placed(Span(m.start(), m.end())) for m in _QUOTATION.finditer(words)),
    )


def _times(
    whens: Sequence[TimeMention], places: Sequence[Span], text: str, passage: Passage
) -> dict[int, When]:
    """The dates by their tokens; one in brackets is at the token before them, unless that is a date, too."""
    found = {i: _when(w, passage) for w in whens if (i := _token_at(places, w.core)) is not None}
    for when in whens:
        if when.kind in {"point", "range"} and (i := _bracketed(places, when.span, text)) is not None:
            found.setdefault(i, _when(when, passage))
    return found


def _numbers(
    told: Sequence[Quantity], places: Sequence[Span], tagged: Doc, passage: Passage
) -> dict[int, Number]:
    """The numbers by their tokens, but for conversions; a sum or count in brackets is at the token before them."""
    found: dict[int, Number] = {}
    behind: dict[int, Number] = {}
    for quantity in told:
        if quantity.converts:
            continue
        if (i := _token_at(places, quantity.span)) is not None:
            found[i] = _number(quantity, passage, places, tagged)
        elif (
            quantity.kind in {"money", "count"}
            and (i := _bracketed(places, quantity.span, Tokens.of(tagged).text)) is not None
        ):
            behind.setdefault(i, _number(quantity, passage, places, tagged))
    return behind | found


def _token_at(places: Sequence[Span], span: Span) -> int | None:
    """The last token that lies in a stretch: the head of a sum, a date or a count."""
    return next(
        (
            i
            for i in range(len(places) - 1, -1, -1)
            if span.start <= places[i].start and places[i].end <= span.end
        ),
        None,
    )


def _bracketed(places: Sequence[Span], span: Span, text: str) -> int | None:
    """The token before the brackets that a stretch stands in, where these fell out of what is parsed."""
    if _token_at(places, span) is not None:
        return None
    before = next((i for i in range(len(places) - 1, -1, -1) if places[i].end <= span.start), None)
    return before if before is not None and _OPENED.fullmatch(text, places[before].end, span.start) else None


def _when(mention: TimeMention, passage: Passage) -> When:
    return When(passage.placed(mention.core), mention.time, mention.kind, mention.other, mention.inside)


def _number(quantity: Quantity, passage: Passage, places: Sequence[Span], tagged: Doc) -> Number:
    head = None
    if quantity.head is not None:
        # What is counted may have become part of a name: 'F-16 fighters' are one token.
        counted = tagged[quantity.head].idx
        head = next((i for i, p in enumerate(places) if p.start <= counted < p.end), None)
    return Number(passage.placed(quantity.span), quantity.kind, quantity.values, head)
