"""Whom or what a verb acts on, and who receives it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.syntax.doers import controlled, surface
from kg.syntax.words import (
    ancestors,
    antecedent,
    children,
    is_passive,
    is_relative,
    is_verb,
    kept,
    prepositional,
)

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_NUMBERS = frozenset({"number", "dozen", "batch", "score", "handful", "quantity"})
_PARTICLES = frozenset({"up", "out", "down", "back", "away"})


def objects(verb: Token) -> list[Token]:
    """Whom or what the verb acts on: its object, the subject of its passive, or the noun that its clause describes."""
    return list(_objects(verb))


@kept
def _objects(verb: Token) -> list[Token]:
    if announced := _announced(verb):
        return announced
    if is_passive(verb):
        return _undergoers(verb)
    told = (
        children(verb, "dobj") or _so_called(verb) or prepositional(verb, *_PARTICLES) or _misread(verb)
    )  # 'stood up a command'
    own = [o for o in told if not (is_relative(o) and o.i < verb.i)]
    if own:
        return [_counted(o, verb) for o in own]
    clause = next((v for v in (verb, *ancestors(verb)) if v.dep_ == "relcl"), None) if told else None
    return [clause.head] if clause is not None else _unsaid(verb)


def _announced(participle: Token) -> list[Token]:
    """What stands behind the colon of a sentence that a participle opens: 'Launched on Sunday: the frigate Oslo'."""
    sentence = participle.sent
    if participle.i != sentence.start or participle.tag_ not in {"VBN", "VBD"}:
        return []
    colon = next((t.i for t in sentence if t.text == ":"), None)
    if colon is None or any(is_verb(t) for t in sentence.doc[participle.i + 1 : colon]):
        return []
    behind = (t for t in sentence.doc[colon + 1 : sentence.end] if t.pos_ in {"NOUN", "PROPN"})
    return next(([t] for t in behind if t.head.i <= colon or t.head == t), [])


def _counted(number: Token, verb: Token) -> Token:
    """What a number is of that stands before its clause: 'the gun, of which Egypt ordered a large number'."""
    of_which = any(p.lower_ in {"which", "whom"} for p in prepositional(verb, "of"))
    counts = number.lemma_ in _NUMBERS or number.pos_ == "NUM"
    return verb.head if counts and of_which and verb.dep_ == "relcl" else number


def _misread(verb: Token) -> list[Token]:
    """The one noun right behind a verb that was taken for a receiver: 'provided drones worth a million to Chad'."""
    given = [c for c in children(verb, "dative") if c.pos_ != "ADP" and c.i > verb.i]
    return given if len(given) == 1 and given[0].tag_ in {"NN", "NNS"} else []


def _so_called(verb: Token) -> list[Token]:
    """What somebody says the object is: 'fired what it called a missile', 'what it said was a missile'."""
    for clause in children(verb, "ccomp", "pcomp"):
        if any(c.lower_ == "what" for v in (clause, *clause.children) for c in v.children):
            told = [t for v in (clause, *children(clause, "ccomp")) for t in children(v, "oprd", "attr")]
            if told:
                return told
    return []


def _undergoers(verb: Token) -> list[Token]:
    """Whom a passive verb acts on."""
    own = children(verb, "nsubjpass")
    if own:
        noun = antecedent(verb) if is_relative(own[0]) else None
        # 'Chad was given tanks': who receives is the subject, and what is given stays the object
        return [*(own if noun is None else [noun]), *children(verb, "dobj")]
    if verb.dep_ in {"acl", "amod", "relcl"}:
        return [verb.head]
    if verb.dep_ == "conj":
        return objects(verb.head) if is_passive(verb.head) else []
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        return children(verb, "dobj") or controlled(
            verb, verb.head, 0
        )  # 'are to be built', 'is expected to be sent'
    return children(verb, "dobj") or _loose_head(verb)


def _loose_head(participle: Token) -> list[Token]:
    """What a participle describes that was hung on the verb of the clause: 'its plan, unveiled in March'."""
    first = participle
    while first.i and first.nbor(-1).dep_ == "advmod" and first.nbor(-1).head == participle:
        first = first.nbor(-1)  # ', jointly developed by France and Italy'
    if participle.dep_ != "advcl" or first.i < 2:
        return []
    before = first.nbor(-1)
    if before.text == "," and before.i > participle.sent.start and before.nbor(-1).pos_ in {"NOUN", "PROPN"}:
        return [before.nbor(-1)]
    return surface(participle.head, 0) if participle.i == participle.sent.start else []


def _unsaid(verb: Token) -> list[Token]:
    """The object that a verb leaves to its neighbours: 'the drones it sent', 'design and build ships'."""
    relative_subject = any(is_relative(s) for s in children(verb, "nsubj"))
    finite = verb.dep_ == "acl" and verb.tag_ in {"VBD", "VBZ", "VBP"} and bool(children(verb, "nsubj"))
    placed = any(c.lower_ in {"where", "when"} for c in children(verb, "advmod"))  # 'Mali, where they served'
    if (finite or verb.dep_ == "relcl") and verb.head.pos_ in _NOMINAL and not (relative_subject or placed):
        return [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.pos_ in _NOMINAL:
        return []
    own = [] if children(verb, "ccomp") else children(verb, "nsubj")
    if own and verb.tag_ == "VBD" and own[-1].right_edge.i == verb.i - 2 and verb.nbor(-1).text == ",":
        return (
            own  # a participle read as the verb of the sentence: 'The memorandum, concluded in 2007, was …'
        )
    if own and own[-1].right_edge.i == verb.i - 1 and own[-1].right_edge.text == "," and verb.tag_ == "VBD":
        return own
    later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and children(c, "dobj")]
    return children(later[0], "dobj") if later and verb.nbor(1).lower_ in {"and", "or"} else []


def receivers(verb: Token) -> list[Token]:
    """To whom: the indirect object, with or without its preposition."""
    misread = [] if children(verb, "dobj", "nsubjpass") else _misread(verb)
    return [
        receiver
        for child in children(verb, "dative")
        if child not in misread
        for receiver in (children(child, "pobj") if child.pos_ == "ADP" else [child])
    ]
