"""The clause that a trigger stands in: its words, and where it takes place by the clause it goes on from."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from kg import syntax
from kg.extract.triggers import Trigger

_GOING = frozenset({"travel", "fly", "go", "come", "journey", "head", "arrive", "visit", "drive"})
_TOKENS = "entente.clause_tokens"
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "xcomp", "parataxis", "pcomp"})


def told_before(trigger: Trigger) -> list[Token]:
    """Where the verb is that a clause goes on from: 'flew to Paris and met …', 'in Paris in June, when he met …'."""
    verb = trigger.token if trigger.verbal else trigger.host
    if verb is None:
        return []
    if verb.dep_ == "conj" and verb.head.lemma_ in _GOING and not syntax.children(verb, "nsubj", "nsubjpass"):
        return syntax.prepositional(verb.head, "to", "in")
    when = any(c.dep_ == "advmod" and c.lower_ == "when" for c in verb.children)
    if not when or verb.dep_ not in {"relcl", "advcl"}:
        return []
    above = [a for a in syntax.ancestors(verb) if syntax.is_verb(a) or a.pos_ in {"NOUN", "PROPN"}][:3]
    return [t for a in above for t in syntax.prepositional(a, "in", "at") if t.i < verb.i]


def where(adverb: Token) -> Token:
    """What 'where' stands for: what its clause hangs on, or the noun before it."""
    above = syntax.clause_verb(adverb).head
    before = [t for t in adverb.doc[adverb.sent.start : adverb.i] if t.pos_ in {"NOUN", "PROPN"}]
    return before[-1] if syntax.is_verb(above) and before else above


def reach(trigger: Trigger) -> Set[int]:
    """The tokens among which the place of a trigger may stand."""
    if trigger.verbal:
        return clause_tokens(trigger)
    return {t.i for t in trigger.token.subtree} | (clause_tokens(trigger) if trigger.host else set())


def clause_tokens(trigger: Trigger) -> frozenset[int]:
    """The tokens of the clause that a trigger stands in: what hangs on its verb, but for clauses of their own.

    They are kept with the document, as all frames of a clause ask for them.
    """
    top = trigger.token if trigger.verbal else (trigger.host or syntax.clause_verb(trigger.token))
    known: dict[int, frozenset[int]] = top.doc.user_data.setdefault(_TOKENS, {})
    if top.i not in known:
        found, stack = set(), [top]
        while stack:
            token = stack.pop()
            found.add(token.i)
            below = syntax.dependents(token)
            stack.extend(c for c in below if not (c.dep_ in _CLAUSES and syntax.is_verb(c)))
        known[top.i] = frozenset(found)
    return known[top.i]


def subjectless(trigger: Trigger) -> bool:
    """Whether a clause begins with its verb, as the decisions of a communiqué do: 'Decided to set up a centre'."""
    top = trigger.host or trigger.token
    while top.dep_ in {"xcomp", "conj"}:
        top = top.head
    first = top.dep_ == "ROOT" and top.tag_ in {"VBD", "VBN"} and top.i == top.sent.start
    return first and bool(syntax.children(top, "dobj", "xcomp", "ccomp")) and not syntax.subjects(top)
