"""The extractor: from the matches of frames to claims, and to omissions where no claim can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotated import Annotated
from kg.extract import amounts, details, timing
from kg.extract.attribution import speakers_of
from kg.extract.choosing import Found, joined, named_by, nearest, standing, telling
from kg.extract.denials import denials
from kg.extract.ellipsis import likewise
from kg.extract.fillers import Fillers
from kg.extract.frames import Match, Matcher
from kg.extract.gapping import gapped
from kg.extract.items import held
from kg.extract.merging import merged
from kg.extract.modality import Mood, mood
from kg.extract.nouns import Nouns
from kg.extract.prices import with_price
from kg.extract.resuming import Resumed, resumable, resumed
from kg.extract.slots import Slots
from kg.extract.standins import StandIns
from kg.extract.statements import statements
from kg.extract.steps import steps
from kg.extract.triggers import triggers
from kg.extract.utterances import Utterance, utterances
from kg.iri import Mint
from kg.lexicon import Lexicon
from kg.model import Claim, Evidence, Filler, Mention, Modality, Omission, Reading, Span, Time

_EXTRACTOR = "frames"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turns annotated text into a reading; holds nothing of any document."""

    lexicon: Lexicon
    matcher: Matcher

    def extract(self, annotated: Annotated) -> Reading:
        """The claims of a document, its mentions, and what was seen but gave no claim."""
        claims: list[Claim] = []
        omissions = list(annotated.omissions)
        for uttered in utterances(annotated, self.lexicon):
            first = len(claims)
            claims += statements(uttered)
            for found in self._sentence(uttered, claims):
                if isinstance(found, Resumed):
                    claims[claims.index(found.told)] = found.claim
                elif isinstance(found, Claim):
                    claims.append(found)
                else:
                    omissions.append(found)
            claims = self._rounded_off(uttered, claims, first)
        return Reading(
            annotated.document,
            tuple(_mentions(annotated)),
            merged(claims),
            tuple(sorted(omissions, key=lambda o: (o.evidence.span, o.reason))),
            _EXTRACTOR,
        )

    def _rounded_off(self, uttered: Utterance, claims: list[Claim], first: int) -> list[Claim]:
        """The claims up to a sentence, its own from `first` on, with what it leaves out, denies, or prices."""
        sentence, parsed, sides = uttered.sentence, uttered.parsed, self.matcher.slots.fillers
        claims = gapped(sentence, parsed, sides, claims, first)
        claims = [*claims, *likewise(sentence, parsed, sides, claims)]
        claims = [*claims, *denials(sentence, parsed, self.lexicon, sides, claims)]
        if uttered.before is None:
            return claims
        return with_price(claims, uttered.before, sentence, parsed, uttered.told, self.lexicon)

    def _sentence(self, uttered: Utterance, before: list[Claim]) -> Iterator[Claim | Resumed | Omission]:
        """What a sentence tells, in the order of its triggers; `before` is what was told up to there."""
        parsed = uttered.parsed
        found = self._found(uttered, before)
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
                    claim = self._claim(uttered, part, us, head)
                    more = (
                        resumed(claim, before, uttered.start)
                        if match.frame.resumes
                        else joined(claim, match, before, parsed)
                    )
                    if not isinstance(more, Claim) or match.frame.follows:
                        yield more
                    else:
                        yield from _by_step(uttered, more, part)

    def _found(self, uttered: Utterance, before: list[Claim]) -> list[Found]:
        """The triggers of a sentence, who speaks at each, and the matches of the frames that may stand there."""
        parsed, authors = uttered.parsed, uttered.authors
        found = []
        for trigger, frames in triggers(uttered.sentence, parsed, self.lexicon):
            us = tuple(speakers_of(trigger.token, uttered.told, parsed))
            may = resumable(frames, before, uttered.start)
            found.append((trigger, us, [self.matcher.match(trigger, f, parsed, us or authors) for f in may]))
        return found

    def _claim(
        self, uttered: Utterance, match: Match, us: tuple[Filler, ...], head: Match
    ) -> Claim | Omission:
        """The claim of a match; `us` are those who tell it, `head` is the match that tells how it holds."""
        frame, parsed = match.frame, uttered.parsed
        state = mood(head.trigger, self.lexicon, head.frame.sets, frame.evokes)
        span = parsed.span(match.trigger.token)
        if state.reason:
            return Omission("trigger", Evidence(span, parsed.words(span)), state.reason, frame.name)
        modality = held(state.modality, head.trigger, parsed, uttered.told.decided, self.lexicon)
        modality = _by_word(modality, state, us, match)
        modality, (time, time_span) = _dated(uttered, match, modality, state)
        values, value_spans = amounts.values(match, parsed)
        if frame.needs_time and not time:
            return Omission("trigger", Evidence(span, parsed.words(span)), "no-value", frame.name)
        quote = details.evidence(match, parsed, [*value_spans, *([time_span] if time_span else [])])
        return Claim(
            uttered.annotated.document.name,
            frame.evokes,
            match.roles,
            modality,
            quote,
            frame.iri,
            time,
            values,
            us,
            uttered.told.reported(match.trigger.token),
        )


def extractor(lexicon: Lexicon, base: str) -> Extractor:
    """An extractor over a lexicon; `base` is the data set's base IRI."""
    fillers = Fillers(Nouns(lexicon), Mint(base))
    return Extractor(lexicon, Matcher(Slots(lexicon, fillers, StandIns(fillers))))


def _by_word(modality: Modality, state: Mood, us: tuple[Filler, ...], match: Match) -> Modality:
    """How holds what somebody tells: what others are to do he expects, what he may do himself he plans."""
    own = _own(us, [f for _, fs in match.roles for f in fs])
    if modality is Modality.PLANNED and us and state.future and not own:
        return Modality.EXPECTED
    if modality is Modality.PROPOSED and state.conditional and us:
        return Modality.PLANNED if own else Modality.EXPECTED
    return modality


def _dated(
    uttered: Utterance, match: Match, modality: Modality, state: Mood
) -> tuple[Modality, tuple[Time, Span | None]]:
    """How and when holds what a match tells, and where its time stands: what is dated ahead has not happened."""
    parsed, today = uttered.parsed, uttered.today
    told = timing.when(match, parsed, modality, today)
    if modality is not Modality.ACTUAL:
        return modality, told
    ahead = timing.when(match, parsed, Modality.PLANNED, today) if state.present else told
    return (Modality.PLANNED, ahead) if _is_ahead(ahead[0], today) else (modality, told)


def _is_ahead(time: Time, today: str | None) -> bool:
    """Whether a time begins after the date of the document."""
    return today is not None and time.start is not None and time.start > today


def _by_step(uttered: Utterance, claim: Claim, match: Match) -> Iterator[Claim]:
    """A claim, or as many as it tells sums for different years: the sum of today is actual, that of later planned."""
    found = steps(match, uttered.parsed)
    for step in found:
        modality = Modality.ACTUAL if step.base else claim.modality
        if modality is Modality.ACTUAL and _is_ahead(step.time, uttered.today):
            modality = Modality.PLANNED
        quote = details.evidence(match, uttered.parsed, list(step.spans))
        yield replace(claim, values=step.values, time=step.time, modality=modality, evidence=quote)
    if not found:
        yield claim


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
