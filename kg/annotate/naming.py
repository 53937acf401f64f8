"""Finds names in a passage: those of the reference data, and unknown ones by their form.

Works on tags and named entities of the passage as it stands, before it is simplified and parsed.
What a name stands for is decided later, by `kg.annotate.linking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.annotate.forms import Forms
from kg.annotate.gazetteer import Found
from kg.annotate.names import (
    LOCATIVE,
    NOMINAL,
    PLACE_LABELS,
    Name,
    goes_on,
    is_state,
    moved,
    tokens_of,
)
from kg.annotate.spotting import Passage
from kg.annotate.tokens import Tokens
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Namer:
    """Recognises names by the gazetteer and by the word classes of the lexicon."""

    forms: Forms

    def names(self, doc: Doc) -> tuple[Name, ...]:
        """The names of a passage, left to right, without overlap."""
        found = [f for f in self._found(doc) if self._is_name(doc, f) and not _amid_person(doc, f)]
        names = [
            part for name in Passage(self.forms, doc, found).names() for part in self._sides_apart(doc, name)
        ]
        return tuple(sorted(names, key=lambda n: n.span.start))

    def _sides_apart(self, doc: Doc, name: Name) -> Iterator[Name]:
        """A name of an agreement with the states before it, as names of their own: 'Japan-Australia …
        Agreement'."""
        told = name.kind or name.candidates[0].entry.entity.kind
        start, sides = name.span.start, []
        for f in self.forms.gazetteer.find(name.text.rpartition(" ")[0]) if told == "Agreement" else ():
            between = name.text[start - name.span.start : f.span.start]
            if not is_state(f) or between.strip(" -–") or name.span.end == name.span.start + f.span.end:
                break
            sides.append(moved(f, name.span.start))
            start = name.span.start + f.span.end
        if len(sides) < 2:
            yield name
            return
        text = Tokens.of(doc).text
        yield from (Name(f.span, f.span, f.span.of(text), candidates=f.candidates) for f in sides)
        start += len(text[start : name.span.end]) - len(text[start : name.span.end].lstrip(" -–"))
        yield replace(name, span=Span(start, name.span.end))

    def _found(self, doc: Doc) -> Iterator[Found]:
        """What the gazetteer finds; of 'The Australian Government' not the newspaper, but the state."""
        text = Tokens.of(doc).text
        for f in self.forms.gazetteer.names_in(doc):
            words = f.span.of(text)
            end = tokens_of(doc, f.span)[-1:]
            after = end[0].i + 1 if end else len(doc)
            outlet = f.candidates[0].entry.entity.kind == "NewsOutlet"
            if (
                outlet
                and words[:4] in {"The ", "the "}
                and after < len(doc)
                and doc[after].tag_[:2] in {"NN", "JJ"}
            ):
                inner = f.span.start + 4
                yield from (moved(g, inner) for g in self.forms.gazetteer.find(words[4:]))
            else:
                yield f

    def _is_name(self, doc: Doc, found: Found) -> bool:
        """Whether a word of the gazetteer is a name here: small towns share their names with common words."""
        tokens = tokens_of(doc, found.span)
        if not tokens:
            return False
        best = found.candidates[0]
        if best.entry.entity.kind == "Person":
            return True
        first, last = tokens[0], tokens[-1]
        after = doc[last.i + 1 : last.i + 4]
        if (
            best.how in {"metonym", "short"}
            and after
            and after[0].lower_ == "of"
            and any(t.text[:1].isupper() for t in after)
        ):
            return False  # 'the Alliance of Sahel States' is another
        if len(tokens) > 1 and any(t.pos_ == "PROPN" for t in tokens):
            return True
        if all(c.entry.entity.kind == "City" and c.how in {"label", "alt"} for c in found.candidates):
            before = doc[first.i - 1].lower_ if first.i else ""
            proper = first.tag_ in {"NNP", "NNPS"} and not goes_on(doc, last)
            labelled = all(t.ent_type_ in PLACE_LABELS for t in tokens)
            if best.entry.population < 200_000:
                return (labelled or proper) and before in LOCATIVE | {","}
            return labelled or (proper and before in LOCATIVE)
        if best.how == "abbreviation":
            if Tokens.of(doc).text.isupper():
                return False  # in a heading in capitals any word looks like one
            if best.entry.entity.kind == "Company" and after and after[0].like_num:
                return False  # 'ASC 890' is a model
            return first.text.removesuffix("s").isupper() or "." in first.text
        return first.pos_ in NOMINAL or bool(first.ent_type_)


def _amid_person(doc: Doc, found: Found) -> bool:
    """Whether arms share a word of a person's longer name: the missile Fattah in 'Abdel Fattah al-Burhan'."""
    tokens = tokens_of(doc, found.span)
    if found.candidates[0].entry.entity.kind != "WeaponSystem" or not tokens:
        return False
    around = doc[max(0, tokens[0].i - 1) : tokens[-1].i + 2]
    return len(around) == len(tokens) + 2 and all(t.ent_type_ == "PERSON" for t in around)
