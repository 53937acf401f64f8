"""Who does what a verb or a noun of doing says, whatever the voice and the construction."""

from __future__ import annotations

from spacy.tokens import Token

from kg.syntax.words import (
    antecedent,
    children,
    is_infinitive,
    is_passive,
    is_relative,
    is_verb,
    prepositional,
)

# Verbs whose object, not subject, does what their infinitive says: 'urged Japan to join'.
_OBJECT_CONTROL = frozenset(
    {
        *(
            "allow",
            "ask",
            "urge",
            "order",
            "permit",
            "enable",
            "help",
            "invite",
            "force",
            "tell",
            "encourage",
            "press",
        ),
        *(
            "push",
            "require",
            "expect",
            "want",
            "persuade",
            "authorise",
            "authorize",
            "direct",
            "instruct",
            "call",
        ),
        *("commit", "warn", "beg", "request", "let", "make", "see", "cause", "prompt", "lead"),
        *("choose", "select", "pick", "contract", "commission", "task", "hire", "assign"),
    }
)
# Verbs whose object, not subject, does what stands behind their preposition: 'accused Russia of attacking'.
_ACCUSING = frozenset(
    {
        "accuse",
        "blame",
        "suspect",
        "condemn",
        "criticise",
        "criticize",
        "prevent",
        "stop",
        "keep",
        "bar",
        "thank",
        "praise",
        "sanction",
        "blacklist",
        "punish",
        "penalise",
        "fine",
        "charge",
        "quote",
        "cite",
    }
)
# Papers by which those who sign or pass them do something.
_DECREES = frozenset({"decree", "order", "law", "bill", "resolution", "decision", "legislation", "act"})
# What is imposed on those who do what stands behind 'for': 'imposed sanctions on firms for supplying drones'.
_PENALTIES = frozenset({"sanction", "embargo", "restriction", "penalty", "fine", "tariff"})


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says: its subject, the agent of a passive, or the subject it shares with another verb.

    Follows control ('agreed to send'), coordination ('met and agreed'), participles, relative clauses and nouns
    with an infinitive ('Japan's plans to send').
    """
    if depth > 6:
        return []
    if is_passive(verb):
        return _agents(verb) or [t for other in _paired(verb) for t in _agents(other)]
    own = (
        children(verb, "nsubj")
        or _presented(verb)
        or (children(verb, "compound", "nmod") if verb.pos_ == "NOUN" else [])
    )
    if own and not _belongs_before(own[0], verb):
        if is_relative(own[0]) and (noun := antecedent(verb)):
            return [noun]
        return own
    return _shared(verb, depth)


def _presented(verb: Token) -> list[Token]:
    """What a verb says that there is: 'There are 700 soldiers in Tartu'."""
    there = any(c.lower_ == "there" for c in children(verb, "expl"))
    return children(verb, "attr") if there else []


def _agents(verb: Token) -> list[Token]:
    """By whom a passive says that something is done."""
    by = children(verb, "agent") or [p for p in children(verb, "prep") if p.lower_ == "by"]
    return [p for a in by for p in children(a, "pobj", "pcomp")]


def _paired(verb: Token) -> list[Token]:
    """The participle that goes on from a verb at once and shares its agent: 'trained and equipped by France'."""
    return [v for v in children(verb, "conj") if v.tag_ == "VBN" and v.i == verb.i + 2]


def _belongs_before(subject: Token, verb: Token) -> bool:
    """Whether an infinitive's subject is what the preposition before it leads to: 'a deal with Saab to buy jets'."""
    before = subject.left_edge.nbor(-1) if subject.left_edge.i else subject
    return verb.dep_ == "acl" and is_infinitive(verb) and before.dep_ == "prep" and before.lower_ == "with"


def _shared(verb: Token, depth: int) -> list[Token]:
    """The subject that a verb without one of its own shares with what it hangs on."""
    head, label = verb.head, verb.dep_
    if label == "conj" and is_verb(head):
        return surface(head, depth)
    if label in {"acomp", "attr"} and is_verb(head):
        return surface(head, depth + 1)
    if label in {"xcomp", "ccomp", "advcl", "prep", "pcomp", "oprd"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        return controlled(verb, head, depth)
    if label == "pcomp" and head.dep_ in {"prep", "agent"}:
        above = head.head
        governs = is_verb(above) or above.pos_ == "ADJ"
        return controlled(verb, above, depth) if governs else possessors(above, depth + 1)
    if label in {"acl", "relcl"}:
        if verb.tag_ in {"VB", "VBP"} or is_infinitive(verb):
            return possessors(head, depth + 1)
        if verb.tag_ == "VBG" and head.lemma_ in _DECREES and head.dep_ == "dobj":
            return surface(head.head, depth + 1)  # 'signed a decree imposing sanctions'
        return [head]
    return []


def controlled(verb: Token, head: Token, depth: int) -> list[Token]:
    """Who does what a verb under another says: that one's object if it controls the infinitive, else its subject."""
    if head.lemma_ in _ACCUSING and verb.dep_ == "pcomp":
        return children(head, "dobj", "nsubjpass") or surface(head, depth)
    punished = [t for o in children(head, "dobj") if o.lemma_ in _PENALTIES for t in (o, head)]
    if punished and verb.dep_ == "pcomp":
        return [p for t in punished for p in prepositional(t, "on", "against")] or surface(head, depth)
    if head.lemma_ == "join" and verb.dep_ == "pcomp":
        return surface(head, depth) + children(head, "dobj")  # 'has joined Chad in sending': both send
    if head.lemma_ in _OBJECT_CONTROL and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        controlling = children(head, "dobj", "nsubjpass", "dative") + prepositional(head, "on", "for", "upon")
        if controlling:
            return controlling
    return surface(head, depth)


def surface(verb: Token, depth: int) -> list[Token]:
    """The grammatical subject of a verb, of whatever voice, or the one it shares."""
    own = children(verb, "nsubj", "nsubjpass")
    if own:
        if is_relative(own[0]) and (noun := antecedent(verb)):
            return [noun]
        return own
    if is_passive(verb) and verb.dep_ in {"acl", "amod"}:
        return [verb.head]
    return _shared(verb, depth + 1)


def possessors(noun: Token, depth: int = 0) -> list[Token]:
    """Whose a deed is: 'Japan's plans', 'plans by Japan', or the subject of 'announced plans'."""
    own = children(noun, "poss") + prepositional(noun, "by", "of")
    if own or depth > 6:
        return own
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN":
        noun, head = head.head, head.head.head  # 'signed a letter of intent to buy'
        if own := children(noun, "poss") + prepositional(noun, "by"):
            return own
    if noun.dep_ in {"dobj", "attr", "conj"} and is_verb(head):
        return surface(head, depth + 1)
    if noun.dep_ == "pobj" and is_verb(head.head):
        return surface(head.head, depth + 1)
    return []
