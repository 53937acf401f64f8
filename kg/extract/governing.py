"""What single words say of how something holds: governors above it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import syntax
from kg.extract.ascent import is_instead
from kg.lexicon import Governor, Lexicon
from kg.model import Modality

MODALS = {
    "will": Modality.PLANNED, "shall": Modality.PLANNED, "'ll": Modality.PLANNED, "wo": Modality.PLANNED,
    "may": Modality.EXPECTED, "might": Modality.EXPECTED, "could": Modality.EXPECTED,
    "would": Modality.PROPOSED, "should": Modality.PROPOSED, "must": Modality.PROPOSED, "ought": Modality.PROPOSED,
}  # fmt: skip
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "none"})
_PERHAPS = frozenset({"possibly", "perhaps", "likely", "potentially", "probably"})
_WITH_VERB = frozenset({"prep", "advmod", "acomp"})  # what a parser takes a particle for
_SINGLING = frozenset(
    {"first", "second", "third", "last", "only", "latest", "next"}
)  # 'the first to be sent'
# What comes to its end by itself, and the words for that: drills that ended have taken place.
_BOUNDED = frozenset({"JointExercise", "Meeting", "Visit"})
_LETTING = frozenset({"allow", "let", "permit"})
_ENDING_ALONE = frozenset({"lapse", "expire"})  # what papers do by themselves
_COMPLETING = frozenset({"end", "wind", "close", "dissolve"})
_TALKS = frozenset({"talk", "negotiation", "discussion"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})


def beside(token: Token, below: Token | None, lexicon: Lexicon, nominal: bool) -> Iterator[Modality]:
    """What auxiliaries, negation, adverbs and adjectives beside a word say; `below` has been heard already."""
    for child in token.children:
        low, label = child.lower_, child.dep_
        if label == "aux" and low in MODALS:
            yield MODALS[low]
        yield from _negated(token, child)
        if nominal:
            yield from _described(child, lexicon)
            if (
                child.dep_ in {"relcl", "acl"}
                and syntax.is_infinitive(child)
                and syntax.children(child, "auxpass")
            ):
                yield Modality.PLANNED  # 'a treaty to be signed in July'
        elif (
            label in {"nsubj", "nsubjpass", "dobj", "attr"}
            and _is_none(child)
            and not _is_subject(below, child)
        ):
            yield Modality.DENIED
        if label == "advmod" and low in _PERHAPS:
            yield Modality.EXPECTED
    if _lies_ahead(token):
        yield Modality.PLANNED


def _negated(token: Token, child: Token) -> Iterator[Modality]:
    """What negation beside a word says: 'not', 'had never before sent', 'no longer hosts'."""
    if child.dep_ == "advmod" and any(c.dep_ == "neg" and c.lower_ == "never" for c in child.children):
        yield Modality.DENIED
    if child.lower_ == "longer" and any(c.lower_ in _NEGATIVE for c in child.children):
        yield Modality.ENDED
    if child.dep_ == "neg" or (
        child.lower_ in _NEGATIVE and child.dep_ in {"det", "advmod", "preconj", "cc"}
    ):
        longer = any(c.lower_ == "longer" for c in [*token.children, *child.children])
        yield Modality.ENDED if longer else Modality.DENIED


def _is_subject(below: Token | None, child: Token) -> bool:
    """Whether what was heard already is that child, or the subject beside it: 'the threat left no choice'."""
    return below is not None and (below == child or below.dep_ == "nsubj")


def _described(child: Token, lexicon: Lexicon) -> Iterator[Modality]:
    """What a word before a noun of doing says: 'planned talks', 'possible sale'."""
    if child.dep_ in {"amod", "compound", "nmod"}:
        if child.lower_ in lexicon.words["future"]:
            yield Modality.PLANNED
        elif child.lower_ in lexicon.words["tentative"]:
            yield Modality.PROPOSED


def _lies_ahead(token: Token) -> bool:
    """Whether a verb is told as to come without a modal: 'is going to send', 'is to send', 'jets to be sent'."""
    if token.lemma_ == "go" and token.tag_ == "VBG" and syntax.children(token, "xcomp"):
        return True
    if token.tag_ == "VBN" and token.dep_ in {"acl", "relcl"} and syntax.is_infinitive(token):
        return not any(c.lower_ in _SINGLING for c in token.head.children)
    return token.dep_ == "xcomp" and token.head.lemma_ in {"be", "have"} and syntax.is_infinitive(token)


def governor(token: Token, below: Token, lexicon: Lexicon, evokes: str, future: bool) -> Modality | None:
    """What a word says of what stands under it, where it governs it in this construction."""
    return Modality.DENIED if is_instead(token) else _of_word(token, below, lexicon, evokes, future)


def _of_word(token: Token, below: Token, lexicon: Lexicon, evokes: str, future: bool) -> Modality | None:
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "AUX", "ADV"}:
        return None
    above = _named_governor(token, lexicon)
    if above is None:
        return None
    if above.sets is Modality.ACTUAL:
        return above.sets
    if token.lemma_ in _LETTING and any(v.lemma_ in _ENDING_ALONE for v in syntax.children(token, "xcomp")):
        return Modality.ENDED  # what was allowed to lapse has lapsed
    if above.sets is Modality.ENDED and evokes in _BOUNDED and token.lemma_ in _COMPLETING:
        return None
    if token.pos_ == "NOUN" and token.lemma_ in _TALKS:
        return Modality.PROPOSED if below.lower_ in {"on", "over", "about", "for"} else None
    if token.pos_ == "NOUN" and above.deeds and evokes not in above.deeds:
        return None
    if (
        token.pos_ == "VERB"
        and above.over
        and not above.over & set(_sites(token, below, above, evokes, future))
    ):
        return None
    if above.sets is Modality.ENDED and below.dep_ in {"nsubj", "prep", "pobj"} and token.pos_ == "VERB":
        return None  # a verb of ending ends its object alone
    return above.sets


def ended_after(host: Token, lexicon: Lexicon) -> bool:
    """Whether what a verb is said of ends by the next one: 'the contract, concluded in 2023, was cancelled'."""
    later = (c for c in host.children if c.dep_ == "conj" and c.pos_ == "VERB")
    last = (
        v for v in later if syntax.children(v, "auxpass") and not syntax.children(v, "nsubj", "nsubjpass")
    )
    return any((g := _named_governor(v, lexicon)) is not None and g.sets is Modality.ENDED for v in last)


def _named_governor(token: Token, lexicon: Lexicon) -> Governor | None:
    """The governor that a word is: with its particle, as its part of speech, or by its lemma."""
    lemma, governors = token.lemma_.lower(), lexicon.governors
    beside = [c for c in token.children if c.dep_ == "prt" or (c.i == token.i + 1 and c.dep_ in _WITH_VERB)]
    forms = [f"{lemma} {c.lower_}" for c in beside]
    forms += [f"{lemma}/{token.pos_}", lemma, token.lower_]
    return next((governors[form] for form in forms if form in governors), None)


def _sites(token: Token, below: Token, above: Governor, evokes: str, future: bool) -> Iterator[str]:
    """What stands under a verb, in the words of `ent:over`."""
    named = below.pos_ in {"NOUN", "PROPN"} or (below.pos_ == "ADP" and bool(syntax.children(below, "pobj")))
    if named:
        yield "noun"
        if evokes in above.deeds:
            yield "deed"
    else:
        yield "clause" if below.dep_ == "ccomp" and not syntax.is_infinitive(below) else "infinitive"
    if future:
        yield "future"
    if below.dep_ != "nsubjpass" and syntax.is_passive(token) and not syntax.subjects(token):
        yield "hearsay"


def _is_none(token: Token) -> bool:
    """Whether a noun phrase says that there is none: 'nobody', 'no troops', 'neither side'."""
    return token.lower_ in _NOBODY or any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in token.children
    )
