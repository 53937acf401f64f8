"""Whose word each trigger is, among the speeches of its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.speech import Sources, Speech
from kg.model import Filler

_ABOUT = frozenset({"for", "against", "of", "about", "as", "to"})


def speakers_of(token: Token, told: Sources, parsed: Parsed) -> Iterator[Filler]:
    """Whose word a trigger is, in its sentence, each once; outlets only report."""
    said = [s for s in told.speeches if s.verb is not None and _speaks(s, s.verb, token, parsed)]
    seen = {f.entity.iri for f in told.reported}
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
        if inside and _aside(token, verb, parsed):
            return False
    else:
        inside = token.sent == verb.sent and not speech.tag[0] <= token.i <= speech.tag[1]
    return inside or (parsed.quoted(token) is not None and not _in_own(token, verb))


def _under(token: Token, verb: Token, about: bool) -> bool:
    """Whether a token stands in what a verb of saying says, and not beside it ('in talks', 'on Tuesday')."""
    below = _below(token, verb)
    if below is None:
        return False
    if below.dep_ == "prep":
        return about and below.lower_ in _ABOUT
    return below.dep_ in {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "nsubjpass"}


def _below(token: Token, verb: Token) -> Token | None:
    """What hangs on a verb and holds the token; None where the token does not stand under it."""
    chain = [token, *syntax.ancestors(token)]
    return chain[chain.index(verb) - 1] if verb in chain[1:] else None


def _aside(token: Token, verb: Token, parsed: Parsed) -> bool:
    """Whether a token stands in a relative clause that goes on, unquoted, from words that are quoted."""
    if parsed.quoted(token) is not None or not any(parsed.quoted(t) is not None for t in verb.sent):
        return False
    between = [t for t in (token, *syntax.ancestors(token)) if t.i > verb.i]
    return any(t.dep_ == "relcl" and parsed.quoted(t.head) is not None for t in between)


def _in_own(token: Token, verb: Token) -> bool:
    """Whether a token stands in the saying itself: its subject, its time, its place."""
    below = _below(token, verb)
    own = below is not None and below.dep_ in {"nsubj", "prep", "npadvmod", "dative", "agent", "advmod"}
    return token == verb or own
