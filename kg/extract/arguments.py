"""Where the fillers of a frame stand: paths from a trigger to tokens.

The paths are those of the lexicon: the names in `_PATHS`, any preposition, and a step through another path by a
dot (`obj.with`). They mean the same for a verb and for a noun of doing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.context import alone, names_agent
from kg.extract.coordination import unfolded
from kg.extract.deeds import done_to
from kg.extract.prepositions import adjacent, behind
from kg.extract.triggers import Trigger
from kg.lexicon import Lexicon

_TOKENS_AT = "entente.tokens-at"
_DURING = frozenset({"during", "in", "as", "at", "for", "under", "on", "through"})
_GIVING = frozenset(
    {"give", "sell", "send", "offer", "lend", "grant", "hand", "supply", "promise", "award", "lease"}
)
_BEING = frozenset({"be", "become", "remain", "stay"})
_HYPHENS = frozenset({"-", "–", "/"})


@dataclass(frozen=True, slots=True)
class _Site:
    """A trigger in its passage: all that a path may ask for."""

    trigger: Trigger
    parsed: Parsed
    lexicon: Lexicon

    @property
    def token(self) -> Token:
        """The trigger's word."""
        return self.trigger.token


def tokens_at(path: str, trigger: Trigger, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """The tokens at a path, coordination unfolded; the empty list where there is nothing.

    Kept with the document, as the frames of one trigger ask for the same paths.
    """
    if not prepositions(path) <= syntax.words_around(trigger.token):
        return []
    known: dict[tuple[str, int, int], list[Token]] = parsed.doc.user_data.setdefault(_TOKENS_AT, {})
    place = (path, trigger.token.i, trigger.host.i if trigger.host is not None else -1)
    if place not in known:
        known[place] = _tokens_at(path, trigger, parsed, lexicon)
    return list(known[place])


@cache
def prepositions(path: str) -> frozenset[str]:
    """The prepositions of a path: where a sentence lacks one, nothing stands there."""
    return frozenset(step for step in path.split(".") if step not in _PATHS)


def _tokens_at(path: str, trigger: Trigger, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    first, _, rest = path.partition(".")
    step = _PATHS.get(first)
    heads = step(_Site(trigger, parsed, lexicon)) if step else behind(first, trigger)
    if rest:
        heads = [t for h in heads for t in tokens_at(rest, Trigger(h), parsed, lexicon)]
    return unfolded(heads)


def _clause_subjects(site: _Site) -> list[Token]:
    """The subjects of the clause that a noun stands in."""
    verb = syntax.clause_verb(site.token)
    if site.trigger.verbal or not syntax.is_verb(verb) or _undergone(site, verb):
        return []
    return syntax.subjects(verb)


def _undergone(site: _Site, verb: Token) -> bool:
    """Whether the subject of a verb suffers what its object tells ('faced an attack'); elsewhere it may well do it."""
    top = syntax.first_conjunct(site.token)
    beside = top.dep_ == "pobj" and (top.head.head == verb or top.head.head.lemma_ == "part")
    return not beside and verb.lemma_ in site.lexicon.words["undergo"]


def _scene(site: _Site) -> list[Token]:
    """Who does the deed that is told as part of what a noun tells: 'landed during the exercise'."""
    noun = syntax.first_conjunct(site.token)
    part = (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_ in site.lexicon.words["stage"]
    )
    head = noun.head.head if part else noun
    inside = head.dep_ == "pobj" and head.head.lower_ in _DURING
    return _clause_subjects(site) + behind("with", Trigger(syntax.clause_verb(site.token))) if inside else []


def _havers(site: _Site) -> list[Token]:
    """Who has what a clause tells of: 'Nepal has 900 soldiers serving in Lebanon'."""
    verb = site.token
    above = verb.head.head if verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "dobj" else verb.head
    return syntax.subjects(above) if above.lemma_ in {"have", "keep", "maintain"} else []


def _said_to_be(site: _Site) -> list[Token]:
    """What a verb calls its object: 'called Russia a threat', 'sees it as a threat'."""
    return syntax.children(site.token, "oprd", "attr", "acomp") + syntax.prepositional(site.token, "as")


def _joiners(site: _Site) -> list[Token]:
    """Who goes along with the subject by a participle: 'soldiers from Serbia, joined by units from Belarus'."""
    found = []
    for subject in syntax.subjects(site.trigger.host or site.token):
        for verb in syntax.children(subject, "acl"):
            if verb.lemma_ in {"join", "accompany", "back", "support"}:
                found += syntax.subjects(verb)
    return found


def _holders(site: _Site) -> list[Token]:
    """Who or what is told with a noun: 'the 201st Base, with 6,000 troops in Dushanbe'."""
    link = site.token.head
    return [link.head] if site.token.dep_ == "pobj" and link.lower_ == "with" else []


def _clause_objects(site: _Site) -> list[Token]:
    """The objects of the clause that a noun stands in."""
    return [] if site.trigger.verbal else syntax.objects(syntax.clause_verb(site.token))


def _hidden_receivers(site: _Site) -> list[Token]:
    """A receiver that was read as a part of the thing: 'sold Armenia rocket launchers'."""
    after = site.token.nbor() if site.token.i + 1 < len(site.token.doc) else None
    hidden = after is not None and after.dep_ in {"compound", "nmod"} and is_receiver(after, site.parsed)
    return [after] if after is not None and hidden else []


def is_receiver(token: Token, parsed: Parsed) -> bool:
    """Whether a word right behind a verb of giving is the name of a state and no part of the noun behind it."""
    named = any(
        r.agent is not None and r.agent.kind == "State" and r.how in {"name", "metonym"}
        for r in parsed.of(token)
    )
    return named and token.i > 0 and token.nbor(-1).lemma_ in _GIVING and syntax.is_verb(token.nbor(-1))


def _posing(site: _Site) -> list[Token]:
    """Who poses what a noun tells: 'the threat posed by Russia'."""
    posed = [c for c in syntax.dependents(site.token) if c.dep_ == "acl" and c.lemma_ == "pose"]
    return [subject for verb in posed for subject in syntax.subjects(verb)]


def _facing(site: _Site) -> list[Token]:
    """Who faces what a noun tells: 'Japan faces threats'."""
    verb = site.trigger.host or site.token.head
    if verb.dep_ == "xcomp":
        verb = verb.head  # 'face evolving threats', read as a clause
    return syntax.subjects(verb) if verb.lemma_ == "face" else []


def _becoming(site: _Site) -> list[Token]:
    """Who is or becomes what a noun tells: 'Sweden became a member'."""
    verb = site.token.head
    return syntax.subjects(verb) if verb.lemma_ in _BEING and site.token.dep_ == "attr" else []


def _doers(site: _Site) -> list[Token]:
    """Whose deed a noun tells: its possessor, its maker, or the subject of the verb that carries it."""
    noun, host = site.token, site.trigger.host
    own = owners(noun, site.parsed) + syntax.prepositional(noun, "by")
    if own:
        return own
    top = syntax.first_conjunct(noun)
    if top is not noun and (above := owners(top, site.parsed)):
        return above
    if host is not None:
        return [] if _undergone(site, host) else syntax.subjects(host)
    last = syntax.conjuncts(top)[-1]
    return syntax.prepositional(last, "by") + syntax.prepositional(last, "among") + adjacent("among", noun)


def owners(noun: Token, parsed: Parsed) -> list[Token]:
    """The agents that stand before a noun: 'Japan's', 'its', 'Japanese', 'NATO', 'Japan-Philippines'."""
    found: list[Token] = []
    for child in syntax.children(noun, "poss", "amod", "compound", "nmod", "npadvmod"):
        if child.i < noun.i:
            found += [part for part in unfolded([child]) if names_agent(part, parsed)]
            if child.dep_ in {"compound", "amod", "nmod"} and (
                not found or (child.i and child.nbor(-1).text in _HYPHENS)
            ):
                found += owners(child, parsed)
            if child.lower_ == "whose":
                found += [a.head for a in syntax.ancestors(child) if a.dep_ == "relcl"][:1]
    return found


def _done_to(noun: Token) -> list[Token]:
    """What is done something to by a noun of doing: behind 'of', or before it ('missile tests')."""
    return syntax.prepositional(noun, "of") + syntax.children(noun, "compound", "nmod")


# The paths that have names of their own; any other is a preposition.
_PATHS: Mapping[str, Callable[[_Site], list[Token]]] = {
    "self": lambda at: [] if at.trigger.verbal else [at.token],
    "subj": lambda at: syntax.subjects(at.token) if at.trigger.verbal else _doers(at),
    "obj": lambda at: syntax.objects(at.token) if at.trigger.verbal else _done_to(at.token),
    "no-object": lambda at: [] if syntax.objects(at.token) else [at.token],
    "iobj": lambda at: syntax.receivers(at.token) or _hidden_receivers(at),
    "adj": lambda at: syntax.children(at.token, "amod", "compound", "nmod"),
    "scene": _scene,
    "haver": _havers,
    "carrier": lambda at: [at.trigger.host] if at.trigger.host is not None else [],
    "to-use": lambda at: done_to(at.trigger, at.lexicon.words["using"]),
    "to-buy": lambda at: done_to(at.trigger, at.lexicon.words["buying"]),
    "to-supply": lambda at: done_to(at.trigger, at.lexicon.words["supplying"]),
    "to-help": lambda at: done_to(at.trigger, at.lexicon.words["helping"]),
    "infinitive": lambda at: syntax.children(at.token, "xcomp"),
    "called": _said_to_be,
    "joined-by": _joiners,
    "with-holder": _holders,
    "poss": lambda at: owners(at.token, at.parsed),
    "genitive": lambda at: syntax.children(at.token, "poss"),
    "clause": _clause_subjects,
    "clause-object": _clause_objects,
    "context": lambda at: alone(at.token, at.parsed),
    "posed-by": _posing,
    "faced-by": _facing,
    "subject-of-become": _becoming,
}
