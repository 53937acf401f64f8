"""Whose word each trigger is, among the speeches of its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.speech import Sources, Speech
from kg.model import Filler

_RELATIVE = frozenset({"where", "which", "who", "whose", "when"})
_FEELING = frozenset({"express", "voice"})
_FELT = frozenset({"at", "over", "about", "with", "for"})
# Nouns by which an author takes up what somebody said or does.
_COMMENTS = frozenset(
    {"stand", "stance", "move", "decision", "claim", "remark", "position", "step", "view", "charge", "demand"}
)
_RECEIVING = frozenset({"welcome", "greet"})  # of guests, not of news
_ABOUT = frozenset({"for", "against", "of", "about", "as", "to"})


def speakers_of(token: Token, told: Sources, parsed: Parsed) -> Iterator[Filler]:
    """Whose word a trigger is, in its sentence, each once; outlets only report."""
    said = [s for s in told.speeches if s.verb is not None and _speaks(s, s.verb, token, parsed)]
    seen = {f.entity.iri for f in told.reported(token)}
    for f in (*(f for s in said for f in s.speakers), *told.carried, *told.attributed(token)):
        if f.entity.iri not in seen and f.entity.kind != "NewsOutlet":
            seen.add(f.entity.iri)
            yield f


def _speaks(speech: Speech, verb: Token, token: Token, parsed: Parsed) -> bool:
    """Whether a token stands in what is said; a person's promise or offer is said by that person."""
    if token == verb:
        return verb.lemma_ not in _RECEIVING and any(f.entity.kind == "Person" for f in speech.speakers)
    if speech.tag is None:
        announced = verb.dep_ == "acl" and verb.head == token  # 'a force announced by Ana Lima'
        inside = announced or _under(token, verb, speech.about)
        if inside and (_aside(token, verb, parsed) or _dates(token, parsed)):
            return False
    else:
        inside = token.sent == verb.sent and not speech.tag[0] <= token.i <= speech.tag[1]
    return inside or (parsed.quoted(token) is not None and not _in_own(token, verb))


def _under(token: Token, verb: Token, about: bool) -> bool:
    """Whether a token stands in what a verb of saying says, and not beside it ('in talks', 'on Tuesday')."""
    below = _below(token, verb)
    if below is None:
        return False
    if any(_is_that_clause(t) for t in (token, *syntax.ancestors(token)) if t.i > verb.i):
        return True
    if below.dep_ == "prep":
        felt = verb.lemma_ in _FEELING and bool(syntax.children(verb, "dobj"))
        return (about and below.lower_ in _ABOUT) or (felt and below.lower_ in _FELT)
    return below.dep_ in {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "nsubjpass"}


def _is_that_clause(verb: Token) -> bool:
    """Whether a clause that was hung too low is what is said: 'warned at the opening that NATO was building'.

    It may be behind a comma, too: 'said, a day after seeing Lee, that he had'.
    """
    objects = syntax.children(verb, "dobj")
    marks = syntax.children(verb, "mark") + (objects[:1] if len(objects) > 1 else [])  # one is 'that' misread
    that = next((c for c in marks if c.lower_ == "that"), None)
    return that is not None and (verb.dep_ == "relcl" or (verb.dep_ == "ccomp" and that.nbor(-1).text == ","))


def _below(token: Token, verb: Token) -> Token | None:
    """What hangs on a verb and holds the token; None where the token does not stand under it."""
    chain = [token, *syntax.ancestors(token)]
    return chain[chain.index(verb) - 1] if verb in chain[1:] else None


def _aside(token: Token, verb: Token, parsed: Parsed) -> bool:
    """Whether a token stands in what the author adds: to words quoted, or on what was said ('a stand which')."""
    between = [t for t in (token, *syntax.ancestors(token)) if t.i > verb.i]
    if any(t.lemma_ in _COMMENTS and syntax.children(t, "relcl") and _added(t) for t in between):
        return True
    if parsed.quoted(token) is not None or not any(parsed.quoted(t) is not None for t in verb.sent):
        return False
    return any(
        (t.dep_ == "relcl" and parsed.quoted(t.head) is not None) or _goes_on(t, parsed) for t in between
    )


def _added(noun: Token) -> bool:
    """Whether a noun phrase stands loosely behind a comma: ', a stand which'."""
    first = noun.left_edge
    return first.lower_ in {"a", "an"} and first.nbor(-1).text in {",", "–", "—"}


def _goes_on(verb: Token, parsed: Parsed) -> bool:
    """Whether a clause goes on from a quotation that it does not belong to: 'at the shoal," where Manila keeps'."""
    opening = verb.left_edge
    words = [t for t in verb.doc[max(verb.sent.start, opening.i - 3) : opening.i] if not t.is_punct]
    return opening.lower_ in _RELATIVE and bool(words) and parsed.quoted(words[-1]) is not None


def _dates(token: Token, parsed: Parsed) -> bool:
    """Whether a noun, unquoted, only tells when something else was: 'noted what was done since the meeting'."""
    timing = token.dep_ == "pobj" and token.head.lower_ in {"since", "after", "before", "following", "until"}
    return timing and parsed.quoted(token) is None


def _in_own(token: Token, verb: Token) -> bool:
    """Whether a token stands in the saying itself: its subject, its time, its place."""
    below = _below(token, verb)
    own = below is not None and below.dep_ in {"nsubj", "prep", "npadvmod", "dative", "agent", "advmod"}
    return token == verb or own
