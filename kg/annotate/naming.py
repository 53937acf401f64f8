"""Finds names in a passage: those of the reference data, and unknown ones by their form.

Works on tags and named entities of the passage as it stands, before it is simplified and parsed.
What a name stands for is decided later, by `kg.annotate.linking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.annotate.gazetteer import Candidate, Found, Gazetteer
from kg.annotate.titles import CALENDAR, Titles
from kg.model import Span

Words = Mapping[str, frozenset[str]]
Run = tuple[Token, ...]

LINKS = frozenset("of for on de van von der den bin ibn al el da do dos du la le y e".split())
LOCATIVE = frozenset("in at near from to outside around into over between across of off via through".split())
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_DATED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
# What stands behind a hyphen and makes an adjective of the name before it: 'Moscow-led'.
_SUFFIXES = frozenset(
    """led based backed made style class type era owned run built held brokered controlled occupied wide only related friendly
    sponsored trained supplied born speaking funded hosted allied linked designed developed range old year time level""".split()
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_BODY = re.compile(r"\b(?:of|at|for) (?:the )?((?:[A-Z][\w'-]+ ?)+(?<! ))")
_BODIES = ("body-name", "company-name", "organisation-name")
_COMMON = frozenset({"PRON", "DET", "ADP", "SCONJ", "CCONJ", "ADV", "VERB", "AUX", "PART", "INTJ", "NUM"})


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


@dataclass(frozen=True, slots=True)
class Namer:
    """Recognises names by the gazetteer and by the word classes of the lexicon."""

    gazetteer: Gazetteer
    words: Words
    kinds: Mapping[str, str]

    def names(self, doc: Doc) -> tuple[Name, ...]:
        """The names of a passage, left to right, without overlap."""
        found = [f for f in self._found(doc) if self._is_name(doc, f)]
        names = [part for name in Passage(self, doc, found).names() for part in self._sides_apart(doc, name)]
        return tuple(sorted(names, key=lambda n: n.span.start))

    def _sides_apart(self, doc: Doc, name: Name) -> Iterator[Name]:
        """A name of an agreement with the states before it, as names of their own: 'Japan-Australia … Agreement'."""
        told = name.kind or name.candidates[0].entry.entity.kind
        start, sides = name.span.start, []
        for f in self.gazetteer.find(name.text.rpartition(" ")[0]) if told == "Agreement" else ():
            between = name.text[start - name.span.start : f.span.start]
            if not _is_state(f) or between.strip(" -–") or name.span.end == name.span.start + f.span.end:
                break
            sides.append(moved(f, name.span.start))
            start = name.span.start + f.span.end
        if len(sides) < 2:
            yield name
            return
        yield from (Name(f.span, f.span, f.span.of(doc.text), candidates=f.candidates) for f in sides)
        start += len(doc.text[start : name.span.end]) - len(doc.text[start : name.span.end].lstrip(" -–"))
        yield replace(name, span=Span(start, name.span.end))

    def _found(self, doc: Doc) -> Iterator[Found]:
        """What the gazetteer finds; of 'The Australian Government' not the newspaper, but the state."""
        for f in self.gazetteer.find(doc.text):
            words = f.span.of(doc.text)
            end = tokens_of(doc, f.span)[-1:]
            after = end[0].i + 1 if end else len(doc)
            outlet = f.candidates[0].entry.entity.kind == "NewsOutlet"
            if outlet and words[:4] in {"The ", "the "} and after < len(doc) and doc[after].tag_[:2] in {"NN", "JJ"}:
                inner = f.span.start + 4
                yield from (moved(g, inner) for g in self.gazetteer.find(words[4:]))
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
        if best.how in {"metonym", "short"} and after and after[0].lower_ == "of" and any(t.text[:1].isupper() for t in after):
            return False  # 'the Alliance of Sahel States' is another
        if len(tokens) > 1 and any(t.pos_ == "PROPN" for t in tokens):
            return True
        if all(c.entry.entity.kind == "City" and c.how in {"label", "alt"} for c in found.candidates):
            before = doc[first.i - 1].lower_ if first.i else ""
            proper = first.tag_ in {"NNP", "NNPS"} and not _goes_on(doc, last)
            labelled = all(t.ent_type_ in _PLACE_LABELS for t in tokens)
            if best.entry.population < 200_000:
                return (labelled or proper) and before in LOCATIVE | {","}
            return labelled or (proper and before in LOCATIVE)
        if best.how == "abbreviation":
            return first.text.isupper() or "." in first.text
        return first.pos_ in {"PROPN", "ADJ", "NOUN", "X"} or bool(first.ent_type_)

    def kind(self, run: Sequence[Token]) -> str:
        """The kind that the words of an unknown name tell: by its last word, by the one before 'of', by its first."""
        texts = [t.text for t in run]
        if len(run) < 2:
            return ""
        cut = next((i for i, t in enumerate(run) if i and t.lower_ in LINKS), len(run))
        for word in {texts[cut - 1], texts[-1]} if cut == len(run) else {texts[cut - 1]}:
            for group, kind in self.kinds.items():
                if group.endswith("-name") and word in self.words[group]:
                    return kind
        for group, kind in self.kinds.items():
            if group.endswith("-lead") and texts[0] in self.words[group]:
                return kind
        return ""


@dataclass(slots=True)
class Passage:
    """The names of one passage as they are found; a token belongs to one name only."""

    namer: Namer
    doc: Doc
    found: list[Found]
    taken: list[Name] = field(default_factory=list)
    at: dict[int, Found] = field(default_factory=dict)
    later: list[Run] = field(default_factory=list)
    titles: Titles = field(init=False)

    def __post_init__(self) -> None:
        """Notes which tokens stand in names of persons, which in other names of the reference data."""
        people, states = set(), set()
        for f in self.found:
            ours = {t.i for t in tokens_of(self.doc, f.span)}
            self.at.update(dict.fromkeys(ours, f))
            (people if _is_person(f) else states).update(ours)
        people |= {t.i for t in self.doc if t.ent_type_ == "PERSON" and t.i not in states and t.text[:1].isupper()}
        self.titles = Titles(self.namer.words, self.doc, frozenset(states), frozenset(people))

    def names(self) -> list[Name]:
        """All names, unordered."""
        for run in self._runs():
            self._from_run(run)
        for run in self.later:
            self._from_rest(run)
        for f in self.found:
            self._add(Name(f.span, f.span, f.span.of(self.doc.text), candidates=f.candidates))
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
                yield _trimmed(run)
                run = []
        yield _trimmed(run)

    def _capital(self, token: Token) -> bool:
        if token.i in self.at:
            return True
        if not token.text[:1].isupper() or token.lower_ in CALENDAR or token.tag_ in {"DT", "PRP", "PRP$", "WP", "WRB"}:
            return False
        if _opens_sentence(token):
            return token.tag_ in {"NNP", "NNPS"} or (bool(token.ent_type_) and token.pos_ not in _COMMON)
        return (
            token.tag_ in {"NNP", "NNPS"} or bool(token.ent_type_) or token.pos_ not in _COMMON or len(token.text) > 3
        )

    def _connects(self, token: Token) -> bool:
        if token.i + 1 >= len(self.doc):
            return False
        after, before = token.nbor(1), token.nbor(-1)
        if token.text == "-":
            joined = not before.whitespace_ and not token.whitespace_
            return joined and after.lower_ not in _SUFFIXES and (after.text[:1].isupper() or before.i not in self.at)
        if before.text == "-" and not before.whitespace_ and token.text[:1].islower():
            return token.lower_ not in _SUFFIXES and token.ent_type_ not in _DATED and token.i - 2 >= 0
        capital = after.text[:1].isupper() and after.lower_ not in CALENDAR
        if token.lower_ == "the":
            return capital and before.lower_ in LINKS
        if token.lower_ in LINKS:
            return capital or (after.lower_ == "the" and after.i + 1 < len(self.doc) and after.nbor(1).is_title)
        if token.lower_ in {"and", "&"}:
            return capital and (
                token.text == "&" or (bool(token.ent_type_) and after.ent_iob_ == "I" and after.i not in self.at)
            )
        return token.text.isdigit() and token.ent_type_ not in _DATED

    def _from_run(self, run: Run) -> None:
        if not run:
            return
        span = _span(run)
        within = [f for f in self.found if span.covers(f.span)]
        if self._persons(run, within):
            return
        if any(f.span == span for f in within) or self._parted(run):
            return
        whole = self._widened(run)
        if kind := self.namer.kind(whole):
            span = _span(whole)
            self._add(Name(span, span, span.of(self.doc.text), kind, of=tuple(within)))
            return
        self.later.append(run)

    def _from_rest(self, run: Run) -> None:
        rest = [t for t in run if t.i not in self.at]
        if rest and rest == list(run[run.index(rest[0]) : run.index(rest[0]) + len(rest)]):
            self._unknown(tuple(rest), len(rest) == len(run))

    def _parted(self, run: Run) -> bool:
        """Whether a connecting word only stands between two names: 'the United Nations on Iran'."""
        cut = next((n for n, t in enumerate(run) if n and t.lower_ in LINKS), 0)
        return bool(cut) and all(t.i in self.at for t in run[:cut]) and run[cut].i not in self.at

    def _widened(self, run: Run) -> Run:
        """A run with the words before it that commas part from it: 'the Research, Development, Test and … Arrangement'."""
        first = run[0].i
        if first and _ORDINAL.fullmatch(self.doc[first - 1].text):
            first -= 1
            run = (self.doc[first], *run)
        at = first
        while at > 2 and self.doc[at - 1].text == "," and self.doc[at - 2].text[:1].isupper():
            at -= 2
        listed = at < first - 2 and self.doc[at - 1].lower_ == "the" and not any(i in self.at for i in range(at, first))
        return tuple(self.doc[at : run[-1].i + 1]) if listed else run

    # ------------------------------------------------------------ persons

    def _persons(self, run: Run, within: list[Found]) -> bool:
        """Takes the persons of a run with their titles; False where it holds none."""
        people = [f for f in within if _is_person(f)]
        for f in people:
            self._person(tokens_of(self.doc, f.span), f.candidates)
        if people:
            return True
        name = self._unknown_person(run)
        return bool(name) and self._person(name, ())

    def _unknown_person(self, run: Run) -> list[Token]:
        """The words of a run that name a person whom the reference data lacks."""
        titles = self.titles
        heads = [n for n, t in enumerate(run) if titles.is_office(t) or titles.is_honorific(t)]
        cut = heads[-1] + 1 if heads else 0
        while cut < len(run) and (run[cut].i in titles.states or run[cut].text in {"'s", "-"}):
            cut += 1
        name = list(run[cut:])
        stop = next((n for n, t in enumerate(name) if t.lower_ in {"of", "for", "on"}), len(name))
        name = name[:stop]
        if not name or len(name) > 6 or any(t.i in titles.states or not personal(t) for t in name):
            return []
        labelled = any(t.ent_type_ == "PERSON" for t in name)
        titled = titles.before(name[0].i) < name[0].i and not (len(name) < 3 and titles.owned(name[0].i) and not labelled)
        titled = titled and not (titles.owned(name[0].i) and (len(name) == 1 or "-" in [t.text for t in name[:2]]))
        beside = len(name) > 1 and (
            titles.left(name[0].i) < name[0].i or titles.right(name[-1].i) > name[-1].i
        )
        if len(name) == 1 and not (titled and (labelled or not self._company(name[0]))):
            return []
        if self.namer.kind(name) and not (titled and labelled):
            return []
        if self._led(name[0]) or self.namer.kind(run) in {"Exercise", "Asset"}:
            return []
        apart = any(t.whitespace_ for t in name[:-1])
        return name if titled or beside or (labelled and apart) else []

    def _company(self, token: Token) -> bool:
        """Whether what looks like a rank before one word is the first word of a company's name: 'General Electric'."""
        before = self.doc[token.i - 1]
        return before.text in {"General", "Royal", "Major", "Chief"} and token.ent_type_ in {"ORG", ""}

    def _led(self, token: Token) -> bool:
        """Whether a word that announces another kind of name stands before it: 'exercise Nordic Response'."""
        before = self.doc[token.i - 1].text if token.i else ""
        return before in self.namer.words["exercise-lead"]

    def _person(self, name: Sequence[Token], candidates: tuple[Candidate, ...]) -> bool:
        titles, text = self.titles, self.doc.text
        first, last = name[0].i, name[-1].i
        if last + 1 < len(self.doc) and self.doc[last + 1].text in {"Jr.", "Sr.", "II", "III"}:
            last += 1
        start = titles.before(first)
        if start == first:
            start = titles.left(first)
        elif titles.is_honorific(self.doc[start]) and not any(
            titles.is_office(self.doc[i]) for i in range(start, first)
        ):
            start = min(start, titles.left(start))
        end = titles.of(last)
        beside = titles.right(end)
        proper = Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last]))
        worded = [(self.doc[start].idx, proper.start), (proper.end, _end(self.doc[beside]))]
        of = [f for a, b in worded for f in self._named(Span(a, b))]
        title = _title(text[slice(*worded[0])]) or (_title(text[slice(*worded[1])]) if beside > end else "")
        span = Span(self.doc[start].idx, _end(self.doc[beside]))
        return self._add(
            Name(span, proper, proper.of(text), "Person", candidates, title=title or None, of=tuple(of), body=self._body(title))
        )

    def _body(self, title: str) -> tuple[str, str] | None:
        """The body of which a title is, where the reference data lacks it: its kind and name."""
        match = _BODY.search(title)
        if match is None or any(f.span.start == 0 and not _is_state(f) for f in self.namer.gazetteer.find(match[1])):
            return None
        words = match[1].split()
        kind = next((self.namer.kinds[g] for g in _BODIES if words[-1] in self.namer.words[g]), "")
        return (kind, match[1]) if kind and len(words) > 1 else None

    def _named(self, span: Span) -> list[Found]:
        return [
            moved(f, span.start)
            for f in self.namer.gazetteer.find(span.of(self.doc.text))
            if not _is_person(f)
        ]

    # ------------------------------------------------------------ things that only their place in the text tells

    def _unknown(self, name: Run, alone: bool) -> None:
        """Exercises, places and bodies without a telling word, by what stands before them and by their label."""
        span = _span(name)
        text = span.of(self.doc.text)
        before = self.doc[name[0].i - 1] if name[0].i else None
        labels = {t.ent_type_ for t in name}
        kind = ""
        if before is not None and (before.text in self.namer.words["exercise-lead"] or self._beside_exercise(name)):
            kind = "Exercise"
        elif labels == {"ORG"} and before is not None and before.lower_ in {"at", "near"} and alone:
            kind = "City"
        elif labels <= {"GPE", "LOC", "FAC"} and before is not None and before.lower_ in LOCATIVE | {","} and alone:
            kind = "City"
        elif labels == {"ORG"} and alone and self._acts(name):
            kind = "Organisation"
        if kind:
            self._add(Name(span, span, text, kind))

    def _beside_exercise(self, name: Run) -> bool:
        """Whether a name stands beside the noun: 'an exercise, BVR-X', or behind it: 'to exercise together at Pitch Black'."""
        first = name[0].i
        words = [t.lower_ for t in self.doc[max(0, first - 6) : first]]
        if len(words) > 1 and words[-1] in {",", '"', "–", "—", ":"} and words[-2] in self.namer.words["exercise"]:
            return True
        return len(name) > 1 and bool(words) and words[-1] in {"at", "in", "named", "called", "dubbed", '"'} and any(
            w.rstrip("s") in {"exercise", "drill", "manoeuvre", "maneuver", "game"} for w in words
        )

    def _acts(self, name: Run) -> bool:
        """Whether an unknown name that the tagger takes for a body stands where a thing would not: before a verb, behind 'by'."""
        last = name[-1].i
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        before = self.doc[name[0].i - 1].lower_ if name[0].i else ""
        verbal = after is not None and (after.tag_ in {"VBD", "VBZ", "VBP", "MD", "POS"} or after.text in {",", "and"})
        return verbal and before not in {"the", "a", "an"} or before in {"by", "with", "from"}


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


def _is_state(found: Found) -> bool:
    return any(c.entry.entity.kind == "State" for c in found.candidates)


def _is_person(found: Found) -> bool:
    return found.candidates[0].entry.entity.kind == "Person"


def _opens_sentence(token: Token) -> bool:
    return token.i == 0 or token.nbor(-1).text in {".", "?", "!", '"', "'", ":", "(", ";", "–", "—"}


def _goes_on(doc: Doc, token: Token) -> bool:
    """Whether another proper word follows a name at once."""
    return token.i + 1 < len(doc) and doc[token.i + 1].tag_ in {"NNP", "NNPS"} and doc[token.i + 1].is_title


def _title(words: str) -> str:
    """A title as worded, without article, comma and 'of' at its edges."""
    return re.sub(r"^(?:[\s,–—-]+|(?:the|an?|then|of)\s+)+|[\s,–—]+$", "", words, flags=re.IGNORECASE)


def _end(token: Token) -> int:
    return token.idx + len(token)


def _span(run: Sequence[Token]) -> Span:
    return Span(run[0].idx, _end(run[-1]))


def _trimmed(run: list[Token]) -> Run:
    while run and not (run[-1].text[:1].isupper() or run[-1].text[:1].isdigit() or _hyphened(run)):
        run = run[:-1]
    return tuple(run)


def _hyphened(run: list[Token]) -> bool:
    return len(run) > 2 and run[-2].text == "-" and run[-1].is_alpha
