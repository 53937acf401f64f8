"""Records of who spoke in turn: whose turn it is, and for which state those of a parliament speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence

from kg import syntax
from kg.annotated import Parsed
from kg.extract.credits import fillers
from kg.model import Entity, Filler

_OWN = frozenset({"government", "personnel", "force", "forces", "industry", "taxpayer"})  # told of one's own
_LABEL = 8  # tokens before the colon of a turn, at most
_BRACKETED_LABEL = 16  # and with a name or a constituency in brackets


def turns(passages: tuple[Parsed, ...]) -> Iterator[tuple[Parsed, tuple[Filler, ...]]]:
    """Each passage with the person whose turn it is; where turns change, one lasts until the next."""
    labels = _answers(passages) or [_label(parsed) for parsed in passages]
    transcript = sum(bool(people) for people in labels) > 1
    home = _home(passages) if transcript else None
    turn: tuple[Filler, ...] = ()
    for parsed, people in zip(passages, labels, strict=True):
        ends = people is not None or parsed.kind == "heading" or not transcript
        turn = tuple(replace(f, acts_for=f.acts_for or home) for f in people or ()) if ends else turn
        yield parsed, turn


def _answers(passages: Sequence[Parsed]) -> list[tuple[Filler, ...] | None]:
    """The labels of an interview in which 'Q:' asks and 'A:' answers; the empty list where it is none.

    Who answers is the one person named before the first question, if only one is.
    """
    marks = [_mark(parsed) for parsed in passages]
    if marks.count("A") < 2:
        return []
    first = next(at for at, mark in enumerate(marks) if mark)
    named = {f.entity.iri: f for parsed in passages[:first] for f in _people(parsed.doc[:], parsed)}
    asked = tuple(named.values()) if len(named) == 1 else ()
    return [asked if mark == "A" else () if mark else None for mark in marks]


def _mark(passage: Parsed) -> str:
    """The letter by which an interview marks a question or an answer, which stands outside the passage."""
    before = passage.text[: passage.places[0].start].rpartition("\n")[2].strip() if passage.places else ""
    return before[:1] if before in {"Q:", "Q.", "A:", "A."} else ""


def _label(passage: Parsed) -> tuple[Filler, ...] | None:
    """Who is named before the colon that a turn of a transcript begins with; None where there is none such.

    Nobody, where the label names no person ('Question:').
    """
    for token in passage.doc[:_BRACKETED_LABEL]:
        if token.text == "):" or (token.text == ":" and token.i < _LABEL):
            bracket = next((t.i for t in passage.doc[: token.i] if t.text == "("), token.i)
            return _people(passage.doc[:bracket], passage) or _people(passage.doc[bracket : token.i], passage)
        if syntax.is_verb(token):
            return None
    return None


def _home(passages: Sequence[Parsed]) -> Entity | None:
    """The state of a parliament, by its questions and answers: whose doings are asked after, whose forces are named.

    None where no state, or more than one, is told most often.
    """
    votes: Counter[str] = Counter()
    states = {}
    for passage in passages:
        asks = any(t.lower_ in {"ask", "asked"} for t in passage.doc[:40])
        for token in passage.doc:
            asked = asks and token.dep_ in syntax.SUBJECTS
            for r in passage.of(token):
                if r.agent is None or r.agent.kind != "State":
                    continue
                own = r.how == "description" and token.lemma_.lower() in _OWN
                if own or (asked and r.how == "name"):
                    states[r.agent.iri] = r.agent
                    votes[r.agent.iri] += 1 + asked
    first = votes.most_common(2)
    alone = len(first) == 1 or (len(first) == 2 and first[0][1] > first[1][1])
    return states[first[0][0]] if alone else None


def _people(words: Sentence, passage: Parsed) -> tuple[Filler, ...]:
    """The persons that some words name."""
    return tuple(f for f in fillers(list(words), passage) if f.entity.kind == "Person")
