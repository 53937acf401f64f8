"""Whether the words around a date look ahead: 'will meet in March', 'is due in March', 'opens on Friday'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

_VERBAL = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "TO"}
_FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
_BE = {"is", "are", "be", "'s", "’s", "'re", "’re"}
_INTENDED = {
    *("set", "due", "expected", "scheduled", "slated", "planned", "supposed", "meant", "likely", "poised"),
    *("plans", "plan", "planning", "expects", "expect", "intends", "intend", "aims", "aim", "hopes", "hope"),
    *("wants", "want", "vowed", "promised", "pledged", "agreed", "decided", *_BE),
}
_FIXED = {"set", "scheduled", "slated", "planned", "expected"}
_REACH = 25  # tokens to either side in which the verb of a date is looked for
_SAYING = {"says", "say", "said", "adds", "notes"}


def tense(token: Token | None) -> str:
    """What the verb nearest to a date's first token, before it else after it, tells.

    `future`, `present`, `participle` where the verb stands with a noun ('jets ordered in 2019'), or nothing,
    as in the past and in a text without tags.
    """
    if token is None:
        return ""
    before = _group(_before(token))
    group = before or _group(_after(token))
    words = [word.lower_ for word in group]
    if _FUTURE & set(words) or "due" in words or (words and words[0] in _BE | _FIXED and words[-1] in _FIXED):
        return "future"
    if "to" in words[1:]:
        if not before and group[0].tag_ == "VBD":
            return ""  # 'On Wednesday they agreed to spend more' dates the agreeing
        return "future" if words[words.index("to", 1) - 1] in _INTENDED else ""
    tags = {word.tag_ for word in group}
    if tags and tags <= {"VBZ", "VBP", "VB"} and not set(words) & (_BE | _SAYING):
        return "present"
    return "participle" if before and tags <= {"VBN", "VBG"} else ""


def over(token: Token | None) -> bool:
    """Whether 'until' ends what a verb in the simple past tells: 'patrolled the coast until December'."""
    if token is None or token.lower_ not in {"until", "till"}:
        return False
    group = _group(_before(token))
    return len(group) == 1 and group[0].tag_ == "VBD" and group[0].lower_ not in _INTENDED


def _before(token: Token) -> Iterator[Token]:
    """The tokens before one in its sentence, nearest first."""
    for place in range(token.i - 1, max(-1, token.i - _REACH), -1):
        if token.doc[place].text in {".", ";", "?", "!"}:
            return
        yield token.doc[place]


def _after(token: Token) -> Iterator[Token]:
    for place in range(token.i + 1, min(len(token.doc), token.i + _REACH)):
        if token.doc[place].text in {".", ";", "?", "!"}:
            return
        yield token.doc[place]


def _group(tokens: Iterator[Token]) -> Sequence[Token]:
    """The first run of verbal words among tokens, in the text's order: 'is expected to be signed'."""
    run: list[Token] = []
    for token in tokens:
        verbal = (token.tag_ in _VERBAL and not _counted(token)) or token.lower_ in {"due", "likely"}
        if verbal or (run and token.tag_ == "RB"):
            run.append(token)
        elif run:
            break
    return sorted(run, key=lambda token: token.i)


def _counted(token: Token) -> bool:
    """Whether what was taken for a verb is counted, and so a noun: 'nine C-390 transports'."""
    at = token.i - 1
    while at > 0 and token.doc[at].tag_ in {"NNP", "JJ"}:
        at -= 1
    return token.tag_ == "VBZ" and at >= 0 and token.doc[at].tag_ == "CD" and token.doc[at].is_alpha
