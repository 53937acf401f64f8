"""Names as they are found in a passage, and what their words look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.gazetteer import Candidate, Found
from kg.model import Span

Words = Mapping[str, frozenset[str]]
Run = tuple[Token, ...]

LINKS = frozenset(
    [
        "of",
        "for",
        "on",
        "de",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "y",
        "e",
    ]
)
LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "into",
        "over",
        "between",
        "across",
        "of",
        "off",
        "via",
        "through",
    ]
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DATED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
# What stands behind a hyphen and makes an adjective of the name before it: 'Moscow-led'.
SUFFIXES = frozenset(
    [
        "led",
        "based",
        "backed",
        "made",
        "style",
        "class",
        "type",
        "era",
        "owned",
        "run",
        "built",
        "held",
        "brokered",
        "controlled",
        "occupied",
        "wide",
        "only",
        "related",
        "friendly",
        "sponsored",
        "trained",
        "supplied",
        "born",
        "speaking",
        "funded",
        "hosted",
        "allied",
        "linked",
        "designed",
        "developed",
        "range",
        "old",
        "year",
        "time",
        "level",
    ]
)
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
BODY = re.compile(r"\b(?:of|at|for) (?:the )?((?:[A-Z][\w'-]+ ?)+(?<! ))")
BODIES = ("body-name", "company-name", "organisation-name")
COMMON = frozenset({"PRON", "DET", "ADP", "SCONJ", "CCONJ", "ADV", "VERB", "AUX", "PART", "INTJ", "NUM"})
NOMINAL = frozenset({"PROPN", "ADJ", "NOUN", "X"})  # what a tagger takes names for
NAMING = frozenset({"named", "called", "dubbed", "codenamed", "titled", "nicknamed"})  # before a name
_PARTS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands, in offsets of its passage.

    `span` is all that is taken as one token (title and name), `proper` the name alone. `kind` is the class of an
    unknown name, empty where the candidates of the reference data tell it. `title` is the office as worded, `of`
    the names within the title ('Japanese' in 'Japanese Defense Minister'), `body` the kind and name of an unknown body
    within it ('head of the Polish Armament Agency').
    """

    span: Span
    proper: Span
    text: str
    kind: str = ""
    candidates: tuple[Candidate, ...] = ()
    title: str | None = None
    of: tuple[Found, ...] = ()
    alias: str | None = None
    body: tuple[str, str] | None = None

    @property
    def guessed(self) -> bool:
        """Whether it is one word that the tagger alone takes for a body: a family name, as likely as not."""
        return self.kind == "Organisation" and " " not in self.text


def personal(token: Token) -> bool:
    """Whether a word may stand in the name of a person."""
    after_hyphen = token.i > 0 and token.nbor(-1).text == "-" and token.is_alpha
    return token.text[:1].isupper() or token.text == "-" or token.lower_ in LINKS or after_hyphen


def tokens_of(doc: Doc, span: Span) -> list[Token]:
    """The tokens that a stretch touches."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def moved(found: Found, by: int) -> Found:
    """The same find, its offsets counted from elsewhere."""
    return replace(found, span=Span(found.span.start + by, found.span.end + by))


def is_state(found: Found) -> bool:
    """Whether a find may be a state."""
    return any(c.entry.entity.kind == "State" for c in found.candidates)


def is_person(found: Found) -> bool:
    """Whether a find is a person."""
    return found.candidates[0].entry.entity.kind == "Person"


def opens_sentence(token: Token) -> bool:
    """Whether a token may be written large for its place alone."""
    return token.i == 0 or token.nbor(-1).text in {".", "?", "!", '"', "'", ":", "(", ";", "–", "—"}


def goes_on(doc: Doc, token: Token) -> bool:
    """Whether another proper word follows a name at once."""
    return token.i + 1 < len(doc) and doc[token.i + 1].tag_ in {"NNP", "NNPS"} and doc[token.i + 1].is_title


def worded_title(words: str) -> str:
    """A title as worded, without article, comma and 'of' at its edges."""
    return re.sub(r"^(?:[\s,–—-]+|(?:the|an?|then|of)\s+)+|[\s,–—]+$", "", words, flags=re.IGNORECASE)


def end_of(token: Token) -> int:
    """Where a token ends."""
    return token.idx + len(token)


def span_of(run: Sequence[Token]) -> Span:
    """The stretch of some tokens."""
    return Span(run[0].idx, end_of(run[-1]))


def trimmed(run: list[Token]) -> Run:
    """A run without the connecting words at its end."""
    while run and not (run[-1].text[:1].isupper() or run[-1].text[:1].isdigit() or _hyphened(run)):
        run = run[:-1]
    return tuple(run)


def _hyphened(run: list[Token]) -> bool:
    return len(run) > 2 and run[-2].text == "-" and run[-1].is_alpha


def is_local(name: Run) -> bool:
    """Whether an unknown name is one of a place by its label or first word: 'East Java'."""
    return name[0].lower_ in _PARTS or {t.ent_type_ for t in name} <= {"GPE", "LOC", "FAC"}
