"""A document's text, cut where claims and the names in them begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.web.claims import ClaimView, Named

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links lead to: its name, and the numbers of the claims that it begins."""

    name: str
    claims: Sequence[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: what begins there, the numbers of the claims that cover it, the narrowest first,
    whether it is the first of that one's, and what it names.
    """

    text: str
    anchors: Sequence[Anchor] = ()
    claims: Sequence[int] = ()
    first: bool = False
    names: Named | None = None


def mentions(claims: Sequence[ClaimView]) -> dict[Span, Named]:
    """What the stretches of text name, as far as claims say; of things named at one place, the first."""
    found: dict[Span, Named] = {}
    for claim in claims:
        for parts in claim.roles.values():
            for part in parts:
                if part.span:
                    found.setdefault(part.span, part.who)
    return found


def marked(text: str, spans: Sequence[Span], named: dict[Span, Named]) -> Iterator[Piece]:
    """The text in pieces, which together are the text; a span or a name outside of it is left out.

    Claims are numbered by their place in `spans`. Where names overlap, the longest counts.
    """
    inside = [(n, s, e) for n, (s, e) in enumerate(spans) if 0 <= s < e <= len(text)]
    names = _apart(span for span in named if 0 <= span[0] < span[1] <= len(text))
    edges = {
        0,
        len(text),
        *(edge for _, *span in inside for edge in span),
        *(edge for span in names for edge in span),
    }
    seen: set[int] = set()
    for start, end in pairwise(sorted(edges)):
        covering = [
            n for n, s, e in sorted(inside, key=lambda one: one[2] - one[1]) if s <= start and end <= e
        ]
        begun: dict[str, list[int]] = {}
        for n, s, e in inside:
            if s == start:
                begun.setdefault(f"char={s},{e}", []).append(n)
        name = next((named[span] for span in names if span[0] <= start and end <= span[1]), None)
        first = bool(covering) and covering[0] not in seen and name is None
        seen.update(covering[:1] if first else ())
        yield Piece(text[start:end], [Anchor(*one) for one in begun.items()], covering, first, name)


def _apart(spans: Iterator[Span]) -> list[Span]:
    """The longest of the spans that do not overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= s or e <= span[0] for s, e in kept):
            kept.append(span)
    return kept
