"""Where a clause has no verb: 'Estonia four' behind 'Poland sent ten tanks', 'by Iran in May' behind 'by Chad'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed

_BREAKS = frozenset({",", ";", "and", "but"})
_ENDS = _BREAKS | {".", "?", "!", ":", ")", "–", "—"}
LEADS = frozenset({"by", "from", "with", "to"})
_PLACING = frozenset({"in", "at", "for"})
_DATING = frozenset({"in", "on", "since", "from", "until", "by", "as", "of"})
_BOUNDING = frozenset(
    {"some", "about", "around", "nearly", "almost", "over", "only", "just", "another", "a", "further"}
)
_ARTICLES = frozenset({"a", "an", "the"})
_NAMED = frozenset({"name", "metonym", "short name"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Who does so, too, behind which preposition, in which tokens; `own` is the thing told of them, if any."""

    who: Token
    lead: str
    tokens: tuple[Token, ...]
    dated: bool
    own: Token | None


def gaps(sentence: Sentence, parsed: Parsed) -> Iterator[Gap]:
    """The clauses of a sentence that name who does something, when or how much, and no verb."""
    at = sentence.start + 1
    while at < sentence.end:
        opens = parsed.doc[at - 1].lower_ in _BREAKS
        gap = _gap(at, sentence.end, parsed) if opens else None
        if gap is not None:
            yield gap
        at = gap.tokens[-1].i + 1 if gap is not None else at + 1


def _gap(first: int, end: int, parsed: Parsed) -> Gap | None:
    doc = parsed.doc
    counted = _counted(doc[first:end], parsed)  # 'four in Bosnia' names the place behind the number
    at = first + counted
    lead = doc[at].lower_ if at < end and doc[at].lower_ in (LEADS | _PLACING if counted else LEADS) else ""
    at += bool(lead)
    at += at < end and doc[at].lower_ == "the"
    if at >= end or (counted and not lead) or not any(r.how in _NAMED for r in parsed.of(doc[at])):
        return None
    last = next((i for i in range(at + 1, end) if doc[i].lower_ in _ENDS), end)
    tokens, rest = tuple(doc[first:last]), tuple(doc[at + 1 : last])
    if any(_is_finite(t) for t in (*tokens, *doc[last + 1 : min(last + 2, end)])):
        return None
    dated = bool(rest) and not counted and is_dated(rest, parsed)
    if dated and not _over(first, parsed):
        return None
    own = next((t for t in reversed(rest) if t.tag_[:2] == "NN" and not _is_told(t, parsed)), None)
    other = own is not None and not lead and rest[0].lower_ in _ARTICLES
    if not (counted or dated or other or _counted(rest, parsed)):
        return None
    return Gap(doc[at], lead, tokens, dated, own)


def _is_finite(token: Token) -> bool:
    return token.tag_ == "MD" or (token.tag_ in {"VBD", "VBZ", "VBP", "VB"} and syntax.is_verb(token))


def _is_told(noun: Token, parsed: Parsed) -> bool:
    """Whether a noun is no thing: a date, a number, or the name of a side or a place."""
    sides = any(r.agent is not None or r.place is not None for r in parsed.of(noun))
    arms = any(r.agent is not None and r.agent.kind in {"WeaponSystem", "Asset"} for r in parsed.of(noun))
    return noun.i in parsed.times or noun.i in parsed.numbers or (sides and not arms)


def is_dated(rest: Sequence[Token], parsed: Parsed) -> bool:
    """Whether what stands behind a name begins with a date."""
    first = next((t for t in rest if t.lower_ not in _DATING), rest[0])
    return first.i in parsed.times


def _over(first: int, parsed: Parsed) -> bool:
    """Whether what stands before a break ends with a date, too; else it is a list of names."""
    before = [t for t in parsed.doc[max(0, first - 3) : first] if t.lower_ not in _BREAKS]
    return bool(before) and before[-1].i in parsed.times


def _counted(words: Sequence[Token] | Sentence, parsed: Parsed) -> bool:
    """Whether words begin with a number, but for what bounds it or a sign of money."""
    first = next((t for t in words if t.lower_ not in _BOUNDING and t.tag_ not in {"$", "SYM"}), None)
    return (
        first is not None
        and first.i not in parsed.times
        and (first.i in parsed.numbers or first.tag_ == "CD")
    )
