"""Noun phrases as labels: the words of a token's phrase that say what it is, shorter and longer."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotated import Parsed
from kg.extract.arguments import is_receiver
from kg.model import Span

_KEPT = frozenset({"compound", "amod", "nmod", "npadvmod", "advmod", "punct"})
_BREAKING = frozenset({"det", "poss", "case", "nummod"})
_LONGER = frozenset({"of", "to", "for", "on"})
_UNITS = frozenset({"mm", "millimetre", "millimeter", "cm", "inch", "kilometre", "kilometer", "km", "-"})
# What is told by what stands behind 'of': 'letter of intent', 'state of emergency'.
_TITLED = frozenset(
    {"letter", "memorandum", "declaration", "statement", "protocol", "exchange", "treaty", "state"}
)
_LONGEST = 90  # letters; a longer phrase is a sentence and no name
# Words of a phrase that do not say what it is.
_DROPPED = frozenset(
    {
        *(
            "more",
            "many",
            "several",
            "some",
            "few",
            "additional",
            "other",
            "such",
            "new",
            "own",
            "first",
            "second",
        ),
        *(
            "third",
            "next",
            "last",
            "further",
            "any",
            "all",
            "no",
            "these",
            "those",
            "this",
            "that",
            "its",
            "their",
        ),
        *(
            "his",
            "her",
            "our",
            "your",
            "my",
            "each",
            "every",
            "same",
            "various",
            "numerous",
            "extra",
            "latest",
        ),
        *(
            "least",
            "up",
            "about",
            "around",
            "nearly",
            "almost",
            "over",
            "another",
            "at",
            "most",
            "only",
            "just",
        ),
        "both",
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase calls a thing, its shorter and longer forms, and where it stands."""

    label: str
    alt: tuple[str, ...]
    span: Span


def phrase(token: Token, parsed: Parsed) -> Phrase:
    """The noun phrase of a token, without article, amount and clause."""
    doc, start = token.doc, _start(token, parsed)

    def text(first: int, last: int) -> str:
        return parsed.name(parsed.span(doc[first], doc[last]))

    end = token.i + 1 if _has_number(token) else _title_end(token)
    label = text(start, end)
    shorter = [
        text(i, token.i)
        for i in range(start + 1, token.i + 1)
        if not doc[i].is_punct and doc[i - 1].text != "-"
    ]
    preps = [c for c in token.rights if c.dep_ == "prep" and c.lower_ in _LONGER]
    longer = [text(start, prep.right_edge.i) for prep in preps]
    alt = dict.fromkeys([*shorter, *(form for form in longer if len(form) < _LONGEST)])
    return Phrase(label, tuple(form for form in alt if form != label), parsed.span(doc[start], doc[end]))


def _title_end(token: Token) -> int:
    """The last token of what a paper is called: 'letter of intent', 'memorandum of understanding'."""
    of = next((c for c in token.rights if c.lower_ == "of" and c.i == token.i + 1), None)
    behind = next(iter(of.rights), None) if of is not None and token.lemma_.lower() in _TITLED else None
    titled = behind is not None and behind.tag_ == "NN" and behind.i == token.i + 2
    return behind.i if behind is not None and titled else token.i


def _has_number(token: Token) -> bool:
    """Whether a number behind a capitalised word is part of its name: 'Resolution 2790'."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return after is not None and token.tag_ == "NNP" and after.dep_ == "nummod" and after.head == token


def _start(token: Token, parsed: Parsed) -> int:
    """The first token of the phrase that says what the thing is."""
    doc, start = token.doc, token.i
    for child in reversed([c for c in token.lefts if _is_kept(c, parsed)]):
        edge = child.left_edge.i + is_receiver(child.left_edge, parsed)
        if any(t.dep_ in _BREAKING and t.head.i == token.i for t in doc[edge:start]):
            break
        start = edge
    if start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2  # 'all-terrain vehicles'
    if start and doc[start].lower_ in _UNITS and doc[start - 1].tag_ == "CD":
        start -= 1  # '155 mm shells'
    numbers = [n.span for n in parsed.numbers.values()]
    while start < token.i and (
        _is_dropped(doc[start]) or any(s.covers(parsed.places[start]) for s in numbers)
    ):
        start += 1
    return start


def _is_dropped(token: Token) -> bool:
    """Whether a word at the head of a phrase does not say what it is; the number of a measure does."""
    counts = token.tag_ == "CD" and token.like_num and token.nbor().lower_ not in _UNITS
    if token.lower_ in {"second", "first"} and token.nbor().text == "-":
        return False  # 'second-hand ships'
    return token.is_punct or token.lower_ in _DROPPED or token.dep_ == "det" or counts


def _is_kept(child: Token, parsed: Parsed) -> bool:
    """Whether a word before a noun says what it is, and not how many or which."""
    counts = child.i in parsed.numbers or child.like_num or is_receiver(child, parsed)
    return child.dep_ in _KEPT and child.lower_ not in _DROPPED and not counts
