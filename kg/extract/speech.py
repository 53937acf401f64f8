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
_LABEL = 8  # tokens before the colon of a turn, at most
_ACCOUNTS = frozenset({"account", "words", "telling", "estimate", "reckoning", "view", "assessment"})
_ABOUT = frozenset({"for", "against", "of", "about", "as", "to"})


@dataclass(frozen=True, slots=True)
class Speech:
    """A verb of saying with its speakers, or a quotation that goes on; `verb` is None for the latter.

    `about` tells that a preposition of the verb may lead to what is said.
    """

    speakers: tuple[Filler, ...]
    verb: Token | None
    span: Span
    addressees: tuple[Filler, ...] = ()
    outlets: tuple[Filler, ...] = ()
    tag: tuple[int, int] | None = None
    about: bool = False

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


def sources(
    sentence: Sentence,
    parsed: Parsed,
    lexicon: Lexicon,
    before: tuple[Filler, ...],
    turn: tuple[Filler, ...] = (),
) -> Sources:
    """The speech of a sentence.

    `before` are the speakers of a quotation that is still open or goes on, `turn` whose turn it is in a transcript.
    """
    attributed, reported = _according(sentence, parsed, lexicon)
    speeches = []
    for token in sentence:
        if (
            syntax.is_verb(token)
            and token.lemma_.lower() in lexicon.words["said"]
            and (s := _speech(token, parsed, lexicon))
        ):
            speeches.append(s)
    carried: tuple[Filler, ...] = ()
    if not any(s.whole or s.speakers for s in speeches):
        carried = turn or (before if before and _quoted(sentence, parsed) else ())
    return Sources(tuple(speeches), attributed, reported, carried)


def label(passage: Parsed) -> tuple[Filler, ...] | None:
    """Who is named before the colon that a turn of a transcript begins with; None where there is none such.

    Nobody, where the label names no person ('Question:').
    """
    for token in passage.doc[:_LABEL]:
        if token.text == ":":
            named = fillers(list(passage.doc[: token.i]), passage)
            return tuple(f for f in named if f.entity.kind == "Person")
        if syntax.is_verb(token):
            return None
    return None


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
    if before is None or end is None:
        return None
    start, names = before
    doc, sent = verb.doc, verb.sent
    behind = start - sent.start >= 3 and any(syntax.is_verb(t) for t in doc[sent.start : start])
    within = doc[start].text in _SIGNS and any(syntax.is_verb(t) for t in doc[end + 1 : sent.end])
    return (start, end, names) if behind or (within and start > sent.start) else None


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
    return (max(start, sent.start), names) if names else None


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
        return "at" in parts or bool(
            objects & {"it", "this", "that", "number", "figure", "total", "cost", "strength"}
        )
    return True


def _speech(verb: Token, parsed: Parsed, lexicon: Lexicon) -> Speech | None:
    """The speech of a verb of saying; None where nobody is named to speak, or nothing is said."""
    quoting = _quoting(verb)
    if quoting is not None:
        speakers = fillers(syntax.children(quoting, "dobj", "nsubjpass"), parsed)
        tag = _quoting_tag(quoting, verb)
    else:
        passive = syntax.is_passive(verb)
        surface = _tag(verb, parsed) if not passive or verb.dep_ == "acl" else None
        speakers, tag = (
            fillers(surface[2][::-1] if surface else syntax.subjects(verb), parsed),
            surface and surface[:2],
        )
        if passive and not surface:  # 'announced by Ana Lima': a body's announcement is its deed
            speakers = tuple(f for f in speakers if f.entity.kind == "Person")
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
        outlets=(
            *(f for f in heard if f.entity.kind == "NewsOutlet"),
            *(fillers(syntax.subjects(quoting), parsed) if quoting is not None else ()),
        ),
        tag=tag,
        about=verb.lemma_ in lexicon.words["saying-about"],
    )


def _quoting(verb: Token) -> Token | None:
    """The verb of quoting that a verb of saying hangs on: 'was quoted by an outlet as saying'."""
    above = verb.head.head
    hangs = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and above.lemma_ in _QUOTING
    return above if hangs else None


def _quoting_tag(quoting: Token, verb: Token) -> tuple[int, int] | None:
    """The stretch 'X was quoted as saying' where it stands behind what is said."""
    if any(c.i > verb.i for c in verb.subtree if not c.is_punct):
        return None
    first = min(
        (t.i for s in syntax.children(quoting, "nsubj", "nsubjpass") for t in s.subtree), default=quoting.i
    )
    return first, verb.i


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb has what it says below it: a clause, or for some verbs a noun."""
    if syntax.children(verb, "ccomp", "xcomp"):
        return True
    nominal = verb.lemma_.lower() in lexicon.words["told-clearly"]
    return nominal and bool(syntax.children(verb, "dobj", "prep", "acomp", "oprd", "agent"))


def _heard(verb: Token, speakers: tuple[Filler, ...], parsed: Parsed) -> list[Filler]:
    """To whom something is said."""
    told = syntax.children(verb, "dobj", "dative") if verb.lemma_ in _TELLING else []
    told += syntax.prepositional(verb, "to") if verb.lemma_ in _SAYING_TO else []
    said = {f.entity.iri for f in speakers}
    return [f for f in fillers(told, parsed) if f.entity.iri not in said]


def _has_quotation(verb: Token, parsed: Parsed) -> bool:
    return any(parsed.quoted(t) is not None for t in verb.sent)


def _according(
    sentence: Sentence, parsed: Parsed, lexicon: Lexicon
) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Who is named behind 'according to', 'reported': outlets apart from those whose word it is."""
    named = [f for token in sentence for f in fillers(_named_source(token, parsed, lexicon), parsed)]
    each = list({f.entity.iri: f for f in named}.values())
    return (
        tuple(f for f in each if f.entity.kind != "NewsOutlet"),
        tuple(f for f in each if f.entity.kind == "NewsOutlet"),
    )


def _named_source(token: Token, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """Whom a word names as a source: 'according to X', 'by X's account', 'in the words of X', 'X reported'."""
    if token.lower_ in _ATTRIBUTING:
        behind = syntax.prepositional(token, "to") or syntax.children(token, "pobj")
        if not behind and token.i + 2 < len(parsed.doc) and token.nbor(1).lower_ == "to":
            behind = [t for t in parsed.doc[token.i + 2 : token.i + 5] if parsed.of(t)][:1]
        return [t for found in behind for t in _authors(found, parsed, lexicon)]
    if token.lower_ in _ACCOUNTS and token.dep_ == "pobj" and token.head.lower_ in {"by", "in", "on"}:
        return syntax.children(token, "poss") + syntax.prepositional(token, "of")
    if token.lemma_ in _QUOTING and token.pos_ == "VERB":
        return [s for s in syntax.subjects(token) if _is_outlet(s, parsed)]
    return []


def _authors(source: Token, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """A source, or whose it is: 'a Pentagon statement', 'figures from the ministry'."""
    if parsed.of(source) or source.pos_ == "PROPN":
        return [source]
    whose = syntax.children(source, "poss", "compound") + syntax.prepositional(source, "by", "from", "of")
    return whose if source.lemma_.lower() in lexicon.words["source-paper"] else []


def _is_outlet(token: Token, parsed: Parsed) -> bool:
    return any(r.agent is not None and r.agent.kind == "NewsOutlet" for r in parsed.of(token))


def _below(token: Token, verb: Token) -> Token | None:
    """What hangs on a verb and holds the token; None where the token does not stand under it."""
    chain = [token, *syntax.ancestors(token)]
    return chain[chain.index(verb) - 1] if verb in chain[1:] else None


def _under(token: Token, verb: Token, about: bool) -> bool:
    """Whether a token stands in what a verb of saying says, and not beside it ('in talks', 'on Tuesday')."""
    below = _below(token, verb)
    if below is None:
        return False
    if below.dep_ == "prep":
        return about and below.lower_ in _ABOUT
    return below.dep_ in {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "nsubjpass"}


def speakers_of(token: Token, told: Sources, parsed: Parsed) -> Iterator[Filler]:
    """Whose word a trigger is, in its sentence, each once; outlets only report."""
    said = [s for s in told.speeches if s.verb is not None and _speaks(s, s.verb, token, parsed)]
    seen: set[str] = set()
    for f in (*(f for s in said for f in s.speakers), *told.carried, *told.attributed):
        if f.entity.iri not in seen and f.entity.kind != "NewsOutlet":
            seen.add(f.entity.iri)
            yield f


def _speaks(speech: Speech, verb: Token, token: Token, parsed: Parsed) -> bool:
    """Whether a token stands in what is said; a person's promise or offer is said by that person."""
    if token == verb:
        return any(f.entity.kind == "Person" for f in speech.speakers)
    if speech.tag is None:
        announced = verb.dep_ == "acl" and verb.head == token  # 'a force announced by Ana Lima'
        inside = announced or _under(token, verb, speech.about)
    else:
        inside = token.sent == verb.sent and not speech.tag[0] <= token.i <= speech.tag[1]
    return inside or (parsed.quoted(token) is not None and not _in_own(token, verb))


def _in_own(token: Token, verb: Token) -> bool:
    """Whether a token stands in the saying itself: its subject, its time, its place."""
    below = _below(token, verb)
    own = below is not None and below.dep_ in {"nsubj", "prep", "npadvmod", "dative", "agent", "advmod"}
    return token == verb or own
