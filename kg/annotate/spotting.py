"""Takes the names of one passage out of its runs of capitals: persons, things of a telling word, and what its
place tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.arms import arms_name, company_name
from kg.annotate.forms import Forms
from kg.annotate.gazetteer import Found
from kg.annotate.linking import ORGANISATIONS
from kg.annotate.names import (
    COMMON,
    DATED,
    LINKS,
    ORDINAL,
    SUFFIXES,
    Name,
    Run,
    is_person,
    opens_sentence,
    span_of,
    tokens_of,
    trimmed,
)
from kg.annotate.persons import Persons
from kg.annotate.standing import Standing
from kg.annotate.titles import CALENDAR, Titles
from kg.annotate.tokens import Tokens
from kg.model import Span

_OWNED = frozenset({"DT", "POS", "JJS", "RBS", "PRP$"})
_SERVICES = frozenset({"Navy", "Army", "Military", "Marines", "Corps"})  # whose names end there
_CALLED_AFTER = frozenset({"Facility", "Organisation"})  # kinds of what bears the names of persons
_APPOSED = frozenset({"JJ", "NN", "NNS", "NNP", "HYPH", "VBG", "VBN", "CD"})


@dataclass(slots=True)
class Passage:
    """The names of one passage as they are found; a token belongs to one name only."""

    forms: Forms
    doc: Doc
    found: list[Found]
    taken: list[Name] = field(default_factory=list)
    at: dict[int, Found] = field(default_factory=dict)
    later: list[Run] = field(default_factory=list)
    listed: dict[int, str] = field(
        default_factory=dict
    )  # where a list may go on of which a noun told the kind
    text: str = field(init=False)
    titles: Titles = field(init=False)
    persons: Persons = field(init=False)
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        """Notes which tokens stand in names of persons, which in other names of the reference data."""
        self.text = Tokens.of(self.doc).text
        people: set[int] = set()
        states: set[int] = set()
        for f in self.found:
            ours = {t.i for t in tokens_of(self.doc, f.span)}
            self.at.update(dict.fromkeys(ours, f))
            (people if is_person(f) else states).update(ours)
        people |= {
            t.i for t in self.doc if t.ent_type_ == "PERSON" and t.i not in states and t.text[:1].isupper()
        }
        self.titles = Titles(self.forms.words, self.doc, frozenset(states), frozenset(people))
        self.persons = Persons(self.forms, self.doc, self.text, self.titles)
        self.standing = Standing(self.forms, self.doc, self.titles)

    def names(self) -> list[Name]:
        """All names, unordered."""
        for run in self._runs():
            self._from_run(run)
        for run in self.later:
            self._from_rest(run)
        for f in self.found:
            self._add(Name(f.span, f.span, f.span.of(self.text), candidates=f.candidates))
        return self.taken

    def _add(self, name: Name) -> bool:
        if any(n.span.start < name.span.end and name.span.start < n.span.end for n in self.taken):
            return False
        self.taken.append(name)
        return True

    # ------------------------------------------------------------ runs of capitals

    def _runs(self) -> Iterator[Run]:
        """Runs of capitalised tokens that may be one name, with their connecting words."""
        run: list[Token] = []
        for token in self.doc:
            if self._capital(token) or (run and self._connects(token)):
                run.append(token)
            elif run:
                yield trimmed(run)
                run = []
        yield trimmed(run)

    def _capital(self, token: Token) -> bool:
        if token.i in self.at:
            return True
        if (
            not token.text[:1].isupper()
            or token.lower_ in CALENDAR
            or token.tag_ in {"DT", "PRP", "PRP$", "WP", "WRB"}
        ):
            return False
        if opens_sentence(token):
            return token.tag_ in {"NNP", "NNPS"} or (bool(token.ent_type_) and token.pos_ not in COMMON)
        return (
            token.tag_ in {"NNP", "NNPS"}
            or bool(token.ent_type_)
            or token.pos_ not in COMMON
            or len(token.text) > 3
        )

    def _connects(self, token: Token) -> bool:
        if token.i + 1 >= len(self.doc):
            return False
        after, before = token.nbor(1), token.nbor(-1)
        if token.text == "-":
            joined = not before.whitespace_ and not token.whitespace_
            return (
                joined
                and after.lower_ not in SUFFIXES
                and (after.text[:1].isupper() or before.i not in self.at)
            )
        if before.text == "-" and not before.whitespace_ and token.text[:1].islower():
            return token.lower_ not in SUFFIXES and token.ent_type_ not in DATED and token.i - 2 >= 0
        capital = after.text[:1].isupper() and after.lower_ not in CALENDAR
        if token.lower_ == "the":
            return capital and before.lower_ in LINKS
        if token.lower_ in {"for", "on"} and before.text in _SERVICES:
            return False  # 'a contract by the Navy for Patriots'
        if token.lower_ in LINKS:
            further = after.nbor(1).text if after.i + 1 < len(self.doc) else ""
            return (
                capital
                or (after.lower_ == "the" and further.istitle())
                or (after.text == "-" and not token.whitespace_ and further[:1].isupper())  # 'al-Burhan'
            )
        if token.lower_ in {"and", "&"}:
            return capital and (
                token.text == "&"
                or (bool(token.ent_type_) and after.ent_iob_ == "I" and after.i not in self.at)
            )
        return token.text.isdigit() and token.ent_type_ not in DATED

    def _from_run(self, run: Run) -> None:
        if not run:
            return
        span = span_of(run)
        within = [f for f in self.found if span.covers(f.span)]
        if self._called(run, span, within) or self._persons(run, within):
            return
        if any(f.span == span for f in within) or self._parted(run):
            return
        if company := self._company(run, within):
            self._add(company)
            return
        whole = self._widened(run)
        if kind := self.forms.kind(whole):
            span = span_of(whole)
            name: Name | None = Name(span, span, span.of(self.text), kind, of=tuple(within))
            if kind == "Item":
                name = arms_name(run, within, self.text)
            if name is not None:
                self._add(name)
            return
        self.later.append(run)

    def _company(self, run: Run, within: list[Found]) -> Name | None:
        words = self.forms.words
        return company_name(run, within, self.text, words["legal-form"], words["country-name"])

    def _from_rest(self, run: Run) -> None:
        rest = list(trimmed([t for t in run if t.i not in self.at]))
        if rest and rest == list(run[run.index(rest[0]) : run.index(rest[0]) + len(rest)]):
            span = span_of(rest)
            if kind := self.standing.kind(tuple(rest), len(rest) == len(run)):
                self._add(Name(span, span, span.of(self.text), kind))

    def _parted(self, run: Run) -> bool:
        """Whether a connecting word only stands between two names: 'the United Nations on Iran'."""
        cut = next((n for n, t in enumerate(run) if n and t.lower_ in LINKS), 0)
        return bool(cut) and all(t.i in self.at for t in run[:cut]) and run[cut].i not in self.at

    def _widened(self, run: Run) -> Run:
        """A run with the words before it that commas part from it: 'the Research, Development, Test and …
        Arrangement'."""
        first = run[0].i
        if first and ORDINAL.fullmatch(self.doc[first - 1].text):
            first -= 1
            run = (self.doc[first], *run)
        at = first
        while at > 2 and self.doc[at - 1].text == "," and self.doc[at - 2].text[:1].isupper():
            at -= 2
        listed = (
            at < first - 2
            and self.doc[at - 1].lower_ == "the"
            and not any(i in self.at for i in range(at, first))
        )
        return tuple(self.doc[at : run[-1].i + 1]) if listed else run

    def _called(self, run: Run, span: Span, within: list[Found]) -> bool:
        """Takes a name whose kind a common noun beside it tells: 'the frigate Hessen'; 'Novi Dan, a daily'."""
        kind = self._noun_before(run) or self._noun_behind(run) or self.standing.before_exercise(run, self.at)
        known = {c.entry.entity.kind for f in within for c in f.candidates}
        if self.doc[run[0].i - 1].tag_ == "NNS" or run[0].i in self.listed:
            self.listed |= dict.fromkeys(range(run[-1].i + 2, run[-1].i + 4), kind)
        named = kind in known or known & (ORGANISATIONS | {"WeaponSystem"})
        if not kind or named or self.titles.before(run[0].i) < run[0].i:
            return False
        return self._add(Name(span, span, span.of(self.text), kind))

    def _noun_before(self, run: Run) -> str:
        first = run[0].i
        if not first or run[0].text in {"-", "'s"}:
            return ""
        if self.doc[first - 1].lower_ in {"and", ","}:
            return self.listed.get(first, "")
        return self.forms.called(self.doc[first - 1])

    def _noun_behind(self, run: Run) -> str:
        """The kind that an apposition tells: 'Amber Ridge, a naval exercise'."""
        at = run[-1].i + 2
        if at >= len(self.doc) or self.doc[at - 1].text != ",":
            return ""
        if self.doc[at].lower_ in {"a", "an"}:
            phrase = list(takewhile(lambda t: t.tag_ in _APPOSED, self.doc[at + 1 : at + 6]))
        elif not any(t.i in self.at for t in run):  # 'Amber Ridge, the alliance's largest exercise'
            phrase = list(takewhile(lambda t: t.tag_ in _APPOSED | _OWNED, self.doc[at : at + 9]))
            phrase = phrase if phrase and self.forms.called(phrase[-1]) == "Exercise" else []
        else:
            return ""
        return self.forms.called(phrase[-1]) if phrase and phrase[-1].tag_ in {"NN", "NNS"} else ""

    # ------------------------------------------------------------ persons

    def _named_after(self, run: Run, person: Found) -> bool:
        """Whether a run is the name of what is called after a person: 'King Hussein Training Centre'."""
        behind = [t for t in run if t.idx >= person.span.end]
        return bool(behind) and self.forms.kind(run) in _CALLED_AFTER

    def _persons(self, run: Run, within: list[Found]) -> bool:
        """Takes the persons of a run with their titles; False where it holds none."""
        people = [f for f in within if is_person(f)]
        if people and self._named_after(run, people[-1]):
            return False
        for f in people:
            self._add(self.persons.named(tokens_of(self.doc, f.span), f.candidates))
        if people:
            return True
        words = self.persons.unknown(run)
        if not words:
            return False
        name = self.persons.named(words, ())
        self.taken = [n for n in self.taken if n.kind == "Person" or not _in_title(n, name)]
        return self._add(name)


def _in_title(name: Name, person: Name) -> bool:
    """Whether a name stands in the title before a person's: the 'Air Force' of 'Air Force chief Ana Lima'."""
    return person.span.start <= name.span.start and name.span.end <= person.proper.start
