"""Triggers: the words that evoke frames, and the verbs that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.lexicon import Frame, Lexicon

_CARRYING = frozenset({"in", "with", "into", "for", "on", "at", "after", "of"})
TAKING_PLACE = frozenset(
    {"take", "begin", "start", "open", "end", "resume", "continue", "occur", "conclude", "happen", "follow"}
    | {"wrap", "kick", "wind", "run", "last"}
)
_GOING = frozenset(
    {"be", "fly", "travel", "come", "arrive", "visit", "gather", "convene", "assemble", "land"}
)
_NEXT = frozenset({"prep", "dobj", "advmod"})  # right behind a verb and one with it: 'take part', 'set off'
_SERVING = frozenset({"aux", "auxpass", "amod", "compound"})  # verbs and participles that serve another word


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that evokes frames, with the verb that carries it ('held talks'), if any."""

    token: Token
    host: Token | None = None

    @property
    def verbal(self) -> bool:
        """Whether it is a verb."""
        return syntax.is_verb(self.token)


def triggers(
    sentence: Sentence, parsed: Parsed, lexicon: Lexicon
) -> Iterator[tuple[Trigger, tuple[Frame, ...]]]:
    """Each word of a sentence that evokes a frame, with the frames that it may evoke."""
    for token in sentence:
        if syntax.is_verb(token):
            if token.dep_ not in _SERVING and (frames := _of_verb(token, lexicon)):
                yield Trigger(token), frames
        elif (
            token.pos_ in {"NOUN", "PROPN", "VERB"}
            and (frames := _of_noun(token, lexicon))
            and not _names_other(token, parsed)
        ):
            yield Trigger(token, host_of(token, lexicon)), frames


def _of_verb(token: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    """The frames of a verb with its particle ('set up') or first part ('test-fire'), or else of the verb alone."""
    lemma, verbs = token.lemma_.lower(), lexicon.verbs
    behind = [c for c in token.children if c.dep_ == "prt" or (c.dep_ in _NEXT and c.i == token.i + 1)]
    before = [c for c in token.children if c.dep_ == "npadvmod" and c.i < token.i and c.nbor().text == "-"]
    whole = [f"{lemma} {c.lower_}" for c in behind] + [f"{c.lower_}-{lemma}" for c in before]
    found = (frames for form in whole if (frames := verbs.get(form)))
    return next(found, verbs.get(lemma, ()))


def _of_noun(token: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    nouns = lexicon.nouns
    forms = (syntax.hyphenated(token), token.lemma_.lower(), token.lower_)
    return next((nouns[form] for form in forms if form in nouns), ())


def _names_other(token: Token, parsed: Parsed) -> bool:
    """Whether a noun is the name of something that is no event's: neither of an agreement nor of an exercise."""
    return any(
        r.entity is not None and r.how == "name" and r.entity.kind not in {"Agreement", "Exercise"}
        for r in parsed.of(token)
    )


def host_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb that carries a noun of doing, as its object, its passive subject, or behind a preposition."""
    supporting = lexicon.words["support-verb"]
    top = syntax.first_conjunct(noun)
    head = top.head
    if top.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in lexicon.words["stage"]:
        top = syntax.first_conjunct(head.head)  # 'held a round of talks'
        head = top.head
    if top.dep_ in {"dobj", "nsubjpass", "attr", "oprd"} and syntax.is_verb(head):
        return head if head.lemma_ in supporting or head.lemma_ == "be" else None
    if top.dep_ == "pobj" and head.dep_ == "prep" and head.i > head.head.i and _carries(head, supporting):
        return head.head
    if noun.dep_ in {"nsubj", "nsubjpass"} and head.pos_ == "VERB":
        return head if noun.dep_ == "nsubjpass" or head.lemma_ in TAKING_PLACE else None
    if top.dep_ == "pobj" and head.head.lemma_ == "part" and head.head.dep_ == "dobj":
        return head.head.head  # 'took part in a drill'
    participle = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), _apposed(noun))
    return participle if participle is not None and participle.lemma_ in supporting else None


def _apposed(noun: Token) -> Token | None:
    """A participle that a comma parts from its noun and that was hung on the clause: 'the talks, held in Oslo, …'."""
    behind = noun.doc[noun.i + 1 : min(noun.i + 3, noun.sent.end)]
    apposed = (
        len(behind) == 2 and behind[0].text == "," and behind[1].tag_ == "VBN" and behind[1].dep_ == "advcl"
    )
    return behind[1] if apposed else None


def _carries(link: Token, supporting: frozenset[str]) -> bool:
    """Whether a verb carries the noun behind its preposition: 'are in talks', 'went on a visit'."""
    verb, preposition = link.head, link.lower_
    if preposition not in _CARRYING or link.i < verb.i:
        return False
    if verb.lemma_ == "be" and preposition in {"in", "on", "at"}:
        return True
    if preposition == "for" and verb.lemma_ in _GOING:
        return True  # 'is in Oslo for talks', 'flew to Oslo for talks'
    return verb.pos_ == "VERB" and (verb.lemma_ in supporting or preposition == "with")
