"""What an infinitive below a word is to do: 'a contract to build frigates', 'picked Saab to supply radars'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.extract.triggers import Trigger

_SUPPLYING = frozenset({"supply", "provide", "equip", "arm"})
_CLAUSES = ("acl", "xcomp", "advcl", "relcl", "ccomp")


def done_to(trigger: Trigger, verbs: frozenset[str]) -> list[Token]:
    """What the infinitives (or forms in -ing behind 'for') of some verbs act on that hang on a trigger or its host."""
    heads = [trigger.token, *([trigger.host] if trigger.host is not None else [])]
    found = [v for head in heads for v in _below(head) if v.lemma_ in verbs and v.i > trigger.token.i]
    return [o for verb in found for o in (*syntax.objects(verb), *_with(verb))]


def _with(verb: Token) -> list[Token]:
    """What a verb of supplying gives its object: 'to supply Poland with drones'."""
    return syntax.prepositional(verb, "with") if verb.lemma_ in _SUPPLYING else []


def _below(head: Token) -> Iterator[Token]:
    worth = [c for c in syntax.children(head, "amod") if c.lower_ == "worth"]
    clauses = [c for h in (head, *worth) for c in syntax.children(h, *_CLAUSES) if syntax.is_infinitive(c)]
    clauses += [
        g for p in syntax.children(head, "prep") if p.lower_ == "for" for g in syntax.children(p, "pcomp")
    ]
    for clause in clauses:
        yield from syntax.conjuncts(clause)
