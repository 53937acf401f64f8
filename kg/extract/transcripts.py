"""Records of who spoke in turn: whose turn it is, and for which state those of a parliament speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence

from kg import syntax
from kg.annotated import Parsed
from kg.extract.credits import fillers
from kg.model import Entity, Filler

_OWN = frozenset({"government", "personnel", "force", "forces", "industry", "taxpayer"})  # told of one's own
_YOU = frozenset({"you", "your"})
_ONESELF = frozenset({"i", "we", "our", "us", "my"})
_ANSWERS = 2  # that an interview has, at least
_TURN = 3  # passages of a question and its answer, at most, taken together
_QUESTION = 60  # tokens of a question, at most
_LABEL = 8  # tokens before the colon of a turn, at most
_BRACKETED_LABEL = 16  # and with a name or a constituency in brackets


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is; `stated` tells that each of its sentences is a statement, as where turns are labelled.

    In an interview that only its form tells, all is said by one person: it is theirs, and no news that they say it.
    """

    speakers: tuple[Filler, ...] = ()
    stated: bool = True


def turns(passages: tuple[Parsed, ...]) -> Iterator[tuple[Parsed, Turn]]:
    """Each passage with the person whose turn it is; where turns change, one lasts until the next."""
    marks = [_mark(parsed) for parsed in passages]
    stated = marks.count("A") >= _ANSWERS
    marks = marks if stated else _by_form(passages)
    labels = _answers(passages, marks) or [_label(parsed) for parsed in passages]
    transcript = sum(bool(people) for people in labels) > 1
    spoken_for = Counter(f.acts_for for people in labels for f in people or () if f.acts_for is not None)
    home = (_home(passages) or next(iter(spoken_for), None)) if transcript else None
    turn: tuple[Filler, ...] = ()
    for parsed, people in zip(passages, labels, strict=True):
        ends = people is not None or parsed.kind == "heading" or not transcript
        turn = tuple(replace(f, acts_for=f.acts_for or home) for f in people or ()) if ends else turn
        yield parsed, Turn(turn, stated or not marks)


def _answers(passages: Sequence[Parsed], marks: Sequence[str]) -> list[tuple[Filler, ...] | None]:
    """The labels of an interview, marked by 'Q:' and 'A:' or by its form alone; the empty list where it is none.

    Who answers is the one person named before the first question, if only one is.
    """
    if marks.count("A") < _ANSWERS:
        return []
    first = next(at for at, mark in enumerate(marks) if mark)
    named = {f.entity.iri: f for parsed in passages[:first] for f in _people(parsed.doc[:], parsed)}
    asked = tuple(named.values()) if len(named) == 1 else ()
    return [asked if mark == "A" else () if mark else None for mark in marks]


def _by_form(passages: Sequence[Parsed]) -> list[str]:
    """The marks of an interview that has none: questions put to 'you', and answers of which most say 'I' or 'we'."""
    asks = [len(p.doc) > 0 and p.doc[-1].text == "?" and len(p.doc) <= _QUESTION for p in passages]
    addressed = sum(_says(p, _YOU) for p, ask in zip(passages, asks, strict=True) if ask)
    first = asks.index(True) if any(asks) else 0
    if addressed < _ANSWERS or sum(asks) * _TURN < len(asks) - first:
        return []  # an essay, too, may ask
    answers = [p for p, ask in zip(passages[first:], asks[first:], strict=True) if not ask]
    own = sum(_says(p, _ONESELF) for p in answers)
    told = ["Q" if ask else "A" for ask in asks[first:]]
    return [""] * first + told if own * 2 > len(answers) else []


def _says(passage: Parsed, words: frozenset[str]) -> bool:
    """Whether a passage says one of the words in its own voice."""
    return any(t.lower_ in words and passage.quoted(t) is None for t in passage.doc)


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
            if token.i + 1 == len(passage.doc):
                return None  # 'The Ministers:' opens a list
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
