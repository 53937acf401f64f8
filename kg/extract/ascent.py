"""The way up from a trigger: the words above it that have a say in how what it tells holds."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.extract.triggers import Trigger

_PARTICLES = frozenset(
    {
        "for",
        "on",
        "to",
        "of",
        "from",
        "in",
        "into",
        "about",
        "against",
        "toward",
        "towards",
        "out",
        "over",
        "through",
        "via",
    }
)
# Nouns behind which it is told what there is: 'will discuss the cost of stationing troops'.
_PRESUPPOSING = frozenset({"cost", "price", "burden", "expense"})
_INSTEAD = frozenset({"instead", "rather"})  # before 'of' or 'than' and a form in -ing: what is not done
_CHOOSING = frozenset({"decide", "vote", "opt", "rule", "choose", "decision"})  # 'against' doing something
# Nouns for what is told, of which the verb may say that it is false.
_TOLD = frozenset({"report", "claim", "allegation", "rumour", "rumor", "suggestion", "assertion", "story"})
# Verbs whose 'on' leads to what they decide or want; elsewhere it tells an occasion: 'suggested on a visit'.
_SETTLING = frozenset({"agree", "decide", "plan", "insist", "settle", "negotiate", "vote", "work", "count"})
# Verbs that let others do to their object what a participle behind it says: 'will have four ships built'.
_CAUSING = frozenset({"have", "get", "want", "need"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BELOW = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "acl", "prep", "oprd", "attr", "acomp", "nsubjpass", "dative"}
)


def upwards(trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The trigger, the verb that carries it, and the words that govern them, as far as their word reaches.

    With each word: whether it governs what is below it (and does not merely share its clause).
    """
    at, host = trigger.token, trigger.host
    yield at, False
    if host is not None:
        if host in syntax.ancestors(at):
            yield from ((between, between.pos_ == "NOUN") for between in _until(host, at))
            if (object_ := _before_link(at, host)) is not None:
                yield object_, True
            at = host
        yield host, True
    for _ in range(8):
        if (before := _before_infinitive(at)) is not None and before != at.head:
            yield before, True
        steps = list(_step(at, trigger))
        yield from steps
        if not steps or steps[0][0] != at.head:
            return
        at = at.head


def _until(host: Token, below: Token) -> Iterator[Token]:
    """What stands between a noun of doing and the verb that carries it."""
    for between in syntax.ancestors(below):
        if between == host:
            return
        yield between


def _before_link(noun: Token, host: Token) -> Token | None:
    """The object of a verb right before the preposition that leads to a noun: 'gave the green light for a visit'."""
    link = noun.head
    if noun.dep_ != "pobj" or link.head != host or link.lower_ not in {"for", "to"} or link.i == 0:
        return None
    before = link.nbor(-1)
    return before if before.dep_ == "dobj" and before.head == host else None


def _step(at: Token, trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The word above, if it has a say in what is below it."""
    head, label = at.head, at.dep_
    if head == at:
        return
    if label == "acl" and at.tag_ == "VBN" and head.dep_ == "dobj" and head.head.lemma_ in _CAUSING:
        yield head.head, True
    elif (label in _BELOW and not _stops(at, head, label)) or _loosely(at, head):
        yield head, True
    elif label == "conj" and not _apart(at, head):
        yield head, False
    elif label == "advmod" and at.i == head.i + 1 and syntax.children(at, "prep"):
        yield head, True  # 'stopped short of sending'
    elif label == "nsubj" and (at == trigger.token or at.lemma_ in _TOLD) and syntax.is_verb(head):
        yield head, False
        yield from ((c, True) for c in head.children if c.dep_ in {"acomp", "oprd"})


def _before_infinitive(verb: Token) -> Token | None:
    """The noun or adjective right before an infinitive, which is what it hangs on: 'is in line to receive'."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if to is None or to.i == 0 or to.nbor(-1).pos_ not in {"NOUN", "ADJ"}:
        return None
    return to.nbor(-1)


def _loosely(at: Token, head: Token) -> bool:
    """Whether a form in -ing right behind a verb, read as an adverbial clause, is its object: 'ruled out sending'."""
    between = head.doc[head.i + 1 : at.i]
    return at.dep_ == "advcl" and at.tag_ == "VBG" and at.i > head.i and all(t.dep_ == "prt" for t in between)


def _stops(at: Token, head: Token, label: str) -> bool:
    """Whether what is above says nothing of what is below: it is quoted, named, or merely goes along."""
    if label == "ccomp" and head.i > at.i and head.lemma_ in {"say", "tell", "add"}:
        return True
    if label in {"dobj", "pobj", "nsubjpass", "attr"} and at.pos_ in {"PROPN", "PRON"}:
        return True
    if label == "acl" and at.tag_ in {"VBN", "VBG"} and not syntax.children(at, "nsubj", "nsubjpass"):
        return True
    if label == "prep" and at.i < head.i:
        return True  # 'in talks on Friday, X offered'
    if label == "prep" and syntax.is_verb(head):
        return (at.lower_ == "in" and head.lemma_ != "be") or (
            at.lower_ == "on" and head.lemma_ not in _SETTLING
        )
    if label == "pcomp":
        return head.lower_ not in _PARTICLES | {"by"} and not is_instead(head)
    if label == "prep" and at.lower_ == "of" and head.lemma_ in _PRESUPPOSING:
        return True
    if label == "prep" and is_instead(at):
        return True  # what is not done is told of itself, however that holds which is done
    return label == "pobj" and head.lower_ not in _PARTICLES and not is_instead(head)


def is_instead(link: Token) -> bool:
    """Whether a link leads to what is not done: 'without', 'decided against', 'instead of', 'rather than'."""
    if link.lower_ == "against" and link.head.lemma_ in _CHOOSING and syntax.children(link, "pcomp"):
        return True
    return link.lower_ == "without" or (
        link.i > 0 and link.nbor(-1).lower_ in _INSTEAD and link.lower_ in {"of", "than"}
    )


def _apart(at: Token, head: Token) -> bool:
    """Whether a coordinated verb stands by itself: it has a subject or auxiliaries of its own, or another tense."""
    if any(c.dep_ in syntax.SUBJECTS for c in at.children):
        return True
    if at.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ != "to" for c in at.children):
        return True
    if any(c.dep_ == "auxpass" and c.tag_ in _FINITE for c in at.children) and head.tag_ == "VB":
        return True  # 'refused to go and was threatened'
    return at.tag_ in _FINITE and head.tag_ in {"VB", "VBN", "VBG"}
