"""How a claim holds: what stands above and beside its trigger, from the word itself up to the sentence.

The nearest word decides between planned, expected and proposed; a denial or an ending always shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg import syntax
from kg.extract.arguments import Trigger
from kg.lexicon import Lexicon
from kg.model import Modality

_MODALS = {
    "will": Modality.PLANNED, "shall": Modality.PLANNED, "'ll": Modality.PLANNED, "wo": Modality.PLANNED,
    "may": Modality.EXPECTED, "might": Modality.EXPECTED, "could": Modality.EXPECTED,
    "would": Modality.PROPOSED, "should": Modality.PROPOSED, "must": Modality.PROPOSED, "ought": Modality.PROPOSED,
}  # fmt: skip
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "without"})
_HYPOTHETICAL = frozenset({"if", "unless", "whether", "should"})
_GOVERNING = frozenset(
    {"for", "on", "to", "of", "from", "in", "about", "against", "toward", "towards", "out"}
)
_UNREAL = {Modality.PLANNED, Modality.EXPECTED, Modality.PROPOSED}


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality with what told it; `reason` is set where no claim should be made: `hypothetical`, `purpose`."""

    modality: Modality
    reason: str | None = None
    future: bool = False


def mood(trigger: Trigger, lexicon: Lexicon, sets: Modality | None = None) -> Mood:
    """The mood of what a trigger tells; `sets` is what its frame says by itself."""
    found: Modality | None = None
    denied = ended = False
    future = False
    last = trigger.token
    for token, through in _upwards(trigger):
        told = _beside(token, lexicon, nominal=token is trigger.token and not trigger.verbal)
        for modality in told:
            denied ^= modality is Modality.DENIED
            ended |= modality is Modality.ENDED
            if modality in _UNREAL:
                future |= modality is Modality.PLANNED
                found = found or modality
        if token is not trigger.token and through:
            above = (
                lexicon.governors.get(token.lemma_.lower())
                if token.pos_ in {"VERB", "NOUN", "ADJ", "AUX"}
                else None
            )
            if above is Modality.DENIED:
                denied = not denied
            elif above is Modality.ENDED:
                ended = True
            elif (
                above is not None
                and above is not Modality.ACTUAL
                and found is None
                and not _plain(token, last, above)
            ):
                found = above
        if _hypothetical(token):
            return Mood(found or Modality.PROPOSED, "hypothetical")
        last = token
    if found is None and _is_purpose(trigger, lexicon):
        return Mood(Modality.PROPOSED, "purpose")
    return Mood(_settled(found, denied, ended or sets is Modality.ENDED, sets), future=future)


def _settled(found: Modality | None, denied: bool, ended: bool, sets: Modality | None) -> Modality:
    if denied and ended:
        return Modality.ACTUAL
    if denied:
        return Modality.DENIED
    if found is not None:
        return found
    if ended:
        return Modality.ENDED
    return sets or Modality.ACTUAL


def _upwards(trigger: Trigger) -> Iterator[tuple[Token, bool]]:
    """The trigger, the verb that carries it, and the words that govern them, as far as their word reaches.

    With each word: whether it governs what is below it (and does not merely share its clause).
    """
    token = trigger.token
    yield token, False
    at = token
    if trigger.host is not None:
        yield trigger.host, True
        at = trigger.host
    for _ in range(8):
        head, label = at.head, at.dep_
        if head.i == at.i:
            return
        if label in {
            "xcomp",
            "ccomp",
            "pcomp",
            "dobj",
            "pobj",
            "acl",
            "prep",
            "oprd",
            "attr",
            "acomp",
            "nsubjpass",
            "dative",
        }:
            if label == "ccomp" and head.i > at.i and head.lemma_ in {"say", "tell", "add"}:
                return
            if label in {"dobj", "pobj", "nsubjpass", "attr"} and at.pos_ in {"PROPN", "PRON"}:
                return
            if label in {"pobj", "pcomp"} and head.lower_ not in _GOVERNING:
                return
            yield head, True
        elif label == "conj":
            if any(c.dep_ in syntax.SUBJECTS for c in at.children):
                return
            if any(c.dep_ == "aux" for c in at.children) and at.pos_ == "VERB" and at.tag_ != "VB":
                return
            if at.tag_ in {"VBD", "VBZ", "VBP"} and head.tag_ == "VB":
                return
            yield head, False
        elif label in {"nsubj", "nsubjpass"} and at is trigger.token and head.pos_ in {"VERB", "AUX"}:
            yield head, False
        elif label == "relcl" or label in {
            "advcl",
            "nsubj",
            "appos",
            "parataxis",
            "amod",
            "compound",
            "nmod",
            "poss",
        }:
            if label == "advcl" and any(c.lower_ in _HYPOTHETICAL for c in at.children if c.dep_ == "mark"):
                return
            return
        else:
            return
        at = head


def _beside(token: Token, lexicon: Lexicon, nominal: bool) -> Iterator[Modality]:
    """What auxiliaries, negation, adverbs and adjectives beside a word say."""
    for child in token.children:
        low = child.lower_
        if child.dep_ == "aux" and low in _MODALS:
            yield _MODALS[low]
        if child.dep_ == "neg" or (low in _NEGATIVE and child.dep_ in {"det", "advmod", "preconj"}):
            yield (
                Modality.ENDED
                if any(c.lower_ == "longer" for c in [*token.children, *child.head.children])
                else Modality.DENIED
            )
        if nominal and child.dep_ in {"amod", "compound", "nmod"}:
            if low in lexicon.words["future"]:
                yield Modality.PLANNED
            elif low in lexicon.words["tentative"]:
                yield Modality.PROPOSED
        if (
            child.dep_ == "advmod"
            and low in {"possibly", "perhaps", "likely", "reportedly", "potentially"}
            and low not in {"reportedly"}
        ):
            yield Modality.EXPECTED
    if token.lemma_ == "go" and token.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in token.children):
        yield Modality.PLANNED
    if (
        token.tag_ == "VB"
        and token.dep_ == "xcomp"
        and token.head.lemma_ == "be"
        and any(c.lower_ == "to" for c in token.children)
    ):
        yield Modality.PLANNED


def _plain(token: Token, below: Token, above: Modality) -> bool:
    """Whether a word that could govern does not here: 'agreed on a budget', 'ordered jets', 'announced a pact'."""
    if above is Modality.PLANNED and below.pos_ in {"NOUN", "PROPN"} and token.pos_ == "VERB":
        return token.lemma_ not in {
            "plan",
            "schedule",
            "promise",
            "pledge",
            "intend",
            "prepare",
            "vow",
        } and not (token.lemma_ == "agree" and below.dep_ == "pobj")
    if above is Modality.PROPOSED and token.lemma_ in {
        "discuss",
        "talk",
        "like",
        "press",
        "negotiate",
        "debate",
        "study",
        "push",
        "open",
        "need",
    }:
        return below.pos_ == "VERB" and token.pos_ not in {"VERB", "NOUN"}
    if (
        above is Modality.PLANNED
        and token.lemma_ in {"confirm", "announce", "mean", "clear", "set", "agreement"}
        and below.dep_ in {"ccomp"}
    ):
        return True
    return above is Modality.EXPECTED and token.lemma_ == "believe"


def _hypothetical(token: Token) -> bool:
    return token.dep_ == "advcl" and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in {"if", "unless"} for c in token.children
    )


def _is_purpose(trigger: Trigger, lexicon: Lexicon) -> bool:
    """Whether the trigger only says what something is for: an infinitive that no governor makes a plan."""
    token = trigger.host or trigger.token
    token = syntax.first_conjunct(token)
    infinitive = token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    return infinitive and token.dep_ in {"advcl", "acl", "relcl"}
