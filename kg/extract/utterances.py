"""The sentences of a document, each with whose word it is: what the extractor reads one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence

from kg.annotated import Annotated, Parsed
from kg.extract.items import decides
from kg.extract.speech import Sources, sources, stem, tagged_behind
from kg.extract.transcripts import turns
from kg.lexicon import Lexicon
from kg.model import Filler


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence in its passage of a document.

    `told` tells whose word its things are, `before` is the sentence ahead of it in its passage.
    """

    annotated: Annotated
    parsed: Parsed
    sentence: Sentence
    told: Sources
    before: Sentence | None = None

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.parsed.places[self.sentence.start].start

    @property
    def today(self) -> str | None:
        """The date of the document, if it has one."""
        date = self.annotated.document.date
        return date.isoformat() if date else None

    @property
    def authors(self) -> tuple[Filler, ...]:
        """Those whose document it is."""
        return tuple(Filler(r.agent, r.span) for r in self.annotated.authors if r.agent is not None)


def utterances(annotated: Annotated, lexicon: Lexicon) -> Iterator[Utterance]:
    """The sentences of a document in their order, without its headings.

    Who speaks in one goes on to speak in a quotation that fills the next; a list is decided where the line above it
    says so.
    """
    lead = None  # the line above a list
    for parsed, turn in turns(annotated.passages):
        lead = lead if parsed.kind == "list" else parsed
        if parsed.kind == "heading":
            continue
        decided = parsed.kind == "list" and decides(lead, lexicon)
        above = stem(lead, parsed)
        speaking: tuple[Filler, ...] = ()
        before = None
        for sentence in parsed.doc.sents:
            told = sources(sentence, parsed, lexicon, speaking, turn.speakers, above)
            behind = () if told.speeches else tagged_behind(sentence, parsed, lexicon)
            told = replace(told, credits=(*told.credits, *behind), decided=decided, stated=turn.stated)
            yield Utterance(annotated, parsed, sentence, told, before)
            before = sentence
            speaking = next((s.speakers for s in told.speeches), told.carried or speaking)
