"""Who is credited for what is told: sources behind 'according to' and its like, and the outlets that report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.lexicon import Lexicon
from kg.model import Filler

_ATTRIBUTING = frozenset({"according", "per"})
_MUTE = frozenset({"WeaponSystem", "Agreement", "Exercise", "Policy", "Item", "Facility"})
QUOTING = frozenset({"report", "write", "say", "quote", "cite", "learn", "understand"})
_APART = frozenset({":", ";", "—", "–", "--"})
_ACCOUNTS = frozenset({"account", "words", "telling", "estimate", "reckoning", "view", "assessment"})


def fillers(tokens: list[Token], parsed: Parsed) -> tuple[Filler, ...]:
    """The agents that the tokens name."""
    found: dict[str, Filler] = {}
    for token in (t for head in tokens for t in syntax.conjuncts(head)):
        for r in parsed.of(token):
            if r.agent is not None and r.agent.kind not in _MUTE:
                found.setdefault(r.agent.iri, Filler(r.agent, r.span, r.acts_for, r.capacity))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited, and from which token to which: `reports` tells that it only passes on the word of others."""

    source: Filler
    reports: bool
    start: int
    end: int

    def covers(self, token: Token) -> bool:
        """Whether what a token tells is credited to the source."""
        return self.start <= token.i < self.end


def according(sentence: Sentence, parsed: Parsed, lexicon: Lexicon) -> tuple[Credit, ...]:
    """Who is named behind 'according to', 'reported', 'citing', each once for a stretch."""
    found: dict[Credit, None] = {}
    for token in sentence:
        sources = fillers(_named_source(token, parsed, lexicon), parsed)
        reports = token.lemma_ in QUOTING and token.tag_ != "VBG"
        start, end = _credited(token) if sources else (0, 0)
        for f in sources:
            found[Credit(f, reports or f.entity.kind == "NewsOutlet", start, end)] = None
    return tuple(found)


def _credited(token: Token) -> tuple[int, int]:
    """The stretch of a sentence that a source within it is credited with: only its clause, if others follow."""
    sentence = token.sent
    edges = sorted({sentence.start, *_clauses(sentence), sentence.end})
    start = max(edge for edge in edges if edge <= token.i)
    end = min(edge for edge in edges if edge > token.i)
    opens = token.i - start < 2 and start > sentence.start  # 'but X did not: according to Y, …'
    more = any(syntax.is_verb(t) for t in token.doc[token.right_edge.i + 1 : sentence.end])
    return (start, end) if opens or (more and start > sentence.start) else (sentence.start, sentence.end)


def _clauses(sentence: Sentence) -> Iterator[int]:
    """Where the clauses of a sentence begin that stand beside the first: behind a colon or a dash, or coordinated."""
    for token in sentence:
        if token.text in _APART:
            yield token.i
        elif token.dep_ == "conj" and syntax.is_verb(token) and syntax.children(token, "nsubj", "nsubjpass"):
            yield token.left_edge.i


def _named_source(token: Token, parsed: Parsed, lexicon: Lexicon) -> list[Token]:
    """Whom a word names as a source: 'according to X', 'by X's account', 'in the words of X', 'X reported'."""
    if token.lower_ in _ATTRIBUTING:
        behind = syntax.prepositional(token, "to") or syntax.children(token, "pobj")
        if not behind and token.i + 2 < len(parsed.doc) and token.nbor(1).lower_ == "to":
            behind = [t for t in parsed.doc[token.i + 2 : token.i + 5] if parsed.of(t)][:1]
        return [t for found in behind for t in _authors(found, parsed, lexicon)]
    if token.lower_ in _ACCOUNTS and token.dep_ == "pobj" and token.head.lower_ in {"by", "in", "on"}:
        return syntax.children(token, "poss") + syntax.prepositional(token, "of")
    if token.lemma_ == "cite" and token.tag_ == "VBG":
        return syntax.children(token, "dobj")
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
