"""Finds names in a passage: those of the reference data, and unknown ones by their form.

Works on tags and named entities of the passage as it stands, before it is simplified and parsed.
What a name stands for is decided later, by `kg.annotate.linking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.gazetteer import Candidate, Found, Gazetteer
from kg.model import Span

Words = Mapping[str, frozenset[str]]

_LINKS = frozenset(
    {
        "of",
        "for",
        "on",
        "de",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "al",
        "el",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
    }
)
_LOCATIVE = frozenset(
    {
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
    }
)
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_INITIAL = re.compile(r"[A-Z]\.$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands, in offsets of its passage.

    `span` is all that is taken as one token (title and name), `proper` the name alone. `kind` is the class of an
    unknown name, empty where the candidates of the reference data tell it. `title` is the office as worded, `of`
    the names within the title ('Japanese' in 'Japanese Defense Minister').
    """

    span: Span
    proper: Span
    text: str
    kind: str = ""
    candidates: tuple[Candidate, ...] = ()
    title: str | None = None
    of: tuple[Found, ...] = ()
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Namer:
    """Recognises names by the gazetteer and by the word classes of the lexicon."""

    gazetteer: Gazetteer
    words: Words
    kinds: Mapping[str, str]

    def names(self, doc: Doc) -> tuple[Name, ...]:
        """The names of a passage, left to right, without overlap."""
        found = [f for f in self.gazetteer.find(doc.text) if self._is_name(doc, f)]
        taken: list[Name] = []
        for tokens in self._runs(doc, found):
            taken.extend(self._from_run(doc, tokens, found))
        covered = [n.span for n in taken]
        for f in found:
            if not any(s.start < f.span.end and f.span.start < s.end for s in covered):
                taken.append(Name(f.span, f.span, f.span.of(doc.text), candidates=f.candidates))
        return tuple(sorted(taken, key=lambda n: n.span.start))

    def _is_name(self, doc: Doc, found: Found) -> bool:
        """Whether a word of the gazetteer is a name here: small towns share their names with common words."""
        tokens = _tokens(doc, found.span)
        if not tokens:
            return False
        best = found.candidates[0]
        if best.entry.entity.kind == "Person":
            return True
        if len(tokens) > 1 and any(t.pos_ == "PROPN" for t in tokens):
            return True
        first = tokens[0]
        if all(c.entry.entity.kind == "City" and c.how in {"label", "alt"} for c in found.candidates):
            before = doc[first.i - 1].lower_ if first.i else ""
            named = all(t.ent_type_ in _PLACE_LABELS for t in tokens)
            if best.entry.population < 200_000 and not (named and before in _LOCATIVE | {","}):
                return False
            return named or (first.tag_ in {"NNP", "NNPS"} and before in _LOCATIVE)
        if best.how == "abbreviation":
            return first.text.isupper() or "." in first.text
        return first.pos_ in {"PROPN", "ADJ", "NOUN", "X"} or bool(first.ent_type_)

    def _runs(self, doc: Doc, found: list[Found]) -> Iterator[tuple[Token, ...]]:
        """Runs of capitalised tokens that may be one name, with their connecting words."""
        inside = {t.i for f in found for t in _tokens(doc, f.span)}
        run: list[Token] = []
        for token in doc:
            if self._capital(token, inside):
                run.append(token)
            elif run and self._connects(doc, token, inside):
                run.append(token)
            elif run:
                yield _trimmed(run)
                run = []
        if run:
            yield _trimmed(run)

    def _capital(self, token: Token, inside: set[int]) -> bool:
        if token.i in inside:
            return True
        if not token.text[:1].isupper():
            return False
        initial = token.i == 0 or token.is_sent_start or token.nbor(-1).text in {'"', "'", ":", "("}
        return (
            token.tag_ in {"NNP", "NNPS"}
            or bool(token.ent_type_)
            or (not initial and token.pos_ not in {"PRON", "DET"})
        )

    def _connects(self, doc: Doc, token: Token, inside: set[int]) -> bool:
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is None or not (
            after.text[:1].isupper() or (after.lower_ == "the" and token.lower_ in _LINKS)
        ):
            return False
        if token.text == "-":
            return not token.nbor(-1).whitespace_ and not token.whitespace_
        if token.lower_ == "the":
            return token.i > 0 and token.nbor(-1).lower_ in _LINKS
        if token.lower_ in _LINKS:
            return True
        if token.lower_ in {"and", "&"}:
            return token.text == "&" or (
                bool(token.ent_type_) and after.ent_iob_ == "I" and after.i not in inside
            )
        return False

    def _from_run(self, doc: Doc, run: tuple[Token, ...], found: list[Found]) -> Iterator[Name]:
        if not run:
            return
        span = Span(run[0].idx, run[-1].idx + len(run[-1]))
        within = [f for f in found if span.covers(f.span)]
        if titled := self._titled(doc, run, within, found):
            yield titled
            return
        if any(f.span == span for f in within):
            return
        if kind := self._kind(run):
            yield Name(span, span, span.of(doc.text), kind, of=tuple(f for f in within if f.candidates))
            return
        yield from self._person(doc, run, within)

    def _titled(
        self, doc: Doc, run: tuple[Token, ...], within: list[Found], found: list[Found]
    ) -> Name | None:
        """A person with a title before the name: 'Defense Minister Gen Nakatani', 'prime minister Keir Starmer'."""
        office, modifier, honorific = (
            self.words["office"],
            self.words["title-modifier"],
            self.words["honorific"],
        )
        people = [f for f in within if f.candidates[0].entry.entity.kind == "Person"]
        states = {t.i for f in found if f not in people for t in _tokens(doc, f.span)}
        if people:
            cut = _tokens(doc, people[-1].span)[0].i
        else:
            heads = [t.i for t in run if t.lower_ in office or t.lower_ in honorific]
            cut = heads[-1] + 1 if heads else run[0].i
            while cut <= run[-1].i and cut in states:
                cut += 1
        name = [t for t in run if t.i >= cut]
        if (
            not name
            or any(t.i in states for t in name)
            or len(name) > 5
            or not all(_personal(t) for t in name)
        ):
            return None
        if people:
            name = _tokens(doc, people[-1].span)
        start, seen = cut, False
        while start > 0:
            token = doc[start - 1]
            low = token.lower_
            if low in office or low in honorific:
                seen = True
            elif not (
                (
                    low in modifier
                    and (token.text[:1].isupper() or seen or low not in {"of", "and", "the", "in"})
                )
                or token.i in states
            ):
                break
            start -= 1
        while start < cut and doc[start].lower_ in {
            "the",
            "of",
            "and",
            "for",
            "'s",
            "-",
            "in",
            "then",
            "former",
            "visiting",
        }:
            start += 1
        if not seen:
            if people and start == cut:
                return None
            start = cut
        if not people and start == cut:
            return None
        title = [doc[i] for i in range(start, cut)]
        span = Span(doc[start].idx, name[-1].idx + len(name[-1]))
        proper = Span(name[0].idx, span.end)
        return Name(
            span, proper, proper.of(doc.text), "Person",
            people[-1].candidates if people else (),
            title=Span(span.start, proper.start).of(doc.text).strip() if title else None,
            of=tuple(f for f in self.gazetteer.find(doc.text[span.start : proper.start]) for f in [_moved(f, span.start)]),
        )  # fmt: skip

    def _kind(self, run: tuple[Token, ...]) -> str:
        """The kind that the words of an unknown name tell: by its last word, by the one before 'of', by its first."""
        texts = [t.text for t in run]
        cut = next((i for i, t in enumerate(run) if i and t.lower_ in _LINKS), len(run))
        if len(run) < 2:
            return ""
        for word in (texts[cut - 1], texts[-1]):
            for group, kind in self.kinds.items():
                if group.endswith("-name") and word in self.words[group]:
                    return kind
        for group, kind in self.kinds.items():
            if group.endswith("-lead") and texts[0] in self.words[group]:
                return kind
        return ""

    def _person(self, doc: Doc, run: tuple[Token, ...], within: list[Found]) -> Iterator[Name]:
        """An unknown name of two to four words that the tagger takes for a person."""
        inside = {t.i for f in within for t in _tokens(doc, f.span)}
        name = [t for t in run if t.i not in inside]
        if not name or name != list(run[run.index(name[0]) : run.index(name[0]) + len(name)]):
            return
        labels = {t.ent_type_ for t in name}
        if 2 <= len(name) <= 4 and "PERSON" in labels and all(_personal(t) for t in name):
            span = Span(name[0].idx, name[-1].idx + len(name[-1]))
            yield Name(span, span, span.of(doc.text), "Person")


def _personal(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        or token.text == "-"
        or token.lower_ in _LINKS
        or bool(_INITIAL.match(token.text))
    )


def _moved(found: Found, by: int) -> Found:
    return replace(found, span=Span(found.span.start + by, found.span.end + by))


def _tokens(doc: Doc, span: Span) -> list[Token]:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def _trimmed(run: list[Token]) -> tuple[Token, ...]:
    while run and not run[-1].text[:1].isupper() and not run[-1].text[:1].isdigit():
        run = run[:-1]
    return tuple(run)
