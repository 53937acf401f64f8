"""Denials of what was just told: 'Kigali denies this', 'a charge that Moscow rejects', 'which Beijing disputes'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from kg import syntax
from kg.annotated import Parsed
from kg.extract.fillers import Fillers
from kg.lexicon import Lexicon
from kg.model import Claim, Evidence, Filler, Modality, Time, Values

_REACH = 400  # characters between a denial and what it denies
_THIS = frozenset({"this", "that", "it", "so", "which", "them", "these", "any"})
_SPEECH = "Statement"
# The roles of those who do what is told.
_DOING = frozenset(
    {
        "actor",
        "belligerent",
        "buyer",
        "deployer",
        "developer",
        "participant",
        "party",
        "provider",
        "recipient",
    }
    | {"supplier", "trainer", "visitor"}
)


def denials(
    sentence: Sentence, parsed: Parsed, lexicon: Lexicon, fillers: Fillers, before: Sequence[Claim]
) -> Iterator[Claim]:
    """A denied claim for each verb by which a side denies what it was just said to have done."""
    for verb in sentence:
        if verb.lemma_ not in lexicon.words["denying"] or not syntax.is_verb(verb) or _is_denied(verb):
            continue
        by = fillers.fill("speaker", syntax.subjects(verb), None, parsed)
        back = _pointing(verb, lexicon)
        at = parsed.places[verb.i].start
        near = (
            c for c in reversed(before) if 0 <= at - c.evidence.span.start < _REACH + len(c.evidence.exact)
        )
        told = next((c for c in near if c.modality is not Modality.DENIED and _does(by, c)), None)
        if back is not None and told is not None:
            span = parsed.span(*syntax.children(verb, "nsubj"), verb, back)
            yield replace(
                told,
                modality=Modality.DENIED,
                evidence=Evidence(span, parsed.words(span)),
                time=Time(),
                values=Values(),
                attributed_to=by,
                reported_by=(),
            )


def _is_denied(verb: Token) -> bool:
    """Whether the denying itself is denied: 'neither confirmed nor denied', 'did not deny'."""
    around = [*verb.children, *(verb.head.children if verb.dep_ == "conj" else ())]
    return any(c.dep_ == "neg" or c.lower_ in {"neither", "nor"} for c in around)


def _pointing(verb: Token, lexicon: Lexicon) -> Token | None:
    """The word by which what is denied points back: 'this', 'the accusation', 'which', 'a charge X denies'."""
    if verb.dep_ == "relcl" and verb.head.lemma_ in lexicon.words["accusation"]:
        return verb.head
    doing = (t for t in syntax.children(verb, "xcomp") if t.lemma_ == "do")
    objects = [t for t in (*syntax.children(verb, "dobj", "pobj"), *doing) if not _is_relative(t, verb)]
    return next((t for t in objects if t.lower_ in _THIS or t.lemma_ == "do" or _is_bare(t, lexicon)), None)


def _is_relative(token: Token, verb: Token) -> bool:
    """Whether a word only takes up the noun before its clause: 'something that both governments denied'."""
    return verb.dep_ == "relcl" and token.lower_ == "that"


def _is_bare(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is an accusation that says nothing of what it is."""
    said = any(c.dep_ in {"acl", "relcl", "prep", "ccomp"} for c in noun.rights)
    return noun.lemma_ in lexicon.words["accusation"] and not said


def _does(by: Iterable[Filler], claim: Claim) -> bool:
    """Whether one of those who deny does what a claim tells, by its first role."""
    if claim.type == _SPEECH or not claim.roles:
        return False
    told_by = {f.entity.iri for f in claim.attributed_to}
    sides = {iri for f in by for iri in (f.entity.iri, f.acts_for.iri if f.acts_for else "")} - {""}
    if sides & told_by:
        return False  # who says it himself denies something else
    doing = [f for role, fillers in claim.roles if role in _DOING for f in fillers]
    return bool(sides & {iri for f in doing for iri in (f.entity.iri, f.acts_for.iri if f.acts_for else "")})
