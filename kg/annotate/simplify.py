"""Rewords a passage for the parser: each name becomes one plain token, what stands in brackets falls out.

A parser trained on small news corpora stumbles over 'the NATO Security Assistance and Training for Ukraine
command'; it does not over 'the NATO'. Each token of the new wording keeps the offsets of what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.annotate.currencies import currencies
from kg.annotate.names import Name
from kg.annotate.times import TimeMention
from kg.annotate.tokens import Tokens
from kg.annotated import Referent
from kg.model import Span

# A word of the parser's training for each kind of thing; other kinds keep their own last word.
PROXIES: Mapping[str, str] = {
    "Person": "Obama", "State": "Japan", "City": "London", "Region": "Europe", "Facility": "Heathrow",
    "InternationalOrganisation": "NATO", "Alliance": "NATO", "Grouping": "NATO", "GovernmentBody": "NATO",
    "ArmedForce": "NATO", "MilitaryCommand": "NATO", "Organisation": "NATO", "Company": "Boeing",
    "NewsOutlet": "Reuters",
    "Exercise": "exercise", "Meeting": "summit", "Office": "president",
}  # fmt: skip
# The same behind an article.
COMMON: Mapping[str, str] = {
    "InternationalOrganisation": "organization", "Alliance": "organization", "Grouping": "organization",
    "GovernmentBody": "ministry",
    "ArmedForce": "army", "MilitaryCommand": "army", "Organisation": "organization", "Company": "firm",
    "NewsOutlet": "newspaper",
    "Region": "area", "State": "States",
}  # fmt: skip
_MANOEUVRES = frozenset({"exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers"})
_COIN = "dollars"
_ADJECTIVE, _PEOPLE = "Japanese", "Americans"
_BRACKETED = re.compile(r"\s?\([^()]{1,60}\)(?!:)|[\[\]]")  # before a colon they name who speaks
_CONNECTING = frozenset({"IN", "TO", "CC"})
_CLOSING = frozenset({'"', "'", "''", ")", "]"})
_DEICTIC = frozenset({"last", "next", "this", "that", "earlier", "later", "the", "every", "each"})
_STEPPING = frozenset({"later", "earlier", "ago", "afterwards", "before", "after"})
_VERBAL = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Simple:
    """A passage in simple words: the document to be parsed, and per token its offsets and its name."""

    doc: Doc
    places: tuple[Span, ...]
    names: Mapping[int, int]


def brackets(doc: Doc) -> tuple[Span, ...]:
    """The stretches in brackets that no clause or phrase stands in: acronyms, conversions, parties and the
    like.

    Of square brackets only the signs fall out: what an editor put in belongs to the sentence.
    """
    found = []
    for match in _BRACKETED.finditer(Tokens.of(doc).text):
        inside = doc.char_span(match.start(), match.end(), alignment_mode="contract")
        if inside is not None and not any(
            t.tag_ in _VERBAL or (t.tag_ in _CONNECTING and t.i <= inside.start + 1) for t in inside
        ):
            found.append(Span(match.start(), match.end()))
    return tuple(found)


def simplify(
    vocab: Vocab,
    doc: Doc,
    names: Sequence[Name],
    referents: Mapping[int, Referent],
    times: Sequence[TimeMention],
) -> Simple:
    """The passage reworded. `referents` are by the position of their name in `names`; spans are the passage's
    own."""
    dropped = {t.i for span in brackets(doc) for t in _covered(doc, span)}
    name_at = {t.i: n for n, name in enumerate(names) for t in _covered(doc, name.span)}
    time_at = {t.i: n for n, when in enumerate(times) for t in _covered(doc, when.core)}
    name_ends, time_ends = ({n: i for i, n in sorted(at.items())} for at in (name_at, time_at))
    words: list[str] = []
    starts: list[bool | int | None] = []
    spaces: list[bool] = []
    places: list[Span] = []
    where: dict[int, int] = {}
    at = 0
    while at < len(doc):
        token = doc[at]
        if at in dropped:
            at = 1 + (name_ends[name_at[at]] if at in name_at else at)
            continue
        if token.text == "," and _closes(doc, at, names, name_at):
            at += 1
            continue
        if at in name_at:
            number = name_at[at]
            last = name_ends[number]
            where[len(words)] = number
            word = _proxy(list(doc[at : last + 1]), names[number], referents.get(number))
            if word == "exercise" and last + 1 < len(doc) and doc[last + 1].lower_ in _MANOEUVRES:
                last += 1  # 'the Freedom Edge exercise' is one word, as 'Freedom Edge' is
        elif at + 2 not in name_at and (joint := _jointly(doc, at)):
            last, word = at + 2, joint
        elif at in time_at and (last := time_ends[time_at[at]]) > at:
            word, at = _dated(doc, at, last)
        else:
            last, word = at, _COIN if _is_coin(token) else token.text
        starts.append(_starts(doc, at))
        words.append(word)
        spaces.append(bool(doc[last].whitespace_))
        places.append(Span(doc[at].idx, doc[last].idx + len(doc[last])))
        if last in time_at and last + 1 in name_at and _opens(doc, at):
            starts.append(False)
            words.append(",")
            spaces.append(True)
            places.append(Span(doc[last + 1].idx, doc[last + 1].idx))
        at = last + 1
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    return Simple(doc, tuple(places), where)


def _is_coin(token: Token) -> bool:
    """Whether a word is a currency's behind a number, which 'won' and 'real' are to few parsers."""
    counted = token.i > 0 and token.nbor(-1).like_num
    return counted and token.lower_ in currencies().owners


def _opens(doc: Doc, date: int) -> bool:
    """Whether a date and its preposition open a sentence: 'On 14 August Novak received …'.

    A name right behind is then parted from it by a comma, of no width in the text, lest both be read as one.
    """
    opening = date == 1 or (date > 1 and doc[date - 2].text in {".", "?", "!", ";", '"'})
    return opening and doc[date - 1].lower_ in {"on", "in", "by", "since"}


def _starts(doc: Doc, at: int) -> bool | None:
    """Whether a sentence begins at a token: by full stops, and at a semicolon or colon between clauses; None
    if it is open."""
    if at == 0:
        return True
    before = at - 1
    while before > 0 and doc[before].text in _CLOSING:
        before -= 1
    mark, token = doc[before].text, doc[at]
    if token.text in _CLOSING - {'"', "'"}:
        return False
    if mark in {".", "?", "!", "..."}:
        if token.text in {'"', "'"}:
            return bool(doc[at - 1].whitespace_)  # a quotation that opens, not one that closes
        return token.text[:1].isupper() or token.text[:1].isdigit() or (None if before == at - 1 else False)
    if mark == ";":
        return _clausal(doc, before, -1) and _clausal(doc, before, 1)
    return None if mark[-1:] in {".", ":", "–", "—", '"'} else False


def _clausal(doc: Doc, at: int, step: int) -> bool:
    """Whether a finite verb stands between a place and the end of its sentence on one side."""
    at += step
    while 0 <= at < len(doc) and doc[at].text not in {".", "?", "!", ";"}:
        if doc[at].tag_ in _VERBAL:
            return True
        at += step
    return False


def _closes(doc: Doc, comma: int, names: Sequence[Name], name_at: Mapping[int, int]) -> bool:
    """Whether a comma only closes a title beside a name, so that the name and its verb may meet."""
    name = names[name_at[comma - 1]] if comma - 1 in name_at else None
    if name is None or comma + 1 >= len(doc) or "," not in name.span.of(Tokens.of(doc).text):
        return False
    after = doc[comma + 1]
    return after.tag_[:2] in {"VB", "MD", "CC", "RB"} or after.tag_ in {"IN", "TO"}


def _dated(doc: Doc, at: int, last: int) -> tuple[str, int]:
    """A date of several tokens becomes one: a name or number behind a preposition, else an adverb.

    'To Vilnius next week' is no place called 'Vilnius Monday'.
    """
    bare = at == 0 or doc[at - 1].tag_ not in {"IN", "TO"} or doc[at - 1].lower_ in {"to", "of"}
    if bare and (doc[at].lower_ in _DEICTIC or doc[at].tag_ == "IN" or doc[last].lower_ in _STEPPING):
        return "yesterday", at
    return ("Monday" if doc[last].text[:1].isalpha() else "2024"), at


def _jointly(doc: Doc, at: int) -> str:
    """The word that 'co-' stands before, which a parser takes for a verb: 'will co-develop' is 'will develop'."""
    if doc[at].lower_ != "co":
        return ""
    parts = doc[at : at + 3]
    if len(parts) < 3 or parts[1].text != "-" or " " in parts.text:
        return ""
    word: str = parts[2].text
    return f"co{word}" if word.lower().startswith(("operat", "ordinat")) else word


def _covered(doc: Doc, span: Span) -> Sequence[Token]:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def _proxy(tokens: Sequence[Token], name: Name, referent: Referent | None) -> str:
    last = tokens[-1]
    entity = referent.entity if referent else None
    kind = entity.kind if entity else name.kind
    if referent and referent.how == "demonym":
        if last.tag_ == "NNPS" or (last.tag_ == "NNS" and last.text.endswith("s")):
            return _PEOPLE
        return last.text if len(tokens) == 1 else _ADJECTIVE
    if referent and referent.how == "metonym" and len(tokens) == 1:
        return last.text
    if len(tokens) == 1 and kind not in {"Person", "Exercise"}:
        return last.text
    if kind in PROXIES:
        first = tokens[0]
        definite = first.i > 0 and first.nbor(-1).lower_ in {"the", "its", "their", "a", "an"}
        return COMMON.get(kind, PROXIES[kind]) if definite else PROXIES[kind]
    if kind == "WeaponSystem" and not last.text.islower():
        return max((t.text for t in tokens), key=len)
    cut = next((i for i, t in enumerate(tokens) if i and t.lower_ in {"of", "on", "for"}), len(tokens))
    word = tokens[cut - 1].text
    return word.lower() if kind in {"Agreement", "Policy", "Programme"} and word.istitle() else word
