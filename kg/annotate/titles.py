"""Finds where the title of a person begins and ends: before the name, or beside it between commas.

'Japanese Defense Minister Gen Nakatani'; 'the Canadian prime minister, Mark Carney'; 'Kristóf Bobrovniczky, the
Hungarian defence minister,'; 'Volodymyr Zelensky of Ukraine'; 'Australia's Richard Marles'. All functions take
positions of tokens in a tagged passage; none needs a parse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

Words = Mapping[str, frozenset[str]]

_INSIDE = frozenset({"of", "for", "in", "at", "on", "to"})
_ALLOWED = frozenset(
    {"DT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "CD", "RB", "VBG", "AFX"}
)
_BESIDE = frozenset({",", "–", "—", "--"})
_ENDS = frozenset({",", ".", ";", ":", ")", "–", "—", "--", '"', "?", "!"})
_LEADING = frozenset({"the", "of", "and", "for", "'s", "-", "in", "a", "an", ",", "by"})
_LONGEST = 16
CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sep.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
    ]
)


@dataclass(frozen=True, slots=True)
class Titles:
    """Recognises titles by the lexicon's words; `states` are the tokens in names of states and bodies of a
    passage."""

    words: Words
    doc: Doc
    states: frozenset[int]
    people: frozenset[int]

    def is_office(self, token: Token) -> bool:
        """Whether a word is an office: 'Minister', 'presidents', 'chief'."""
        low = token.lower_
        return low in self.words["office"] or (low.endswith("s") and low[:-1] in self.words["office"])

    def is_honorific(self, token: Token) -> bool:
        """Whether a word is a title that is no office: 'Mr', 'Gen.'."""
        return token.lower_ in self.words["honorific"]

    def is_person_noun(self, token: Token) -> bool:
        """Whether a noun describes a person: an office, 'colleague', 'analyst'."""
        low = token.lower_
        forms = {low, low.removesuffix("s")}
        return any(forms & self.words[group] for group in ("office", "person", "unnamed", "fellow"))

    # ------------------------------------------------------------ before the name

    def before(self, first: int) -> int:
        """Where the title right before a name begins; `first` itself where there is none."""
        if first and self.doc[first - 1].lower_ in _LEADING - {"-"}:
            return self._possessed(first)
        start, seen = first, self.is_honorific(self.doc[first]) and self.doc[first].is_title
        while start > 0:
            token = self.doc[start - 1]
            if self.is_office(token) or self.is_honorific(token):
                seen = True
            elif not self._goes_on(token, seen):
                break
            start -= 1
        while start < first and self.doc[start].lower_ in _LEADING:
            start += 1
        return start if seen else self._possessed(first)

    def _goes_on(self, token: Token, seen: bool) -> bool:
        low, before = token.lower_, self.doc[token.i - 1] if token.i else None
        if token.i in self.people:
            return False
        if token.i in self.states:
            return True
        if low in {"of", "for"}:
            return before is not None and self._worded(before)
        if low in {"and", "&"}:
            return seen and before is not None and before.i not in self.states and self._worded(before)
        if low == "the":
            return before is not None and before.lower_ in {"of", "for"}
        if low in {"'s", "-", "'"}:
            return seen and before is not None and (before.i in self.states or not before.is_punct)
        if token.lower_ in CALENDAR or token.ent_type_ == "DATE":
            return False
        if self._worded(token):
            return True
        return seen and token.tag_ in {"NNP", "NNPS"} and token.text[:1].isupper()

    def goes_with(self, token: Token) -> bool:
        """Whether a word may stand inside a title: a word of offices, or in the name of a state or body."""
        return token.i in self.states or self._worded(token)

    def _worded(self, token: Token) -> bool:
        return token.lower_ in self.words["title-modifier"] or self.is_office(token)

    def owned(self, first: int) -> bool:
        """Whether only a possessor stands before a name, and no title."""
        return first > 1 and self.doc[first - 1].tag_ == "POS"

    def _possessed(self, first: int) -> int:
        """'Australia's Richard Marles': where the possessor begins."""
        if first < 2 or self.doc[first - 1].tag_ != "POS" or first - 2 not in self.states:
            return first
        start = first - 2
        while start - 1 in self.states:
            start -= 1
        return start

    # ------------------------------------------------------------ beside the name

    def left(self, first: int) -> int:
        """Where a title that stands before a name and a comma begins: 'the Deputy Prime Minister, Richard
        Marles'."""
        if first < 2 or self.doc[first - 1].text != ",":
            return first
        last = first - 2
        start = last
        while start >= 0 and last - start < _LONGEST:
            token = self.doc[start]
            if token.i in self.people or not self._allowed(token):
                break
            opening = start == 0 or token.tag_ in {"DT", "PRP$"} or not self._allowed(self.doc[start - 1])
            if (opening or self._opens(start)) and self.heads(start, last):
                while start > 1 and self.doc[start - 1].lower_ in {"and", ","} and start - 2 in self.states:
                    start -= 2
                while start > 0 and self.doc[start - 1].tag_ in {"DT", "PRP$"}:
                    start -= 1
                return start if self._separate(start) else first
            start -= 1
        return first

    def _opens(self, start: int) -> bool:
        return start in self.states and start - 1 not in self.states

    def _separate(self, start: int) -> bool:
        """Whether what stands before a title is no name that the title itself may stand beside."""
        return not (start > 1 and self.doc[start - 1].text == "," and start - 2 in self.people)

    def right(self, last: int) -> int:
        """The last token of a title behind a name and a comma: 'Ejup Maqedonci, the Kosovar minister,'."""
        if last + 2 >= len(self.doc) or self.doc[last + 1].text not in _BESIDE:
            return last
        at = last + 2
        if self.doc[at].lower_ == "and":
            return last  # ', and her Peruvian counterpart' is of who is named next
        while at < len(self.doc) and at - last <= _LONGEST:
            token = self.doc[at]
            if token.text in _ENDS:
                break
            if token.i in self.people and not self._owner(at):
                return last
            if not self._allowed(token):
                return last
            at += 1
        else:
            return last
        if self.doc[last + 1].text != "," and self.doc[at].text not in {self.doc[last + 1].text, "."}:
            return last
        return at - 1 if self.heads(last + 2, at - 1) else last

    def _owner(self, at: int) -> bool:
        while at < len(self.doc) and at in self.people:
            at += 1
        return at < len(self.doc) and self.doc[at].tag_ == "POS"

    def _allowed(self, token: Token) -> bool:
        return (
            token.tag_ in _ALLOWED
            or token.lower_ in _INSIDE
            or token.lower_ in {"and", "&", "then", "of"}
            or token.i in self.states
        )

    def heads(self, first: int, last: int) -> bool:
        """Whether the noun that heads a phrase describes a person."""
        end = next((i for i in range(first, last + 1) if self.doc[i].lower_ in _INSIDE), last + 1)
        while end > first and self.doc[end - 1].tag_ in {"RB", "CD"}:
            end -= 1
        return end > first and self.is_person_noun(self.doc[end - 1])

    def of(self, last: int) -> int:
        """The last token of 'of Ukraine', 'for Israel' behind a name; `last` where nothing of the kind stands
        there."""
        at = last + 1
        if at + 1 >= len(self.doc) or self.doc[at].lower_ not in {"of", "for"}:
            return last
        signs = self.doc[at].lower_ == "for"
        at += 1 + (self.doc[at + 1].lower_ == "the")
        end = at
        while end in self.states:
            end += 1
        if signs and end < len(self.doc) and self.doc[end].lower_ not in {",", ".", "and", ";"}:
            return last
        return end - 1 if end > at and not (end < len(self.doc) and self.doc[end].tag_ == "POS") else last
