"""Words of a dependency parse and what hangs on them: verbs, coordinations, prepositions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOUN_LABELS = frozenset({"dobj", "pobj"})
_RELATIVE = frozenset({"which", "who", "that", "whom"})
_KEPT = "entente.kept."
_AROUND = "entente.words-around"
_Told = TypeVar("_Told")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})


def kept(told: Callable[[Token], _Told]) -> Callable[[Token], _Told]:
    """Keeps what is told of a token with its document, as it is asked for again and again."""
    name = f"{_KEPT}{told.__module__}.{told.__qualname__}"

    @wraps(told)
    def asked(token: Token) -> _Told:
        kept_of = token.doc.user_data
        known: dict[int, _Told] | None = kept_of.get(name)
        if known is None:
            known = kept_of[name] = {}
        if (place := token.i) not in known:
            known[place] = told(token)
        return known[place]

    return asked


def forget(doc: Doc) -> None:
    """Drops what is kept of a document's tokens, once its parse has changed."""
    for name in [name for name in doc.user_data if str(name).startswith(_KEPT)]:
        del doc.user_data[name]


@kept
def dependents(token: Token) -> tuple[Token, ...]:
    """What hangs on a token, in order."""
    return tuple(token.children)


@kept
def is_verb(token: Token) -> bool:
    """Whether a word is a verb, main or auxiliary, and not a noun that was taken for one.

    A noun with an object is a verb, too ('Bangladesh imports weapons'). Not verbs are an object with an ending of
    the third person ('held drills') and a gerund that stands as a noun without an object of its own ('fighting
    between').
    """
    if token.pos_ not in _VERBAL:
        return (
            token.tag_ == "NNS" and token.dep_ == "ROOT" and any(c.dep_ == "dobj" for c in dependents(token))
        )
    if token.dep_ in _NOUN_LABELS and token.tag_ in {"VBZ", "VBP"}:
        return False
    gerund = token.tag_ == "VBG" and token.dep_ in _NOUN_LABELS | {"nsubj", "nsubjpass"}
    return not gerund or any(c.dep_ in {"dobj", "aux", "advmod", "prt"} for c in dependents(token))


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands behind 'to'."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in dependents(verb))


@kept
def hyphenated(token: Token) -> str:
    """The lemma with what a hyphen joins before it: 'cease-fire' at 'fire'."""
    lemma = token.lemma_.lower()
    joined = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).head == token
    return f"{token.nbor(-2).lower_}-{lemma}" if joined else lemma


def words_around(token: Token) -> frozenset[str]:
    """The words of a token's sentence, in lower case: most of what is asked for by a word is not there at all."""
    known: list[frozenset[str]] | None = token.doc.user_data.get(_AROUND)
    if known is None:
        sentences = [[t.lower_ for t in sentence] for sentence in token.doc.sents]
        known = [words for told in sentences for words in [frozenset(told)] * len(told)]
        token.doc.user_data[_AROUND] = known
    return known[token.i]


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents of a token under any of the labels, in order."""
    return [c for c in dependents(token) if c.dep_ in labels]


def prepositional(token: Token, *words: str) -> list[Token]:
    """What any of the prepositions at the token leads to, alone or with another behind it ('together with')."""
    found = []
    for child in dependents(token):
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in words:
            found.extend(children(child, "pobj", "pcomp") or _stranded(child))
            for inner in children(child, "prep"):
                found.extend(children(inner, "pobj"))
    return found


def _stranded(preposition: Token) -> list[Token]:
    """What a preposition leads to that was read as the subject of an infinitive: 'agreed with Saab to buy jets'."""
    if preposition.i + 1 >= len(preposition.doc):
        return []
    noun = preposition.nbor()
    while noun.dep_ in {"amod", "compound", "det", "nummod", "poss", "nmod"}:
        noun = noun.head
    return [noun] if noun.dep_ == "nsubj" and is_infinitive(noun.head) and noun.i < noun.head.i else []


def ancestors(token: Token) -> Iterator[Token]:
    """The token's heads up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


@kept
def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, be it a clause ('was sent') or a participle behind a noun ('troops sent by')."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in dependents(verb)):
        return True
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and prepositional(verb, "with") and _goes_along(verb):
        return False  # a whole sentence read as a noun with a participle: 'Georgian soldiers trained with marines'
    participle = verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "advcl"}
    participle = participle or (verb.tag_ == "VBD" and verb.dep_ == "acl")  # a form in -ed tagged as the past
    return participle and not children(verb, "aux", "nsubj", "dobj")


def _goes_along(verb: Token) -> bool:
    """Whether a verb's 'with' leads to those who do the same, not to what somebody is given."""
    return verb.lemma_ not in {"provide", "equip", "supply", "arm", "fit", "present"}


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it below it: 'Japan, Australia and India' from 'Japan'."""
    found = [token]
    for child in dependents(token):
        if child.dep_ == "conj" or (child.dep_ == "appos" and _listed(child)):
            found.extend(conjuncts(child))
    return found


def _listed(token: Token) -> bool:
    """Whether an apposition is really a member of a list ('Japan, Australia, and India'; '18 guns, 40 trucks')."""
    if token.pos_ == "PROPN":
        return any(c.dep_ in {"cc", "conj"} for c in dependents(token))
    return bool(children(token, "nummod") and children(token.head, "nummod"))


def first_conjunct(token: Token) -> Token:
    """The head of the coordination in which a token stands."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


@kept
def clause_verb(token: Token) -> Token:
    """The verb of the clause in which a token stands; the root where there is none."""
    while token.head.i != token.i and not is_verb(token):
        token = token.head
    return token


def antecedent(verb: Token) -> Token | None:
    """The noun that a relative or participial clause is about; of a cleft, who it was: 'it was Norway that sent'."""
    if (
        verb.dep_ == "ccomp"
        and verb.head.lemma_ == "be"
        and any(c.lower_ == "it" for c in dependents(verb.head))
    ):
        return next(iter(children(verb.head, "attr")), None)
    return verb.head if verb.dep_ in {"relcl", "acl"} else None


def is_relative(token: Token) -> bool:
    """Whether a word is a relative pronoun."""
    return token.lower_ in _RELATIVE and token.tag_ in {"WDT", "WP", "IN", "DT"}
