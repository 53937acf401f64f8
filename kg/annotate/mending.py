"""Mends what a parser often gets wrong and names give away, before anything is read off the parse."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg import syntax
from kg.annotate.kinds import is_body, is_side, is_state
from kg.annotated import Referent

_SPANS = frozenset({"hours", "days", "weeks", "months", "years"})
_TURNS = frozenset({"earlier", "later", "ago", "before", "after"})  # behind a span of time
_OVER_DEEDS = frozenset(
    {"deny", "consider", "admit", "avoid", "contemplate", "recommend", "suggest", "propose"}
)
_STAYING = frozenset({"serve", "remain", "stay"})
_OWNING = frozenset({"poss", "nmod", "compound"})


def mend(doc: Doc, names: Mapping[int, Referent]) -> None:
    """Hangs counted things on the things before them, companies beside companies, and second verbs on first ones.

    In 'denied laying mines' the mines are laid; in 'visited Oslo days earlier' Oslo is what is visited.
    In 'ordered 116 tanks from Spain and 20 jets from France' the jets go with the tanks, and not with whom these came
    from; in 'Saab and France's KNDS' Saab owns nothing; 'froze assets and banned exports' bans something; 'F-16'
    before a noun counts nothing. `names` are the referents of the names of `doc`.
    """
    for token in doc:
        if token.dep_ == "nummod" and _is_model(token):
            token.dep_ = "compound"
        for misread, mended in _MISREADINGS:
            if misread(token):
                mended(token)
                syntax.forget(doc)
        if token.dep_ in _OWNING and (owned := _owned_by_another(token, names)) is not None:
            _coordinate(token, owned)
            syntax.forget(doc)
        if token.dep_ != "conj" or not _is_counted(token, names):
            continue
        thing = _thing(syntax.first_conjunct(token), names)
        if thing is not None and thing.i < token.i and not _is_named(thing, names):
            token.head = thing
            syntax.forget(doc)


def _is_model(token: Token) -> bool:
    """Whether a word names a model: 'F-16', 'JF-17'."""
    return token.text[:1].isupper() and any(letter.isdigit() for letter in token.text)


def _is_second_verb(token: Token) -> bool:
    """Whether a participle before a noun is the second verb of a clause: 'froze assets and banned exports'."""
    noun = token.head
    described = (
        token.dep_ == "amod" and token.tag_ == "VBN" and noun.dep_ == "conj" and token == noun.left_edge
    )
    after_and = token.i > 0 and token.nbor(-1).lower_ in {"and", "but"}
    return described and after_and and noun.head.pos_ == "VERB" and noun.head.i < token.i


def _tells(token: Token) -> bool:
    """Whether a participle is the verb of its sentence: 'The union, which met in Oslo, announced that it would'."""
    if token.dep_ != "acl":
        return False
    clauses = syntax.children(token, "ccomp")
    alone = token.head.dep_ == "ROOT" and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i < token.i
    return alone and token.tag_ in {"VBN", "VBD"} and any(syntax.children(c, "mark") for c in clauses)


def _raise(verb: Token) -> None:
    """Makes a participle the verb of the sentence that its noun was read as."""
    noun = verb.head
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"


def _is_noun_after_all(token: Token) -> bool:
    """Whether a bare verb behind 'and' is a noun before another: 'accused of sending troops and attack drones'."""
    if token.dep_ != "conj" or token.tag_ != "VB" or token.head.tag_ in {"VB", "VBP", "MD"}:
        return False
    noun = token.nbor() if token.i + 1 < len(token.doc) else token
    bare = not any(c.dep_ in {"aux", "neg", "nsubj", "cc"} for c in token.children)
    return bare and token.nbor(-1).lower_ == "and" and noun.tag_ == "NNS" and noun.head == token


def _describe(token: Token) -> None:
    """Makes of a noun that was read as a verb what describes its object, which goes with the object before it."""
    noun, above = token.nbor(), token.head
    before = [t for t in above.subtree if above.i < t.i < token.i and t.dep_ in {"dobj", "pobj"}]
    for child in list(token.children):
        child.head = above
    noun.head, noun.dep_ = (before[0], "conj") if before else (above, "dobj")
    token.tag_, token.pos_, token.head, token.dep_ = "NN", "NOUN", noun, "compound"


def _is_before_span(token: Token) -> bool:
    """Whether a name read as part of a span of time is the object of the verb: 'visited Benghazi days earlier'."""
    span = token.head
    if token.dep_ != "compound" or span.dep_ != "npadvmod":
        return False
    later = span.i + 1 < len(span.doc) and span.nbor().lower_ in _TURNS
    named = token.pos_ == "PROPN" and token.i == span.i - 1
    return later and named and span.lower_ in _SPANS and _lacks(_verb_of(span))


def _verb_of(span: Token) -> Token:
    """The verb that a span of time goes with: its head, or that of the 'earlier' between them."""
    return span.head.head if span.head.dep_ == "advmod" and span.head.i == span.i + 1 else span.head


def _lacks(verb: Token) -> bool:
    return syntax.is_verb(verb) and not syntax.children(verb, "dobj")


def _is_counted_deed(token: Token) -> bool:
    """Whether a number was read as counting the verb whose subject it is: 'A further 13 serve in Kosovo'."""
    verb = token.head
    return (
        token.dep_ == "nummod"
        and token.tag_ == "CD"
        and token.i == verb.i - 1
        and verb.lower_ in _STAYING
        and not syntax.children(verb, "nsubj", "nsubjpass")
    )


def _subject(number: Token) -> None:
    """Makes of a number the subject of the verb behind it, which may have been read as a noun."""
    number.dep_, number.head.tag_, number.head.pos_ = "nsubj", "VBP", "VERB"


def _is_denied(token: Token) -> bool:
    """Whether a form in -ing read as describing an object is what is denied or considered: 'denied laying mines'."""
    noun = token.head
    verb = noun.head
    described = token.dep_ == "amod" and token.tag_ == "VBG" and noun.dep_ == "dobj"
    return described and verb.i == token.i - 1 and verb.lemma_ in _OVER_DEEDS


def _take(verb: Token) -> None:
    """Makes of a form in -ing what the verb before it is over, and of the noun behind it its object."""
    noun, above = verb.head, verb.head.head
    verb.head, verb.dep_ = above, "xcomp"
    noun.head, noun.dep_ = verb, "dobj"


def _hang(name: Token) -> None:
    """Makes a name the object of the verb that the span of time behind it goes with."""
    name.head, name.dep_ = _verb_of(name.head), "dobj"


def _part(verb: Token) -> None:
    """Makes a verb of a participle that was read as describing its object, which was read as a verb's companion."""
    noun = verb.head
    verb.head, verb.dep_ = noun.head, "conj"
    noun.head, noun.dep_ = verb, "dobj"


def _owned_by_another(token: Token, names: Mapping[int, Referent]) -> Token | None:
    """The named company that a company was read as owning with a state: 'Saab and France's KNDS have built'."""
    owned = token.head
    companies = all(t.i in names and is_body(names[t.i]) and not is_state(names[t.i]) for t in (token, owned))
    others = syntax.children(token, "conj")
    states = [t for t in others if t.i in names and is_state(names[t.i]) and syntax.children(t, "case")]
    return owned if companies and states and not syntax.children(token, "case") else None


def _coordinate(first: Token, owned: Token) -> None:
    """Makes of a word and what it was read as owning a coordination, the state among them the owner."""
    for state in syntax.children(first, "conj"):
        state.head, state.dep_ = owned, "poss"
    first.head, first.dep_ = (owned.head, owned.dep_) if owned.head != owned else (owned, owned.dep_)
    owned.head, owned.dep_ = first, "conj"


def _thing(first: Token, names: Mapping[int, Referent]) -> Token | None:
    """The object beside what a counted thing was hung on: whom things came from or went to, or the verb itself."""
    if syntax.is_verb(first):
        return next(iter(syntax.children(first, "dobj")), None)
    if first.dep_ != "pobj" or not _is_named(first, names):
        return None
    above = first.head.head
    return above if above.dep_ == "dobj" else next(iter(syntax.children(above, "dobj")), None)


def _is_named(token: Token, names: Mapping[int, Referent]) -> bool:
    return token.i in names and is_side(names[token.i])


def _is_counted(token: Token, names: Mapping[int, Referent]) -> bool:
    return bool(syntax.children(token, "nummod")) and not _is_named(token, names)


# What a parser misreads, each with what mends it.
_MISREADINGS = (
    (_is_noun_after_all, _describe),
    (_tells, _raise),
    (_is_before_span, _hang),
    (_is_second_verb, _part),
    (_is_denied, _take),
    (_is_counted_deed, _subject),
)
