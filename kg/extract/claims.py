"""The extractor: from the matches of frames to claims, and to omissions where no claim can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Sentence

from kg.annotated import Annotated, Parsed, Referent
from kg.extract import amounts, details, speech, timing
from kg.extract.attribution import speakers_of
from kg.extract.choosing import Found, joined, named_by, nearest, standing, telling
from kg.extract.denials import denials
from kg.extract.ellipsis import likewise
from kg.extract.fillers import Fillers
from kg.extract.frames import Match, Matcher
from kg.extract.items import decides, held
from kg.extract.merging import merged
from kg.extract.modality import mood
from kg.extract.nouns import Nouns
from kg.extract.prices import with_price
from kg.extract.resuming import Resumed, resumable, resumed
from kg.extract.slots import Slots
from kg.extract.steps import steps
from kg.extract.transcripts import turns
from kg.extract.triggers import triggers
from kg.iri import Mint
from kg.lexicon import Lexicon
from kg.model import Claim, Document, Evidence, Filler, Mention, Modality, Omission, Reading, Time

_EXTRACTOR = "frames"
_STATEMENT = "https://w3id.org/entente/ontology/frames#statement"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turns annotated text into a reading; holds nothing of any document."""

    lexicon: Lexicon
    matcher: Matcher

    def extract(self, annotated: Annotated) -> Reading:
        """The claims of a document, its mentions, and what was seen but gave no claim."""
        claims: list[Claim] = []
        omissions = list(annotated.omissions)
        lead = None  # the line above a list
        for parsed, turn in turns(annotated.passages):
            lead = lead if parsed.kind == "list" else parsed
            decided = parsed.kind == "list" and decides(lead, self.lexicon)
            if parsed.kind == "heading":
                continue
            speaking: tuple[Filler, ...] = ()
            before = None
            for sentence in parsed.doc.sents:
                told = speech.sources(sentence, parsed, self.lexicon, speaking, turn)
                if not told.speeches:
                    behind = speech.tagged_behind(sentence, parsed, self.lexicon)
                    told = replace(told, credits=(*told.credits, *behind))
                told = replace(told, decided=decided)
                claims += self._statements(annotated, sentence, parsed, told)
                for found in self._sentence(annotated, sentence, parsed, told, claims):
                    if isinstance(found, Resumed):
                        claims[claims.index(found.told)] = found.claim
                    elif isinstance(found, Claim):
                        claims.append(found)
                    else:
                        omissions.append(found)
                sides = self.matcher.slots.fillers
                claims += list(likewise(sentence, parsed, sides, claims))
                claims += list(denials(sentence, parsed, self.lexicon, sides, claims))
                if before is not None:
                    claims = with_price(claims, before, sentence, parsed, told, self.lexicon)
                before = sentence
                speaking = next((s.speakers for s in told.speeches), told.carried or speaking)
        return Reading(
            annotated.document,
            tuple(_mentions(annotated)),
            merged(claims),
            tuple(sorted(omissions, key=lambda o: (o.evidence.span, o.reason))),
            _EXTRACTOR,
        )

    def _sentence(
        self,
        annotated: Annotated,
        sentence: Sentence,
        parsed: Parsed,
        told: speech.Sources,
        before: list[Claim],
    ) -> Iterator[Claim | Resumed | Omission]:
        start = parsed.places[sentence.start].start
        found = self._found(annotated, sentence, parsed, told, before)
        about = named_by(found)
        for trigger, us, matches in found:
            complete = standing(trigger, matches, about, parsed)
            if not complete:
                span = parsed.span(trigger.token)
                missing = ", ".join(sorted({r for m in matches for r in m.missing}))
                yield Omission("trigger", Evidence(span, parsed.words(span)), "no-filler", missing)
            for match in nearest(complete, before):
                head = telling(match, found)
                if head.frame.evokes != match.frame.evokes:
                    continue  # what a contract is to deliver is no aid
                for part in amounts.by_number(match, parsed):
                    claim = self._claim(annotated, part, parsed, us, told, head)
                    more = (
                        resumed(claim, before, start)
                        if match.frame.resumes
                        else joined(claim, match, before, parsed)
                    )
                    if not isinstance(more, Claim) or match.frame.follows:
                        yield more
                    else:
                        yield from _by_step(more, part, parsed, annotated.document)

    def _found(
        self,
        annotated: Annotated,
        sentence: Sentence,
        parsed: Parsed,
        told: speech.Sources,
        before: list[Claim],
    ) -> list[Found]:
        """The triggers of a sentence, who speaks at each, and the matches of the frames that may stand there."""
        authors = tuple(Filler(r.agent, r.span) for r in annotated.authors if r.agent is not None)
        start = parsed.places[sentence.start].start
        found = []
        for trigger, frames in triggers(sentence, parsed, self.lexicon):
            us = tuple(speakers_of(trigger.token, told, parsed))
            may = resumable(frames, before, start)
            found.append((trigger, us, [self.matcher.match(trigger, f, parsed, us or authors) for f in may]))
        return found

    def _claim(
        self,
        annotated: Annotated,
        match: Match,
        parsed: Parsed,
        us: tuple[Filler, ...],
        told: speech.Sources,
        head: Match,
    ) -> Claim | Omission:
        """The claim of a match; `head` is the match that tells how it holds."""
        frame = match.frame
        state = mood(head.trigger, self.lexicon, head.frame.sets, frame.evokes)
        span = parsed.span(match.trigger.token)
        if state.reason:
            return Omission("trigger", Evidence(span, parsed.words(span)), state.reason, frame.name)
        modality = held(state.modality, head.trigger, parsed, told.decided, self.lexicon)
        fillers = [f for _, fs in match.roles for f in fs]
        own = _own(us, fillers)
        if modality is Modality.PLANNED and us and state.future and not own:
            modality = Modality.EXPECTED
        elif modality is Modality.PROPOSED and state.conditional and us:
            modality = Modality.PLANNED if own else Modality.EXPECTED
        today = annotated.document.date.isoformat() if annotated.document.date else None
        time, time_span = timing.when(match, parsed, modality, today)
        if modality is Modality.ACTUAL:
            ahead = (
                timing.when(match, parsed, Modality.PLANNED, today) if state.present else (time, time_span)
            )
            if today is not None and ahead[0].start is not None and ahead[0].start > today:
                modality, (time, time_span) = Modality.PLANNED, ahead  # what is dated ahead has not happened
        values, value_spans = amounts.values(match, parsed)
        if frame.needs_time and not time:
            return Omission("trigger", Evidence(span, parsed.words(span)), "no-value", frame.name)
        quote = details.evidence(match, parsed, [*value_spans, *([time_span] if time_span else [])])
        return Claim(
            annotated.document.name,
            frame.evokes,
            match.roles,
            modality,
            quote,
            frame.iri,
            time,
            values,
            us,
            told.reported(match.trigger.token),
        )

    def _statements(
        self, annotated: Annotated, sentence: Sentence, parsed: Parsed, told: speech.Sources
    ) -> Iterator[Claim]:
        """One statement for each sentence that carries the speech of named persons."""
        speeches = [s for s in told.speeches if any(f.entity.kind == "Person" for f in s.speakers)]
        speakers = speeches[0].speakers if speeches else told.carried
        people = tuple(f for f in speakers if f.entity.kind == "Person")
        people = people or _jointly(told, annotated.authors)
        if not people:
            return
        span = parsed.span(sentence[0], sentence[-1])
        outlets = tuple(dict.fromkeys((*(o for s in speeches for o in s.outlets), *told.reported())))
        addressees = speeches[0].addressees if speeches else ()
        verb = speeches[0].verb if speeches else None
        roles = (("speaker", people), *((("addressee", addressees),) if addressees else ()))
        yield Claim(
            annotated.document.name,
            "Statement",
            roles,
            Modality.ACTUAL,
            Evidence(span, parsed.words(span)),
            _STATEMENT,
            timing.speaker_time(verb, parsed) if verb is not None else Time(),
            attributed_to=tuple(
                f for f in told.attributed() if f.entity.iri not in {p.entity.iri for p in people}
            ),
            reported_by=outlets,
        )


def extractor(lexicon: Lexicon, base: str) -> Extractor:
    """An extractor over a lexicon; `base` is the data set's base IRI."""
    return Extractor(lexicon, Matcher(Slots(lexicon, Fillers(Nouns(lexicon), Mint(base)))))


def _by_step(claim: Claim, match: Match, parsed: Parsed, document: Document) -> Iterator[Claim]:
    """A claim, or as many as it tells sums for different years: the sum of today is actual, that of later planned."""
    found = steps(match, parsed)
    today = document.date.isoformat() if document.date else None
    for step in found:
        modality = Modality.ACTUAL if step.base else claim.modality
        ahead = today is not None and step.time.start is not None and step.time.start > today
        if modality is Modality.ACTUAL and ahead:
            modality = Modality.PLANNED
        quote = details.evidence(match, parsed, list(step.spans))
        yield replace(claim, values=step.values, time=step.time, modality=modality, evidence=quote)
    if not found:
        yield claim


def _jointly(told: speech.Sources, authors: tuple[Referent, ...]) -> tuple[Filler, ...]:
    """The authors of a communiqué, where several sides speak who are they: 'The Ministers welcomed the signature'."""
    own = {a.agent.iri: Filler(a.agent, a.span) for a in authors if a.agent is not None}
    body = len(own) == 1 and all(f.entity.kind not in {"State", "Person"} for f in own.values())
    for told_by in told.speeches:
        sides = {f.entity.iri for f in told_by.speakers}
        if sides == own.keys() and (body or len(sides) > 1):
            return tuple(own.values())
    return ()


def _own(speakers: tuple[Filler, ...], fillers: list[Filler]) -> bool:
    """Whether speakers speak of what they, or whom they act for, take part in."""
    sides = {f.entity.iri for f in speakers} | {f.acts_for.iri for f in speakers if f.acts_for}
    taking = {f.entity.iri for f in fillers} | {f.acts_for.iri for f in fillers if f.acts_for}
    return bool(sides & taking)


def _mentions(annotated: Annotated) -> Iterator[Mention]:
    for parsed in annotated.passages:
        for at in sorted(parsed.referents):
            for r in parsed.referents[at]:
                if r.entity is not None:
                    yield Mention(r.span, r.entity, r.how)
