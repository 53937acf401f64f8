"""Who says what: statements, and whose word each claim is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.lexicon import Lexicon
from kg.model import Filler, Span

_ATTRIBUTING = frozenset({"according", "per"})
_MUTE = frozenset({"WeaponSystem", "Agreement", "Exercise", "Policy", "Item", "Facility"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SIGNS = frozenset({",", '"', "\u2014", "\u2013", "-", ";", "''", "``"})
_ENDS = _SIGNS | {".", ":"}
_TELLING = frozenset({"tell", "assure", "inform", "ask", "remind", "brief"})  # their object hears
_SAYING_TO = frozenset({"say", "speak", "report", "write", "complain"})  # who hears stands behind 'to'
_QUOTING = frozenset({"report", "write", "say", "quote", "cite"})
_ABOUT = frozenset({"for", "against", "of", "about", "as", "to"})
# Verbs whose preposition leads to what is said: 'warned of', 'called for'.
_SAYING_ABOUT = frozenset(
    {
        *(
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
        ),
        "point",
    }
)


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
    carried: tuple[Filler, ...] = ()


def sources(sentence: Sentence, parsed: Parsed, lexicon: Lexicon, before: tuple[Filler, ...]) -> Sources:
    """The speech of a sentence; `before` are the speakers of a quotation that is still open or goes on."""
    attributed, reported = _according(sentence, parsed)
    speeches = []
    for token in sentence:
        if (
            syntax.is_verb(token)
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
            if r.agent is not None and r.agent.kind not in _MUTE:
                found.setdefault(r.agent.iri, Filler(r.agent, r.span, r.acts_for, r.capacity))
    return tuple(found.values())


def _tag(verb: Token, parsed: Parsed) -> tuple[int, int, list[Token]] | None:
    """A tag behind or within what is said: ', Hegseth and his counterpart announced after talks on Friday'.

    Told by its surface, as parsers take such tags for anything. Gives its first and last token, and the names in it.
    """
    if any(c.i > verb.i for c in syntax.children(verb, "ccomp", "dobj")):
        return None
    before, end = _before_tag(verb, parsed), _tag_end(verb)
    return (before[0], end, before[1]) if before is not None and end is not None else None


def _before_tag(verb: Token, parsed: Parsed) -> tuple[int, list[Token]] | None:
    """Where the words before a tag's verb begin, and the names among them; None where they make no tag."""
    sent, doc = verb.sent, verb.doc
    start, signs = verb.i - 1, 0
    names: list[Token] = []
    while start >= sent.start:
        token = doc[start]
        if syntax.is_verb(token) and token.tag_ != "VBG" and token.head != verb:
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
    told = start - sent.start >= 3 and any(syntax.is_verb(t) for t in doc[sent.start : start])
    return (start, names) if names and told else None


def _tag_end(verb: Token) -> int | None:
    """The last token of a tag; None where another clause begins in it."""
    end, doc = verb.i, verb.doc
    while end + 1 < verb.sent.end and doc[end + 1].text not in _ENDS:
        end += 1
        if doc[end].tag_ in _FINITE:
            return None
    return end


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
    """The speech of a verb of saying; None where nobody is named to speak, or nothing is said."""
    passive = syntax.is_passive(verb)
    tag = _tag(verb, parsed) if not passive or verb.dep_ == "acl" else None
    if tag is not None:
        speakers = fillers(tag[2][::-1], parsed)
    else:
        speakers = () if passive else fillers(syntax.subjects(verb), parsed)
    if not speakers or not _says(verb):
        return None
    if tag is None and not _tells(verb, lexicon) and not _has_quotation(verb, parsed):
        return None
    heard = _heard(verb, speakers, parsed)
    return Speech(
        speakers,
        verb,
        parsed.span(verb),
        addressees=tuple(f for f in heard if f.entity.kind != "NewsOutlet"),
        outlets=tuple(f for f in heard if f.entity.kind == "NewsOutlet"),
        tag=tag[:2] if tag else None,
    )


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb has what it says below it: a clause, or for some verbs a noun."""
    if syntax.children(verb, "ccomp", "xcomp"):
        return True
    nominal = verb.lemma_.lower() in lexicon.words["told-clearly"]
    return nominal and bool(syntax.children(verb, "dobj", "prep", "acomp", "oprd"))


def _heard(verb: Token, speakers: tuple[Filler, ...], parsed: Parsed) -> list[Filler]:
    """To whom something is said."""
    told = syntax.children(verb, "dobj", "dative") if verb.lemma_ in _TELLING else []
    told += syntax.prepositional(verb, "to") if verb.lemma_ in _SAYING_TO else []
    said = {f.entity.iri for f in speakers}
    return [f for f in fillers(told, parsed) if f.entity.iri not in said]


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
        elif token.lemma_ in _QUOTING and token.pos_ == "VERB":
            named = [
                s
                for s in syntax.subjects(token)
                if any(r.agent and r.agent.kind == "NewsOutlet" for r in parsed.of(s))
            ]
        for f in fillers(named, parsed):
            (outlets if f.entity.kind == "NewsOutlet" else people).append(f)
    return tuple(people), tuple(outlets)


def _below(token: Token, verb: Token) -> Token | None:
    """What hangs on a verb and holds the token; None where the token does not stand under it."""
    chain = [token, *syntax.ancestors(token)]
    return chain[chain.index(verb) - 1] if verb in chain[1:] else None


def _under(token: Token, verb: Token) -> bool:
    """Whether a token stands in what a verb of saying says, and not beside it ('in talks', 'on Tuesday')."""
    below = _below(token, verb)
    if below is None:
        return False
    if below.dep_ == "prep":
        return below.lower_ in _ABOUT and verb.lemma_ in _SAYING_ABOUT
    return below.dep_ in {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr"}


def speakers_of(token: Token, told: Sources, parsed: Parsed) -> Iterator[Filler]:
    """Whose word a trigger is, in its sentence, each once; outlets only report."""
    said = [s for s in told.speeches if s.verb is not None and _speaks(s, s.verb, token, parsed)]
    seen: set[str] = set()
    for f in (*(f for s in said for f in s.speakers), *told.carried, *told.attributed):
        if f.entity.iri not in seen and f.entity.kind != "NewsOutlet":
            seen.add(f.entity.iri)
            yield f


def _speaks(speech: Speech, verb: Token, token: Token, parsed: Parsed) -> bool:
    """Whether a token stands in what is said."""
    if speech.tag is None:
        inside = _under(token, verb)
    else:
        inside = token.sent == verb.sent and not speech.tag[0] <= token.i <= speech.tag[1]
    return inside or (parsed.quoted(token) is not None and not _in_own(token, verb))


def _in_own(token: Token, verb: Token) -> bool:
    """Whether a token stands in the saying itself: its subject, its time, its place."""
    below = _below(token, verb)
    own = below is not None and below.dep_ in {"nsubj", "prep", "npadvmod", "dative", "agent", "advmod"}
    return token == verb or own
