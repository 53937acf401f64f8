"""From a document to annotated text: names, links, dates, numbers, a parse, references back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.attributes import Attributes, attributes
from kg.annotate.coreference import Coreference
from kg.annotate.forms import Forms
from kg.annotate.gazetteer import Gazetteer, gazetteer
from kg.annotate.labels import Labels, labels
from kg.annotate.linking import Linker
from kg.annotate.names import Name
from kg.annotate.naming import Namer
from kg.annotate.people import People, people
from kg.annotate.placing import placed
from kg.annotate.simplify import simplify
from kg.annotate.text import Passage, passages, plain
from kg.annotate.times import TimeMention, times
from kg.annotate.tokens import Tokens
from kg.annotated import Annotated, Referent
from kg.iri import Mint
from kg.model import Document, Evidence, Omission, Span
from kg.reference import Reference

TAGGED = ["tok2vec", "tagger"]
PARSED = [*TAGGED, "parser"]  # besides the attribute ruler and, in the second, the lemmatizer
_ALIAS = re.compile(r"""\s*\((?:or |the |known as )?["']?([A-Z][A-Za-z0-9&.-]{1,11})["']?\)""")
_SPEECH = re.compile(
    r"\b(?:speech|remarks|address|statement|message|letter|keynote|lecture|communiqu[eé]|declaration)\b"
    r".*\b(?:by|of|from)\b.*",
    re.I,
)
_JOINT = re.compile(r"\bjoint\b", re.I)
_BODIES = frozenset({"InternationalOrganisation", "Alliance", "Grouping"})
_LISTED = 5  # of the things that a name may stand for, those that an omission lists


@dataclass(frozen=True, slots=True)
class Annotator:
    """Annotates documents; built once by `annotator`, holds nothing of any document."""

    nlp: Language
    attributes: Attributes | None
    labels: Labels | None
    reference: Reference
    words: Mapping[str, frozenset[str]]
    namer: Namer
    people: People
    mint: Mint

    def annotate(self, document: Document) -> Annotated:
        """The document's passages, parsed, with what their tokens refer to; offsets are the document's."""
        found = passages(document)
        tagged = self._tagged(p.words(document.text) for p in found)
        linker = Linker(self.reference, self.people, self.mint, document.date)
        named = [
            self._with_persons(_with_aliases(self.namer.names(doc), Tokens.of(doc).text)) for doc in tagged
        ]
        for names in named:
            linker.learn(names)
        named = [self._with_short_names(doc, names, linker) for doc, names in zip(tagged, named, strict=True)]
        whens = _times(tagged, document)
        referents, simple = [], []
        for passage, doc, names, when in zip(found, tagged, named, whens, strict=True):
            text = Tokens.of(doc).text
            linked = {
                n: r
                for n, name in enumerate(names)
                if (
                    r := linker.refer(
                        name, passage.placed(name.span), text[name.span.end : name.span.end + 40]
                    )
                )
            }
            referents.append(linked)
            simple.append(
                simplify(self.nlp.vocab, doc, names, linked, [w for w in when if w.kind != "duration"])
            )
        parsed = [self._lemmatized(doc) for doc in self._pipe((s.doc for s in simple), PARSED)]
        speaking = self._speaking(document, linker)
        coreference = Coreference(self.words, linker, document.text, next(iter(speaking), None))
        passages_read = tuple(
            placed(document.text, passage, doc, easy, tree, linked, when, coreference)
            for passage, doc, easy, tree, linked, when in zip(
                found, tagged, simple, parsed, referents, whens, strict=True
            )
        )
        authors = speaking or coreference.authors(passages_read)
        return Annotated(document, passages_read, tuple(_ambiguous(document, linker)), authors)

    def _speaking(self, document: Document, linker: Linker) -> tuple[Referent, ...]:
        """Whose words a document is by its title: 'Speech by the Finnish Minister of Defence' is Finland's.

        Those of several ('Joint statement by') are told by the text.
        """
        match = _SPEECH.search(document.title or "")
        start = document.text.find(match[0]) if match else -1
        if match is None or start < 0 or _JOINT.search(document.title or ""):
            return ()
        (doc,) = self._tagged([plain(match[0])])
        title = Passage(Span(start, match.end() - match.start() + start), "heading")
        names = [
            part
            for name in self.namer.names(doc)
            for part in (*self._body(doc, name), name, *_within(name, match[0]))
        ]
        told = (linker.refer(name, title.placed(name.span), "") for name in names)
        return tuple(r for r in told if r is not None and r.agent is not None)[:1]

    def _body(self, doc: Doc, paper: Name) -> tuple[Name, ...]:
        """The body that no reference data knows in the name of its paper: 'Meeting of the Ministers of the Union'."""
        words = doc.char_span(paper.span.start, paper.span.end, alignment_mode="expand") or ()
        for token in words:
            behind = [t for t in words if t.i > token.i]
            if token.lower_ == "the" and behind and self.namer.forms.kind(behind) in _BODIES:
                span = Span(behind[0].idx, paper.span.end)
                return (Name(span, span, span.of(doc.text), self.namer.forms.kind(behind)),)
        return ()

    def _tagged(self, texts: Iterable[str]) -> list[Doc]:
        """Texts with their tags, and with labels at the names that need one."""
        if self.labels is None:
            return list(self._pipe(texts, [*TAGGED, "ner"]))
        docs = list(self._pipe(texts, TAGGED))
        self.labels.set(docs)
        return docs

    def _pipe(self, texts: Iterable[str] | Iterable[Doc], names: Sequence[str]) -> Iterable[Doc]:
        others = [name for name in self.nlp.pipe_names if name not in names]
        for doc in self.nlp.pipe(texts, disable=others):
            if self.attributes is not None:
                self.attributes.set(doc)
            yield doc

    def _lemmatized(self, doc: Doc) -> Doc:
        return self.nlp.get_pipe("lemmatizer")(doc) if self.nlp.has_pipe("lemmatizer") else doc

    def _with_persons(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """The names, what the tagger alone takes for a body read as a person where persons are so called."""
        return tuple(
            replace(name, kind="Person") if name.guessed and self.people.has(name.text) else name
            for name in names
        )

    def _with_short_names(self, doc: Doc, names: tuple[Name, ...], linker: Linker) -> tuple[Name, ...]:
        """The names of a passage together with family names and acronyms of what the document named in
        full."""
        taken = {i for n in names for i in range(n.span.start, n.span.end)}
        more = []
        for token in doc:
            if token.idx in taken or not token.text[:1].isupper():
                continue
            entity = linker.short(token.text)
            span = Span(token.idx, token.idx + len(token))
            if entity is not None:
                more.append(Name(span, span, token.text, entity.kind))
            elif token.tag_ == "NNP" and _is_family_name(token, linker):
                more.append(Name(span, span, token.text, "Person"))
        return tuple(sorted((*names, *more), key=lambda n: n.span.start))


def annotator(
    nlp: Language,
    reference: Reference,
    words: Mapping[str, frozenset[str]],
    kinds: Mapping[str, str],
    base: str,
) -> Annotator:
    """An annotator over a spaCy pipeline, the reference data, and the word classes of the lexicon.

    `kinds` says which class of things a name is whose last (or first) word is of a word class.
    """
    table: Gazetteer = gazetteer(reference)
    return Annotator(
        nlp,
        attributes(nlp),
        labels(nlp, table),
        reference,
        words,
        Namer(Forms(table, words, kinds)),
        people(reference, words["family-name-first"]),
        Mint(base),
    )


def _within(name: Name, text: str) -> tuple[Name, ...]:
    """The names of the reference data within that of a meeting or paper: 'Meeting of the Ministers of the Union'."""
    if name.candidates:
        return ()
    return tuple(Name(f.span, f.span, f.span.of(text), candidates=f.candidates) for f in name.of)


def _with_aliases(names: Sequence[Name], text: str) -> tuple[Name, ...]:
    """Names with the acronym that the text gives in brackets behind them."""
    return tuple(
        _with_alias(name, match[1]) if (match := _ALIAS.match(text, name.span.end)) else name
        for name in names
    )


def _with_alias(name: Name, alias: str) -> Name:
    """A name with its acronym; what has one is no stretch of land: 'Islamic State West Africa Province (ISWAP)'."""
    kind = "Organisation" if name.kind == "Region" and alias.isupper() else name.kind
    return replace(name, alias=alias, kind=kind)


def _is_family_name(token: Token, linker: Linker) -> bool:
    """Whether a word that the tagger takes for a name is the family name of a known or of some other person."""
    if token.ent_type_ == "PERSON":
        return linker.people.has(token.text)
    return token.ent_type_ in {"ORG", "GPE"} and linker.sole(token.text) is not None


def _times(docs: Sequence[Doc], document: Document) -> list[tuple[TimeMention, ...]]:
    found: list[tuple[TimeMention, ...]] = []
    before: list[TimeMention] = []
    for doc in docs:
        found.append(times(doc, document.date, before))
        before.extend(found[-1])
    return found


def _ambiguous(document: Document, linker: Linker) -> Iterable[Omission]:
    for span, _, options in linker.ambiguous:
        more = f" and {len(options) - _LISTED} more" if len(options) > _LISTED else ""
        listed = ", ".join(options[:_LISTED]) + more
        yield Omission("mention", Evidence(span, span.of(document.text)), "ambiguous", listed)
