"""The stretch of text that tells what a frame found."""

from __future__ import annotations

from kg import syntax
from kg.annotated import Parsed
from kg.extract.frames import Match
from kg.model import Evidence, Span


def evidence(match: Match, parsed: Parsed, more: list[Span]) -> Evidence:
    """The shortest stretch of the sentence that has the trigger, its fillers, its date and its numbers."""
    sentence = match.trigger.token.sent
    bounds = parsed.span(sentence[0], sentence[-1])
    tokens = [match.trigger.token, *match.tokens]
    if match.trigger.host is not None:
        tokens.append(match.trigger.host)
    if match.trigger.verbal:
        tokens += [t for t in syntax.objects(match.trigger.token) if t.i > match.trigger.token.i]
    spans = [parsed.span(t) for t in tokens] + [f.span for _, fillers in match.roles for f in fillers] + more
    inside = [s for s in spans if bounds.covers(s)]
    start = min(s.start for s in inside)
    first = next(t for t in sentence if parsed.span(t).end > start)
    if first.i > sentence.start and first.nbor(-1).tag_ == "DT":
        first = first.nbor(-1)
    span = Span(min(start, parsed.span(first).start), max(s.end for s in inside))
    if "(" in parsed.words(span) and parsed.text[span.end : span.end + 1] == ")":
        span = Span(span.start, span.end + 1)
    return Evidence(span, parsed.words(span))
