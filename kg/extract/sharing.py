"""Dates beyond a clause that it shares: those of the clause it hangs on, follows, or is coordinated with."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed, When
from kg.extract.clauses import clause_tokens
from kg.extract.triggers import Trigger

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ATTENDING = frozenset({"at", "during", "in", "after", "on"})  # prepositions of an event that others happen in
# How a date hangs on a noun that it tells apart: 'the 2014 agreement', 'last year's budget'.
TELLING = frozenset({"compound", "nummod", "nmod", "npadvmod", "poss", "amod"})
_CALENDAR = frozenset({"day", "week", "month", "year", "date"})
# Verbs of what lasts: 'has been there since it joined in 2023' tells since when.
_LASTING = frozenset(
    {"be", "remain", "stay", "host", "keep", "belong", "maintain", "live", "serve", "work", "patrol"}
)
_BESIDE = frozenset({"when", "as", "while"})


def beyond(token: Token, parsed: Parsed, dated: list[int]) -> Iterator[list[int]]:
    """The dates outside a trigger's clause that it may share."""
    verb = syntax.clause_verb(token)
    told = (_beside(token, parsed), _followed(verb, parsed), _leading(verb, parsed), _stepped(verb, parsed))
    yield [at for at in told if at is not None]
    for other in _sharing(verb, token):
        clause = clause_tokens(Trigger(other))
        yield [at for at in dated if at in clause and not (_is_deadline(parsed.times[at]) and at > other.i)]
        if (at := _followed(other, parsed)) is not None:
            yield [at]
    yield _opening(verb, parsed, dated)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # 'the 2014 pact brokered by Oman'
        yield [at for at in dated if parsed.doc[at].head == verb.head and parsed.doc[at].dep_ in TELLING]


def _is_deadline(found: When) -> bool:
    return found.time.start is None


def _sharing(verb: Token, token: Token) -> Iterator[Token]:
    """The verbs whose date is that of another, too, the likelier first."""
    head = verb.head
    listed = verb.dep_ == "advcl" and verb.tag_ == "VBD" and not syntax.children(verb, "mark", "advmod")
    bare = not syntax.children(verb, *SUBJECTS) and not _turns(verb)
    if syntax.is_verb(head) and bare and (verb.dep_ == "conj" or listed or _is_participle(verb)):
        yield head
    if verb.dep_ == "pcomp" and head.lower_ == "by":
        yield syntax.clause_verb(head)
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in syntax.children(verb, "advmod")):
        yield syntax.clause_verb(head)
    if verb.dep_ == "relcl" and (top := _identified(head)) is not None and top.tag_ == verb.tag_:
        yield top
    for child in syntax.children(verb, "advcl"):
        opening = {c.lower_ for c in syntax.children(child, "mark", "advmod")}
        since = "since" in opening and verb.lemma_ in _LASTING and _is_perfect(verb)
        if (_is_participle(child) and child.i < verb.i) or opening & _BESIDE or since:
            yield child
    if token is not verb and syntax.first_conjunct(token).dep_ in SUBJECTS:
        for step in [verb, *syntax.children(verb, "acomp")]:
            yield from syntax.children(step, "xcomp")


def _turns(verb: Token) -> bool:
    """Whether a verb tells of now, or of what is ahead, after one of what is past: 'visited Oman and is to sign'."""
    if verb.dep_ != "conj":
        return False
    helpers = syntax.children(verb, "aux", "auxpass")
    now = verb.tag_ in {"VBZ", "VBP"} or any(c.tag_ in {"MD", "VBZ", "VBP"} for c in helpers)
    return now and (verb.head.tag_ == "VBD" or (_is_perfect(verb.head) and not _is_perfect(verb)))


def _identified(noun: Token) -> Token | None:
    """The verb of a clause that only says what its subject is: 'Japan was among the nations which took part'."""
    top = noun.head if noun.dep_ in {"pobj", "attr"} else None
    while top is not None and not syntax.is_verb(top):
        top = top.head if top.dep_ in {"prep", "pobj", "attr"} else None
    return top if top is not None and top.lemma_ == "be" else None


def _opening(verb: Token, parsed: Parsed, dated: list[int]) -> list[int]:
    """The date that opens the first of coordinated clauses, and dates them all: 'In May A bought X, and B sold Y'.

    They are in one tense; a semicolon may stand between them.
    """
    first = verb.head if verb.dep_ == "conj" else verb
    if first == verb:
        start = verb.sent.start
        if verb.dep_ != "ROOT" or start == 0 or parsed.doc[start - 1].text != ";":
            return []
        first = parsed.doc[start - 1].sent.root
    if not syntax.is_verb(first) or _tense(first) != _tense(verb):
        return []
    subject = next((c for c in syntax.children(first, *SUBJECTS)), first)
    ahead = [at for at in dated if first.sent.start <= at < min(subject.i, first.i)]
    return [at for at in ahead if at < subject.left_edge.i or parsed.doc[at - 1].tag_ == "IN"]


def _tense(verb: Token) -> frozenset[str]:
    """What tells a clause's tense: the form of its verb and its auxiliaries."""
    return frozenset({verb.tag_, *(c.lower_ for c in syntax.children(verb, "aux", "auxpass"))})


def _is_perfect(verb: Token) -> bool:
    """Whether a verb tells what has gone on: 'has been under', 'have hosted'."""
    return any(c.lower_ in {"has", "have", "had", "'ve"} for c in syntax.children(verb, "aux"))


def _is_participle(verb: Token) -> bool:
    """Whether a verb is a participle that goes with another clause: 'signing a pact'."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def _beside(noun: Token, parsed: Parsed) -> int | None:
    """The date right before the phrase of an event: 'on 27 October, during a visit to Ankara'."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ATTENDING:
        return None
    return _last(parsed, noun.head.i)


def _last(parsed: Parsed, end: int) -> int | None:
    """The date that ends right before a token, but for a comma."""
    before = [t.i for t in parsed.doc[max(0, end - 2) : end] if t.text != ","]
    return before[-1] if before and before[-1] in parsed.times else None


def _followed(verb: Token, parsed: Parsed) -> int | None:
    """The date that a clause follows and tells more of: 'on 10 July, when he saw'; 'March, the month in which'."""
    if verb.dep_ in {"relcl", "acl"} and verb.head.i in parsed.times:
        return verb.head.i
    opening = next((c for c in syntax.children(verb, "advmod") if c.lower_ == "when"), None)
    if verb.dep_ == "relcl" and verb.head.lemma_ in _CALENDAR:
        opening = verb.head.left_edge
    return _last(parsed, opening.i) if opening is not None else None


def _leading(verb: Token, parsed: Parsed) -> int | None:
    """The date before a clause that dates the main one: 'Four days before it began, they had met'."""
    for child in syntax.children(verb, "advcl", "ccomp"):
        first = child.left_edge.i
        if child.i < verb.i and first in parsed.times and _words(parsed, first).endswith(("before", "after")):
            return first
    return None


def _stepped(verb: Token, parsed: Parsed) -> int | None:
    """The date that dates what follows it: 'on 30 October, a day after seeing the president'."""
    for at in sorted(parsed.times, reverse=True):
        if at < verb.i and parsed.times[at].inside:
            between = parsed.doc[at + 1 : verb.i]
            return at if all(t.pos_ != "VERB" for t in between) else None
    return None


def _words(parsed: Parsed, at: int) -> str:
    return parsed.words(parsed.times[at].span).lower()
