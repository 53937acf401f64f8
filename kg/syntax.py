"""Reads a dependency parse: who does what to whom, whatever the voice and the construction.

Labels are those of the ClearNLP scheme that spaCy's English pipelines use. All functions are pure and take
tokens of one parsed document.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOUN_LABELS = frozenset({"dobj", "pobj"})
_PARTICLES = frozenset({"up", "out", "down", "back", "away"})
_RELATIVE = frozenset({"which", "who", "that", "whom"})
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


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, main or auxiliary, and not a noun that was taken for one.

    A noun with an object is a verb, too ('Bangladesh imports weapons'). Not verbs are an object with an ending of
    the third person ('held drills') and a gerund that stands as a noun without an object of its own ('fighting
    between').
    """
    if token.pos_ not in _VERBAL:
        return token.tag_ == "NNS" and token.dep_ == "ROOT" and any(c.dep_ == "dobj" for c in token.children)
    if token.dep_ in _NOUN_LABELS and token.tag_ in {"VBZ", "VBP"}:
        return False
    gerund = token.tag_ == "VBG" and token.dep_ in _NOUN_LABELS | {"nsubj", "nsubjpass"}
    return not gerund or any(c.dep_ in {"dobj", "aux", "advmod", "prt"} for c in token.children)


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands behind 'to'."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


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


def hyphenated(token: Token) -> str:
    """The lemma with what a hyphen joins before it: 'cease-fire' at 'fire'."""
    lemma = token.lemma_.lower()
    joined = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).head == token
    return f"{token.nbor(-2).lower_}-{lemma}" if joined else lemma


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents of a token under any of the labels, in order."""
    return [c for c in token.children if c.dep_ in labels]


def _goes_along(verb: Token) -> bool:
    """Whether a verb's 'with' leads to those who do the same, not to what somebody is given."""
    return verb.lemma_ not in {"provide", "equip", "supply", "arm", "fit", "present"}


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, be it a clause ('was sent') or a participle behind a noun ('troops sent by')."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and prepositional(verb, "with") and _goes_along(verb):
        return False  # a whole sentence read as a noun with a participle: 'Georgian soldiers trained with marines'
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "amod", "advcl"}
        and not children(verb, "aux", "nsubj", "dobj")
    )


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it below it: 'Japan, Australia and India' from 'Japan'."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and child.pos_ == "PROPN" and _listed(child)):
            found.extend(conjuncts(child))
    return found


def _listed(token: Token) -> bool:
    """Whether an apposition is really a member of a list ('Japan, Australia, and India')."""
    return any(c.dep_ in {"cc", "conj"} for c in token.children)


def first_conjunct(token: Token) -> Token:
    """The head of the coordination in which a token stands."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def clause_verb(token: Token) -> Token:
    """The verb of the clause in which a token stands; the root where there is none."""
    while token.head.i != token.i and not is_verb(token):
        token = token.head
    return token


def _antecedent(verb: Token) -> Token | None:
    """The noun that a relative or participial clause is about."""
    return verb.head if verb.dep_ in {"relcl", "acl"} else None


def _is_relative(token: Token) -> bool:
    return token.lower_ in _RELATIVE and token.tag_ in {"WDT", "WP", "IN", "DT"}


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says: its subject, the agent of a passive, or the subject it shares with another verb.

    Follows control ('agreed to send'), coordination ('met and agreed'), participles, relative clauses and nouns
    with an infinitive ('Japan's plans to send').
    """
    if depth > 6:
        return []
    if is_passive(verb):
        return [p for a in children(verb, "agent") for p in children(a, "pobj", "pcomp")]
    own = children(verb, "nsubj") or (children(verb, "compound", "nmod") if verb.pos_ == "NOUN" else [])
    if own:
        if _is_relative(own[0]) and (noun := _antecedent(verb)):
            return [noun]
        return own
    return _shared(verb, depth)


def _shared(verb: Token, depth: int) -> list[Token]:
    """The subject that a verb without one of its own shares with what it hangs on."""
    head, label = verb.head, verb.dep_
    if label == "conj" and is_verb(head):
        return _surface(head, depth)
    if label in {"acomp", "attr"} and is_verb(head):
        return _surface(head, depth + 1)
    if label in {"xcomp", "ccomp", "advcl", "prep", "pcomp", "oprd"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        return _controlled(verb, head, depth)
    if label == "pcomp" and head.dep_ in {"prep", "agent"}:
        above = head.head
        governs = is_verb(above) or above.pos_ == "ADJ"
        return _controlled(verb, above, depth) if governs else possessors(above, depth + 1)
    if label in {"acl", "relcl"}:
        if verb.tag_ in {"VB", "VBP"} or is_infinitive(verb):
            return possessors(head, depth + 1)
        return [head]
    return []


def _controlled(verb: Token, head: Token, depth: int) -> list[Token]:
    """Who does what a verb under another says: that one's object if it controls the infinitive, else its subject."""
    if head.lemma_ in _ACCUSING and verb.dep_ == "pcomp":
        return children(head, "dobj", "nsubjpass") or _surface(head, depth)
    if head.lemma_ in _OBJECT_CONTROL and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        controlling = children(head, "dobj", "nsubjpass", "dative") + prepositional(head, "on", "for", "upon")
        if controlling:
            return controlling
    return _surface(head, depth)


def _surface(verb: Token, depth: int) -> list[Token]:
    """The grammatical subject of a verb, of whatever voice, or the one it shares."""
    own = children(verb, "nsubj", "nsubjpass")
    if own:
        if _is_relative(own[0]) and (noun := _antecedent(verb)):
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
    if noun.dep_ in {"dobj", "attr", "conj"} and is_verb(head):
        return _surface(head, depth + 1)
    if noun.dep_ == "pobj" and is_verb(head.head):
        return _surface(head.head, depth + 1)
    return []


def objects(verb: Token) -> list[Token]:
    """Whom or what the verb acts on: its object, the subject of its passive, or the noun that its clause describes."""
    if is_passive(verb):
        return _undergoers(verb)
    told = (
        children(verb, "dobj") or _so_called(verb) or prepositional(verb, *_PARTICLES)
    )  # 'stood up a command'
    own = [o for o in told if not (_is_relative(o) and o.i < verb.i)]
    if own:
        return own
    clause = next((v for v in (verb, *ancestors(verb)) if v.dep_ == "relcl"), None) if told else None
    return [clause.head] if clause is not None else _unsaid(verb)


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
        return [verb.head] if _is_relative(own[0]) and _antecedent(verb) is not None else own
    if verb.dep_ in {"acl", "amod", "relcl"}:
        return [verb.head]
    if verb.dep_ == "conj":
        return objects(verb.head) if is_passive(verb.head) else []
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        return children(verb, "dobj") or _controlled(
            verb, verb.head, 0
        )  # 'are to be built', 'is expected to be sent'
    return children(verb, "dobj") or _loose_head(verb)


def _loose_head(participle: Token) -> list[Token]:
    """What a participle describes that was hung on the verb of the clause: 'its plan, unveiled in March'."""
    if participle.dep_ != "advcl" or participle.i < 2:
        return []
    before = participle.nbor(-1)
    if before.text == "," and before.i > participle.sent.start and before.nbor(-1).pos_ in {"NOUN", "PROPN"}:
        return [before.nbor(-1)]
    return _surface(participle.head, 0) if participle.i == participle.sent.start else []


def _unsaid(verb: Token) -> list[Token]:
    """The object that a verb leaves to its neighbours: 'the drones it sent', 'design and build ships'."""
    relative_subject = any(_is_relative(s) for s in children(verb, "nsubj"))
    finite = verb.dep_ == "acl" and verb.tag_ in {"VBD", "VBZ", "VBP"} and bool(children(verb, "nsubj"))
    if (finite or verb.dep_ == "relcl") and verb.head.pos_ in _NOMINAL and not relative_subject:
        return [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.pos_ in _NOMINAL:
        return []
    later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and children(c, "dobj")]
    return children(later[0], "dobj") if later and verb.nbor(1).lower_ in {"and", "or"} else []


def receivers(verb: Token) -> list[Token]:
    """To whom: the indirect object, with or without its preposition."""
    return [
        receiver
        for child in children(verb, "dative")
        for receiver in (children(child, "pobj") if child.pos_ == "ADP" else [child])
    ]


def prepositional(token: Token, *words: str) -> list[Token]:
    """What any of the prepositions at the token leads to, alone or with another behind it ('together with')."""
    found = []
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in words:
            found.extend(children(child, "pobj", "pcomp"))
            for inner in children(child, "prep"):
                found.extend(children(inner, "pobj"))
    return found


def ancestors(token: Token) -> Iterator[Token]:
    """The token's heads up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token
