"""Who is credited for what is told: sources behind 'according to' and its like, and the outlets that report."""

from __future__ import annotations

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.lexicon import Lexicon
from kg.model import Filler

_ATTRIBUTING = frozenset({"according", "per"})
_MUTE = frozenset({"WeaponSystem", "Agreement", "Exercise", "Policy", "Item", "Facility"})
QUOTING = frozenset({"report", "write", "say", "quote", "cite"})
_ACCOUNTS = frozenset({"account", "words", "telling", "estimate", "reckoning", "view", "assessment"})


def fillers(tokens: list[Token], parsed: Parsed) -> tuple[Filler, ...]:
    """The agents that the tokens name."""
    found: dict[str, Filler] = {}
    for token in (t for head in tokens for t in syntax.conjuncts(head)):
        for r in parsed.of(token):
            if r.agent is not None and r.agent.kind not in _MUTE:
                found.setdefault(r.agent.iri, Filler(r.agent, r.span, r.acts_for, r.capacity))
    return tuple(found.values())


def according(
    sentence: Sentence, parsed: Parsed, lexicon: Lexicon
) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Who is named behind 'according to', 'reported': outlets apart from those whose word it is."""
    people: dict[str, Filler] = {}
    outlets: dict[str, Filler] = {}
    for token in sentence:
        reports = token.lemma_ in QUOTING
        for f in fillers(_named_source(token, parsed, lexicon), parsed):
            (outlets if reports or f.entity.kind == "NewsOutlet" else people)[f.entity.iri] = f
    return tuple(people.values()), tuple(outlets.values())


def _named_source(token: Token, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """Whom a word names as a source: 'according to X', 'by X's account', 'in the words of X', 'X reported'."""
    if token.lower_ in _ATTRIBUTING:
        behind = syntax.prepositional(token, "to") or syntax.children(token, "pobj")
        if not behind and token.i + 2 < len(parsed.doc) and token.nbor(1).lower_ == "to":
            behind = [t for t in parsed.doc[token.i + 2 : token.i + 5] if parsed.of(t)][:1]
        return [t for found in behind for t in _authors(found, parsed, lexicon)]
    if token.lower_ in _ACCOUNTS and token.dep_ == "pobj" and token.head.lower_ in {"by", "in", "on"}:
        return syntax.children(token, "poss") + syntax.prepositional(token, "of")
    if token.lemma_ in QUOTING and token.pos_ == "VERB":
        return [s for s in syntax.subjects(token) if _is_outlet(s, parsed, token.lemma_ == "report")]
    return []


def _authors(source: Token, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """A source, or whose it is: 'a Pentagon statement', 'figures from the ministry'."""
    if parsed.of(source) or source.pos_ == "PROPN":
        return [source]
    whose = syntax.children(source, "poss", "compound") + syntax.prepositional(source, "by", "from", "of")
    return whose if source.lemma_.lower() in lexicon.words["source-paper"] else []


def _is_outlet(token: Token, parsed: Parsed, reports: bool = False) -> bool:
    """Whether a word names an outlet; where it `reports`, also a body that nothing is known of."""
    agents = [r.agent for r in parsed.of(token) if r.agent is not None]
    return any(
        a.kind == "NewsOutlet" or (reports and a.kind == "Organisation" and not a.same_as) for a in agents
    )


def channels(verb: Token, parsed: Parsed) -> tuple[Filler, ...]:
    """The outlets on which, in which or in an interview with which something is said."""
    links = [
        t for t in verb.subtree if t.dep_ == "prep" and t.lower_ in {"on", "in", "with"} and t.i > verb.i
    ]
    behind = [p for link in links for p in syntax.children(link, "pobj")]
    return fillers([p for p in behind if _is_outlet(p, parsed)], parsed)
