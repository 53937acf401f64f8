"""Where the fillers of a frame stand: paths from a trigger to tokens.

The paths are those of the lexicon: `subj`, `obj`, `iobj`, `self`, `poss`, any preposition, and a step through
another path by a dot (`obj.with`). They mean the same for a verb and for a noun of doing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.lexicon import Lexicon

_ALONG = {"along", "together", "alongside"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that evokes frames, with the verb that carries it ('held talks'), if any."""

    token: Token
    host: Token | None = None

    @property
    def verbal(self) -> bool:
        """Whether it is a verb."""
        return self.token.pos_ in {"VERB", "AUX"}


def host_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb that carries a noun of doing, as its object, its passive subject, or behind a preposition."""
    top = syntax.first_conjunct(noun)
    head = top.head
    if top.dep_ in {"dobj", "nsubjpass", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        return head if head.lemma_ in lexicon.words["support-verb"] or head.lemma_ == "be" else None
    if (
        top.dep_ == "pobj"
        and head.dep_ == "prep"
        and head.lower_ in {"in", "with", "into", "for", "on", "at", "after", "of", "over"}
    ):
        verb = head.head
        if verb.lemma_ == "be" and head.lower_ in {"in", "on", "at"}:
            return verb
        if verb.pos_ == "VERB" and (verb.lemma_ in lexicon.words["support-verb"] or head.lower_ in {"with"}):
            return verb
    if noun.dep_ in {"nsubjpass"} and head.pos_ == "VERB":
        return head
    if noun.dep_ == "nsubj" and head.pos_ == "VERB":
        return None
    participle = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if participle is not None and participle.lemma_ in lexicon.words["support-verb"]:
        return participle
    return None


def tokens_at(path: str, trigger: Trigger, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """The tokens at a path, coordination unfolded; the empty list where there is nothing."""
    first, _, rest = path.partition(".")
    heads = _step(first, trigger, parsed, lexicon)
    if rest:
        heads = [t for h in heads for t in tokens_at(rest, Trigger(h), parsed, lexicon)]
    return _unfolded(heads)


def _step(path: str, trigger: Trigger, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    token = trigger.token
    if path == "self":
        return [] if trigger.verbal else [token]
    if path == "subj":
        return syntax.subjects(token) if trigger.verbal else _doers(trigger, parsed, lexicon)
    if path == "obj":
        return syntax.objects(token) if trigger.verbal else _done_to(token)
    if path == "iobj":
        return syntax.receivers(token)
    if path == "clause":
        verb = syntax.clause_verb(token)
        return syntax.subjects(verb) if verb.pos_ in {"VERB", "AUX"} and not trigger.verbal else []
    if path == "object-of":
        verb = trigger.host or token.head
        return syntax.objects(verb) if token.dep_ == "pobj" or trigger.host else []
    if path == "clause-object":
        verb = syntax.clause_verb(token)
        return syntax.objects(verb) if not trigger.verbal else []
    if path == "adj":
        return [c for c in token.children if c.dep_ == "amod"]
    if path == "poss":
        return owners(token, parsed)
    if path == "posed-by":
        return [
            p for c in token.children if c.dep_ == "acl" and c.lemma_ == "pose" for p in syntax.subjects(c)
        ]
    if path == "faced-by":
        verb = trigger.host or token.head
        return syntax.subjects(verb) if verb.lemma_ == "face" else []
    if path == "subject-of-become":
        return (
            syntax.subjects(token.head)
            if token.head.lemma_ in {"become", "be"} and token.dep_ == "attr"
            else []
        )
    return _behind(path, trigger)


def _behind(word: str, trigger: Trigger) -> list[Token]:
    """What stands behind a preposition (or an adverb, as a mere condition) at the trigger, its object or its host."""
    token = trigger.token
    heads = [token]
    if trigger.verbal:
        heads += [o for o in syntax.objects(token) if o.i > token.i]
        heads += [c for c in token.children if c.dep_ in {"advmod", "prt", "acomp"}]
        if word in {"with", "alongside"}:
            heads += [s for s in syntax.subjects(token) if s.i < token.i]
        if token.dep_ == "acl" and token.tag_ == "VBN":
            heads.append(token.head)
    elif trigger.host is not None:
        heads.append(trigger.host)
        heads += [c for c in trigger.host.children if c.dep_ in {"advmod", "prt"}]
    heads += [
        c
        for h in list(heads)
        for c in h.children
        if c.dep_ == "prep" and c.lower_ in {"along", "together", "alongside"}
    ]
    found: list[Token] = []
    for head in heads:
        found += [t for t in syntax.prepositional(head, word) if t not in found]
    if not found:
        found = _adjacent(word, token) if not trigger.verbal else _following(word, token)
    if not found:
        found = [c for c in token.children if c.dep_ in {"advmod", "prt"} and c.lower_ == word]
    return found


def _adjacent(word: str, noun: Token) -> list[Token]:
    """What a preposition right behind a noun, or behind the list it stands in, leads to, wherever the parser hung it."""
    last = syntax.conjuncts(syntax.first_conjunct(noun))[-1]
    for end in {noun.i, last.i}:
        if end + 1 < len(noun.doc) and noun.doc[end + 1].lower_ == word:
            return syntax.children(noun.doc[end + 1], "pobj")
    return []


def _following(word: str, verb: Token) -> list[Token]:
    """What a preposition right behind a verb's object leads to, wherever the parser hung it."""
    found: list[Token] = []
    for head in syntax.objects(verb):
        if head.i > verb.i:
            found = found or _adjacent(word, syntax.conjuncts(head)[-1])
    return found


def _doers(trigger: Trigger, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """Whose deed a noun tells: its possessor, its maker, or the subject of the verb that carries it."""
    noun = trigger.token
    own = owners(noun, parsed) + syntax.prepositional(noun, "by")
    if own:
        return own
    top = syntax.first_conjunct(noun)
    if top is not noun and (above := owners(top, parsed)):
        return above
    if trigger.host is not None:
        return [] if trigger.host.lemma_ in lexicon.words["undergo"] else syntax.subjects(trigger.host)
    last = syntax.conjuncts(top)[-1]
    return syntax.prepositional(last, "by") + syntax.prepositional(last, "among") + _adjacent("among", noun)


def owners(noun: Token, parsed: Parsed) -> list[Token]:
    """The agents that stand before a noun: 'Japan's', 'its', 'Japanese', 'NATO', 'Japan-Philippines'."""
    found = []
    for child in noun.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod", "npadvmod"} and child.i < noun.i:
            for part in _unfolded([child]):
                referents = parsed.of(part)
                if any(
                    r.agent is not None
                    and r.agent.kind not in {"WeaponSystem", "Agreement", "Exercise", "Policy", "Item"}
                    for r in referents
                ):
                    found.append(part)
            if child.dep_ in {"compound", "amod", "nmod"} and not found:
                found += [c for c in owners(child, parsed) if c not in found]
    return found


def _done_to(noun: Token) -> list[Token]:
    """What is done something to by a noun of doing: behind 'of', or before it ('missile tests')."""
    return syntax.prepositional(noun, "of") + [c for c in noun.children if c.dep_ in {"compound", "nmod"}]


def _unfolded(heads: Iterable[Token]) -> list[Token]:
    found: list[Token] = []
    for head in heads:
        for token in syntax.conjuncts(head):
            meant = _meant(token)
            found += [t for t in meant if t not in found]
    return found


def _meant(token: Token) -> list[Token]:
    """Behind a bare 'those' or 'both' to whom it is of: 'those of Japan and Australia'."""
    if token.lower_ in {"those", "that", "both", "one", "ones", "counterpart", "counterparts"}:
        return _unfolded(syntax.prepositional(token, "of") + syntax.prepositional(token, "from")) or [token]
    return [token]
