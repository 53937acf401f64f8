"""Who says what: statements, and whose word each claim is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, Referent
from kg.lexicon import Lexicon
from kg.model import Filler, Span

_ATTRIBUTING = {"according", "per"}


@dataclass(frozen=True, slots=True)
class Speech:
    """A verb of saying with its speakers, or a quotation that goes on; `verb` is None for the latter."""

    speakers: tuple[Filler, ...]
    verb: Token | None
    span: Span
    addressees: tuple[Filler, ...] = ()
    outlets: tuple[Filler, ...] = ()
    tag: tuple[int, int] | None = None

    @property
    def whole(self) -> bool:
        """Whether the verb is a mere tag, and the rest of the sentence what is said."""
        return self.tag is not None


@dataclass(frozen=True, slots=True)
class Sources:
    """Whose word the things of a sentence are."""

    speeches: tuple[Speech, ...] = ()
    attributed: tuple[Filler, ...] = ()
    reported: tuple[Filler, ...] = ()
    carried: tuple[Filler, ...] = field(default=())


def sources(sentence: Sentence, parsed: Parsed, lexicon: Lexicon, before: tuple[Filler, ...]) -> Sources:
    """The speech of a sentence; `before` are the speakers of a quotation that is still open or goes on."""
    attributed, reported = _according(sentence, parsed)
    speeches = []
    for token in sentence:
        if (
            token.pos_ in {"VERB", "AUX"}
            and token.lemma_.lower() in lexicon.words["said"]
            and (s := _speech(token, parsed, lexicon))
        ):
            speeches.append(s)
    carried: tuple[Filler, ...] = ()
    if not any(s.whole or s.speakers for s in speeches) and before and _quoted(sentence, parsed):
        carried = before
    return Sources(tuple(speeches), attributed, reported, carried)


def _quoted(sentence: Sentence, parsed: Parsed) -> bool:
    """Whether a sentence stands within a quotation as a whole."""
    inner = [t for t in sentence if not t.is_punct]
    return bool(inner) and parsed.quoted(inner[0]) is not None and parsed.quoted(inner[-1]) is not None


def fillers(tokens: list[Token], parsed: Parsed) -> tuple[Filler, ...]:
    """The agents that the tokens name."""
    found: dict[str, Filler] = {}
    for token in (t for head in tokens for t in syntax.conjuncts(head)):
        for r in parsed.of(token):
            if r.agent is not None and r.agent.kind not in {
                "WeaponSystem",
                "Agreement",
                "Exercise",
                "Policy",
                "Item",
                "Facility",
            }:
                found.setdefault(r.agent.iri, _filler(r))
    return tuple(found.values())


def _filler(r: Referent) -> Filler:
    assert r.agent is not None  # as asked for
    return Filler(r.agent, r.span, r.acts_for, r.capacity)


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SIGNS = frozenset({",", '"', "\u2014", "\u2013", "-", ";", "''", "``"})


def _tag(verb: Token, parsed: Parsed) -> tuple[int, int, list[Token]] | None:
    """A tag behind or within what is said: ', Hegseth and his counterpart announced after talks on Friday'.

    Told by its surface, as parsers take such tags for anything. Gives its first and last token, and the names in it.
    """
    sent, doc = verb.sent, verb.doc
    if any(c.dep_ in {"ccomp", "dobj"} and c.i > verb.i for c in verb.children):
        return None
    start, names, signs = verb.i - 1, [], 0
    while start >= sent.start:
        token = doc[start]
        if token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG" and token.head != verb:
            return None
        if token.text in _SIGNS:
            signs += 1
            if names:
                break
        elif any(r.agent is not None for r in parsed.of(token)):
            names.append(token)
        start -= 1
        if verb.i - start > 25 or signs > 3:
            return None
    if not names or start - sent.start < 3 or not any(t.pos_ in {"VERB", "AUX"} for t in doc[sent.start : start]):
        return None
    end = verb.i
    while end + 1 < sent.end and doc[end + 1].text not in _SIGNS and doc[end + 1].text not in {".", ":"}:
        end += 1
        if doc[end].tag_ in _FINITE:
            return None
    return start, end, names


def _says(verb: Token) -> bool:
    """Whether a verb of several meanings says something here: not 'called on', 'put names', 'spoke by video link'."""
    parts = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt"}}
    objects = {c.lower_ for c in verb.children if c.dep_ == "dobj"}
    if verb.lemma_ == "call":
        return "on" not in parts or any(c.dep_ == "xcomp" for c in verb.children)
    if verb.lemma_ == "speak":
        return bool(parts & {"of", "about", "against", "for", "in"})
    if verb.lemma_ == "put":
        return bool(objects & {"it", "this", "that", "number", "figure", "total", "cost", "strength"})
    return True


def _speech(verb: Token, parsed: Parsed, lexicon: Lexicon) -> Speech | None:
    tag = _tag(verb, parsed) if not syntax.is_passive(verb) or verb.dep_ == "acl" else None
    if tag is not None:
        speakers = fillers(list(reversed(tag[2])), parsed)
    else:
        speakers = fillers(syntax.subjects(verb) if not syntax.is_passive(verb) else [], parsed)
    if not speakers:
        return None
    if not _says(verb):
        return None
    clause = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}]
    parenthetic = tag is not None
    nominal = verb.lemma_.lower() in lexicon.words["told-clearly"] and any(
        c.dep_ in {"dobj", "prep", "acomp", "oprd"} for c in verb.children
    )
    if not (clause or parenthetic or nominal or _has_quotation(verb, parsed)):
        return None
    told = [
        c
        for c in verb.children
        if c.dep_ in {"dobj", "dative"}
        and verb.lemma_ in {"tell", "assure", "inform", "ask", "remind", "brief"}
    ]
    told += (
        syntax.prepositional(verb, "to")
        if verb.lemma_ in {"say", "speak", "report", "write", "complain"}
        else []
    )
    said = {f.entity.iri for f in speakers}
    heard = tuple(f for f in fillers(told, parsed) if f.entity.iri not in said)
    outlets = tuple(f for f in heard if f.entity.kind == "NewsOutlet")
    return Speech(
        speakers, verb, parsed.span(verb), tuple(f for f in heard if f not in outlets), outlets, tag[:2] if tag else None
    )


def _has_quotation(verb: Token, parsed: Parsed) -> bool:
    return any(parsed.quoted(t) is not None for t in verb.sent)


def _according(sentence: Sentence, parsed: Parsed) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Who is named behind 'according to', 'reported': outlets apart from those whose word it is."""
    people: list[Filler] = []
    outlets: list[Filler] = []
    for token in sentence:
        named: list[Token] = []
        if token.lower_ in _ATTRIBUTING:
            named = syntax.prepositional(token, "to") or [c for c in token.children if c.dep_ == "pobj"]
            if not named and token.i + 2 < len(parsed.doc) and token.nbor(1).lower_ == "to":
                named = [t for t in parsed.doc[token.i + 2 : token.i + 5] if parsed.of(t)][:1]
        elif token.lemma_ in {"report", "write", "say", "quote", "cite"} and token.pos_ == "VERB":
            named = [
                s
                for s in syntax.subjects(token)
                if any(r.agent and r.agent.kind == "NewsOutlet" for r in parsed.of(s))
            ]
        for f in fillers(named, parsed):
            (outlets if f.entity.kind == "NewsOutlet" else people).append(f)
    return tuple(people), tuple(outlets)


def under(token: Token, verb: Token) -> bool:
    """Whether a token stands in what a verb of saying says, and not beside it ('in talks', 'on Tuesday')."""
    chain = [token, *syntax.ancestors(token)]
    if verb not in chain:
        return False
    below = chain[chain.index(verb) - 1] if chain.index(verb) else None
    if below is None:
        return False
    if below.dep_ in {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr"}:
        return True
    if below.dep_ == "prep":
        return below.lower_ in {"for", "against", "of", "about", "as", "to"} and verb.lemma_ in {
            "call",
            "warn",
            "accuse",
            "appeal",
            "ask",
            "urge",
            "push",
            "press",
            "argue",
            "speak",
            "describe",
            "hope",
            "point",
        }
    return False


def speakers_of(token: Token, told: Sources, parsed: Parsed) -> Iterator[Filler]:
    """Whose word a trigger is, in its sentence."""
    seen: set[str] = set()
    for speech in told.speeches:
        verb = speech.verb
        if verb is None:
            continue
        inside = under(token, verb)
        if speech.tag is not None:
            inside = token.sent == verb.sent and not speech.tag[0] <= token.i <= speech.tag[1]
        if not inside and parsed.quoted(token) is not None and not _in_own(token, verb):
            inside = True
        if inside:
            for f in speech.speakers:
                if f.entity.iri not in seen and f.entity.kind != "NewsOutlet":
                    seen.add(f.entity.iri)
                    yield f
    for f in (*told.carried, *told.attributed):
        if f.entity.iri not in seen and f.entity.kind != "NewsOutlet":
            seen.add(f.entity.iri)
            yield f


def _in_own(token: Token, verb: Token) -> bool:
    """Whether a token stands in the saying itself: its subject, its time, its place."""
    if token == verb:
        return True
    chain = [token, *syntax.ancestors(token)]
    if verb not in chain:
        return False
    below = chain[chain.index(verb) - 1]
    return below.dep_ in {"nsubj", "prep", "npadvmod", "dative", "agent", "advmod"}
