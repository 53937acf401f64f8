"""Statements: that somebody says something is a fact, too, whatever becomes of what is said."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.timing import speaker_time
from kg.extract.utterances import Utterance
from kg.model import Claim, Evidence, Filler, Modality, Time

_STATEMENT = "https://w3id.org/entente/ontology/frames#statement"


def statements(uttered: Utterance) -> Iterator[Claim]:
    """The statement of a sentence that carries the speech of named persons, or of a communiqué's authors."""
    told, parsed, sentence = uttered.told, uttered.parsed, uttered.sentence
    speeches = [s for s in told.speeches if any(f.entity.kind == "Person" for f in s.speakers)]
    speakers = speeches[0].speakers if speeches else told.carried if told.stated else ()
    if not speeches and sentence[-1].text == ":":
        return  # 'Judith Collins:' tells whose turn it is, and says nothing
    people = tuple(f for f in speakers if f.entity.kind == "Person") or _jointly(uttered)
    if not people:
        return
    span = parsed.span(sentence[0], sentence[-1])
    outlets = tuple(dict.fromkeys((*(o for s in speeches for o in s.outlets), *told.reported())))
    addressees = speeches[0].addressees if speeches else ()
    verb = speeches[0].verb if speeches else None
    said = {f.entity.iri for f in people}
    yield Claim(
        uttered.annotated.document.name,
        "Statement",
        (("speaker", people), *((("addressee", addressees),) if addressees else ())),
        Modality.ACTUAL,
        Evidence(span, parsed.words(span)),
        _STATEMENT,
        speaker_time(verb, parsed) if verb is not None else Time(),
        attributed_to=tuple(f for f in told.attributed() if f.entity.iri not in said),
        reported_by=outlets,
    )


def _jointly(uttered: Utterance) -> tuple[Filler, ...]:
    """The authors of a communiqué, where several sides speak who are they: 'The Ministers welcomed the signature'."""
    own = {f.entity.iri: f for f in uttered.authors}
    body = len(own) == 1 and all(f.entity.kind not in {"State", "Person"} for f in own.values())
    for speech in uttered.told.speeches:
        sides = {f.entity.iri for f in speech.speakers}
        if sides == own.keys() and (body or len(sides) > 1):
            return tuple(own.values())
    return ()
