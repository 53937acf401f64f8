"""Who says what: the speeches of a sentence, be they direct, indirect, quoted by an outlet or told in a transcript."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.credits import QUOTING, Credit, according, channels, fillers
from kg.extract.tags import tag as tagged
from kg.lexicon import Lexicon
from kg.model import Filler, Span

_TELLING = frozenset({"tell", "assure", "inform", "ask", "remind", "brief"})  # their object hears
_SAYING_TO = frozenset({"say", "speak", "report", "write", "complain"})  # who hears stands behind 'to'
_ADMITTING = frozenset({"confirm", "disclose", "reveal", "specify"})
_OPENING = 2  # tokens of an item of a list among which the verb stands that opens it
_CLOSING = frozenset({'"', "''", "\u201d", "\u2019", ","})


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
    """Whose word the things of a sentence are: of those who speak in it, of the speakers before, of its sources.

    `decided` tells that it stands in a list of what somebody decided, `stated` that what is carried is a statement.
    """

    speeches: tuple[Speech, ...] = ()
    credits: tuple[Credit, ...] = ()
    carried: tuple[Filler, ...] = ()
    decided: bool = False
    stated: bool = True

    def attributed(self, token: Token | None = None) -> tuple[Filler, ...]:
        """The sources whose word something is: what a token tells, or anything in the sentence."""
        return self._sources(token, reports=False)

    def reported(self, token: Token | None = None) -> tuple[Filler, ...]:
        """The sources that only pass it on."""
        return self._sources(token, reports=True)

    def _sources(self, token: Token | None, *, reports: bool) -> tuple[Filler, ...]:
        told = (c for c in self.credits if c.reports is reports and (token is None or c.covers(token)))
        return tuple({c.source.entity.iri: c.source for c in told}.values())


def sources(
    sentence: Sentence,
    parsed: Parsed,
    lexicon: Lexicon,
    before: tuple[Filler, ...],
    turn: tuple[Filler, ...] = (),
    stem: tuple[Filler, ...] = (),
) -> Sources:
    """The speech of a sentence.

    `before` are the speakers of a quotation that is still open or goes on, `turn` whose turn it is in a transcript,
    `stem` who does what the items of a list tell.
    """
    speeches = []
    for token in sentence:
        if (
            syntax.is_verb(token)
            and token.lemma_.lower() in lexicon.words["said"]
            and (s := _speech(token, parsed, lexicon, stem))
        ):
            speeches.append(s)
    carried: tuple[Filler, ...] = ()
    persons = any(f.entity.kind == "Person" for s in speeches for f in s.speakers)
    if turn and not persons:
        carried = turn  # what a state says is told by whose turn it is
    elif stem and not speeches and _says_first(sentence[0].lower_, lexicon):
        carried = stem
    elif not any(s.whole or s.speakers for s in speeches):
        carried = before if before and _quoted(sentence, parsed) else ()
    return Sources(tuple(speeches), according(sentence, parsed, lexicon), carried)


def tagged_behind(sentence: Sentence, parsed: Parsed, lexicon: Lexicon) -> tuple[Credit, ...]:
    """Those who speak in a tag that ends the clause behind a semicolon: 'A did X; B did Y, Z said'."""
    doc = sentence.doc
    if doc[sentence.end - 1].text != ";" or sentence.end >= len(doc):
        return ()
    following = doc[sentence.end].sent
    told = sources(following, parsed, lexicon, ()).speeches
    last = next((s for s in told if s.tag is not None and s.tag[1] >= following.end - 2), None)
    return tuple(Credit(f, False, sentence.start, sentence.end) for f in last.speakers) if last else ()


def _quoted(sentence: Sentence, parsed: Parsed) -> bool:
    """Whether a sentence stands within a quotation as a whole."""
    inner = [t for t in sentence if not t.is_punct]
    return bool(inner) and parsed.quoted(inner[0]) is not None and parsed.quoted(inner[-1]) is not None


def stem(lead: Parsed | None, item: Parsed) -> tuple[Filler, ...]:
    """Who does what an item of a list tells: those of whom the line above it tells, as in 'The Ministers:'."""
    if lead is None or item.kind != "list" or not len(lead.doc) or lead.doc[-1].text != ":":
        return ()
    last = list(lead.doc.sents)[-1].root
    return fillers(syntax.subjects(last) if syntax.is_verb(last) else [last], lead)


def _says_first(word: str, lexicon: Lexicon) -> bool:
    """Whether an item begins with a form of a verb of saying, whatever the tagger takes it for: 'Welcomed the pact'."""
    said = lexicon.words["said"]
    return any(word.removesuffix(ending) in said for ending in ("ed", "d", "s"))


def _opens(verb: Token, parsed: Parsed) -> bool:
    """Whether an item of a list begins with a verb, or goes on with it: 'Welcomed the pact and thanked Oman'."""
    first = syntax.first_conjunct(verb)
    return first.i < _OPENING and not syntax.subjects(verb) and parsed.kind == "list"


def _speech(verb: Token, parsed: Parsed, lexicon: Lexicon, stem: tuple[Filler, ...] = ()) -> Speech | None:
    """The speech of a verb of saying; None where nobody is named to speak, or nothing is said."""
    if verb.dep_ == "relcl" and any(c.lower_ == "which" for c in syntax.children(verb, "dobj")):
        return None  # ', which Kigali denies' tells of what somebody else said
    if verb.dep_ == "relcl" and verb.lemma_ in lexicon.words["denying"] and syntax.children(verb, "dobj"):
        return None  # likewise 'something that both governments deny'
    quoting = _quoting(verb)
    if quoting is not None:
        speakers = fillers(syntax.children(quoting, "dobj", "nsubjpass"), parsed)
        tag = _quoting_tag(quoting, verb)
    else:
        passive = syntax.is_passive(verb)
        surface = tagged(verb, parsed) if not passive or verb.dep_ == "acl" else None
        speakers, tag = (
            fillers(_speaking(surface[2]) if surface else syntax.subjects(verb) or _behind(verb), parsed),
            surface and surface[:2],
        )
        if passive and not surface:  # 'announced by Ana Lima': a body's announcement is its deed
            speakers = tuple(f for f in speakers if f.entity.kind == "Person")
    if not speakers and stem and _opens(verb, parsed):
        speakers = stem
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
            *channels(verb, parsed),
        ),
        tag=tag,
        about=verb.lemma_ in lexicon.words["saying-about"],
    )


def _behind(verb: Token) -> list[Token]:
    """Who is named right behind a verb that a quotation stands before, read as its object: '"No," countered Lima'."""
    told = verb.i > verb.sent.start and verb.nbor(-1).text in _CLOSING
    return [t for t in syntax.children(verb, "dobj", "oprd", "attr") if told and t.i > verb.i]


def _speaking(names: list[Token]) -> list[Token]:
    """Of the names of a tag, last first, those that speak and do not only say whose the speaker is."""
    heads = [name for name in names if name.dep_ != "poss"]
    return (heads or names)[::-1]


def _says(verb: Token) -> bool:
    """Whether a verb of several meanings says something here: not 'called on', 'put names', 'spoke by video link'."""
    parts = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt"}}
    objects = {c.lower_ for c in verb.children if c.dep_ == "dobj"}
    if verb.lemma_ in _ADMITTING and any(c.dep_ == "neg" for c in verb.children):
        return False  # 'would not confirm' what others say
    if verb.lemma_ == "call" and verb.dep_ == "acl":
        return False  # 'a version called the K2PL'
    if verb.lemma_ in {"answer", "respond"}:
        return "to" not in parts and "by" not in parts
    if verb.lemma_ == "call":
        return "on" not in parts or any(c.dep_ == "xcomp" for c in verb.children)
    if verb.lemma_ == "speak":
        return bool(parts & {"of", "about", "against", "for", "in"})
    if verb.lemma_ == "put":
        return "at" in parts or bool(
            objects & {"it", "this", "that", "number", "figure", "total", "cost", "strength"}
        )
    return True


def _quoting(verb: Token) -> Token | None:
    """The verb of quoting that a verb of saying hangs on: 'was quoted by an outlet as saying'."""
    above = verb.head.head
    hangs = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and above.lemma_ in QUOTING
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
