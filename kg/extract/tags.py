"""Tags of speech told by their surface: where a tag behind or within what is said begins and ends."""

from __future__ import annotations

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SIGNS = frozenset({",", '"', "\u2014", "\u2013", "-", ";", "''", "``"})
_ENDS = _SIGNS | {".", ":"}


def tag(verb: Token, parsed: Parsed) -> tuple[int, int, list[Token]] | None:
    """A tag behind or within what is said: ', Hegseth and his counterpart announced after talks on Friday'.

    Told by its surface, as parsers take such tags for anything. Gives its first and last token, and the names in it.
    """
    if any(c.i > verb.i for c in syntax.children(verb, "ccomp", "dobj")):
        return None
    before, end = _before_tag(verb, parsed), _tag_end(verb)
    if before is None or end is None:
        return None
    start, names = before
    doc, sent = verb.doc, verb.sent
    behind = start - sent.start >= 3 and any(syntax.is_verb(t) for t in doc[sent.start : start])
    within = doc[start].text in _SIGNS and any(syntax.is_verb(t) for t in doc[end + 1 : sent.end])
    return (start, end, names) if behind or (within and start > sent.start) else None


def _before_tag(verb: Token, parsed: Parsed) -> tuple[int, list[Token]] | None:
    """Where the words before a tag's verb begin, and the names among them; None where they make no tag."""
    sent, doc = verb.sent, verb.doc
    start, signs = verb.i - 1, 0
    names: list[Token] = []
    while start >= sent.start:
        token = doc[start]
        if syntax.is_verb(token) and token.tag_ != "VBG" and token.head != verb:
            return None
        if token.text in _SIGNS and (token.text != "-" or token.whitespace_):
            signs += 1
            if names:
                break
        elif any(r.agent is not None for r in parsed.of(token)):
            names.append(token)
        start -= 1
        if verb.i - start > 25 or signs > 3:
            return None
    return (max(start, sent.start), names) if names else None


def _tag_end(verb: Token) -> int | None:
    """The last token of a tag; None where another clause begins in it."""
    end, doc = verb.i, verb.doc
    while end + 1 < verb.sent.end and doc[end + 1].text not in _ENDS:
        end += 1
        if doc[end].tag_ in _FINITE:
            return None
    return end
