"""Finds the persons of a passage with their titles, be they in the reference data or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.forms import Forms
from kg.annotate.gazetteer import Candidate, Found
from kg.annotate.names import (
    BODIES,
    BODY,
    Name,
    Run,
    end_of,
    is_person,
    is_state,
    moved,
    personal,
    worded_title,
)
from kg.annotate.titles import Titles
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Persons:
    """Recognises persons among the runs of capitals of one passage."""

    forms: Forms
    doc: Doc
    text: str
    titles: Titles

    def unknown(self, run: Run) -> list[Token]:
        """The words of a run that name a person whom the reference data lacks."""
        titles = self.titles
        heads = [n for n, t in enumerate(run) if titles.is_office(t) or titles.is_honorific(t)]
        cut = heads[-1] + 1 if heads else 0
        while cut < len(run) and (run[cut].i in titles.states or run[cut].text in {"'s", "-"}):
            cut += 1
        if heads:
            cut = self._behind_title(run, cut)
        name = list(run[cut:])
        stop = next((n for n, t in enumerate(name) if t.lower_ in {"of", "for", "on"}), len(name))
        name = name[:stop]
        if not name or len(name) > 6 or any(t.i in titles.states or not personal(t) for t in name):
            return []
        labelled = any(t.ent_type_ == "PERSON" for t in name)
        titled = titles.before(name[0].i) < name[0].i and not (
            len(name) < 3 and titles.owned(name[0].i) and not labelled
        )
        titled = titled and not (
            titles.owned(name[0].i) and (len(name) == 1 or "-" in [t.text for t in name[:2]])
        )
        beside = len(name) > 1 and (
            titles.left(name[0].i) < name[0].i or titles.right(name[-1].i) > name[-1].i
        )
        if len(name) == 1 and not (titled and (labelled or not self._company(name[0]))):
            return []
        if self.forms.kind(name) and not (titled and labelled):
            return []
        if self._led(name[0]) or self.forms.kind(run) in {"Exercise", "Asset"}:
            return []
        apart = any(t.whitespace_ for t in name[:-1])
        return name if titled or beside or (labelled and apart) or self._said(name) else []

    def _behind_title(self, run: Run, cut: int) -> int:
        """Where a name begins that stands right behind the of-phrases of its title: 'Minister of War Ana Lima'."""
        end, titles = cut, self.titles
        while end < len(run) and (
            titles.goes_with(run[end]) or run[end].lower_ in {"of", "for", "the", "and"}
        ):
            end += 1
        named = len(run) - end > 1 and any(t.ent_type_ == "PERSON" for t in run[end:])
        return end if named else cut

    def _said(self, name: Sequence[Token]) -> bool:
        """Whether two names or more stand behind a verb of saying that is told last: '…," says Ana Lima, who'."""
        first, last = self._owner(name[0].i), name[-1].i
        if len(name) < 2 or first < 2 or self.doc[first - 1].lower_ not in self.forms.words["saying-form"]:
            return False
        behind = [t.lower_ for t in self.doc[last + 1 : last + 3]]
        body = any(t.ent_type_ == "ORG" for t in name) and behind[-1:] != ["who"]
        return self.doc[first - 2].text in {",", '"', "''"} and not body

    def _owner(self, first: int) -> int:
        """Where the owner before a name begins, behind a verb of saying: 'said the foreign ministry's Ana Lima'."""
        if first < 3 or self.doc[first - 1].tag_ != "POS":
            return first
        said = self.forms.words["saying-form"]
        return next(
            (i + 1 for i in range(first - 3, max(first - 9, 0), -1) if self.doc[i].lower_ in said), first
        )

    def _company(self, token: Token) -> bool:
        """Whether what looks like a rank before one word is the first word of a company's name: 'General
        Electric'."""
        before = self.doc[token.i - 1]
        if self.titles.before(token.i) < before.i:
            return False  # 'Army Chief Lima'
        return before.text in {"General", "Royal", "Major", "Chief"} and token.ent_type_ in {"ORG", ""}

    def _led(self, token: Token) -> bool:
        """Whether a word that announces another kind of name stands before it: 'exercise Nordic Response'."""
        before = [t.text for t in self.doc[max(0, token.i - 2) : token.i]]
        beside = (
            len(before) == 2 and before[1] in {",", '"', "'"} and before[0] in self.forms.words["exercise"]
        )
        return beside or (bool(before) and before[-1] in self.forms.words["exercise-lead"])

    def named(self, name: Sequence[Token], candidates: tuple[Candidate, ...]) -> Name:
        """A person with the title before and beside the name."""
        titles, text = self.titles, self.text
        first, last = name[0].i, name[-1].i
        if last + 1 < len(self.doc) and self.doc[last + 1].text in {"Jr.", "Sr.", "II", "III"}:
            last += 1
        start = titles.before(first)
        if start == first:
            start = titles.left(first)
        elif all(titles.is_honorific(self.doc[i]) for i in range(start, first)):
            start = min(start, titles.left(start))
        end = titles.of(last)
        beside = titles.right(end)
        proper = Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last]))
        worded = [(self.doc[start].idx, proper.start), (proper.end, end_of(self.doc[beside]))]
        of = [f for a, b in worded for f in self._named(Span(a, b))]
        before, behind = worded_title(text[slice(*worded[0])]), worded_title(text[slice(*worded[1])])
        ranked = all(self.titles.is_honorific(self.doc[i]) for i in range(start, first))
        title = behind if beside > end and (ranked or not before) else before
        span = Span(self.doc[start].idx, end_of(self.doc[beside]))
        return Name(
            span,
            proper,
            proper.of(text),
            "Person",
            candidates,
            title=title or None,
            of=tuple(of),
            body=self._body(title),
        )

    def _body(self, title: str) -> tuple[str, str] | None:
        """The body of which a title is, where the reference data lacks it: its kind and name."""
        match = BODY.search(title)
        if match is None or any(
            f.span.start == 0 and not is_state(f) for f in self.forms.gazetteer.find(match[1])
        ):
            return None
        words = match[1].split()
        if all(word.lower() in self.forms.words["title-modifier"] for word in words):
            return None  # the 'National Defence' of a minister is a field
        kind = next((self.forms.kinds[g] for g in BODIES if words[-1] in self.forms.words[g]), "")
        return (kind, match[1]) if kind and len(words) > 1 else None

    def _named(self, span: Span) -> list[Found]:
        return [
            moved(f, span.start) for f in self.forms.gazetteer.find(span.of(self.text)) if not is_person(f)
        ]
